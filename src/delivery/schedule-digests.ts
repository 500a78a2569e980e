import type { Clock } from '../base/clock.ts'
import type { Database } from '../base/database/database.ts'
import { keyOf } from '../base/id.ts'
import type { Told } from '../brief/told.ts'
import type { Block } from '../chat/blocks.ts'
import { formatCommand } from '../chat/format-command.ts'
import type { DeliveryId, SlotFate } from './delivery.ts'
import { type Slot, slotsBetween } from './due-slots.ts'
import { owe } from './outbox.ts'
import { showCommand, slotKey } from './shown.ts'
import { skippedSince, toldSince, unsettled, type Window, writeSlot } from './slot-store.ts'
import type { DigestSubscription } from './subscription.ts'
import { advance, isAsRead, type Progress, type SubscriptionStore } from './subscription-store.ts'

type Written = {
  readonly blocks: readonly Block[]
  /** Ids of the statements and changes that it tells of: no later digest tells them again. */
  readonly told: readonly string[]
  /** The same, with how it tells them. */
  readonly tells: readonly Told[]
  /** Whether it tells of something in numbers only; `whole` shows it. */
  readonly isCut: boolean
}

/**
 * Writes a digest's text, without what was `told` before; `null` if there is nothing to say and silence is
 * wanted. `whole`: the command that will show what does not fit.
 */
export type WriteDigest = (
  subscription: DigestSubscription,
  window: Window,
  told: ReadonlySet<string>,
  whole: string,
) => Promise<Written | null>

type ScheduleDeps = {
  readonly db: Database
  readonly subscriptions: SubscriptionStore
  readonly writeDigest: WriteDigest
  /** Whether a channel wants no digest now. */
  readonly isQuiet: (subscription: DigestSubscription, at: Date) => Promise<boolean>
  readonly clock: Clock
  /** A slot missed by more than this is skipped and said so in the next digest; PLATFORMS.md asks for two hours. */
  readonly graceMs: number
}

/** A tick comes every half minute; a slot later than a few of them was missed, and is marked. */
const MARKED_LATE_MS = 5 * 60_000

/** What was recorded this shortly before may not be whole yet (its label, its brief): the next digest has it. */
const SETTLES_WITHIN_MS = 60_000

/** A longer list of skipped slots tells nobody more. */
const SKIPPED_NAMED_AT_MOST = 7

/**
 * Turns every slot that has come due into a message owed, or into the reason why there is none.
 * A slot's row, its digest and the outbox row are one transaction, so a slot is dealt with once,
 * however often and from wherever this is called. Returns how many messages came to be owed.
 */
export async function scheduleDigests(deps: ScheduleDeps): Promise<number> {
  const { db, subscriptions, clock } = deps
  const now = clock.now()
  let owed = 0
  for (const subscription of await subscriptions.activeDigests(now)) {
    const due = slotsBetween(subscription.schedule, subscription.checkedUntil, now)
    const open = await unsettled(db.reads, subscription.id, due)
    if (open.length > 0) owed += await settle(subscription, open, now, deps)
  }
  return owed
}

/** Of several slots missed, only the last can still be posted: never a burst. */
async function settle(
  subscription: DigestSubscription & Progress,
  due: readonly Slot[],
  now: Date,
  { db, writeDigest, isQuiet, graceMs }: ScheduleDeps,
): Promise<number> {
  const { id, coveredUntil } = subscription
  const missed = due.slice(0, -1)
  const last = due.at(-1) as Slot
  const lateMs = now.getTime() - last.dueAt.getTime()
  const until = new Date(Math.max(now.getTime() - SETTLES_WITHIN_MS, coveredUntil.getTime()))
  const window = { from: coveredUntil, until }

  const skipped = lateMs > graceMs ? 'skipped (late)' : (await isQuiet(subscription, now)) ? 'skipped (quiet)' : null
  if (skipped !== null) {
    await db.transaction(async (tx) => {
      if (!(await isAsRead(tx, subscription, now))) return
      for (const slot of missed) await writeSlot(tx, id, slot, { fate: 'skipped (late)', window })
      await writeSlot(tx, id, last, { fate: skipped, window })
      await advance(tx, id, { checkedUntil: now })
    })
    return 0
  }

  const isLate = lateMs > MARKED_LATE_MS
  const key = slotKey(subscription.number, last)
  const told = await toldSince(db.reads, id, coveredUntil)
  const written = await writeDigest(subscription, window, told, showCommand(key))
  const before = await skippedSince(db.reads, id, coveredUntil, SKIPPED_NAMED_AT_MOST)
  const notices = noticesOf(subscription, last, { isLate, missed, before })
  const delivery = keyOf('digest', id, last.on, last.name) as DeliveryId
  return await db.transaction(async (tx) => {
    // Somebody has changed it since: the next tick writes what is wanted now.
    if (!(await isAsRead(tx, subscription, now))) return 0
    for (const slot of missed) await writeSlot(tx, id, slot, { fate: 'skipped (late)', window })
    const fate: SlotFate = written === null ? 'skipped (empty)' : 'queued'
    const isNew = await writeSlot(tx, id, last, {
      fate,
      window,
      isLate,
      ...(written === null ? {} : { delivery, told: written.told }),
    })
    await advance(tx, id, { checkedUntil: now })
    if (!isNew) return 0
    await advance(tx, id, { coveredUntil: until })
    if (written === null) return 0
    const { team, platform, channel } = subscription
    const blocks = [...notices, ...written.blocks, footOf(key, written)]
    const message = { id: delivery, team, platform, channel, subscription: id, blocks, tells: written.tells }
    return (await owe(tx, { ...message, kind: 'digest' }, now)) ? 1 : 0
  })
}

/** Where the rest is, and why it came as it did. */
export function footOf(key: string, { isCut }: Pick<Written, 'isCut'>): Block {
  const why = { label: 'Why this?', command: formatCommand('why', { digest: key }) }
  return { kind: 'buttons', buttons: isCut ? [{ label: 'Show all', command: showCommand(key) }, why] : [why] }
}

type Skipped = Pick<Slot, 'on' | 'name'>

function noticesOf(
  { schedule }: DigestSubscription,
  slot: Slot,
  given: {
    readonly isLate: boolean
    readonly missed: readonly Skipped[]
    readonly before: readonly (Skipped & { readonly fate: SlotFate })[]
  },
): readonly Block[] {
  const lines: string[] = []
  const away = [...given.before.filter(({ fate }) => fate === 'skipped (late)'), ...given.missed]
  const quiet = given.before.filter(({ fate }) => fate === 'skipped (quiet)')
  if (given.isLate) lines.push(`Late: this digest was due on ${slot.on} at ${slot.name} (${schedule.zone}).`)
  if (away.length > 0) lines.push(`Not posted while I was away: ${names(away)}. This digest covers that time too.`)
  if (quiet.length > 0)
    lines.push(`Not posted while it was quiet here: ${names(quiet)}. This digest covers that time too.`)
  return lines.map((line) => ({ kind: 'note', line }))
}

function names(slots: readonly Skipped[]): string {
  return slots
    .slice(-SKIPPED_NAMED_AT_MOST)
    .map(({ on, name }) => `${on} ${name}`)
    .join(', ')
}
