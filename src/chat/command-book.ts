import { randomBytes } from 'node:crypto'
import { AppError } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import type { TeamId } from '../base/scope.ts'
import type { Block } from './blocks.ts'
import { cleanName } from './clean-text.ts'
import { closest } from './closest.ts'
import type { Answer, AnyCommand, Command, OptionDefinition, OptionValues, Suggestion } from './command.ts'
import type { DateLanguage } from './date-language.ts'
import { explainEmptyLine, explainFault, explainUnknownCommand, explainUnknownKey, replaceValue } from './explain.ts'
import { fillWords } from './fill-words.ts'
import { fitAnswer } from './fit-answer.ts'
import { demandRole } from './forbidden-error.ts'
import { againButton, type Form, type FormWish, fillForm, formButtons, formFor, maySend, valuesOfLine } from './form.ts'
import { byInterest, type Follows, interest } from './interest.ts'
import type { KeptAnswers } from './kept-answers.ts'
import { NotUnderstoodError } from './not-understood-error.ts'
import { parseLine, parseOptions } from './parse-command.ts'
import { explainUnknown, explainWish, withReading } from './question/explain-question.ts'
import { isSentence, mayBeSentence, type Understood, understand } from './question/understand.ts'
import { readChoices } from './read-choices.ts'
import type { Request } from './request.ts'
import { withShareButton } from './share-button.ts'
import { suggestKind } from './suggest-kind.ts'
import { TOO_MUCH_AT_ONCE, throttle } from './throttle.ts'

export type { AnyCommand } from './command.ts'

/** Everything people can ask, bound to the rooms. The doors translate to and from this and do nothing else. */
export type CommandBook = {
  readonly commands: readonly AnyCommand[]
  /**
   * Answers a line as typed, with or without the leading slash. Never throws: a fault is answered
   * with its explanation, a bug with one calm sentence and a reference that is in the log.
   */
  readonly answerLine: (line: string, request: Request) => Promise<Answer>
  /** What a sentence is understood as, without doing it. */
  readonly understand: (line: string, request: Request) => Promise<Understood>
  /** Answers options that a platform has typed already (Discord options, a submitted form). Never throws. */
  readonly answerOptions: (name: string, options: OptionValues<string>, request: Request) => Promise<Answer>
  /**
   * As much of an answer as a door can show at once, by its `fits`, with a button for the rest. Never throws.
   * @see fitAnswer
   */
  readonly fit: (answer: Answer, request: Request, fits: (blocks: readonly Block[]) => boolean) => Promise<Answer>
  /**
   * The form that a line stands for, filled with what the line says; `null` where the line is to be answered
   * instead, as for whoever may not send it. Quick, and never throws.
   */
  readonly form: (line: string, request: Request, wish: FormWish) => Promise<Form | null>
  /** At most 25, best first; empty for what cannot be suggested. Never throws. */
  readonly suggest: (name: string, option: string, typed: string, request: Request) => Promise<readonly Suggestion[]>
}

export type CommandBookDeps<Rooms> = {
  readonly log: Log
  /** The rooms that differ by team, as this team may see them; they stand before the common ones. */
  readonly roomsOf?: (team: TeamId) => Promise<Partial<Rooms>>
  /** Who sees what somebody of this team looks up. */
  readonly answersOf?: (team: TeamId) => Promise<'asker' | 'everybody'>
  /** The time zone a person chose; it stands before what the platform tells. */
  readonly zoneOf?: (request: Request) => Promise<string | null>
  /** Keeps what of an answer is too long to be shown at once. */
  readonly kept?: Pick<KeptAnswers, 'keep'>
  /** The team's, for whoever has none. */
  readonly teamZoneOf?: (request: Request) => Promise<string | null>
  /** In which language the team reads dates. */
  readonly datesFor?: (team: TeamId) => Promise<DateLanguage>
  /** Whether an owner of the team has named this person an editor; asked anew at every request. */
  readonly isEditor?: (request: Request) => Promise<boolean>
  /** What the team's subscriptions name: it is suggested first. */
  readonly followsOf?: (team: TeamId) => Promise<Follows>
}

/** Discord's limit; nobody reads more. */
const SUGGESTIONS_AT_MOST = 25
/** Discord's limit for the name and the value of a suggestion. */
const SUGGESTION_CHARACTERS = 100
/** The command that shows a look-up to everybody. */
const SHARE = 'share'
/** No value of an option is longer on any platform. */
const VALUE_CHARACTERS = 2_000

/**
 * Binds the commands to the rooms. Each command gets all rooms and, for the help, the list of
 * the commands themselves.
 */
