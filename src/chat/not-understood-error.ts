import { AppError } from '../base/errors.ts'

/**
 * The value of one option says nothing to us: an unknown speaker, an impossible date. The command
 * book answers with the explanation and, for each suggestion, the corrected command as a button.
 */
export class NotUnderstoodError extends AppError {
  override readonly name = 'NotUnderstoodError'
  readonly code = 'chat/not-understood'
  readonly explanation: string
  readonly retry = 'never'
  readonly option: string
  readonly typed: string
  readonly suggestions: readonly string[]

  /** @param what.explanation one or two sentences that say what would be understood. */
  constructor(what: { option: string; typed: string; explanation: string; suggestions?: readonly string[] }) {
    super(`${what.option} was not understood`)
    this.explanation = what.explanation
    this.option = what.option
    this.typed = what.typed
    this.suggestions = what.suggestions ?? []
  }
}
