import { weekdayWords } from '../src/brief/day-words.ts'
import type { Block } from '../src/chat/blocks.ts'
import { type DateLanguage, languageWords } from '../src/chat/date-language.ts'
import { memberOf, partsOfPlace } from '../src/chat/messenger.ts'
import type { Request } from '../src/chat/request.ts'
import { nextSlots } from '../src/delivery/due-slots.ts'
import { localDay, localTime, weekdayOf } from '../src/delivery/local-time.ts'
import { type Filter, isPaused, type Schedule, type Subscription } from '../src/delivery/subscription.ts'
import type { TopicBook } from '../src/position/book/topic-book.ts'
import type { PropositionId } from '../src/position/topics/proposition.ts'
import type { TopicId } from '../src/position/topics/topic.ts'
import type { Roster } from '../src/speaker/roster.ts'
import type { SpeakerId } from '../src/speaker/speaker.ts'
import type { TopicBooks } from './read-names.ts'

/** What turns the ids of a filter into names. */
export type Names = { readonly roster: Roster; readonly book: TopicBook }

/** The names for each of these, as its own team has them: what a person made may stand in several. */
export async function namesOf(
  all: readonly Subscription[],
  { roster, topics }: { readonly roster: Roster; readonly topics: TopicBooks },
): Promise<(one: Subscription) => Names> {
  const teams = [...new Set(all.map(({ team }) => team))]
  const books = new Map(await Promise.all(teams.map(async (team) => [team, await topics.bookOf(team)] as const)))
  return ({ team }) => ({ roster, book: books.get(team) as TopicBook })
}

/** As `weekdayOf` counts them. */
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const EVERY_DAY = 7
const LONGEST_MONTH = 31
/** Times of a digest that are told ahead. */
export const NEXT_SHOWN = 3

/** "Sergey Lavrov, Hakan Fidan on Libya, only reversed, except The Daily"; "everything" for an empty filter. */
export function filterWords(filter: Filter, names: Names): string {
  const { speakers, topics, propositions = [], labels = [], outlets = [], except } = filter
  const who = speakersIn(speakers, names)
  const what = topicsIn(topics, names)
  const about = [who, what].filter((part) => part !== '').join(' on ')
  const left =
    except === undefined
      ? []
      : [
          speakersIn(except.speakers, names),
          topicsIn(except.topics, names),
          (except.labels ?? []).join(', '),
          except.outlets.join(', '),
        ].filter((part) => part !== '')
  return [
    about === '' ? 'everything' : about,
    ...(propositions.length === 0 ? [] : [`only about ${propositionsIn(propositions, names)}`]),
    ...(labels.length === 0 ? [] : [`only ${labels.join(', ')}`]),
    ...(outlets.length === 0 ? [] : [`only in ${outlets.join(', ')}`]),
    ...(left.length === 0 ? [] : [`except ${left.join(', ')}`]),
  ].join(', ')
}

function speakersIn(ids: readonly string[], { roster }: Names): string {
  return ids.map((id) => roster.byId(id as SpeakerId)?.name ?? id).join(', ')
}

function topicsIn(ids: readonly string[], { book }: Names): string {
  return ids.map((id) => book.byId(id as TopicId)?.label ?? id).join(', ')
}

function propositionsIn(ids: readonly string[], { book }: Names): string {
  return ids.map((id) => `“${book.proposition(id as PropositionId)?.sentence ?? id}”`).join(', ')
}

/** "digest at 09:00 on mon, tue (Africa/Tripoli), by topic", "monthly digest at 09:00 on day 1 of the month (UTC)", "alerts as they come", "alerts gathered for 1 hour". */
export function scheduleWords(subscription: Subscription): string {
  if (subscription.kind === 'alerts') {
    const { gatherMinutes, atMostAnHour } = subscription
    const how = gatherMinutes === undefined ? 'as they come' : `gathered for ${spanWords(gatherMinutes)}`
    const most = atMostAnHour === undefined ? '' : `, at most ${atMostAnHour} an hour by themselves`
    return `alerts ${how}${most}${datesWords(subscription)}`
  }
  const { digest, schedule, groupBy, whenEmpty } = subscription
  const { times, zone } = schedule
  const what = digest === 'morning' ? 'digest' : `${digest} digest`
  const more = [
    ...(groupBy === undefined ? [] : [`by ${groupBy}`]),
    ...(whenEmpty === 'silent' ? ['silent when there is nothing new'] : []),
  ]
  return (
    [`${what} at ${times.join(' and ')} ${daysWords(schedule)} (${zone})`, ...more].join(', ') +
    datesWords(subscription)
  )
}

