import type { TeamId } from '../../src/base/scope.ts'
import type { Request } from '../../src/chat/request.ts'

/** Somebody who asks: an owner in a channel of team 1, unless told otherwise. */
export function request(given: Partial<Request> = {}): Request {
  return {
    platform: 'slack',
    team: 1 as TeamId,
    channel: 'C1',
    isDirectMessage: false,
    member: { id: 'U1', name: 'Ana' },
    role: 'owner',
    timeZone: 'Africa/Tripoli',
    at: new Date('2026-11-20T08:00:00Z'),
    ...given,
  }
}
