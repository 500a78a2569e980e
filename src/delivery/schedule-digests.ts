import type { Clock } from '../base/clock.ts'
import type { Database } from '../base/database/database.ts'
import { keyOf } from '../base/id.ts'
import type { Log } from '../base/log.ts'
import type { TeamId } from '../base/scope.ts'
import type { Told } from '../brief/told.ts'
import type { Block } from '../chat/blocks.ts'
import type { DateLanguage } from '../chat/date-language.ts'
import { formatCommand } from '../chat/format-command.ts'
import { givenUpAt } from './cover-again.ts'
import type { DeliveryId, SlotFate } from './delivery.ts'
import { noteFailure, rests } from './digest-failures.ts'
import { lateLine, noticesOf, SKIPPED_NAMED_AT_MOST } from './digest-notices.ts'
import { type Slot, slotsBetween } from './due-slots.ts'
import { markLate, takeOffLate, type WaitingSlot, waitingSlots } from './late-slots.ts'
import { owe } from './owe.ts'
import { showCommand, slotKey } from './shown.ts'
import { type ReadTold, skippedSince, toldSince, unsettled, type Window, writeSlot } from './slot-store.ts'
import { dropTry, slotTries } from './slot-tries.ts'
import type { DigestSubscription } from './subscription.ts'
import { subscriptionDates } from './subscription-dates.ts'
import { advance, isAsRead, type Progress, type SubscriptionStore } from './subscription-store.ts'

type Written = {
  readonly blocks: readonly Block[]
  /** Ids of the statements and changes that it tells of: no later digest tells them again. */
  readonly told: readonly string[]
  /** What it prints, with how: what it only counts is not looked for when the record changes. */
  readonly tells: readonly Told[]
  /** Whether it tells of something in numbers only; `whole` shows it. */
  readonly isCut: boolean
}

/** What digests that are written one after the other share: what one has read, the next one need not. */
export type DigestRound = Map<string, { readonly key: string; readonly value: Promise<unknown> }>

/**
 * Writes a digest's text, without what was `told` before (`null`: whoever asks wants it whole); `null` if there
 * is nothing to say and silence is wanted. `whole`: the command that will show what does not fit.
 */
export type WriteDigest = (
  subscription: DigestSubscription,
  window: Window,
  told: ReadTold | null,
  whole: string,
  round?: DigestRound,
) => Promise<Written | null>

type ScheduleDeps = {
  readonly db: Database
  readonly subscriptions: SubscriptionStore
  readonly writeDigest: WriteDigest
  /** Whether a channel wants no digest now. */
  readonly isQuiet: (subscription: DigestSubscription, at: Date) => Promise<boolean>
  readonly clock: Clock
  readonly log: Log
  /** A slot missed by more than this is skipped and said so in the next digest; PLATFORMS.md asks for two hours. */
  readonly graceMs: number
  /** In which a team reads dates, where a subscription does not say so; not given: English. */
  readonly datesFor?: (team: TeamId) => Promise<DateLanguage>
  /** A message has come to be owed: it may leave while the others are written. */
  readonly onOwed?: () => void
}

/** A tick comes every half minute; a slot later than a few of them was missed, and is marked. */
const MARKED_LATE_MS = 5 * 60_000

/** What was recorded this shortly before may not be whole yet (its label, its brief): the next digest has it. */
const SETTLES_WITHIN_MS = 60_000

type Scheduled = DigestSubscription & Progress

/**
 * Turns every slot that has come due into a message owed, or into the reason why there is none.
 * A slot's row, its digest and the outbox row are one transaction, so a slot is dealt with once,
 * however often and from wherever this is called. A digest that cannot be written keeps no other
 * from being written. Returns how many messages came to be owed.
 */
export async function scheduleDigests(deps: ScheduleDeps): Promise<number> {
  const { db, subscriptions, clock, log, graceMs, onOwed } = deps
  const now = clock.now()
  const all = inRounds(await subscriptions.activeDigests(now))
  const tries = await slotTries(db.reads)
  const late = await waitingSlots(db.reads, new Date(now.getTime() - graceMs))
  const lateOf = Map.groupBy(late, ({ subscription }) => subscription)
  const round: DigestRound = new Map()
  let owed = 0
  for (const subscription of all) {
    const { id, schedule, checkedUntil } = subscription
    const open = await unsettled(db.reads, id, slotsBetween(schedule, checkedUntil, now))
    const last = open.at(-1)
    const tried = tries.get(id)
    try {
      if (last === undefined) await markWaiting(subscription, lateOf.get(id) ?? [], deps)
      else if (!rests(tried, last, now)) {
        const isOwed = await settle({ subscription, due: open, waiting: lateOf.get(id) ?? [], now, round }, deps)
        if (tried !== undefined) await db.transaction((tx) => dropTry(tx, id))
        if (isOwed) onOwed?.()
        owed += isOwed ? 1 : 0
      }
    } catch (error) {
      // A round may share what failed.
      round.clear()
      await noteFailure(subscription, open, { tried, error, now }, deps).catch((also: unknown) =>
        log.error({ subscription: id, error, also }, 'failure of a digest not noted'),
      )
    }
  }
  return owed
}

