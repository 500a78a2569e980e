import type { OptionValues } from '../src/chat/command.ts'
import { splitValues } from '../src/chat/format-command.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import { readMonthDay, readTime, readWeekdays, readZone } from '../src/chat/read-schedule.ts'
import type { Request } from '../src/chat/request.ts'
import type {
  AlertSubscription,
  DigestSubscription,
  GroupBy,
  Schedule,
  Subscription,
} from '../src/delivery/subscription.ts'
import type { Wish } from '../src/delivery/subscription-store.ts'
import { readDates } from './read-dates.ts'
import { type FilterOption, type FilterRooms, isNone, readFilter } from './read-filter.ts'
import type { Names } from './subscription-words.ts'

/** What of a subscription can be wished for. */
export type WishOption =
  | FilterOption
  | 'kind'
  | 'digest'
  | 'at'
  | 'days'
  | 'tz'
  | 'group'
  | 'gather'
  | 'when-empty'
  | 'most'
  | 'dates'

/** What only a digest has, and what only alerts have. */
const OF_DIGESTS = ['digest', 'at', 'days', 'tz', 'group', 'when-empty'] as const
const OF_ALERTS = ['gather', 'most'] as const

const HOUR_MINUTES = 60
const GATHERED_AT_LEAST = 5
const GATHERED_AT_MOST = 24 * HOUR_MINUTES
/** More than this in an hour nobody reads one by one. */
const ALERTS_AT_MOST = 60

type Place = Pick<Wish, 'team' | 'platform' | 'channel' | 'createdBy'>

/** `zone` of a new digest is `null` where nobody said it. */
type Given = { readonly base: Subscription | null; readonly place: Place; readonly zone: string | null }

/** What was asked for; an edit keeps of its `base` what nothing was said of. @throws {NotUnderstoodError} */
export async function readWish(
  options: OptionValues<WishOption>,
  { base, place, zone }: Given,
  rooms: Pick<FilterRooms, 'statements'> & Names,
  request: Request,
): Promise<{ readonly wish: Wish; readonly unread: readonly string[] }> {
  const kind = options.kind ?? base?.kind ?? 'digest'
  if (base !== null && kind !== base.kind) {
    const explanation = `Subscription ${base.number} stays what it is: make another with kind:${kind}, and end this one with /unsubscribe ${base.number}.`
    throw new NotUnderstoodError({ option: 'kind', typed: kind, explanation })
  }
  refuseOthers(options, kind)
  const { filter, unread } = await readFilter(options, base?.filter ?? { speakers: [], topics: [] }, rooms, request)
  const dates = options.dates === undefined ? base?.dates : readDates(options.dates)
  const common = { ...place, filter, ...(dates === undefined ? {} : { dates }) }
  if (kind === 'alerts') {
    const before = base?.kind === 'alerts' ? base : null
    return { wish: { ...common, kind, withOld: before?.withOld ?? false, ...alertsOf(options, before) }, unread }
  }
  const before = base?.kind === 'digest' ? base : null
  const digest = options.digest ?? before?.digest ?? 'morning'
  const schedule = readSchedule({ ...options, digest }, before, zone)
  return { wish: { ...common, kind: 'digest', digest, schedule, ...digestOf(options, before) }, unread }
}

function refuseOthers(options: OptionValues<WishOption>, kind: string): void {
  // A time zone is worth remembering whatever is subscribed to.
  const wrong = (kind === 'alerts' ? OF_DIGESTS : OF_ALERTS).find(
    (name) => name !== 'tz' && options[name] !== undefined,
  )
  if (wrong === undefined) return
  const explanation =
    kind === 'alerts'
      ? `${wrong}: is for digests; alerts come as they come. gather:1h bundles them.`
      : `${wrong}: is for alerts; a digest comes at its times. Add kind:alerts, or leave ${wrong}: out.`
  throw new NotUnderstoodError({ option: wrong, typed: options[wrong] ?? '', explanation })
}

