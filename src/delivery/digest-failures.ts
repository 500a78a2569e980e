import type { Database } from '../base/database/database.ts'
import { keyOf } from '../base/id.ts'
import type { Log } from '../base/log.ts'
import type { TeamId } from '../base/scope.ts'
import { slotDay } from '../brief/day-words.ts'
import type { DateLanguage } from '../chat/date-language.ts'
import { formatCommand } from '../chat/format-command.ts'
import { memberOf } from '../chat/messenger.ts'
import type { Slot } from './due-slots.ts'
import { tell } from './end-place.ts'
import { slotKey } from './shown.ts'
import { skippedSince, writeSlot } from './slot-store.ts'
import { dropTry, keepTry, type SlotTry } from './slot-tries.ts'
import type { DigestSubscription } from './subscription.ts'
import { subscriptionDates } from './subscription-dates.ts'
import { advance, type Progress } from './subscription-store.ts'

/** After a failure that passes by itself; a third one is told. */
const PAUSES_MS = [60_000, 5 * 60_000] as const
const LONGEST_PAUSE_MS = Math.max(...PAUSES_MS)

type FailureDeps = {
  readonly db: Database
  readonly log: Log
  /** @see scheduleDigests */
  readonly datesFor?: (team: TeamId) => Promise<DateLanguage>
}

/** Whether a slot was tried in vain so shortly ago that it waits. */
export function rests(tried: SlotTry | undefined, last: Slot, now: Date): boolean {
  if (tried === undefined || tried.on !== last.on || tried.name !== last.name) return false
  const leftMs = tried.notBefore.getTime() - now.getTime()
  // A clock that went back keeps nobody waiting for longer.
  return leftMs > 0 && leftMs <= LONGEST_PAUSE_MS
}

/**
 * Notes that a digest could not be written: it is tried again after a pause, and after the last try its slot
 * gets that fate. The time that it would have covered stays open for the next one; who asked for it is told of the
 * first of several that fail.
 */
export async function noteFailure(
  subscription: DigestSubscription & Progress,
  due: readonly Slot[],
  { tried, error, now }: { readonly tried: SlotTry | undefined; readonly error: unknown; readonly now: Date },
  { db, log, datesFor }: FailureDeps,
): Promise<void> {
  const { id, coveredUntil } = subscription
  const last = due.at(-1) as Slot
  const tries = tried?.on === last.on && tried.name === last.name ? tried.tries + 1 : 1
  const pauseMs = PAUSES_MS[tries - 1]
  log.error({ subscription: id, slot: `${last.on} ${last.name}`, tries, error }, 'digest not written')
  if (pauseMs !== undefined) {
    const notBefore = new Date(now.getTime() + pauseMs)
    return await db.transaction((tx) => keepTry(tx, id, { on: last.on, name: last.name, tries, notBefore }))
  }
  const isFirst = !(await skippedSince(db.reads, id, coveredUntil, SKIPPED_LOOKED_AT)).some(
    ({ fate }) => fate === 'not written',
  )
  const window = { from: coveredUntil, until: coveredUntil }
  const dates = await subscriptionDates(subscription, { datesFor })
  await db.transaction(async (tx) => {
    for (const slot of due.slice(0, -1)) await writeSlot(tx, id, slot, { fate: 'skipped (late)', window })
    await writeSlot(tx, id, last, { fate: 'not written', window })
    await advance(tx, id, { checkedUntil: now })
    await dropTry(tx, id)
    if (!isFirst || memberOf(subscription.channel) !== null) return
    const key = slotKey(subscription.number, last)
    const cause = { team: subscription.team, platform: subscription.platform, id: keyOf('not written', id, key) }
    await tell(tx, subscription.createdBy, cause, now, [
      { kind: 'heading', text: `Digest ${subscription.number} could not be written` },
      {
        kind: 'text',
        line: `I tried the one of ${slotDay(last.on, dates)} ${last.name} ${tries} times: a fault of mine, of which the operator’s log has more. Nothing is lost: the next digest that can be written covers its time too.`,
      },
      { kind: 'buttons', buttons: [{ label: 'Why?', command: formatCommand('why', { digest: key }) }] },
    ])
  })
}

const SKIPPED_LOOKED_AT = 100
