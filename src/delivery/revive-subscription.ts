import type { Writes } from '../base/database/database.ts'
import { keyOf } from '../base/id.ts'
import type { TeamId } from '../base/scope.ts'
import type { Block } from '../chat/blocks.ts'
import type { Platform } from '../chat/request.ts'
import { uncover } from './cover-again.ts'
import { type DeliveryId, type Place, STOPPED, UNSUBSCRIBED } from './delivery.ts'
import { alertsIn, fitAlerts, letMembersWait } from './fit-alerts.ts'
import { NEWS_DAYS } from './old-news.ts'
import { owe, placesOwed } from './owe.ts'
import type { SubscriptionId } from './subscription.ts'

/** What was owed when somebody unsubscribed is still news for this long. */
const STILL_NEWS_MS = 3_600_000

/** Why an alert waits that was owed to a place which took nothing. */
export const KEPT = 'kept'

const DAY_MS = 86_400_000

/**
 * Takes back an unsubscription: `false` if there is none to take back. What came due meanwhile was
 * not missed by us, so it is not made up for; what the digests have not told yet is in the next one,
 * and alerts that were waiting wait again.
 */
export async function revive(tx: Writes, id: SubscriptionId, at: Date): Promise<boolean> {
  const row = await tx
    .selectFrom('subscription')
    .select(['team', 'platform', 'channel', 'explanation', 'endedAt', 'kind'])
    .where('id', '=', id)
    .where('state', '=', 'ended')
    .executeTakeFirst()
  if (row === undefined) return false
  await goOn(tx, id, row.explanation, at)
  const isNews = row.kind === 'alerts' && at.getTime() - (row.endedAt ?? 0) <= STILL_NEWS_MS
  if (isNews) for (const place of await placesTaken(tx, placeOf(row), at)) await owedAgain(tx, place, at)
  return true
}

/**
 * After a place refused: `false` if the subscription is not stopped. All that stopped there for the same reason goes
 * on with it: an alert that several of them wanted is told once, and whole.
 */
export async function tryAgain(tx: Writes, id: SubscriptionId, line: readonly Block[], at: Date): Promise<boolean> {
  const row = await tx
    .selectFrom('subscription')
    .select(['team', 'platform', 'channel', 'explanation'])
    .where('id', '=', id)
    .where('state', '=', 'stopped')
    .executeTakeFirst()
  if (row === undefined) return false
  const place = placeOf(row)
  for (const other of await stoppedWith(tx, place, row.explanation)) await goOn(tx, other, null, at)
  await owedOnceMore(tx, place, row.explanation, at)
  const key = keyOf('again', id, at.getTime()) as DeliveryId
  await owe(tx, { id: key, ...place, subscription: id, kind: 'notice', blocks: line }, at)
  return true
}

async function stoppedWith(
  tx: Writes,
  { team, platform, channel }: Place,
  explanation: string | null,
): Promise<readonly SubscriptionId[]> {
  const rows = await tx
    .selectFrom('subscription')
    .select('id')
    .where('team', '=', team)
    .where('platform', '=', platform)
    .where('channel', '=', channel)
    .where('state', '=', 'stopped')
    .where('explanation', explanation === null ? 'is' : '=', explanation)
    .execute()
  return rows.map((row) => row.id as SubscriptionId)
}

function placeOf({ team, platform, channel }: { team: number; platform: Platform; channel: string }): Place {
  return { team: team as TeamId, platform, channel }
}

/** One that had stopped before it was ended is stopped again: nothing has been mended by an undo. */
export async function goOn(tx: Writes, id: SubscriptionId, explanation: string | null, at: Date): Promise<void> {
  await tx
    .updateTable('subscription')
    .set({ explanation, state: explanation === null ? 'active' : 'stopped', checkedUntil: at.getTime() })
    .$if(explanation === null, (row) => row.set({ endedAt: null }))
    .where('id', '=', id)
    .execute()
  await uncover(tx, [id])
}

/** Where anything was taken off of late, and its own place: what was owed before an edit is owed in the old one. */
async function placesTaken(tx: Writes, own: Place, at: Date): Promise<readonly Place[]> {
  const since = new Date(at.getTime() - STILL_NEWS_MS)
  const taken = await placesOwed(tx, own, { kind: 'alert', states: ['refused'], code: UNSUBSCRIBED, since })
  return [own, ...taken.filter(({ channel }) => channel !== own.channel)]
}

/** What was taken off when it was ended, and is still news. */
async function owedAgain(tx: Writes, place: Place, at: Date): Promise<void> {
  const since = new Date(at.getTime() - STILL_NEWS_MS)
  const open = await alertsIn(tx, place, { states: ['held', 'due'] })
  const refused = await alertsIn(tx, place, { states: ['refused'], since })
  await fitAlerts(tx, [...open, ...refused.filter(({ code }) => code === UNSUBSCRIBED)], { at })
}

/** What the place refused, and what was kept since it did, in one message. */
async function owedOnceMore(tx: Writes, place: Place, explanation: string | null, at: Date): Promise<void> {
  const since = new Date(at.getTime() - NEWS_DAYS * DAY_MS)
  const refused = (await alertsIn(tx, place, { states: ['refused'], since })).filter(
    (one) => one.code === STOPPED || (one.explanation !== null && one.explanation === explanation),
  )
  const members = (await Promise.all(refused.map((one) => letMembersWait(tx, one, { at, heldFor: KEPT })))).flat()
  await fitAlerts(tx, [...refused, ...members], { at, heldFor: KEPT })
}
