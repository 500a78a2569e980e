import type { Reads, Writes } from '../base/database/database.ts'
import type { DeliveryId } from './delivery.ts'
import type { Slot } from './due-slots.ts'
import { DELIVERED } from './slot-store.ts'
import type { SubscriptionId } from './subscription.ts'

/** Moves subscriptions back to where their last digest that reached somebody ended: the next one covers the rest again. */
export async function uncover(tx: Writes, subscriptions: readonly SubscriptionId[]): Promise<void> {
  for (const id of subscriptions) {
    const slots = tx
      .selectFrom('slot')
      .innerJoin('delivery', 'delivery.id', 'slot.delivery')
      .where('slot.subscription', '=', id)
    const reached = await slots
      .select((row) => row.fn.max<number | null>('slot.coversUntil').as('until'))
      .where('delivery.state', 'in', DELIVERED)
      .executeTakeFirst()
    const lost = await slots
      .select((row) => row.fn.min<number | null>('slot.coversFrom').as('from'))
      .where('delivery.state', '=', 'refused')
      .where('slot.coversFrom', '>=', reached?.until ?? 0)
      .executeTakeFirst()
    const from = lost?.from ?? null
    if (from !== null) await moveBack(tx, id, from)
  }
}

/** The slot whose digest the platform refused each time that it was tried, and in which the time ends that was covered. */
export async function givenUpAt(
  reads: Reads,
  subscription: SubscriptionId,
  coveredUntil: Date,
): Promise<Pick<Slot, 'on' | 'name'> | null> {
  const row = await reads
    .selectFrom('slot')
    .innerJoin('delivery', 'delivery.id', 'slot.delivery')
    .select(['slot.on', 'slot.name'])
    .where('slot.subscription', '=', subscription)
    .where('slot.coversUntil', '=', coveredUntil.getTime())
    .where('delivery.state', '=', 'refused')
    // Only the platform's own refusals come with words for people.
    .where('delivery.explanation', 'is not', null)
    .executeTakeFirst()
  return row ?? null
}

/** Digests of the same time that may be refused as wrong in themselves before the time is let go. */
const REFUSED_AT_MOST = 3

/**
 * Lets the next digest cover what a refused one would have told; not for ever: some words the place
 * takes in no digest.
 */
export async function coverAgain(tx: Writes, delivery: DeliveryId): Promise<void> {
  const slot = await tx.selectFrom('slot').selectAll().where('delivery', '=', delivery).executeTakeFirst()
  if (slot === undefined) return
  const refused = await tx
    .selectFrom('slot')
    .innerJoin('delivery', 'delivery.id', 'slot.delivery')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('slot.subscription', '=', slot.subscription)
    .where('slot.coversFrom', '=', slot.coversFrom)
    .where('delivery.state', '=', 'refused')
    // Only the platform's own refusals come with words for people.
    .where('delivery.explanation', 'is not', null)
    .executeTakeFirst()
  if (Number(refused?.count ?? 0) >= REFUSED_AT_MOST) return
  await moveBack(tx, slot.subscription as SubscriptionId, slot.coversFrom)
}

/** Lets the next digest begin there: what it looks at again and an earlier one has told, it leaves out. */
export async function moveBack(tx: Writes, subscription: SubscriptionId, from: number): Promise<void> {
  await tx
    .updateTable('subscription')
    .set({ coveredUntil: from })
    .where('id', '=', subscription)
    .where('coveredUntil', '>', from)
    .execute()
}
