import type { Block } from './blocks.ts'
import type { Request, Role } from './request.ts'

/** What a typed value stands for; doors choose their input element by it. */
export type OptionKind =
  | 'speaker'
  | 'topic'
  | 'text'
  | 'when'
  | 'feed'
  | 'channel'
  | 'member'
  | 'choice'
  | 'time'
  | 'days'
  | 'zone'
  | 'number'
  /** Several values of other kinds. */
  | 'list'

/** Whether several values may stand in one option: `speaker:Lavrov,Fidan`. */
export function takesSeveral(kind: OptionKind): boolean {
  return kind === 'speaker' || kind === 'topic' || kind === 'days' || kind === 'list'
}

export type Suggestion = { readonly label: string; readonly value: string }

export type OptionDefinition<Rooms> = {
  readonly kind: OptionKind
  /** At most 100 characters: Discord's limit. */
  readonly description: string
  readonly required?: boolean
  /** For `choice`. */
  readonly choices?: readonly string[]
  /** Best first, at most 25; asked while a person types. */
  readonly suggest?: (typed: string, rooms: Rooms, request: Request) => Promise<readonly Suggestion[]>
}

/** What the person gave, by option name; several values of one key are joined with commas by the grammar. */
export type OptionValues<Name extends string> = { readonly [Key in Name]?: string }

export type Answer = {
  readonly blocks: readonly Block[]
  /** Who sees it: the person who asked (the default), or everybody in the place. */
  readonly seenBy?: 'asker' | 'everybody'
  /** The value because of which nothing was done; the blocks say it too. A form says it at its field. */
  readonly problem?: Problem
}

/** What is wrong with the value of one option, and values that would do. */
export type Problem = {
  readonly option: string
  readonly typed: string
  readonly explanation: string
  readonly suggestions: readonly string[]
}

/** How an option is asked for in a form. */
export type FieldDefinition<Name extends string> = {
  readonly option: Name
  /** Above the field; none: the option's name. */
  readonly label?: string
  /** Below the field; none: the option's description, which speaks to whoever types. */
  readonly hint?: string
  /** The form is not sent without it. */
  readonly isNeeded?: boolean
  /** Taken as it is typed, although the option has suggestions: an address that is new. */
  readonly isFree?: boolean
  /** A sentence or a list rather than a word. */
  readonly isLong?: boolean
  /** Not asked for where one of these is given. */
  readonly unless?: readonly Name[]
  /** Whoever may less does not see the field. */
  readonly role?: Role
}

/**
 * What a command asks for in a form: all of its options that a person fills in, the most important first (a
 * platform may show five only). The line that consists of the command and `with` alone stands for the form.
 */
export type FormDefinition<Rooms, Name extends string> = {
  /** What it does, as its title and its button say it: at most 24 characters, Slack's limit. */
  readonly title: string
  /** What it is answered with, unseen: `{ action: 'add' }`. */
  readonly with?: OptionValues<Name>
  readonly fields: readonly (Name | FieldDefinition<Name>)[]
  /** The line that stands for it has a good answer of its own, and the form a button below that. */
  readonly opens?: 'by button'
  /** The least role that may send it; the command itself checks it again. */
  readonly role?: Role
  /** What is so at present, to be changed in the form. @throws {NotUnderstoodError} as the command would. */
  readonly fill?: (given: OptionValues<Name>, rooms: Rooms, request: Request) => Promise<OptionValues<Name>>
}

/** What a sentence says by where words stand: who speaks, or what it is about. */
export type WordsAs = 'speaker' | 'topic'

export type Command<Rooms, Name extends string = string> = {
  /** 1-32 lower-case letters. */
  readonly name: string
  /** At most 100 characters: Discord's limit. */
  readonly summary: string
  /** Lines that can be sent as they stand. */
  readonly examples: readonly string[]
  readonly options: { readonly [Key in Name]: OptionDefinition<Rooms> }
  /** None given: one that asks for what is required, if anything is. */
  readonly forms?: readonly FormDefinition<Rooms, Name>[]
  /** It only looks something up: the team's settings say who sees the answer, and a button shows it to everybody. */
  readonly isLookup?: boolean
  /** The least role that may run it; some commands ask for more by action. */
  readonly role?: Role
  /**
   * Bare words (`/said Lavrov Libya`) sorted into options by the command that knows them.
   * Without it they fill the options in the order of their definition: a choice or a number takes one
   * word, the first other option all that are left. With `as` the sentence has told already what the words name.
   */
  readonly sortWords?: (
    words: readonly string[],
    rooms: Rooms,
    request: Request,
    as?: WordsAs,
  ) => Promise<OptionValues<Name>>
  readonly run: (options: OptionValues<Name>, rooms: Rooms, request: Request) => Promise<Answer | readonly Block[]>
}

/** A command whose rooms are bound by the command book: what a door needs to register, show and run it. */
// biome-ignore lint/suspicious/noExplicitAny: rooms and names of options differ by command
export type AnyCommand = Command<any, any>

/** Gives a definition its types; the definition is the only list of what exists. */
export function defineCommand<Rooms, Name extends string>(command: Command<Rooms, Name>): Command<Rooms, Name> {
  return command
}
