import { DELIVERIES_KEPT_DAYS } from '../src/base/config.ts'
import { slotDay } from '../src/brief/day-words.ts'
import type { Block, Button } from '../src/chat/blocks.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import type { Request } from '../src/chat/request.ts'
import { nextSlots, type Slot, slotsBetween } from '../src/delivery/due-slots.ts'
import type { FateReader } from '../src/delivery/fate-reader.ts'
import { localTime } from '../src/delivery/local-time.ts'
import { quietUntil } from '../src/delivery/quiet.ts'
import type { QuietStore } from '../src/delivery/quiet-store.ts'
import { showCommand, slotKey } from '../src/delivery/shown.ts'
import type { SettledSlot } from '../src/delivery/slot-store.ts'
import { type DigestSubscription, isPaused } from '../src/delivery/subscription.ts'
import type { StatementStore } from '../src/statement/statement-store.ts'
import { amendedWords } from './amended-words.ts'
import { messageWords } from './fate-words.ts'
import { quietWords } from './quiet-words.ts'
import { type Clock, filterWords, type Names, nextWords, scheduleWords, slotWords } from './subscription-words.ts'
import { traceWords } from './trace-words.ts'

export type SlotRooms = {
  readonly fates: FateReader
  readonly quiets: Pick<QuietStore, 'listAll'>
  readonly statements: Pick<StatementStore, 'cameBetween'>
}

/** A tick comes every twenty seconds; within this time a slot may not have been looked at. */
const JUST_DUE_MS = 2 * 60_000

type Asked = { readonly subscription: DigestSubscription; readonly slot: Pick<Slot, 'on' | 'name'> }

/** Why one promised digest came, came late, or did not: what was promised, what was found, what became of it. */
export async function slotBlocks(
  { subscription, slot }: Asked,
  rooms: SlotRooms,
  names: Names,
  request: Request,
): Promise<readonly Block[]> {
  const { number, schedule, edit } = subscription
  const { zone } = schedule
  const settled = await rooms.fates.slot(subscription.id, slot.on, slot.name)
  const promised = promisedOn(subscription, slot)
  const dueAt = settled?.dueAt ?? promised?.dueAt ?? null
  const heading =
    dueAt === null ? `${slotDay(slot.on, request.dates)} ${slot.name}` : slotWords(dueAt, zone, request.dates)
  const told =
    settled === null
      ? [unsettledWords(subscription, promised, request)]
      : await settledWords(subscription, settled, rooms, names, request)
  // A slot that was skipped looked at nothing.
  const isWritten = settled?.fate === 'queued' || settled?.fate === 'skipped (empty)'
  const facts = [
    `Promised: ${scheduleWords(subscription)}, of ${filterWords(subscription.filter, names)}`,
    ...(dueAt === null || localTime(dueAt, zone) === slot.name
      ? []
      : [`That day’s clocks had no ${slot.name} in ${zone}: it was due at ${localTime(dueAt, zone)}`]),
    ...(edit === null ? [] : [`Changed ${slotWords(edit.at, zone, request.dates)}: this is what it is since then`]),
    ...(isWritten ? [windowWords(settled, { zone, dates: request.dates })] : []),
    ...(isWritten && subscription.team === request.team
      ? await traceWords(subscription, settled, rooms.statements)
      : []),
  ]
  return [
    { kind: 'heading', text: `Digest ${number}, ${heading} (${zone})` },
    ...told.map((line): Block => ({ kind: 'text', line })),
    { kind: 'list', items: facts },
    ...stateNote(subscription, request),
    ...buttonsOf(subscription, settled),
  ]
}

function promisedOn({ schedule }: DigestSubscription, { on, name }: Pick<Slot, 'on' | 'name'>): Slot | null {
  const day = Date.parse(`${on}T12:00:00Z`)
  if (Number.isNaN(day)) return null
  // No zone is more than a day from UTC.
  const around = slotsBetween(schedule, new Date(day - 2 * DAY_MS), new Date(day + 2 * DAY_MS))
  return around.find((one) => one.on === on && one.name === name) ?? null
}

const DAY_MS = 86_400_000

/** Nothing was done about it: not yet, or it was never ours to do. */
function unsettledWords(subscription: DigestSubscription, promised: Slot | null, { at, dates }: Request): string {
  const { schedule, createdAt, endedAt, state, explanation, pause } = subscription
  const words = (date: Date) => slotWords(date, schedule.zone, dates)
  if (promised === null) return 'Nothing was promised then: see below when this digest comes.'
  const { dueAt } = promised
  if (endedAt !== null && endedAt < dueAt) {
    return state === 'ended'
      ? `Nothing came: somebody ended this subscription on ${words(endedAt)}.`
      : `Nothing came: this subscription has stopped since ${words(endedAt)}. ${explanation ?? 'The platform refused.'}`
  }
  if (isPaused(subscription, dueAt)) {
    const end = pause?.until ?? null
    const until = end === null ? 'until it is resumed' : `until ${words(end)}`
    const resume = isPaused(subscription, at) ? ` /subscribe resume ${subscription.number} ends that.` : ''
    return `${dueAt > at ? 'Nothing comes' : 'Nothing came'}: somebody paused it on ${words(pause?.at ?? at)}, ${until}. The digest after that tells what came meanwhile.${resume}`
  }
  if (dueAt > at) return `Nothing has come because it is not due yet: it comes ${words(dueAt)}.`
  if (createdAt >= dueAt) return `Nothing came: the subscription was made after that, on ${words(createdAt)}.`
  if (at.getTime() - dueAt.getTime() > DELIVERIES_KEPT_DAYS * DAY_MS)
    return 'Nothing is kept of it any more, if anything came: what became of digests is kept for a time only.'
  if (at.getTime() - dueAt.getTime() < JUST_DUE_MS) return 'It is due just now, and comes within a minute.'
  return 'Nothing came: the subscription did not go on then (it had stopped or been ended, and goes on since), or I was away for more than a month. The digest after that covers the time.'
}

