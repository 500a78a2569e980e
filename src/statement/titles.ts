import { daysOf, heldOn } from '../speaker/held-on.ts'
import type { Roster } from '../speaker/roster.ts'
import type { Office, Speaker } from '../speaker/speaker.ts'
import type { Description, Named } from './named.ts'
import { isPersonNoun } from './noun-phrase.ts'
import { genderOf } from './pronouns.ts'
import type { Item } from './sentences.ts'
import { words } from './word-list.ts'

/** What an article says beside somebody's name. */
type Bearer = Pick<Named, 'descriptions' | 'countries' | 'gender'>

/** Not at all; once or soon ("the governor" for a former one); exactly. */
export type Fit = 0 | 1 | 2

/** What a title phrase asks of whoever bears it on a day. */
export interface TitleKey {
  readonly fits: (named: Bearer, speaker: Speaker | null, on: string | null) => Fit
}

/** Different words for one office; the first is the key. */
const SAME: readonly (readonly string[])[] = [
  ['senator', 'sen.', 'sen', 'sens.', 'senators'],
  ['governor', 'gov.', 'gov', 'governors'],
  ['congressman', 'congresswoman', 'representative', 'rep.', 'rep', 'reps.', 'lawmaker'],
  ['spokesman', 'spokeswoman', 'spokesperson'],
  ['president', 'presidents'],
  ['minister', 'ministers'],
  ['leader', 'leaders'],
  ['diplomat', 'diplomats'],
  ['mogul', 'tycoon', 'magnate', 'developer', 'businessman', 'billionaire'],
  ['frontrunner', 'front-runner'],
  ['candidate', 'nominee', 'contender', 'hopeful'],
  ['adviser', 'advisor'],
  ['chairman', 'chair', 'chairwoman', 'chairperson'],
  ['professor', 'prof.'],
  ['premier', 'prime'],
]
const CANONICAL = new Map(SAME.flatMap((group) => group.map((word) => [word, group[0] as string] as const)))
function canonical(word: string): string {
  const single = word.replace(/s$/, '')
  return CANONICAL.get(word) ?? CANONICAL.get(single) ?? (isPersonNoun({ lower: single }) ? single : word)
}

const IGNORED = words(
  `the a an 's his her their its top senior of then current newly new two both three own longtime veteran`,
)
/** Heads that say nothing about who it is. */
const EMPTY_HEADS = words(
  'man woman person people source sources official officials others one some report reports statement counterpart percent number majority many most those group party coalition friend',
)

const ANY_PERSON = /^(?:man|woman)$/

/** A prime minister is not "the minister", nor a vice president "the president". */
const RANKS = ['premier', 'vice', 'deputy']

const FORMER = words('former ex onetime one-time then-president late')

/** What makes the bearer of a title: its head, what else it must hold, and whether it is over. */
interface Wanted {
  readonly head: string
  readonly words: ReadonlySet<string>
  readonly former: boolean
}

/** A premier is "the prime minister", never "the minister". */
function wantedOf(head: string, all: readonly string[]): Wanted {
  const own = all.map(canonical)
  const premier = canonical(head) === 'minister' && own.includes('premier')
  const top = premier ? 'premier' : canonical(head)
  const rest = own.filter((word) => word !== top && !FORMER.has(word) && !(premier && word === 'minister'))
  return { head: top, words: new Set(rest), former: all.some((word) => FORMER.has(word)) }
}

function fitOf(wanted: Wanted, { head, words: beside }: Description): Fit {
  const has = wantedOf(head, [...beside])
  if (has.head !== wanted.head || ![...wanted.words].every((word) => has.words.has(word))) return 0
  if (RANKS.some((rank) => has.words.has(rank) && !wanted.words.has(rank))) return 0
  return has.former === wanted.former ? 2 : 1
}

/** An office as a description of whoever holds it on that day, or once held it. */
function describeOffice(office: Office, on: string | null): Description | null {
  const own = office.title.toLowerCase().split(/\s+/)
  const link = own.findIndex((word, i) => i > 0 && /^(?:of|for|to)$/.test(word))
  const head = own[(link < 0 ? own.length : link) - 1] ?? ''
  const ended = office.to !== null && (on === null || daysOf(office.to)[1] < on)
  if (ended) return { head, words: new Set([...own, 'former']) }
  return on !== null && heldOn(office, on) === 'no' ? null : { head, words: new Set(own) }
}

/** Reads "the Russian top diplomat" into what a bearer must have; null where the phrase is no title. */
export function titleKey(items: readonly Item[], roster: Roster): TitleKey | null {
  const last = items.at(-1)
  if (last === undefined || !isPersonNoun(last)) return null
  if (items.some((item) => /^\p{N}/u.test(item.text))) return null
  const countries = new Set<string>()
  const said: string[] = []
  for (const item of items) {
    if (item.kind !== 'word' || IGNORED.has(item.lower)) continue
    const country = item.class === 'name' ? roster.countryOf(item.text) : null
    if (country !== null) countries.add(country)
    else if (/^(?:content|participle|name)$/.test(item.class ?? '')) said.push(item.lower)
  }
  const fitsCountry = (named: Bearer, speaker: Speaker | null) =>
    countries.size === 0 || [...countries].some((code) => named.countries.has(code) || speaker?.country === code)
  if (last.lower === 'counterpart')
    return countries.size === 0 ? null : { fits: (named, speaker) => (fitsCountry(named, speaker) ? 2 : 0) }
  // "Australian woman" says enough, "the woman" does not.
  const empty = EMPTY_HEADS.has(last.lower) && !(ANY_PERSON.test(last.lower) && (said.length > 1 || countries.size > 0))
  if (said.length === 0 || empty) return null
  const diplomat = last.lower === 'diplomat' || last.lower === 'diplomats' || last.lower === 'fm'
  const wanted = diplomat ? wantedOf('minister', ['foreign']) : wantedOf(last.lower, said)
  const gender = GENDERED.test(last.lower) ? genderOf(last.lower) : null
  return {
    fits(named, speaker, on) {
      if (!fitsCountry(named, speaker)) return 0
      if (gender !== null && named.gender !== null && named.gender !== gender) return 0
      const offices = (speaker?.offices ?? []).map((office) => describeOffice(office, on))
      const all = [...named.descriptions, ...offices.filter((office) => office !== null)]
      const held = diplomat && on !== null && speaker?.offices.some(isForeignMinister(on)) === true
      return held ? 2 : (Math.max(0, ...all.map((one) => fitOf(wanted, one))) as Fit)
    },
  }
}

const isForeignMinister = (on: string) => (office: Office) =>
  office.role === 'foreign minister' && heldOn(office, on) !== 'no'

const GENDERED = /(?:man|woman|men|women|king|queen|actress|mother|father|son|daughter|sister|brother|wife|husband)$/
