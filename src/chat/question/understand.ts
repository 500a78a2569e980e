import type { AnyCommand, OptionValues } from '../command.ts'
import { typedValues } from '../explain.ts'
import { fillWords } from '../fill-words.ts'
import { formatCommand } from '../format-command.ts'
import { readSince } from '../read-when.ts'
import type { Request } from '../request.ts'
import { type Asked, plainQuestion } from './plain-question.ts'

/** A sentence as the commands understand it. */
export type Understood =
  | {
      readonly kind: 'command'
      readonly command: AnyCommand
      readonly options: OptionValues<string>
      /** The command as it would be typed. */
      readonly line: string
      readonly leftOut: string | null
      /** A verb or noun in it asks; else it was names alone. */
      readonly isQuestion: boolean
    }
  /** Commands that would do what is wished, likeliest first. */
  | { readonly kind: 'wish'; readonly lines: readonly string[]; readonly leftOut: string | null }
  | { readonly kind: 'unclear'; readonly explanation: string }
  /** `line` looks for its words, if it has any. */
  | { readonly kind: 'unknown'; readonly line: string | null }

type Deps = {
  readonly commands: readonly AnyCommand[]
  readonly rooms: unknown
}

/** What stands in the text of a search; fewer are in too many statements, more in none. */
const SEARCHED_AT_LEAST = 2
const SEARCHED_AT_MOST = 12

/** Reads a sentence and lets the command it asks for sort the names. */
export async function understand(text: string, { commands, rooms }: Deps, request: Request): Promise<Understood> {
  const question = plainQuestion(text, readSince('today', request))
  if (question.kind === 'unclear') return question
  if (question.kind === 'wish') {
    const lines = await Promise.all(question.wishes.map((wish) => read(wish)))
    const { leftOut } = question
    return { kind: 'wish', lines: [...new Set(lines.flatMap((one) => (one === null ? [] : [one.line])))], leftOut }
  }
  const isQuestion = question.kind === 'ask'
  const { asked } = question
  const found = await read(asked)
  const isNamed = isQuestion || found?.options.speaker !== undefined || found?.options.topic !== undefined
  if (found !== null && isNamed) return { ...found, kind: 'command', leftOut: asked.leftOut ?? null, isQuestion }
  const words = [...asked.speaker, ...asked.about, ...asked.any]
  const isSearchable = words.length >= SEARCHED_AT_LEAST && words.length <= SEARCHED_AT_MOST
  return { kind: 'unknown', line: found !== null && isSearchable ? found.line : null }

  /** `null` for a command that this book does not have. */
  async function read(wanted: Asked) {
    const command = commands.find(({ name }) => name === wanted.command)
    if (command === undefined) return null
    const options = { ...(await sorted(wanted, command)), ...wanted.options }
    return { command, options, line: formatCommand(command.name, typedValues(options, command)) }
  }

  async function sorted({ speaker, about, any, options }: Asked, command: AnyCommand): Promise<OptionValues<string>> {
    const { sortWords } = command
    if (sortWords === undefined) return fillWords([...speaker, ...about, ...any], command.options, options)
    const parts = [
      any.length === 0 ? {} : await sortWords(any, rooms, request),
      speaker.length === 0 ? {} : await sortWords(speaker, rooms, request, 'speaker'),
      about.length === 0 ? {} : await sortWords(about, rooms, request, 'topic'),
    ]
    return Object.assign({}, ...parts)
  }
}

/** Words between a command's name and a colon are options: then it is a command, however it begins. */
const HAS_KEY = /(?:^|\s)[\p{L}-]{2,32}[:\uff1a]\S/u
const COURTESY = /^(?:me|us|to|from|this|please|a|on|about|every|each)$/i
const WHY_ASKED = /^why (?:has|have|had|did|do|does|is|are|was|were|would|will)(?:n't|n’t)? /i

/** Whether a line may be a sentence: it is not written as a command. */
export function mayBeSentence(words: string): boolean {
  return !words.startsWith('/') && !HAS_KEY.test(words)
}

/**
 * Whether a line that begins with the name of a command is a sentence all the same: "compare Marenko's view
 * with Tolvaj's", "why did Marenko change …", "subscribe me to …". A command's bare words say less.
 */
export function isSentence(words: string, understood: Understood): boolean {
  if (WHY_ASKED.test(words)) return understood.kind === 'command' && understood.isQuestion
  if (understood.kind === 'wish') return understood.lines.length > 0 && COURTESY.test(words.split(' ')[1] ?? '')
  return understood.kind === 'command' && understood.isQuestion && understood.options.speaker !== undefined
}
