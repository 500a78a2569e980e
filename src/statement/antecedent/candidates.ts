import type { Named } from '../named.ts'
import type { Fit } from '../titles.ts'
import type { Discourse, Seen } from './discourse.ts'

/** What is asked: whom a pronoun or a description at one place means. */
export interface Asked {
  readonly kind: 'pronoun' | 'description'
  readonly at: number
  readonly gender: 'f' | 'm' | null
  /** What is said here, as offsets: whoever is named within it is seldom the one who says it. */
  readonly contents: readonly (readonly [number, number])[]
  /** Who says the words within which this stands. */
  readonly outer: Named | null
  /** Begins its sentence, stands behind what is said, or within the sentence; and whether that sentence begins a paragraph. */
  readonly place: 'opens' | 'closes' | 'amid'
  readonly first: boolean
  /** How well somebody bears the title; 0 for all where the words are none. */
  readonly fitOf: (named: Named) => Fit
  /** Of a country or body that the article does not connect with them. */
  readonly isElsewhere: (named: Named) => boolean
  /** "the 63-year-old" */
  readonly age: number | null
  /** "the", "his", "a", "" */
  readonly determiner: string
  /** Whom the words themselves name: "Brandt's envoy" is not Brandt. */
  readonly owners: ReadonlySet<Named>
  /** Where the words go on with the name of a body or a place ("of the Bank of Merovia"): whether the article connects somebody with it. */
  readonly belongs: (named: Named) => boolean
  /** The last word of a description: "minister". */
  readonly head: string
}

/** Somebody who may be meant; `who` null: the unnamed one who spoke at `last`. */
export interface Candidate {
  readonly who: Named | null
  /** Where they were named or spoke last before this; null: only behind it. */
  readonly last: Seen | null
  readonly times: number
  /** How many others spoke since they did; null: they never did. */
  readonly turnsAgo: number | null
  readonly subjectBefore: boolean
  readonly subjectHere: boolean
  readonly withinOwn: boolean
  readonly fit: Fit
  /** Of one who is only named behind it: how many code units. */
  readonly ahead: number | null
}

/** As far back as this in code units, and as far ahead for a title: "the minister" of a first sentence is named in the second. */
const REACH = 4000
const AHEAD = 1500
/** So far ahead may be named whose title the article never gives beside the name. */
const SOON = 900

/** Everybody who may be meant: named or heard before it, and for titles also who bears them anywhere near. */
export function candidatesFor(asked: Asked, discourse: Discourse, people: readonly Named[], ahead: Ahead): Candidate[] {
  const seen = discourse.seen().filter(({ at }) => at < asked.at && asked.at - at < REACH)
  const spoken = discourse.spoken().filter(({ at }) => at < asked.at && asked.at - at < REACH)
  const sentence = discourse.sentence()
  const byWho = Map.groupBy(seen, ({ who }) => who)
  const isFree = (who: Named) =>
    !asked.owners.has(who) && (asked.gender === null || who.gender === null || who.gender === asked.gender)
  const candidates: Candidate[] = []
  for (const [who, places] of byWho) {
    if (!isFree(who) || who.kind !== 'person') continue
    const free = places.filter(({ role }) => role !== 'quoted')
    const last = free.at(-1) ?? places.at(-1) ?? null
    const turn = spoken.findLastIndex((one) => one.who === who)
    candidates.push({
      who,
      last,
      times: who.count,
      turnsAgo: turn < 0 ? null : new Set(spoken.slice(turn + 1).map((one) => one.who ?? one.words)).size,
      subjectBefore: places.some((one) => one.role === 'subject' && one.sentence === sentence - 1),
      subjectHere: places.some(
        (one) => one.role === 'subject' && one.sentence === sentence && !isWithin(asked, one.at),
      ),
      withinOwn: last !== null && last.sentence === sentence && isWithin(asked, last.at),
      fit: asked.fitOf(who),
      ahead: null,
    })
  }
  if (asked.kind === 'description')
    for (const who of people) {
      if (byWho.has(who) || !isFree(who)) continue
      const fit = asked.fitOf(who)
      const distance = ahead(who, asked.at)
      if (distance !== null && distance < (fit > 0 ? AHEAD : SOON))
        candidates.push({ ...NOT_SEEN, who, times: who.count, fit, ahead: distance })
    }
  const unnamed = spoken.at(-1)
  if (unnamed !== undefined && unnamed.who === null && unnamed.resolved.kind === 'person' && !unnamed.resolved.plural) {
    const { gender } = unnamed.resolved
    const { at, sentence: said, paragraph } = unnamed
    const free = asked.gender === null || gender === null || gender === asked.gender
    if (free && asked.kind === 'pronoun')
      candidates.push({
        ...NOT_SEEN,
        last: { who: NOBODY, at, sentence: said, paragraph, role: 'speaker' },
        turnsAgo: 0,
      })
  }
  return candidates
}

/** How many code units behind `at` somebody is named first. */
export type Ahead = (who: Named, at: number) => number | null

const NOBODY: Named = { name: '', kind: 'person', gender: null, descriptions: [], countries: new Set(), count: 0 }

const NOT_SEEN: Candidate = {
  who: null,
  last: null,
  times: 0,
  turnsAgo: null,
  subjectBefore: false,
  subjectHere: false,
  withinOwn: false,
  fit: 0,
  ahead: null,
}

const isWithin = ({ contents }: Asked, at: number) => contents.some(([start, end]) => at >= start && at < end)
