import type { Platform } from '../../src/chat/request.ts'
import { type Filter, type Schedule, weekdays } from '../../src/delivery/subscription.ts'
import { oneOf, type Random, randomOf } from '../support/random.ts'

/** A team by its index, and a channel of it; teams have channels of the same names. */
export type Place = { readonly team: number; readonly channel: string }

export type Wish = Place & { readonly filter: Filter } & (
    | { readonly kind: 'digest'; readonly schedule: Schedule; readonly whenEmpty: 'say so' | 'silent' }
    | { readonly kind: 'alerts'; readonly gatherMinutes?: number }
  )

/** Words of one speaker in an article; `token` stands in them and nowhere else. */
export type Words = { readonly token: string; readonly speaker: string }

export type Happening =
  | { readonly kind: 'subscribe'; readonly ref: number; readonly wish: Wish }
  | { readonly kind: 'unsubscribe'; readonly ref: number }
  | { readonly kind: 'want otherwise'; readonly ref: number; readonly filter?: Filter; readonly schedule?: Schedule }
  | { readonly kind: 'pause'; readonly ref: number; readonly minutes: number | null }
  | { readonly kind: 'resume'; readonly ref: number }
  /** `team`: of its private feed; `null`: everybody's. */
  | {
      readonly kind: 'publish'
      readonly team: number | null
      readonly words: readonly Words[]
      readonly topic: string
      readonly outlet: string
      /** How long ago it was published. */
      readonly lateMinutes: number
    }
  | { readonly kind: 'correct'; readonly team: number; readonly token: string; readonly speaker: string }
  /** `topic: null`: everything, digests too. */
  | { readonly kind: 'quiet'; readonly place: Place; readonly minutes: number; readonly topic: string | null }
  | { readonly kind: 'end quiet'; readonly place: Place }
  | {
      readonly kind: 'weather'
      readonly platform: Platform
      readonly weather: 'shaky' | 'out'
      readonly minutes: number
    }
  /** The platform refuses everything for a channel, until it is put right. */
  | { readonly kind: 'place gone'; readonly place: Place; readonly minutes: number }
  /** It dies at that write, or that request to a platform, from here on. */
  | { readonly kind: 'dies'; readonly at: number; readonly of: 'writes' | 'requests'; readonly isDone: boolean }
  | { readonly kind: 'down'; readonly minutes: number }
  | { readonly kind: 'clock moves'; readonly minutes: number }

export type Event = { readonly atMinute: number } & Happening

export const TEAMS: readonly Platform[] = ['slack', 'slack', 'slack', 'discord', 'discord']
export const SPEAKERS = ['Ilse Mora', 'Jan Tolvaj', 'Petra Quill', 'Oskar Venn', 'Dalia Roth']
export const TOPICS = ['bridge', 'fish', 'grain']
const OUTLETS = ['The Daily Ledger', 'Harbour Post', 'Evening Star']
const CHANNELS = ['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7', 'C8']

/** Between 7 March and 6 April 2026 the clock changes in all of these but Tripoli and Kathmandu. */
export const ZONES = [
  ...['America/New_York', 'Europe/Berlin', 'Australia/Sydney', 'Australia/Lord_Howe', 'America/Santiago'],
  ...['Africa/Tripoli', 'Asia/Kathmandu', 'Africa/Casablanca'],
]

