import type { Selectable } from 'kysely'
import type { Reads, Writes } from '../base/database/database.ts'
import type { DeliveryId, DeliveryState, SlotFate } from './delivery.ts'
import type { Slot } from './due-slots.ts'
import type { SubscriptionId } from './subscription.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    slot: SlotTable
  }
}

type SlotTable = {
  subscription: string
  on: string
  name: string
  dueAt: number
  fate: SlotFate
  isLate: number
  delivery: string | null
  coversFrom: number
  coversUntil: number
  /** JSON: what its digest told of, see `WriteDigest`. */
  told: string
}

/** What was recorded after `from` and up to `until`. */
export type Window = { readonly from: Date; readonly until: Date }

type SlotEnd = {
  readonly fate: SlotFate
  readonly window: Window
  readonly isLate?: boolean
  readonly delivery?: DeliveryId
  readonly told?: readonly string[]
}

/** Where a digest reached somebody, or may have, or still will. */
export const DELIVERED: readonly DeliveryState[] = ['due', 'sending', 'sent', 'unknown']

/** Why a digest was taken off the list: a later one tells what it would have told. */
export const TOO_LATE = 'late'

/** Writes down what became of a slot; `false` if that was settled before. */
export async function writeSlot(tx: Writes, subscription: SubscriptionId, slot: Slot, end: SlotEnd): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('slot')
    .values({
      subscription,
      on: slot.on,
      name: slot.name,
      dueAt: slot.dueAt.getTime(),
      fate: end.fate,
      isLate: end.isLate === true ? 1 : 0,
      delivery: end.delivery ?? null,
      coversFrom: end.window.from.getTime(),
      coversUntil: end.window.until.getTime(),
      told: JSON.stringify(end.told ?? []),
    })
    .onConflict((conflict) => conflict.columns(['subscription', 'on', 'name']).doNothing())
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** The slots of these that have no row yet. */
export async function unsettled(
  reads: Reads,
  subscription: SubscriptionId,
  slots: readonly Slot[],
): Promise<readonly Slot[]> {
  const [first] = slots
  if (first === undefined) return []
  const rows = await reads
    .selectFrom('slot')
    .select(['on', 'name'])
    .where('subscription', '=', subscription)
    .where('on', '>=', first.on)
    .execute()
  const known = new Set(rows.map(({ on, name }) => `${on} ${name}`))
  return slots.filter(({ on, name }) => !known.has(`${on} ${name}`))
}

/** What became of a slot, whenever that was. */
export type SettledSlot = Slot & {
  readonly subscription: SubscriptionId
  readonly fate: SlotFate
  readonly isLate: boolean
  readonly delivery: DeliveryId | null
  readonly window: Window
  readonly told: readonly string[]
}

/** The slots of a subscription that were dealt with, the newest first; of one day and name if they are given. */
export async function settledSlots(
  reads: Reads,
  subscription: SubscriptionId,
  { on, name, atMost = 1 }: { readonly on?: string; readonly name?: string; readonly atMost?: number },
): Promise<readonly SettledSlot[]> {
  let rows = reads.selectFrom('slot').selectAll().where('subscription', '=', subscription)
  if (on !== undefined) rows = rows.where('on', '=', on)
  if (name !== undefined) rows = rows.where('name', '=', name)
  const found = await rows.orderBy('dueAt', 'desc').limit(atMost).execute()
  return found.map(settledOf)
}

/** The slot whose digest a message is. */
export async function slotOf(reads: Reads, delivery: DeliveryId): Promise<SettledSlot | null> {
  const row = await reads.selectFrom('slot').selectAll().where('delivery', '=', delivery).executeTakeFirst()
  return row === undefined ? null : settledOf(row)
}

function settledOf(row: Selectable<SlotTable>): SettledSlot {
  return {
    ...{ on: row.on, name: row.name, fate: row.fate },
    subscription: row.subscription as SubscriptionId,
    dueAt: new Date(row.dueAt),
    isLate: row.isLate === 1,
    delivery: row.delivery as DeliveryId | null,
    window: { from: new Date(row.coversFrom), until: new Date(row.coversUntil) },
    told: JSON.parse(row.told) as string[],
  }
}

/** `delivery`: a message was written, and did not leave in time. */
export type SkippedSlot = Pick<SlotTable, 'on' | 'name' | 'fate' | 'delivery'>

/** Slots after that instant that brought nothing though they should have, oldest first. */
export async function skippedSince(
  reads: Reads,
  subscription: SubscriptionId,
  since: Date,
  atMost: number,
): Promise<readonly SkippedSlot[]> {
  const rows = await reads
    .selectFrom('slot')
    .select(['on', 'name', 'fate', 'delivery'])
    .where('subscription', '=', subscription)
    .where('fate', 'in', ['skipped (late)', 'skipped (quiet)', 'not written'])
    .where('dueAt', '>', since.getTime())
    .orderBy('dueAt', 'desc')
    .limit(atMost)
    .execute()
  return rows.reverse()
}

/** What one digest told of, and when it was due. */
export type ToldSlot = Pick<Slot, 'on' | 'name'> & { readonly told: ReadonlySet<string> }

/** What digests told of that reached into the time after an instant, the latest first: nobody is told it again. */
export type ReadTold = (since: Date) => Promise<readonly ToldSlot[]>

export async function toldSince(reads: Reads, subscription: SubscriptionId, since: Date): Promise<readonly ToldSlot[]> {
  const rows = await reads
    .selectFrom('slot')
    .innerJoin('delivery', 'delivery.id', 'slot.delivery')
    .select(['slot.on', 'slot.name', 'slot.told'])
    .where('slot.subscription', '=', subscription)
    .where('slot.coversUntil', '>', since.getTime())
    .where('delivery.state', 'in', DELIVERED)
    .orderBy('slot.coversUntil', 'desc')
    .execute()
  return rows.map(({ on, name, told }) => ({ on, name, told: new Set(JSON.parse(told) as string[]) }))
}

/** What became of the digests that were due after `since`: the fate of the slot, and of its message where it has one. */
export async function fatesSince(reads: Reads, since: Date): Promise<ReadonlyMap<string, number>> {
  const rows = await reads
    .selectFrom('slot')
    .leftJoin('delivery', 'delivery.id', 'slot.delivery')
    .select((row) => ['slot.fate', 'delivery.state', row.fn.countAll<number>().as('count')])
    .where('slot.dueAt', '>', since.getTime())
    .groupBy(['slot.fate', 'delivery.state'])
    .execute()
  return new Map(rows.map(({ fate, state, count }) => [fate === 'queued' ? (state ?? fate) : fate, count]))
}
