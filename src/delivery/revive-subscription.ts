import type { Writes } from '../base/database/database.ts'
import { keyOf } from '../base/id.ts'
import type { TeamId } from '../base/scope.ts'
import type { Block } from '../chat/blocks.ts'
import type { DeliveryId } from './delivery.ts'
import { owe } from './outbox.ts'
import { uncover } from './slot-store.ts'
import type { SubscriptionId } from './subscription.ts'

/** Why a message was taken off the list when its subscription was ended. */
export const UNSUBSCRIBED = 'unsubscribed'

/** What was owed when somebody unsubscribed is still news for this long. */
const STILL_NEWS_MS = 3_600_000

/**
 * Takes back an unsubscription: `false` if there is none to take back. What came due meanwhile was
 * not missed by us, so it is not made up for; what the digests have not told yet is in the next one,
 * and alerts that were waiting wait again.
 */
export async function revive(tx: Writes, id: SubscriptionId, at: Date): Promise<boolean> {
  const row = await tx
    .selectFrom('subscription')
    .select(['explanation', 'endedAt', 'kind'])
    .where('id', '=', id)
    .where('state', '=', 'ended')
    .executeTakeFirst()
  if (row === undefined) return false
  await goOn(tx, id, row.explanation, at)
  if (row.kind === 'alerts' && at.getTime() - (row.endedAt ?? 0) <= STILL_NEWS_MS) await owedAgain(tx, id, at)
  return true
}

/** After a place refused: `false` if the subscription is not stopped. */
export async function tryAgain(tx: Writes, id: SubscriptionId, line: readonly Block[], at: Date): Promise<boolean> {
  const row = await tx
    .selectFrom('subscription')
    .select(['team', 'platform', 'channel'])
    .where('id', '=', id)
    .where('state', '=', 'stopped')
    .executeTakeFirst()
  if (row === undefined) return false
  await goOn(tx, id, null, at)
  const place = { team: row.team as TeamId, platform: row.platform, channel: row.channel }
  const key = keyOf('again', id, at.getTime()) as DeliveryId
  await owe(tx, { id: key, ...place, subscription: id, kind: 'notice', blocks: line }, at)
  return true
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

async function owedAgain(tx: Writes, id: SubscriptionId, at: Date): Promise<void> {
  await tx
    .updateTable('delivery')
    .set((row) => ({
      state: 'held',
      code: 'gathered',
      notBefore: row.case().when('notBefore', '>', at.getTime()).then(row.ref('notBefore')).else(at.getTime()).end(),
    }))
    .where('subscription', '=', id)
    .where('state', '=', 'refused')
    .where('code', '=', UNSUBSCRIBED)
    .where('createdAt', '>', at.getTime() - STILL_NEWS_MS)
    .execute()
}
