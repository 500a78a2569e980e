import type { Answer, Command, OptionValues, Suggestion } from './command.ts'
import type { Request } from './request.ts'

/** A command with its rooms already given: what a door needs to register, show and run it. */
// biome-ignore lint/suspicious/noExplicitAny: rooms differ by command and are bound before a door sees them
export type AnyCommand = Command<any, string>

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
