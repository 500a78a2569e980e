import type { Roster } from '../speaker/roster.ts'
import type { Speaker } from '../speaker/speaker.ts'
import type { Named } from './names.ts'
import type { Item } from './sentences.ts'

/** What a title phrase asks of a person. */
export interface TitleKey {
  readonly fits: (named: Named, speaker: Speaker | null) => boolean
}

/** Different words for one office; the first is the key. */
const SAME: readonly (readonly string[])[] = [
  ['senator', 'sen.', 'sen', 'sens.', 'senators'],
  ['governor', 'gov.', 'gov', 'governors'],
  ['representative', 'rep.', 'rep', 'reps.', 'congressman', 'congresswoman', 'congressmember'],
  ['spokesman', 'spokeswoman', 'spokesperson'],
  ['president', 'presidents'],
  ['minister', 'ministers'],
  ['mogul', 'tycoon', 'magnate', 'developer', 'businessman', 'billionaire'],
  ['frontrunner', 'front-runner'],
  ['adviser', 'advisor'],
  ['chairman', 'chair', 'chairwoman', 'chairperson'],
  ['professor', 'prof.'],
  ['envoy', 'representative'],
  ['premier', 'prime'],
]
const CANONICAL = new Map(SAME.flatMap((group) => group.map((word) => [word, group[0] as string] as const)))
const canonical = (word: string) => CANONICAL.get(word) ?? word

const IGNORED = new Set([
  'the',
  'a',
  'an',
  "'s",
  'his',
  'her',
  'their',
  'its',
  'top',
  'senior',
  'of',
  'former',
  'then',
  'current',
  'newly',
  'new',
])

/** Reads "the Russian top diplomat" into what a bearer must have; null where the phrase is no title. */
export function titleKey(items: readonly Item[], roster: Roster): TitleKey | null {
  const top = items.some((item) => item.lower === 'top')
  const head = items.at(-1)
  if (head === undefined || head.kind !== 'word') return null
  const countries = new Set<string>()
  const wanted = new Set<string>()
  for (const item of items) {
    if (item.kind !== 'word' || IGNORED.has(item.lower)) continue
    const country = item.class === 'name' ? roster.countryOf(item.text) : null
    if (country !== null) countries.add(country)
    else if (item.class === 'content' || item.class === 'name' || item.class === 'participle')
      wanted.add(canonical(item.lower))
  }
  const diplomat = head.lower === 'diplomat'
  if (diplomat || (head.lower === 'fm' && wanted.delete('fm'))) {
    wanted.delete('diplomat')
    wanted.delete('chief')
    wanted.add('foreign').add('minister')
  }
  if (wanted.size === 0 || head.lower === 'counterpart') return counterpart(head, countries)
  return {
    fits(named, speaker) {
      const titles = new Set([...named.titles].map(canonical))
      const office = speaker?.offices[0]?.title.toLowerCase().split(/\s+/) ?? []
      for (const word of office) titles.add(canonical(word))
      if (
        ![...wanted].every((word) => titles.has(word)) &&
        !(diplomat && top && speaker?.offices.some((one) => one.role === 'foreign minister'))
      )
        return false
      if (countries.size === 0) return true
      return [...countries].some((code) => named.countries.has(code) || speaker?.country === code)
    },
  }
}

function counterpart(head: Item, countries: ReadonlySet<string>): TitleKey | null {
  if (head.lower !== 'counterpart' || countries.size === 0) return null
  return {
    fits: (named, speaker) => [...countries].some((code) => named.countries.has(code) || speaker?.country === code),
  }
}
