import type { ParseArgsOptionsConfig } from 'node:util'
import { AppError } from '../../base/errors.ts'

/** One thing that the command line does. Data goes out as JSON lines, words for people on standard error. */
export type Verb = {
  readonly name: string
  /** What follows the name: `FILE|- [--url URL]`. */
  readonly usage: string
  /** One line, for the list of verbs. */
  readonly summary: string
  /** Further lines of its help: what goes in, what comes out. */
  readonly details?: string
  readonly options: ParseArgsOptionsConfig
  /** @throws {UsageError} for wrong arguments (exit 2), {@link AppError} for refused input (exit 1). */
  readonly run: (given: Given, io: Streams) => Promise<void>
}

export type Given = {
  readonly values: Readonly<Record<string, string | boolean | undefined>>
  readonly positionals: readonly string[]
}

/** The process's own streams; tests give others. */
export type Streams = {
  readonly input: NodeJS.ReadableStream
  /** Waits while whoever reads is slow. */
  readonly write: (text: string) => Promise<void>
  /** For people, on standard error. */
  readonly say: (words: string) => void
}

/** The arguments make no sense: exit 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** The input cannot be used: exit 1, with one line that says why. */
export class InputRefusedError extends AppError {
  override readonly name = 'InputRefusedError'
  readonly code = 'terminal/input-refused'
  readonly explanation: string
  readonly retry = 'never'

  constructor(explanation: string, options?: ErrorOptions) {
    super('input refused', options)
    this.explanation = explanation
  }
}

/** The only positional argument. @throws {UsageError} if there is none or several. */
export function onlyArgument({ positionals }: Given, what: string): string {
  const [only] = positionals
  if (only === undefined) throw new UsageError(`${what} is missing`)
  if (positionals.length > 1) throw new UsageError(`one ${what}, please; there are ${positionals.length}`)
  return only
}

/** The text of an option; `undefined` if it was not given. */
export function textOf({ values }: Given, option: string): string | undefined {
  const value = values[option]
  return typeof value === 'string' ? value : undefined
}

/** An option that is one of a few words. @throws {UsageError} for any other. */
export function choiceOf<Choice extends string>(
  given: Given,
  option: string,
  choices: readonly Choice[],
): Choice | undefined {
  const value = textOf(given, option)
  const choice = choices.find((one) => one === value)
  if (value !== undefined && choice === undefined) throw new UsageError(`--${option} is one of: ${choices.join(', ')}`)
  return choice
}