function readSchedule(
  { at, days, tz, digest }: OptionValues<WishOption>,
  base: DigestSubscription | null,
  zone: string | null,
): Schedule {
  const before = base?.schedule ?? null
  // Another kind of digest comes on other days.
  const isKept = days === undefined && before !== null && base?.digest === digest
  return {
    times: at === undefined ? (before?.times ?? ['09:00']) : timesOf(at),
    ...(isKept ? daysIn(before) : readDays(digest ?? '', days)),
    zone: tz === undefined ? (before?.zone ?? zone ?? 'UTC') : readZone('tz', tz),
  }
}

type Days = Pick<Schedule, 'days' | 'ofMonth'>

function daysIn({ days, ofMonth }: Schedule): Days {
  return ofMonth === undefined ? { days } : { days, ofMonth }
}

/** Daily, on Mondays, or on the first of the month, unless other days were named. */
function readDays(digest: string, typed: string | undefined): Days {
  if (digest === 'monthly') return readMonthDay('days', typed ?? '1')
  if (digest !== 'weekly') return { days: readWeekdays('days', splitValues(typed ?? 'daily')) }
  const days = readWeekdays('days', splitValues(typed ?? 'mon'))
  if (days.length === 1) return { days }
  throw new NotUnderstoodError({
    option: 'days',
    typed: typed ?? '',
    explanation: 'A weekly digest comes on one day: days:mon. One for several days is digest:morning.',
    suggestions: ['mon', 'fri'],
  })
}

function timesOf(at: string): readonly string[] {
  return [...new Set(splitValues(at).map((time) => readTime('at', time)))].sort()
}

function digestOf(
  { group, 'when-empty': whenEmpty }: OptionValues<WishOption>,
  before: DigestSubscription | null,
): Pick<DigestSubscription, 'whenEmpty' | 'groupBy'> {
  const groupBy = group === undefined ? before?.groupBy : isNone(group) ? undefined : (group as GroupBy)
  const empty = whenEmpty === undefined ? (before?.whenEmpty ?? 'say so') : whenEmpty === 'silent' ? 'silent' : 'say so'
  return { whenEmpty: empty, ...(groupBy === undefined ? {} : { groupBy }) }
}

function alertsOf(
  { gather, most }: OptionValues<WishOption>,
  before: AlertSubscription | null,
): Pick<AlertSubscription, 'gatherMinutes' | 'atMostAnHour'> {
  const gatherMinutes = gather === undefined ? before?.gatherMinutes : readGather(gather)
  const atMostAnHour = most === undefined ? before?.atMostAnHour : readMost(most)
  return {
    ...(gatherMinutes === undefined ? {} : { gatherMinutes }),
    ...(atMostAnHour === undefined ? {} : { atMostAnHour }),
  }
}

/** Here `30m` is half an hour. */
function readGather(typed: string): number | undefined {
  if (isNone(typed) || /^(?:off|at once)$/i.test(typed.trim())) return undefined
  const [, count, unit = ''] = /^(\d{1,4})?\s*(m|mins?|minutes?|h|hrs?|hours?)$/i.exec(typed.trim()) ?? []
  const minutes = Number(count ?? 1) * (/^h/i.test(unit) ? HOUR_MINUTES : 1)
  if (unit !== '' && minutes >= GATHERED_AT_LEAST && minutes <= GATHERED_AT_MOST) return minutes
  throw new NotUnderstoodError({
    option: 'gather',
    typed,
    explanation: `I cannot gather alerts for "${typed.slice(0, 40)}". Write gather:15m, gather:1h up to gather:24h, or gather:none.`,
    suggestions: ['15m', '1h', '4h'],
  })
}

function readMost(typed: string): number | undefined {
  if (isNone(typed)) return undefined
  const most = Number(typed)
  if (Number.isInteger(most) && most >= 1 && most <= ALERTS_AT_MOST) return most
  throw new NotUnderstoodError({
    option: 'most',
    typed,
    explanation: `How many alerts an hour come by themselves is a number from 1 to ${ALERTS_AT_MOST}; what is more comes in one message.`,
    suggestions: ['5', '10'],
  })
}
