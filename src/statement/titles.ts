import type { Roster } from '../speaker/roster.ts'
import type { Office, Speaker } from '../speaker/speaker.ts'
import { isPersonNoun } from './noun-phrase.ts'
import type { Item } from './sentences.ts'
import { words } from './word-list.ts'

/** What an article says beside somebody's name. */
interface Bearer {
  readonly titles: ReadonlySet<string>
  readonly countries: ReadonlySet<string>
}

/** What a title phrase asks of whoever bears it. */
export interface TitleKey {
  readonly fits: (named: Bearer, speaker: Speaker | null) => boolean
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
const canonical = (word: string) => CANONICAL.get(word) ?? word

const IGNORED = words(
  `the a an 's his her their its top senior of then current newly new two both three own longtime veteran`,
)
/** Heads that say nothing about who it is. */
const EMPTY_HEADS = words(
  'man woman person people source sources official officials others one some report reports statement counterpart',
)

/** A prime minister is not "the minister", nor a vice president "the president". */
const RANKS = ['premier', 'vice', 'deputy']

const NOTHING: ReadonlySet<string> = new Set()

/** The words that an office of the roster adds; one that ended makes a "former president". */
function wordsOf({ title, to }: Office): ReadonlySet<string> {
  const own = title.toLowerCase().split(/\s+/).map(canonical)
  return new Set(to === null ? own : [...own, 'former'])
}

/** Reads "the Russian top diplomat" into what a bearer must have; null where the phrase is no title. */
export function titleKey(items: readonly Item[], roster: Roster): TitleKey | null {
  const head = items.at(-1)
  if (head === undefined || !isPersonNoun(head)) return null
  const countries = new Set<string>()
  const wanted = new Set<string>()
  for (const item of items) {
    if (item.kind !== 'word' || IGNORED.has(item.lower)) continue
    const country = item.class === 'name' ? roster.countryOf(item.text) : null
    if (country !== null) countries.add(country)
    else if (item.class === 'content' || item.class === 'participle' || item.class === 'name')
      wanted.add(canonical(item.lower))
  }
  const fitsCountry = (named: Bearer, speaker: Speaker | null) =>
    countries.size === 0 || [...countries].some((code) => named.countries.has(code) || speaker?.country === code)
  if (head.lower === 'counterpart') return countries.size === 0 ? null : { fits: fitsCountry }
  if (items.some((item) => /^\p{N}/u.test(item.text)) || (wanted.size === 1 && wanted.has('former'))) return null
  if (wanted.size === 0 || EMPTY_HEADS.has(head.lower)) return null
  const diplomat = wanted.has('diplomat') || wanted.delete('fm')
  if (diplomat) {
    wanted.delete('diplomat')
    wanted.delete('chief')
    wanted.add('foreign').add('minister')
  }
  return {
    fits(named, speaker) {
      if (!fitsCountry(named, speaker)) return false
      const beside = new Set([...named.titles].map(canonical))
      const has = (more: ReadonlySet<string>) =>
        [...wanted].every((word) => beside.has(word) || more.has(word)) &&
        !RANKS.some((rank) => !wanted.has(rank) && (more.size > 0 ? more : beside).has(rank))
      if (has(NOTHING) || (diplomat && speaker?.offices.some((office) => office.role === 'foreign minister') === true))
        return true
      return speaker?.offices.some((office, i) => (i === 0 || office.to !== null) && has(wordsOf(office))) === true
    },
  }
}
