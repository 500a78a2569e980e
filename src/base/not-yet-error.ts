import { AppError } from './errors.ts'

/** A step cannot do its work before others have done theirs: its job goes behind those that wait, and counts as untried. */
export class NotYetError extends AppError {
  override readonly name = 'NotYetError'
  readonly code = 'base/not-yet'
  readonly explanation = 'That waits for other work, and is done right after it.'
  readonly retry = 'later'
}