const DAY = 24 * 60
const EVERY_HOUR = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`)
const TIMES = [['09:00'], ['00:30', '12:00'], ['06:00', '06:30', '18:00'], ['02:30', '03:00'], ['02:15'], EVERY_HOUR]

export const idOfSpeaker = (name: string): string => name.toLowerCase().replace(' ', '-')

type Size = { readonly days: number; readonly subscriptions: number; readonly seed: number }

/** What happens in those days: the same for the same seed, in the order of time. */
export function historyOf({ days, subscriptions, seed }: Size): readonly Event[] {
  const random = randomOf(seed)
  const events: Event[] = []
  const at = (from = 0) => from + random(days * DAY - from)
  const often = (times: number, make: () => Happening) => {
    for (let i = 0; i < times; i += 1) events.push({ atMinute: at(), ...make() })
  }
  for (let ref = 0; ref < subscriptions; ref += 1) {
    // Most from the first day on.
    const from = random(4) === 0 ? at() : random(60)
    events.push({ atMinute: from, kind: 'subscribe', ref, wish: wishOf(random) })
    const later = () => at(from)
    if (random(6) === 0) events.push({ atMinute: later(), kind: 'unsubscribe', ref })
    if (random(3) === 0) events.push({ atMinute: later(), kind: 'want otherwise', ref, filter: filterOf(random) })
    if (random(4) === 0) events.push({ atMinute: later(), kind: 'want otherwise', ref, schedule: scheduleOf(random) })
    if (random(4) === 0) {
      const minutes = random(3) === 0 ? null : 60 + random(2 * DAY)
      events.push({ atMinute: later(), kind: 'pause', ref, minutes }, { atMinute: later(), kind: 'resume', ref })
    }
  }
  const published: { atMinute: number; team: number | null; words: readonly Words[] }[] = []
  for (let i = 0; i < days * 24; i += 1) {
    const article = publishOf(random, i)
    const atMinute = at(30)
    published.push({ atMinute, team: article.team, words: article.words })
    events.push({ atMinute, ...article })
  }
  for (const { atMinute, team, words } of published) {
    if (random(12) !== 0) continue
    const speaker = oneOf(
      random,
      SPEAKERS.filter((name) => name !== words[0]?.speaker),
    )
    const when = Math.min(days * DAY - 1, atMinute + 30 + random(2 * DAY))
    events.push({
      ...{ atMinute: when, kind: 'correct', team: team ?? random(TEAMS.length) },
      ...{ token: words[0]?.token ?? '', speaker },
    })
  }
  often(days * 3, () => quietOf(random))
  often(days, () => ({ kind: 'end quiet', place: placeOf(random) }))
  often(days * 2, () => ({
    ...{ kind: 'weather', platform: oneOf(random, TEAMS), weather: 'shaky', minutes: 30 + random(300) },
  }))
  often(Math.ceil(days / 4), () => ({
    ...{ kind: 'weather', platform: oneOf(random, TEAMS), weather: 'out', minutes: 20 + random(500) },
  }))
  often(Math.ceil(days / 3), () => ({
    ...{ kind: 'place gone', place: placeOf(random), minutes: 60 + random(DAY) },
  }))
  often(days * 6, () => ({
    ...{ kind: 'dies', at: 1 + random(12), of: random(2) === 0 ? 'writes' : 'requests', isDone: random(2) === 0 },
  }))
  often(Math.ceil(days / 3), () => ({ kind: 'down', minutes: 5 + random(random(4) === 0 ? DAY : 180) }))
  often(Math.ceil(days / 4), () => ({ kind: 'clock moves', minutes: random(361) - 180 }))
  return events.toSorted((one, other) => one.atMinute - other.atMinute)
}

function placeOf(random: Random): Place {
  return { team: random(TEAMS.length), channel: oneOf(random, CHANNELS) }
}

function wishOf(random: Random): Wish {
  const place = { ...placeOf(random), filter: filterOf(random) }
  if (random(3) === 0) {
    return { ...place, kind: 'alerts', ...(random(3) === 0 ? { gatherMinutes: oneOf(random, [15, 60, 240]) } : {}) }
  }
  const whenEmpty = random(3) === 0 ? 'silent' : 'say so'
  return { ...place, kind: 'digest', schedule: scheduleOf(random), whenEmpty }
}

function filterOf(random: Random): Filter {
  const speakers = random(3) === 0 ? [idOfSpeaker(oneOf(random, SPEAKERS))] : []
  const topics = random(3) === 0 ? [oneOf(random, TOPICS)] : []
  const outlets = random(6) === 0 ? { outlets: [oneOf(random, OUTLETS)] } : {}
  return { speakers, topics, ...outlets }
}

function scheduleOf(random: Random): Schedule {
  const zone = oneOf(random, ZONES)
  // Every hour of every day for a few only: they are as many slots as all others.
  const times = random(8) === 0 ? EVERY_HOUR : oneOf(random, TIMES.slice(0, -1))
  const isWeekly = times.length === 1 && random(3) === 0
  return { times, days: isWeekly ? [oneOf(random, weekdays)] : [...weekdays], zone }
}

function publishOf(random: Random, number: number): Extract<Happening, { kind: 'publish' }> {
  const count = random(4) === 0 ? 2 : 1
  const first = random(SPEAKERS.length)
  const words = Array.from({ length: count }, (_, i) => ({
    token: `q${number}${'xyz'[i]}`,
    speaker: SPEAKERS[(first + i) % SPEAKERS.length] as string,
  }))
  return {
    kind: 'publish',
    team: random(5) === 0 ? random(TEAMS.length) : null,
    words,
    topic: oneOf(random, TOPICS),
    outlet: oneOf(random, OUTLETS),
    lateMinutes: random(5) === 0 ? random(3 * DAY) : random(20),
  }
}

function quietOf(random: Random): Extract<Happening, { kind: 'quiet' }> {
  const topic = random(2) === 0 ? oneOf(random, TOPICS) : null
  return { kind: 'quiet', place: placeOf(random), minutes: 30 + random(900), topic }
}
