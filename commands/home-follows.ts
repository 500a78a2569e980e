import type { Request } from '../src/chat/request.ts'
import { nextSlots, type Slot } from '../src/delivery/due-slots.ts'
import type { FateReader } from '../src/delivery/fate-reader.ts'
import { quietUntil } from '../src/delivery/quiet.ts'
import type { QuietStore } from '../src/delivery/quiet-store.ts'
import type { Subscription } from '../src/delivery/subscription.ts'
import type { SubscriptionStore } from '../src/delivery/subscription-store.ts'
import type { Roster } from '../src/speaker/roster.ts'
import { refusalWords } from './fate-words.ts'
import type { TopicBooks } from './read-names.ts'
import { type Names, namesOf } from './subscription-words.ts'

export type FollowRooms = {
  readonly subscriptions: Pick<SubscriptionStore, 'list' | 'listOf'>
  readonly quiets: Pick<QuietStore, 'list' | 'of' | 'wantsNoDigest'>
  readonly fates: Pick<FateReader, 'slots' | 'messageOf'>
  readonly roster: Roster
  readonly topics: TopicBooks
}

/** One subscription of a person, with what its row tells. */
export type Followed = {
  readonly one: Subscription
  readonly names: Names
  /** The next three; none while it does not go on, and for alerts. */
  readonly slots: readonly Slot[]
  /** Why it does not bring what it promises; `null` while all is well. */
  readonly trouble: string | null
  /** Until when its place is quiet for everything; `null` if it is not. */
  readonly quietUntil: Date | null
}

const SLOTS = 3
/** Rows that are looked into: those that have stopped, then by when they come. */
export const ROWS = 12

/** All that a person subscribed, wherever it goes: what needs them first, then what comes next. */
export async function readFollowed(rooms: FollowRooms, request: Request): Promise<readonly Followed[]> {
  const own = await rooms.subscriptions.listOf(request)
  const names = await namesOf(own, rooms)
  const read = own.map((one): Followed => {
    const goesOn = one.state === 'active' && one.kind === 'digest'
    const slots = goesOn ? nextSlots(one.schedule, request.at, SLOTS) : []
    const trouble = one.state === 'stopped' ? `stopped: ${one.explanation ?? 'the platform refused'}` : null
    return { one, names: names(one), slots, trouble, quietUntil: null }
  })
  const sorted = read.toSorted((a, b) => rank(a) - rank(b) || a.one.number - b.one.number)
  const shown = await Promise.all(sorted.slice(0, ROWS).map((row) => lookInto(row, rooms, request)))
  return [...shown, ...sorted.slice(ROWS)]
}

/** Stopped ones before the next digest, alerts behind the digests. */
function rank({ trouble, slots }: Followed): number {
  return trouble === null ? (slots[0]?.dueAt.getTime() ?? Number.MAX_SAFE_INTEGER) : 0
}

async function lookInto(row: Followed, { quiets, fates }: FollowRooms, { at }: Request): Promise<Followed> {
  if (row.trouble !== null) return row
  const { id, team, platform, channel } = row.one
  const [held, [last]] = await Promise.all([quiets.of({ team, platform, channel }, at), fates.slots(id, 1)])
  const ends = held
    .filter((quiet) => quiet.kind === 'hours' || quiet.filter === null)
    .map((quiet) => quietUntil(quiet, at))
  const until = ends.reduce((latest, end) => (end !== null && (latest === null || end > latest) ? end : latest), null)
  const message = last?.delivery == null ? null : await fates.messageOf(team, last.delivery)
  const isRefused = message?.state === 'refused' && message.code !== 'unsubscribed'
  const trouble = isRefused ? `the last one was ${lower(refusalWords(message).join(' '))}` : null
  return { ...row, trouble, quietUntil: until }
}

function lower(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1)
}