export function commandBook<Rooms>(
  // biome-ignore lint/suspicious/noExplicitAny: the names of the options differ by command
  commands: readonly Command<Rooms & { readonly commands: readonly AnyCommand[] }, any>[],
  rooms: Rooms,
  { log, roomsOf, answersOf, zoneOf, teamZoneOf, datesFor, isEditor, kept, followsOf }: CommandBookDeps<Rooms>,
): CommandBook {
  const roomsFor = async ({ team }: Request) => ({ ...rooms, ...(await roomsOf?.(team)), commands })
  const byName = new Map<string, AnyCommand>(commands.map((command) => [command.name, command]))
  const canShare = byName.get(SHARE)?.options.lookup !== undefined
  const limit = throttle()
  const own = interest(followsOf)

  /** The request with what people told us of themselves and of each other. */
  const asKnown = async (request: Request): Promise<Request> => {
    const timeZone = (await zoneOf?.(request)) ?? request.timeZone ?? (await teamZoneOf?.(request)) ?? null
    const isRaised = request.role === 'member' && ((await isEditor?.(request)) ?? false)
    return { ...request, timeZone, dates: await datesFor?.(request.team), role: isRaised ? 'editor' : request.role }
  }

  /** The one place where failures become answers. */
  const answering = async (name: string, request: Request, work: (request: Request) => Promise<Answer>) => {
    // A pipe into the terminal may be fast; the person at it can only wait for themselves.
    if (
      request.platform !== 'terminal' &&
      !limit.allows(`${request.platform} ${request.team} ${request.member.id}`, request.at)
    ) {
      return say(TOO_MUCH_AT_ONCE)
    }
    try {
      return await work(await asKnown(request))
    } catch (error) {
      const known = byName.get(name)
      if (error instanceof AppError) {
        if (error.retry === 'later') log.warn({ command: name, code: error.code, error }, 'command met a fault')
        return say(explainFault(error, known))
      }
      const reference = randomBytes(4).toString('hex')
      log.error({ command: name, reference, error }, 'command failed')
      return say([
        { kind: 'text', line: 'Something went wrong on our side; nothing was changed. Please try again in a moment.' },
        { kind: 'note', line: `If it happens again, tell the operator this reference: ${reference}` },
      ])
    }
  }

  const run = async (command: AnyCommand, options: OptionValues<string>, request: Request): Promise<Answer> => {
    if (command.role !== undefined) demandRole(request, command.role, `use /${command.name}`)
    try {
      const ran = await command.run(readChoices(options, command), await roomsFor(request), request)
      if (command.isLookup === true) own.note(options, request)
      if (command.isLookup !== true) return withForms(isBlocks(ran) ? say(ran) : ran, command, options, request)
      const answer = isBlocks(ran) ? { blocks: ran, seenBy: (await answersOf?.(request.team)) ?? 'asker' } : ran
      if (!canShare || answer.seenBy === 'everybody') return withForms(answer, command, options, request)
      const shared = { ...answer, blocks: withShareButton(answer.blocks, { command, options, request }) }
      return withForms(shared, command, options, request)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const fault = say(explainFault(error, command, options))
      if (!(error instanceof NotUnderstoodError)) return fault
      const { option, typed, explanation, suggestions } = error
      return withForms({ ...fault, problem: { option, typed, explanation, suggestions } }, command, options, request)
    }
  }

  const suggest = async (
    definition: OptionDefinition<Rooms>,
    typed: string,
    request: Request,
  ): Promise<readonly Suggestion[]> => {
    if (definition.choices !== undefined) return choicesFor(typed, definition.choices)
    const rooms = await roomsFor(request)
    const ask = async (text: string) => (await definition.suggest?.(text, rooms, request)) ?? []
    const wanted = cleanName(typed).slice(0, SUGGESTION_CHARACTERS)
    const offered = definition.suggest === undefined ? suggestKind(definition.kind, wanted, request) : await ask(wanted)
    const theirs = await own.of(definition.kind, request, async (text) => (await ask(text))[0])
    return byInterest(offered, theirs, wanted)
      .filter((suggestion) => suggestion.value.length <= SUGGESTION_CHARACTERS)
      .slice(0, SUGGESTIONS_AT_MOST)
  }

  const answerSentence = async (understood: Understood, request: Request): Promise<Answer> => {
    switch (understood.kind) {
      case 'command':
        return withReading(await run(understood.command, understood.options, request), understood)
      case 'wish':
        return say(explainWish(understood))
      case 'unclear':
        return say([{ kind: 'text', line: understood.explanation }])
      case 'unknown':
        return say(explainUnknown(understood.line))
    }
  }

  /** "stence Marenko": no question, and one slip away from a command. */
  const isMisspelt = ({ name }: { readonly name: string }, understood: Understood): boolean =>
    (understood.kind === 'unknown' || (understood.kind === 'command' && !understood.isQuestion)) &&
    closest(name, [...byName.keys()], 1).length > 0

  return {
    commands,

    understand: async (line, request) => {
      const parsed = parseLine(line)
      const words = parsed.kind === 'command' ? parsed.words : ''
      return await understand(words, { commands, rooms: await roomsFor(request) }, request)
    },

    answerLine: (line, request) => {
      const parsed = parseLine(line)
      const name = parsed.kind === 'command' ? parsed.name : ''
      return answering(name, request, async (asked) => {
        if (parsed.kind === 'too long') {
          return say([
            { kind: 'text', line: `That is longer than ${parsed.atMost} characters. Please send less at once.` },
          ])
        }
        if (parsed.kind === 'empty') return say(explainEmptyLine(commands))
        const command = byName.get(parsed.name)
        if (mayBeSentence(parsed.words)) {
          const understood = await understand(parsed.words, { commands, rooms: await roomsFor(asked) }, asked)
          if (command === undefined ? !isMisspelt(parsed, understood) : isSentence(parsed.words, understood))
            return answerSentence(understood, asked)
        }
        if (command === undefined) return say(explainUnknownCommand(parsed, commands))
        const read = parseOptions(parsed.rest, command.options)
        if (read.kind === 'unknown key') return say(explainUnknownKey(read, command))
        const sorted =
          read.words.length === 0
            ? {}
            : command.sortWords === undefined
              ? fillWords(read.words, command.options, read.values)
              : await command.sortWords(read.words, await roomsFor(asked), asked)
        return run(command, { ...sorted, ...read.values }, asked)
      })
    },

    answerOptions: (name, options, request) =>
      answering(name, request, async (asked) => {
        const command = byName.get(name)
        if (command === undefined) return say(explainUnknownCommand({ name, rest: '' }, commands))
        return run(command, cleanOptions(options, command), asked)
      }),

    fit: (answer, request, fits) => fitAnswer(answer, request, fits, { kept, log }),

    form: async (line, request, wish) => {
      const given = valuesOfLine(line, commands)
      if (given === null) return null
      const { command, values } = given
      const form = formFor(command, values, wish)
      if (form === null) return null
      try {
        const asked = await asKnown(request)
        if (!maySend(form, command, asked)) return null
        const present = (await form.fill?.(values, await roomsFor(asked), asked)) ?? {}
        const labelOf = async (option: string, value: string) => {
          const definition = command.options[option]
          const known = definition === undefined ? [] : await suggest(definition, value, asked)
          return known.find((one) => one.value === value)?.label ?? value
        }
        return await fillForm(command, form, { values: { ...present, ...values }, request: asked, labelOf })
      } catch (error) {
        // The line says better what is wrong with it.
        if (!(error instanceof AppError)) log.warn({ command: command.name, error }, 'form could not be made')
        return null
      }
    },

    suggest: async (name, option, typed, request) => {
      const definition = byName.get(name)?.options[option]
      try {
        return definition === undefined ? [] : await suggest(definition, typed, request)
      } catch (error) {
        log.warn({ command: name, option, error }, 'suggestions failed')
        return []
      }
    },
  }
}

