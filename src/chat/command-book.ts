import { randomBytes } from 'node:crypto'
import { AppError } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import type { TeamId } from '../base/scope.ts'
import type { Block } from './blocks.ts'
import { cleanName } from './clean-text.ts'
import type { Answer, AnyCommand, Command, OptionValues, Suggestion } from './command.ts'
import { explainEmptyLine, explainFault, explainUnknownCommand, explainUnknownKey } from './explain.ts'
import { fillWords } from './fill-words.ts'
import { demandRole } from './forbidden-error.ts'
import { parseLine, parseOptions } from './parse-command.ts'
import { readChoices } from './read-choices.ts'
import type { Request } from './request.ts'
import { throttle } from './throttle.ts'

export type { AnyCommand } from './command.ts'

/** Everything people can ask, bound to the rooms. The doors translate to and from this and do nothing else. */
export type CommandBook = {
  readonly commands: readonly AnyCommand[]
  /**
   * Answers a line as typed, with or without the leading slash. Never throws: a fault is answered
   * with its explanation, a bug with one calm sentence and a reference that is in the log.
   */
  readonly answerLine: (line: string, request: Request) => Promise<Answer>
  /** Answers options that a platform has typed already (Discord options, a submitted form). Never throws. */
  readonly answerOptions: (name: string, options: OptionValues<string>, request: Request) => Promise<Answer>
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
  /** The team's, for whoever has none. */
  readonly teamZoneOf?: (request: Request) => Promise<string | null>
  /** Whether an owner of the team has named this person an editor; asked anew at every request. */
  readonly isEditor?: (request: Request) => Promise<boolean>
}

/** Discord's limit; nobody reads more. */
const SUGGESTIONS_AT_MOST = 25
/** Discord's limit for the name and the value of a suggestion. */
const SUGGESTION_CHARACTERS = 100
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
  { log, roomsOf, answersOf, zoneOf, teamZoneOf, isEditor }: CommandBookDeps<Rooms>,
): CommandBook {
  const roomsFor = async ({ team }: Request) => ({ ...rooms, ...(await roomsOf?.(team)), commands })
  const byName = new Map<string, AnyCommand>(commands.map((command) => [command.name, command]))
  const limit = throttle()

  /** The one place where failures become answers. */
  const answering = async (name: string, request: Request, work: (request: Request) => Promise<Answer>) => {
    // A pipe into the terminal may be fast; the person at it can only wait for themselves.
    if (
      request.platform !== 'terminal' &&
      !limit.allows(`${request.platform} ${request.team} ${request.member.id}`, request.at)
    ) {
      return say([{ kind: 'text', line: 'That was a lot at once. Wait a few seconds, then send it again.' }])
    }
    try {
      const timeZone = (await zoneOf?.(request)) ?? request.timeZone ?? (await teamZoneOf?.(request)) ?? null
      const isRaised = request.role === 'member' && ((await isEditor?.(request)) ?? false)
      return await work({ ...request, timeZone, role: isRaised ? 'editor' : request.role })
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
      const answer = await command.run(readChoices(options, command), await roomsFor(request), request)
      if (!isBlocks(answer)) return answer
      return command.isLookup === true && answersOf !== undefined
        ? { blocks: answer, seenBy: await answersOf(request.team) }
        : say(answer)
    } catch (error) {
      if (error instanceof AppError) return say(explainFault(error, command, options))
      throw error
    }
  }

  return {
    commands,

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

    suggest: async (name, option, typed, request) => {
      const definition = byName.get(name)?.options[option]
      try {
        if (definition?.choices !== undefined) return choicesFor(typed, definition.choices)
        const found =
          (await definition?.suggest?.(
            cleanName(typed).slice(0, SUGGESTION_CHARACTERS),
            await roomsFor(request),
            request,
          )) ?? []
        return found
          .filter((suggestion) => suggestion.value.length <= SUGGESTION_CHARACTERS)
          .slice(0, SUGGESTIONS_AT_MOST)
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
