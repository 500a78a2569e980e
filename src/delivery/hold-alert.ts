import type { Writes } from '../base/database/database.ts'
import type { Delivery, Place } from './delivery.ts'
import type { Wait } from './owe.ts'
import { allWaitUntil, type Quiet } from './quiet.ts'
import type { AlertSubscription, Said } from './subscription.ts'

/** Alerts that one channel gets by themselves within an hour; what is more comes in one message. */
const ALERTS_AN_HOUR = 10
const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

type Given = {
  readonly place: Place
  /** Those that want it. */
  readonly subscriptions: readonly Pick<AlertSubscription, 'gatherMinutes' | 'atMostAnHour'>[]
  readonly quiets: readonly Quiet[]
  /** All that it tells. */
  readonly said: readonly Said[]
  readonly at: Date
}

/** Why and until when an alert has to wait; `null` if it may leave at once. */
export async function waitOf(tx: Writes, { place, subscriptions, quiets, said, at }: Given): Promise<Wait | null> {
  const quietUntil = allWaitUntil(quiets, said, at)
  if (quietUntil !== null) return { heldFor: 'quiet', notBefore: quietUntil }
  // Whoever wants it at once, or soonest, gets it then.
  const gatherMs = Math.min(...subscriptions.map(({ gatherMinutes = 0 }) => gatherMinutes)) * MINUTE_MS
  const atMostAnHour = Math.max(...subscriptions.map((one) => one.atMostAnHour ?? ALERTS_AN_HOUR))
  if (gatherMs > 0) {
    const [first] = await heldIn(tx, place, 'gathered')
    // With those that leave before it would, never with those that another subscription keeps for longer.
    const end = at.getTime() + gatherMs
    return { heldFor: 'gathered', notBefore: new Date(Math.min(end, first?.notBefore.getTime() ?? end)) }
  }
  // Behind those that wait already, so that the hour's rest is one message.
  const [waiting] = await heldIn(tx, place, 'too many')
  if (waiting !== undefined) return { heldFor: 'too many', notBefore: waiting.notBefore }
  const within = await lastAlerts(tx, place, { at, atMost: atMostAnHour })
  const oldest = within.at(atMostAnHour - 1)
  return oldest === undefined ? null : { heldFor: 'too many', notBefore: new Date(oldest + HOUR_MS) }
}

async function heldIn(tx: Writes, place: Place, heldFor: string): Promise<readonly Pick<Delivery, 'notBefore'>[]> {
  const rows = await inPlace(tx, place)
    .select('notBefore')
    .where('state', '=', 'held')
    .where('code', '=', heldFor)
    .orderBy('notBefore')
    .limit(1)
    .execute()
  return rows.map(({ notBefore }) => ({ notBefore: new Date(notBefore) }))
}

/** When the place's alerts of the last hour came, the newest first. */
async function lastAlerts(
  tx: Writes,
  place: Place,
  { at, atMost }: { readonly at: Date; readonly atMost: number },
): Promise<readonly number[]> {
  const rows = await inPlace(tx, place)
    .select('createdAt')
    .where('kind', '=', 'alert')
    .where('state', 'in', ['due', 'sending', 'sent', 'unknown'])
    .where('createdAt', '>', at.getTime() - HOUR_MS)
    .orderBy('createdAt', 'desc')
    .limit(atMost)
    .execute()
  return rows.map(({ createdAt }) => createdAt)
}

function inPlace(tx: Writes, { team, platform, channel }: Place) {
  return tx
    .selectFrom('delivery')
    .where('channel', '=', channel)
    .where('platform', '=', platform)
    .where('team', '=', team)
}
