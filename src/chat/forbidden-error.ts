import { AppError } from '../base/errors.ts'
import { isAtLeast, type Request, type Role } from './request.ts'

/** The asker's role is not enough for this. */
export class ForbiddenError extends AppError {
  override readonly name = 'ForbiddenError'
  readonly code = 'chat/forbidden'
  readonly explanation: string
  readonly retry = 'never'

  /** @param what completes "Only an owner may …". */
  constructor(needed: Role, what: string) {
    super(`${needed} needed`)
    const article = needed === 'member' ? 'a' : 'an'
    const who = needed === 'editor' ? '; /editors names them' : ''
    this.explanation = `Only ${article} ${needed} of this team may ${what}. Ask one of them to send the command${who}.`
  }
}

/** @throws {ForbiddenError} if the asker's role is less than `needed`. */
export function demandRole(request: Request, needed: Role, what: string): void {
  if (!isAtLeast(request.role, needed)) throw new ForbiddenError(needed, what)
}
