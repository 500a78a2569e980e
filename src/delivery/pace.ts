import { type Messenger, partsOfPlace } from '../chat/messenger.ts'
import type { AttemptOutcome } from './attempt-delivery.ts'
import { type Delivery, mayStand } from './delivery.ts'

/** After so many posts in a row that came to nothing, the platform itself is in trouble. */
const IN_A_ROW = 8

/** While it is, one post at a time tries whether it is back; the wait doubles from the first to the second. */
const PROBE_AFTER_MS = [1_000, 60_000] as const

/** A team whose posts are answered "too many" is written to slower, this many times at most, and slowly faster again. */
const SLOWER_AT_MOST = 16
const RECOVERS_BY = 0.9

/** Platforms let us read a team's channels about fifty times a minute. */
const LOOK_REST_MS = 1_200
/** Some apps on Slack once a minute only: a team that was answered "too many" is in that tier for this time. */
const SLOW_LOOK_REST_MS = 60_000
const SLOW_LOOKS_FOR_MS = 3_600_000

type Rests = Pick<Messenger, 'restMs' | 'teamRestMs' | 'anyRestMs' | 'editRestMs'>

/**
 * When a message may leave: after the rests that the platform asks for between messages to one
 * place, to one team and at all, between looks into a team's places, and hardly ever while the platform is out of order.
 *
 * It lives in memory, by a time that never goes back; what has to outlive a restart (`Retry-After`) stands in the
 * outbox too.
 */
export function pace() {
  const freeAt = new Map<string, number>()
  const slower = new Map<number, number>()
  const looksSlowlyUntil = new Map<number, number>()
  let failedInARow = 0

  const rest = (key: string, until: number) => void freeAt.set(key, Math.max(freeAt.get(key) ?? 0, until))
  const isDown = () => failedInARow >= IN_A_ROW
  const lookRestMs = (team: number, now: number) =>
    (looksSlowlyUntil.get(team) ?? 0) > now ? SLOW_LOOK_REST_MS : LOOK_REST_MS

  return {
    /** The earliest instant, in ms, at which it may leave. */
    freeAt: (delivery: Delivery): number =>
      Math.max(
        ...[
          place(delivery),
          teamKey(delivery.team),
          ANY,
          ...(isEdit(delivery) ? [editsOf(delivery.team)] : []),
          ...(isLook(delivery) ? [looksOf(delivery.team)] : []),
        ].map((key) => freeAt.get(key) ?? 0),
      ),

    /** How many may be under way at once, `most` on good days. */
    atOnce: (most: number): number => (isDown() ? 1 : most),

    began: (delivery: Delivery, { teamRestMs, anyRestMs, editRestMs }: Rests, now: number): void => {
      const { team } = delivery
      if (isEdit(delivery)) rest(editsOf(team), now + editRestMs)
      if (isLook(delivery)) rest(looksOf(team), now + lookRestMs(team, now))
      rest(teamKey(team), now + teamRestMs * (slower.get(team) ?? 1))
      rest(ANY, now + anyRestMs)
    },

    ended: (delivery: Delivery, outcome: AttemptOutcome, { restMs }: Rests, now: number): void => {
      const { team } = delivery
      // Nothing was asked of the platform: that says nothing about it.
      if (outcome.kind === 'nothing') return
      if (outcome.kind === 'looked') {
        if (outcome.retryAfterMs === undefined) return
        looksSlowlyUntil.set(team, now + SLOW_LOOKS_FOR_MS)
        rest(looksOf(team), now + outcome.retryAfterMs)
        return
      }
      const isTooMany = outcome.kind === 'later' && outcome.retryAfterMs > 0
      // Platforms count edits apart: what is new does not wait for them.
      if (isTooMany) rest(isEdit(delivery) ? editsOf(team) : place(delivery), now + outcome.retryAfterMs)
      rest(place(delivery), now + restMs)
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
/** Threads share the rests of their channel. */
const place = ({ team, channel }: Delivery) => `place ${team} ${partsOfPlace(channel).within}`
const teamKey = (team: number) => `team ${team}`
const editsOf = (team: number) => `edits of ${team}`
const looksOf = (team: number) => `looks of ${team}`

function isEdit({ amends }: Delivery): boolean {
  return amends?.way === 'edit'
}

function isLook(delivery: Delivery): boolean {
  return !isEdit(delivery) && mayStand(delivery)
}

function probeAfterMs(failures: number): number {
  const [first, most] = PROBE_AFTER_MS
  return Math.min(most, first * 2 ** Math.min(failures, 10))
}
