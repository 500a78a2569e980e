import type { Messenger, PostOutcome } from '../chat/messenger.ts'
import type { Delivery } from './delivery.ts'

/** After so many posts in a row that came to nothing, the platform itself is in trouble. */
const IN_A_ROW = 8

/** While it is, one post at a time tries whether it is back; the wait doubles from the first to the second. */
const PROBE_AFTER_MS = [1_000, 60_000] as const

/** A team whose posts are answered "too many" is written to slower, this many times at most, and slowly faster again. */
const SLOWER_AT_MOST = 16
const RECOVERS_BY = 0.9

type Rests = Pick<Messenger, 'restMs' | 'teamRestMs' | 'anyRestMs' | 'editRestMs'>

/**
 * When a message may leave: after the rests that the platform asks for between messages to one
 * place, to one team and at all, and hardly ever while the platform is out of order.
 *
 * It lives in memory; what has to outlive a restart (`Retry-After`) stands in the outbox too.
 */
export function pace() {
  const freeAt = new Map<string, number>()
  const slower = new Map<number, number>()
  let failedInARow = 0

  const rest = (key: string, until: number) => void freeAt.set(key, Math.max(freeAt.get(key) ?? 0, until))
  const isDown = () => failedInARow >= IN_A_ROW

  return {
    /** The earliest instant, in ms, at which it may leave. */
    freeAt: (delivery: Delivery): number =>
      Math.max(
        ...[
          place(delivery.team, delivery.channel),
          teamKey(delivery.team),
          ANY,
          ...(isEdit(delivery) ? [editsOf(delivery.team)] : []),
        ].map((key) => freeAt.get(key) ?? 0),
      ),

    /** How many may be under way at once, `most` on good days. */
    atOnce: (most: number): number => (isDown() ? 1 : most),

    began: (delivery: Delivery, { teamRestMs, anyRestMs, editRestMs }: Rests, now: number): void => {
      const { team } = delivery
      if (isEdit(delivery)) rest(editsOf(team), now + editRestMs)
      rest(teamKey(team), now + teamRestMs * (slower.get(team) ?? 1))
      rest(ANY, now + anyRestMs)
    },

    ended: (delivery: Delivery, outcome: PostOutcome, { restMs }: Rests, now: number): void => {
      const { channel, team } = delivery
      const isTooMany = outcome.kind === 'later' && outcome.retryAfterMs > 0
      // Platforms count edits apart: what is new does not wait for them.
      if (isTooMany) rest(isEdit(delivery) ? editsOf(team) : place(team, channel), now + outcome.retryAfterMs)
      rest(place(team, channel), now + restMs)
      const factor = slower.get(team) ?? 1
      const changed = isTooMany ? Math.min(SLOWER_AT_MOST, factor * 2) : Math.max(1, factor * RECOVERS_BY)
      if (changed === 1) slower.delete(team)
      else slower.set(team, changed)

      // A refusal is an answer: the platform is there.
      const isAnswered = outcome.kind === 'sent' || outcome.kind === 'refused'
      failedInARow = isAnswered ? 0 : failedInARow + 1
      if (isDown()) rest(ANY, now + probeAfterMs(failedInARow - IN_A_ROW))
      for (const [key, until] of freeAt) if (until <= now) freeAt.delete(key)
    },
  }
}

const ANY = 'any'
/** Teams can share a channel; platforms count what each of them posts there. */
const place = (team: number, channel: string) => `place ${team} ${channel}`
const teamKey = (team: number) => `team ${team}`
const editsOf = (team: number) => `edits of ${team}`

function isEdit({ amends }: Delivery): boolean {
  return amends?.way === 'edit'
}

function probeAfterMs(failures: number): number {
  const [first, most] = PROBE_AFTER_MS
  return Math.min(most, first * 2 ** Math.min(failures, 10))
}