function datesWords({ dates }: Subscription): string {
  return dates === undefined ? '' : `, dates in ${languageWords(dates)}`
}

/** "every day", "on mon, tue", "on day 15 of the month", "on the first mon of the month". */
function daysWords({ days, ofMonth }: Schedule): string {
  if (ofMonth === 'first') return `on the first ${days.join(', ')} of the month`
  if (ofMonth !== undefined)
    return ofMonth === LONGEST_MONTH ? 'on the last day of the month' : `on day ${ofMonth} of the month`
  return days.length === EVERY_DAY ? 'every day' : `on ${days.join(', ')}`
}

function spanWords(minutes: number): string {
  const [count, unit] = minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

/** Where it is posted, beside where one asks: nothing for the channel itself. */
export function placeWords(place: string, here: string | null): string {
  if (place === here) return ''
  if (memberOf(place) !== null) return 'in private messages'
  const { within, thread } = partsOfPlace(place)
  if (thread === null) return `in ${within}`
  return within === here ? 'in a thread' : `in a thread of ${within}`
}

/** How somebody reads times. */
export type Clock = { readonly zone: string; readonly dates: DateLanguage }

/** A time of a slot as people of that zone read it: "Mon 2026-11-23 09:00", "Mo., 23. November 2026 um 09:00". */
export function slotWords(at: Date, zone: string, dates: DateLanguage): string {
  const words = weekdayWords(at, zone, dates)
  if (words !== null) return words
  const day = localDay(at, zone)
  return `${WEEKDAYS[weekdayOf(day)]} ${day} ${localTime(at, zone)}`
}

/** The zone in which a subscription's times are told. */
export function zoneOf(subscription: Subscription, timeZone: string | null): string {
  return subscription.kind === 'digest' ? subscription.schedule.zone : (timeZone ?? 'UTC')
}

/** When somebody asks, and how they read dates. */
type Asking = Pick<Request, 'at' | 'dates'>

/** "paused until Mon 2026-11-30 09:00 (Africa/Tripoli)"; `null` where it does not rest. */
export function pauseWords(subscription: Subscription, { at, dates }: Asking, zone: string): string | null {
  const { pause } = subscription
  if (pause === null || !isPaused(subscription, at)) return null
  return pause.until === null
    ? 'paused until somebody resumes it'
    : `paused until ${slotWords(pause.until, zone, dates)} (${zone})`
}

/** When it comes next, or why it does not. `slots`: where they are known better than by the schedule alone. */
export function nextWords(
  subscription: Subscription,
  { at, dates }: Asking,
  slots?: readonly { readonly dueAt: Date }[],
): readonly Block[] {
  if (subscription.state === 'stopped')
    return [{ kind: 'note', line: `It has stopped: ${subscription.explanation ?? 'the platform refused'}` }]
  if (subscription.kind === 'alerts') return []
  const { schedule } = subscription
  const from = goesOnAt(subscription, at)
  const next = slots ?? (from === null ? [] : nextSlots(schedule, from, NEXT_SHOWN))
  if (next.length === 0) return []
  return [{ kind: 'note', line: `Next: ${next.map(({ dueAt }) => slotWords(dueAt, schedule.zone, dates)).join(', ')}` }]
}

/** From when on its slots count: now, or the end of its rest; `null` where nobody knows when that is. */
export function goesOnAt({ pause }: Pick<Subscription, 'pause'>, at: Date): Date | null {
  return pause === null || !isPaused({ pause }, at) ? at : pause.until
}
