import type { Clock } from '../base/clock.ts'
import type { Database, Writes } from '../base/database/database.ts'
import { keyOf } from '../base/id.ts'
import type { Block } from '../chat/blocks.ts'
import type { DeliveryId, SlotFate } from './delivery.ts'
import { type Slot, slotsBetween } from './due-slots.ts'
import { owe } from './outbox.ts'
import type { DigestSubscription } from './subscription.ts'
import { advance, type Progress, type SubscriptionStore } from './subscription-store.ts'

/** What was recorded after `from` and up to `until`. */
export type Window = { readonly from: Date; readonly until: Date }

/** Writes a digest's text; `null` if there is nothing to say. */
export type WriteDigest = (subscription: DigestSubscription, window: Window) => Promise<readonly Block[] | null>

type ScheduleDeps = {
  readonly db: Database
  readonly subscriptions: SubscriptionStore
  readonly writeDigest: WriteDigest
  readonly clock: Clock
  /** A slot missed by more than this is skipped and said so in the next digest; PLATFORMS.md asks for two hours. */
  readonly graceMs: number
}

/** A tick comes every half minute; a slot later than a few of them was missed, and is marked. */
const MARKED_LATE_MS = 5 * 60_000

/** A longer list of skipped slots tells nobody more. */
const SKIPPED_NAMED_AT_MOST = 7

/**
 * Turns every slot that has come due into a message owed, or into the reason why there is none.
 * A slot's row, its digest and the outbox row are one transaction, so a slot is dealt with once,
 * however often and from wherever this is called. Returns how many messages came to be owed.
 */
export async function scheduleDigests(deps: ScheduleDeps): Promise<number> {
  const { subscriptions, clock } = deps
  const now = clock.now()
  let owed = 0
  for (const subscription of await subscriptions.activeDigests()) {
    const due = slotsBetween(subscription.schedule, subscription.checkedUntil, now)
    if (due.length > 0) owed += await settle(subscription, due, now, deps)
  }
  return owed
}

/** Of several slots missed, only the last can still be posted: never a burst. */
async function settle(
  subscription: DigestSubscription & Progress,
  due: readonly Slot[],
  now: Date,
  { db, writeDigest, graceMs }: ScheduleDeps,
): Promise<number> {
  const missed = due.slice(0, -1)
  const last = due.at(-1) as Slot
  const lateMs = now.getTime() - last.dueAt.getTime()
  const window = { from: subscription.coveredUntil, until: now }

  if (lateMs > graceMs) {
    await db.transaction(async (tx) => {
      for (const slot of due) await writeSlot(tx, subscription, slot, { fate: 'skipped (late)', window })
      await advance(tx, subscription.id, { checkedUntil: now })
    })
    return 0
  }

  const isLate = lateMs > MARKED_LATE_MS
  const written = await writeDigest(subscription, window)
  const skipped = [...(await skippedSince(db, subscription)), ...missed]
  const blocks = written === null ? null : [...noticeOf(subscription, last, { isLate, skipped }), ...written]
  return await db.transaction(async (tx) => {
    for (const slot of missed) await writeSlot(tx, subscription, slot, { fate: 'skipped (late)', window })
    const delivery = keyOf('digest', subscription.id, last.on, last.name) as DeliveryId
    const fate: SlotFate = blocks === null ? 'skipped (empty)' : 'queued'
    const isNew = await writeSlot(tx, subscription, last, {
      fate,
      window,
      isLate,
      ...(blocks === null ? {} : { delivery }),
    })
    await advance(tx, subscription.id, { checkedUntil: now })
    if (!isNew) return 0
    await advance(tx, subscription.id, { coveredUntil: now })
    if (blocks === null) return 0
    const { team, platform, channel, id } = subscription
    return (await owe(tx, { id: delivery, team, platform, channel, subscription: id, kind: 'digest', blocks }, now))
      ? 1
      : 0
  })
}

/** Slots that were skipped after the last digest: the next one names them. */
async function skippedSince(db: Database, { id, coveredUntil }: DigestSubscription & Progress) {
  return await db.reads
    .selectFrom('slot')
    .select(['on', 'name'])
    .where('subscription', '=', id)
    .where('fate', '=', 'skipped (late)')
    .where('dueAt', '>', coveredUntil.getTime())
    .orderBy('dueAt')
    .limit(SKIPPED_NAMED_AT_MOST)
    .execute()
}

function noticeOf(
  { schedule }: DigestSubscription,
  slot: Slot,
  { isLate, skipped }: { readonly isLate: boolean; readonly skipped: readonly Pick<Slot, 'on' | 'name'>[] },
): readonly Block[] {
  const lines: string[] = []
  if (isLate) lines.push(`Late: this digest was due on ${slot.on} at ${slot.name} (${schedule.zone}).`)
  if (skipped.length > 0) {
    const names = skipped.slice(-SKIPPED_NAMED_AT_MOST).map(({ on, name }) => `${on} ${name}`)
    lines.push(`Not posted while I was away: ${names.join(', ')}. This digest covers that time too.`)
  }
  return lines.map((line) => ({ kind: 'note', line }))
}

type SlotEnd = {
  readonly fate: SlotFate
  readonly window: Window
  readonly isLate?: boolean
  readonly delivery?: DeliveryId
}

async function writeSlot(tx: Writes, { id }: DigestSubscription, slot: Slot, end: SlotEnd): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('slot')
    .values({
      subscription: id,
      on: slot.on,
      name: slot.name,
      dueAt: slot.dueAt.getTime(),
      fate: end.fate,
      isLate: end.isLate === true ? 1 : 0,
      delivery: end.delivery ?? null,
      coversFrom: end.window.from.getTime(),
      coversUntil: end.window.until.getTime(),
    })
    .onConflict((conflict) => conflict.columns(['subscription', 'on', 'name']).doNothing())
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}
