import type { Reads, Writes } from '../base/database/database.ts'
import type { Block } from '../chat/blocks.ts'
import { moveBack } from './cover-again.ts'
import type { DeliveryId } from './delivery.ts'
import type { Slot } from './due-slots.ts'
import { TOO_LATE } from './slot-store.ts'
import type { SubscriptionId } from './subscription.ts'

/** A digest that waits in the outbox and is surely not there. */
export type WaitingSlot = Slot & {
  readonly subscription: SubscriptionId
  readonly delivery: DeliveryId
  /** It says so already. */
  readonly isLate: boolean
}

/** The digests that were due by then and have not left, the oldest first. */
export async function waitingSlots(reads: Reads, dueBy: Date): Promise<readonly WaitingSlot[]> {
  const rows = await reads
    .selectFrom('delivery')
    .innerJoin('slot', 'slot.delivery', 'delivery.id')
    .select(['slot.on', 'slot.name', 'slot.dueAt', 'slot.subscription', 'slot.isLate', 'delivery.id'])
    .where('delivery.platform', 'in', ['slack', 'discord', 'terminal'])
    .where('delivery.state', '=', 'due')
    // Of which parts may stand comes whole, however late.
    .where('delivery.triedSince', 'is', null)
    .where('delivery.kind', '=', 'digest')
    .where('slot.dueAt', '<=', dueBy.getTime())
    .orderBy('slot.dueAt')
    .execute()
  return rows.map(({ on, name, dueAt, subscription, isLate, id }) => ({
    ...{ on, name, dueAt: new Date(dueAt) },
    subscription: subscription as SubscriptionId,
    delivery: id as DeliveryId,
    isLate: isLate === 1,
  }))
}

/**
 * Takes digests off the list that waited too long, for a later one to tell what they would have; one that
 * the sender has begun with stays. The earliest instant from which on that later one has to look; `null`: none was taken.
 */
export async function takeOffLate(tx: Writes, waiting: readonly WaitingSlot[]): Promise<Date | null> {
  let from: number | null = null
  for (const { subscription, on, name, delivery } of waiting) {
    const { numUpdatedRows } = await tx
      .updateTable('delivery')
      .set({ state: 'refused', code: TOO_LATE })
      .where('id', '=', delivery)
      .where('state', '=', 'due')
      .where('triedSince', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) continue
    const slot = await tx
      .updateTable('slot')
      .set({ fate: 'skipped (late)' })
      .where('subscription', '=', subscription)
      .where('on', '=', on)
      .where('name', '=', name)
      .returning('coversFrom')
      .executeTakeFirst()
    if (slot === undefined) continue
    from = Math.min(from ?? slot.coversFrom, slot.coversFrom)
    await moveBack(tx, subscription, slot.coversFrom)
  }
  return from === null ? null : new Date(from)
}

/** Marks a waiting digest late, once; `false` if it was marked before, or the sender has begun with it. */
export async function markLate(
  tx: Writes,
  { subscription, on, name, delivery }: WaitingSlot,
  notice: Block,
): Promise<boolean> {
  const row = await tx
    .selectFrom('delivery')
    .select('blocks')
    .where('id', '=', delivery)
    .where('state', '=', 'due')
    .where('triedSince', 'is', null)
    .executeTakeFirst()
  if (row === undefined) return false
  const { numUpdatedRows } = await tx
    .updateTable('slot')
    .set({ isLate: 1 })
    .where('subscription', '=', subscription)
    .where('on', '=', on)
    .where('name', '=', name)
    .where('isLate', '=', 0)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  const blocks = JSON.stringify([notice, ...(JSON.parse(row.blocks) as Block[])])
  await tx.updateTable('delivery').set({ blocks }).where('id', '=', delivery).where('state', '=', 'due').execute()
  return true
}