async function settledWords(
  subscription: DigestSubscription,
  slot: SettledSlot,
  rooms: SlotRooms,
  names: Names,
  { at, dates }: Request,
): Promise<readonly string[]> {
  const { zone } = subscription.schedule
  switch (slot.fate) {
    case 'queued': {
      const message = slot.delivery === null ? null : await rooms.fates.messageOf(subscription.team, slot.delivery)
      if (message === null) return ['It was posted; its message is no longer kept.']
      const isStopped = message.state === 'refused' && subscription.state === 'stopped'
      return [
        ...messageWords(message, { zone, dates, now: at }, slot.dueAt),
        ...amendedWords(await rooms.fates.correctionsOf(message), { zone, dates }),
        ...(slot.isLate ? ['It is marked late: I was away when it was due, or the platform took no messages.'] : []),
        ...(isStopped ? ['What it told is kept for the next digest.'] : []),
      ]
    }
    case 'skipped (empty)':
      return [
        'Nothing was posted: nothing that this digest follows came onto the record in its time, and it is set to be silent then.',
      ]
    case 'skipped (late)':
      return [
        slot.delivery === null
          ? 'Nothing was posted: I was away when it was due, for longer than a digest may be late, or until the one after it was due.'
          : 'Nothing was posted: it was written, the platform took no messages for longer than a digest may be late, and by then the next one was due.',
        await coveredWords(subscription, slot, rooms, { at, dates }),
      ]
    case 'not written':
      return [
        'Nothing was posted: it could not be written, at any of three tries. That is a fault of mine; the operator’s log has more.',
        await coveredWords(subscription, slot, rooms, { at, dates }),
      ]
    case 'skipped (quiet)': {
      const quiets = await rooms.quiets.listAll(subscription)
      const held = quiets.find(
        ({ quiet, createdAt, endedAt }) =>
          quiet.kind === 'for a time' &&
          quiet.filter === null &&
          createdAt <= slot.dueAt &&
          (endedAt === null || endedAt > slot.dueAt) &&
          quietUntil(quiet, slot.dueAt) !== null,
      )
      const which =
        held === undefined
          ? 'a quiet time was set here then'
          : `it was quiet here ${quietWords(held.quiet, names, { zone, dates })}`
      return [`Nothing was posted: ${which}.`, await coveredWords(subscription, slot, rooms, { at, dates })]
    }
  }
}

/** Nothing is lost with a slot: the next digest that is posted begins where the last one ended. */
async function coveredWords(
  { id, schedule, state }: DigestSubscription,
  { dueAt }: SettledSlot,
  { fates }: SlotRooms,
  { at, dates }: Pick<Request, 'at' | 'dates'>,
): Promise<string> {
  const later = (await fates.slots(id, LATER_READ)).filter((one) => one.dueAt > dueAt && one.fate === 'queued').at(-1)
  if (later !== undefined)
    return `What it would have told is in the digest of ${slotWords(later.dueAt, schedule.zone, dates)}.`
  const [next] = state === 'active' ? nextSlots(schedule, at, 1) : []
  return next === undefined
    ? 'What it would have told comes in the next digest, once the subscription goes on.'
    : `What it would have told comes in the next digest, ${slotWords(next.dueAt, schedule.zone, dates)}.`
}

const LATER_READ = 200

function windowWords({ window: { from, until } }: SettledSlot, { zone, dates }: Clock): string {
  return `Looked at: what came onto the record from ${slotWords(from, zone, dates)} to ${slotWords(until, zone, dates)}`
}

function stateNote(subscription: DigestSubscription, { at, dates }: Request): readonly Block[] {
  const { schedule, state, explanation, endedAt } = subscription
  if (state === 'active') return nextWords(subscription, { at, dates })
  const since = endedAt === null ? '' : ` since ${slotWords(endedAt, schedule.zone, dates)}`
  return [
    {
      kind: 'note',
      line:
        state === 'ended' ? `It is ended${since}.` : `It has stopped${since}: ${explanation ?? 'the platform refused'}`,
    },
  ]
}

function buttonsOf({ id, number, state }: DigestSubscription, slot: SettledSlot | null): readonly Block[] {
  const buttons: readonly Button[] = [
    ...(slot !== null && slot.told.length > 0
      ? [{ label: 'Show all', command: showCommand(slotKey(number, slot)) }]
      : []),
    ...(state === 'stopped' ? [{ label: 'Check again', command: formatCommand('subscriptions', { again: id }) }] : []),
    ...(state === 'ended'
      ? [{ label: 'Make it go on', command: formatCommand('unsubscribe', { undo: String(number) }) }]
      : []),
  ]
  return buttons.length === 0 ? [] : [{ kind: 'buttons', buttons }]
}
