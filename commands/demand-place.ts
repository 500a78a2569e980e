import { AppError } from '../src/base/errors.ts'
import { PUBLIC, type TeamId } from '../src/base/scope.ts'
import type { Request } from '../src/chat/request.ts'

/** A standing wish needs a channel of a team; a direct message outside any team has none. */
export class NoPlaceError extends AppError {
  override readonly name = 'NoPlaceError'
  readonly code = 'commands/no-place'
  readonly explanation = 'Send that in a channel of your team: here is no channel that I could post to.'
  readonly retry = 'never'
}

/** @throws {NoPlaceError} outside a channel of a team. */
export function demandPlace({ team, channel }: Request): { readonly team: TeamId; readonly channel: string } {
  if (channel === null || team === PUBLIC) throw new NoPlaceError('no channel of a team')
  return { team, channel }
}