function say(blocks: readonly Block[]): Answer {
  return { blocks }
}

/** What was asked for nothing, or was not understood, can be asked in a form; a person at a terminal types. */
function withForms(answer: Answer, command: AnyCommand, options: OptionValues<string>, request: Request): Answer {
  if (request.platform === 'terminal') return answer
  const isBare = Object.keys(options).length === 0
  const { problem } = answer
  if (!isBare && problem === undefined) return answer
  const [meant] = problem?.suggestions ?? []
  const given = problem === undefined || meant === undefined ? options : replaceValue(options, problem, meant)
  const buttons = isBare ? formButtons(command, request) : againButton(command, given, request)
  return buttons.length === 0 ? answer : { ...answer, blocks: [...answer.blocks, { kind: 'buttons', buttons }] }
}

function isBlocks(answer: Answer | readonly Block[]): answer is readonly Block[] {
  return Array.isArray(answer)
}

function cleanOptions(options: OptionValues<string>, command: AnyCommand): OptionValues<string> {
  const clean = Object.keys(command.options).map((key) => [
    key,
    cleanName((options[key] ?? '').slice(0, VALUE_CHARACTERS)),
  ])
  return Object.fromEntries(clean.filter(([, value]) => value !== ''))
}

function choicesFor(typed: string, choices: readonly string[]): readonly Suggestion[] {
  const start = typed.trim().toLowerCase()
  return choices.filter((choice) => choice.startsWith(start)).map((choice) => ({ label: choice, value: choice }))
}
