import type { Reads, Writes } from '../base/database/database.ts'
import type { Slot } from './due-slots.ts'
import type { SubscriptionId } from './subscription.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    slotTry: SlotTryTable
  }
}

/** Slots whose digest could not be written so far: one of a subscription, its latest. */
type SlotTryTable = { subscription: string; on: string; name: string; tries: number; notBefore: number }

export type SlotTry = Pick<Slot, 'on' | 'name'> & { readonly tries: number; readonly notBefore: Date }

/** What was tried in vain and is to be tried again, by subscription: none or few. */
export async function slotTries(reads: Reads): Promise<ReadonlyMap<SubscriptionId, SlotTry>> {
  const rows = await reads.selectFrom('slotTry').selectAll().execute()
  return new Map(
    rows.map(({ subscription, on, name, tries, notBefore }) => [
      subscription as SubscriptionId,
      { on, name, tries, notBefore: new Date(notBefore) },
    ]),
  )
}

export async function keepTry(tx: Writes, subscription: SubscriptionId, given: SlotTry): Promise<void> {
  const row = { on: given.on, name: given.name, tries: given.tries, notBefore: given.notBefore.getTime() }
  await tx
    .insertInto('slotTry')
    .values({ subscription, ...row })
    .onConflict((conflict) => conflict.column('subscription').doUpdateSet(row))
    .execute()
}

export async function dropTry(tx: Writes, subscription: SubscriptionId): Promise<void> {
  await tx.deleteFrom('slotTry').where('subscription', '=', subscription).execute()
}
