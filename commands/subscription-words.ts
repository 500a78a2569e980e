import type { Block } from '../src/chat/blocks.ts'
import { nextSlots } from '../src/delivery/due-slots.ts'
import { localDay, localTime, weekdayOf } from '../src/delivery/local-time.ts'
import type { Filter, Subscription } from '../src/delivery/subscription.ts'
import type { TopicBook } from '../src/position/book/topic-book.ts'
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
/** Times of a digest that are told ahead. */
const NEXT_SHOWN = 3

/** "Sergey Lavrov, Hakan Fidan on Libya"; "everything" for an empty filter. */
export function filterWords({ speakers, topics }: Filter, { roster, book }: Names): string {
  const who = speakers.map((id) => roster.byId(id as SpeakerId)?.name ?? id).join(', ')
  const what = topics.map((id) => book.byId(id as TopicId)?.label ?? id).join(', ')
  if (who === '' && what === '') return 'everything'
  return [who, what].filter((part) => part !== '').join(' on ')
}

/** "digest at 09:00 on mon, tue (Africa/Tripoli)", "alerts as they come". */
export function scheduleWords(subscription: Subscription): string {
  if (subscription.kind === 'alerts') return 'alerts as they come'
  const { times, days, zone } = subscription.schedule
  const when = days.length === EVERY_DAY ? 'every day' : `on ${days.join(', ')}`
  return `digest at ${times.join(' and ')} ${when} (${zone})`
}

/** A time of a slot as people of that zone read it: "Mon 2026-11-23 09:00". */
export function slotWords(at: Date, zone: string): string {
  const day = localDay(at, zone)
  return `${WEEKDAYS[weekdayOf(day)]} ${day} ${localTime(at, zone)}`
}

/** When it comes next, or why it does not. */
export function nextWords(subscription: Subscription, at: Date): readonly Block[] {
  if (subscription.state === 'stopped')
    return [{ kind: 'note', line: `It has stopped: ${subscription.explanation ?? 'the platform refused'}` }]
  if (subscription.kind === 'alerts') return []
  const { schedule } = subscription
  const next = nextSlots(schedule, at, NEXT_SHOWN).map(({ dueAt }) => slotWords(dueAt, schedule.zone))
  return [{ kind: 'note', line: `Next: ${next.join(', ')}` }]
}