/** Those that read the same stand together. */
function inRounds(all: readonly Scheduled[]): readonly Scheduled[] {
  const keyed = all.map((one) => ({
    one,
    key: JSON.stringify([one.team, one.coveredUntil, one.filter, one.schedule.zone]),
  }))
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ one }) => one)
}

/** What waits unsent for longer than the grace time, with no later digest to tell it: it comes late, and says so. */
async function markWaiting(
  subscription: Scheduled,
  waiting: readonly WaitingSlot[],
  { db, datesFor }: Pick<ScheduleDeps, 'db' | 'datesFor'>,
): Promise<void> {
  const unmarked = waiting.filter(({ isLate }) => !isLate)
  if (unmarked.length === 0) return
  const dates = await subscriptionDates(subscription, { datesFor })
  await db.transaction(async (tx) => {
    for (const slot of unmarked) await markLate(tx, slot, { kind: 'note', line: lateLine(subscription, slot, dates) })
  })
}

type ToSettle = {
  readonly subscription: Scheduled
  readonly due: readonly Slot[]
  /** Its digests that have waited in the outbox for longer than the grace time. */
  readonly waiting: readonly WaitingSlot[]
  readonly now: Date
  readonly round: DigestRound
}

/** Of several slots missed, only the last can still be posted: never a burst. */
async function settle(
  { subscription, due, waiting, now, round }: ToSettle,
  { db, writeDigest, isQuiet, graceMs, datesFor }: ScheduleDeps,
): Promise<boolean> {
  const { id, coveredUntil } = subscription
  const missed = due.slice(0, -1)
  const last = due.at(-1) as Slot
  const lateMs = now.getTime() - last.dueAt.getTime()
  const until = new Date(Math.max(now.getTime() - SETTLES_WITHIN_MS, coveredUntil.getTime()))

  const skipped = lateMs > graceMs ? 'skipped (late)' : (await isQuiet(subscription, now)) ? 'skipped (quiet)' : null
  if (skipped !== null) {
    const window = { from: coveredUntil, until }
    await db.transaction(async (tx) => {
      if (!(await isAsRead(tx, subscription, now))) return
      for (const slot of missed) await writeSlot(tx, id, slot, { fate: 'skipped (late)', window })
      await writeSlot(tx, id, last, { fate: skipped, window })
      await advance(tx, id, { checkedUntil: now })
    })
    return false
  }

  const taken = waiting.length === 0 ? null : await db.transaction((tx) => takeOffLate(tx, waiting))
  const from = taken === null || taken > coveredUntil ? coveredUntil : taken
  const window = { from, until }
  const isLate = lateMs > MARKED_LATE_MS
  const key = slotKey(subscription.number, last)
  const readTold: ReadTold = (since) => toldSince(db.reads, id, since)
  const written = await writeDigest(subscription, window, readTold, showCommand(key), round)
  const before = await skippedSince(db.reads, id, from, SKIPPED_NAMED_AT_MOST)
  const refused = await givenUpAt(db.reads, id, from)
  const dates = await subscriptionDates(subscription, { datesFor })
  const notices = noticesOf(subscription, last, { isLate, missed, before, refused, dates })
  const delivery = keyOf('digest', id, last.on, last.name) as DeliveryId
  return await db.transaction(async (tx) => {
    // Somebody has changed it since: the next tick writes what is wanted now.
    if (!(await isAsRead(tx, subscription, now))) return false
    for (const slot of missed) await writeSlot(tx, id, slot, { fate: 'skipped (late)', window })
    const fate: SlotFate = written === null ? 'skipped (empty)' : 'queued'
    const isNew = await writeSlot(tx, id, last, {
      fate,
      window,
      isLate,
      ...(written === null ? {} : { delivery, told: written.told }),
    })
    await advance(tx, id, { checkedUntil: now })
    if (!isNew) return false
    await advance(tx, id, { coveredUntil: until })
    if (written === null) return false
    const { team, platform, channel } = subscription
    const blocks = [...notices, ...written.blocks, footOf(key, written)]
    const message = { id: delivery, team, platform, channel, subscription: id, blocks, tells: written.tells }
    return await owe(tx, { ...message, kind: 'digest' }, now)
  })
}

/** Where the rest is, and why it came as it did. */
export function footOf(key: string, { isCut }: Pick<Written, 'isCut'>): Block {
  const why = { label: 'Why this?', command: formatCommand('why', { digest: key }) }
  return { kind: 'buttons', buttons: isCut ? [{ label: 'Show all', command: showCommand(key) }, why] : [why] }
}
