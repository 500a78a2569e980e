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

/** Not at all; something of that kind ("the diplomat" for an envoy); once or soon ("the governor" for a former one); exactly. */
export type Fit = 0 | 1 | 2 | 3

const [NOT, OF_THAT_KIND, ONCE] = [0, 1, 2] as const
export const EXACTLY = 3

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
  ['republican', 'gop'],
  ['democrat', 'democratic'],
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
  const sameHead = has.head === wanted.head
  if (!sameHead && !isKindOf(has, wanted.head)) return NOT
  if (![...wanted.words].every((word) => has.words.has(word) || [...has.words].some((own) => isSamePlace(own, word))))
    return NOT
  if (!sameHead) return OF_THAT_KIND
  if (RANKS.some((rank) => has.words.has(rank) && !wanted.words.has(rank))) return NOT
  return has.former === wanted.former ? EXACTLY : ONCE
}

/** "Talvia" and "Talvian", "Merovia" and "Merovians": the press forms them alike, also where no roster knows the place. */
export function isSamePlace(one: string, other: string): boolean {
  if (one === other) return true
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  const stem = short.replace(/[aeiouy]+$/, '')
  return stem.length >= 4 && long.startsWith(stem) && PLACE_ENDING.test(long.slice(stem.length))
}

const PLACE_ENDING = /^(?:[aeiouy]+|[aei]*(?:n|ns|an|ans|ian|ians|ese|ish|i|is|er|ers|ic|ite|ites))$/

/** "the diplomat", "the official": what else somebody may be who is called so. */
const KINDS: Readonly<Record<string, ReadonlySet<string>>> = {
  diplomat: words('ambassador envoy representative negotiator mediator consul secretary spokesman counsellor attaché'),
  envoy: words('ambassador representative negotiator mediator diplomat coordinator'),
  ambassador: words('envoy representative'),
  negotiator: words('envoy mediator minister diplomat'),
  mediator: words('envoy negotiator'),
  official: words(
    'minister secretary director chief head commissioner deputy governor mayor spokesman chairman undersecretary superintendent coordinator commander premier president envoy ambassador prosecutor',
  ),
  leader: words('president premier minister chairman head chief king chancellor secretary emir sultan candidate'),
  politician: words(
    'senator governor minister congressman mp deputy mayor candidate leader president premier councillor member',
  ),
  congressman: words('senator mp deputy member councillor'),
  commander: words('gen. general admiral adm. colonel col. marshal captain maj. major lt. brigadier chief'),
  general: words('gen. gen'),
  officer: words('gen. general colonel col. captain sgt. sergeant constable inspector detective major maj. lieutenant'),
  head: words('president king director chief chairman'),
  chief: words('director head chairman commissioner president governor boss superintendent'),
  boss: words('director head chairman chief president governor secretary ceo'),
  executive: words('ceo chairman director president founder chief head'),
  expert: words('professor analyst fellow historian economist scholar researcher lecturer'),
  academic: words('professor historian lecturer scholar fellow economist researcher'),
  scholar: words('professor historian lecturer fellow'),
  researcher: words('professor fellow scientist analyst'),
  scientist: words('professor researcher'),
  lawyer: words('attorney counsel solicitor barrister prosecutor advocate'),
  attorney: words('lawyer counsel solicitor barrister'),
  counsel: words('lawyer attorney barrister solicitor prosecutor'),
  unionist: words('secretary president leader'),
  cleric: words('bishop archbishop imam sheikh rabbi pastor priest cardinal ayatollah patriarch vicar'),
  prelate: words('bishop archbishop cardinal patriarch'),
  monarch: words('king queen emir sultan'),
  legislator: words('senator congressman mp deputy member'),
  parliamentarian: words('senator congressman mp deputy member'),
  statesman: words('president premier minister senator'),
  incumbent: words('president governor senator mayor'),
  coach: words('manager trainer'),
  trainer: words('coach manager'),
}

/** A spokesman of a ministry is a diplomat only where it is that of foreign affairs; so is a minister. */
function isKindOf(has: Wanted, head: string): boolean {
  if (head === 'diplomat' && /^(?:spokesman|secretary)$/.test(has.head)) return has.words.has('foreign')
  return KINDS[head]?.has(has.head) === true
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
  if (last === undefined || !isDescription(items)) return null
  if (items.some((item) => /^\p{N}/u.test(item.text) && !AGED.test(item.lower))) return null
  const countries = new Set<string>()
  const said: string[] = []
  for (const item of items) {
    if (item.kind !== 'word' || IGNORED.has(item.lower) || AGED.test(item.lower)) continue
    const country = item.class === 'name' ? roster.countryOf(item.text) : null
    if (country !== null) countries.add(country)
    else if (/^(?:content|participle|name)$/.test(item.class ?? '')) said.push(item.lower)
  }
  const fitsCountry = (named: Bearer, speaker: Speaker | null) =>
    countries.size === 0 || [...countries].some((code) => named.countries.has(code) || speaker?.country === code)
  if (last.lower === 'counterpart')
    return countries.size === 0 ? null : { fits: (named, speaker) => (fitsCountry(named, speaker) ? EXACTLY : NOT) }
  // "Australian woman" says enough, "the woman" does not.
  const empty = EMPTY_HEADS.has(last.lower) && !(ANY_PERSON.test(last.lower) && (said.length > 1 || countries.size > 0))
  if (said.length === 0 || empty) return null
  const diplomat = last.lower === 'diplomat' || last.lower === 'diplomats' || last.lower === 'fm'
  // "the top diplomat" is the foreign minister, "the diplomat" may be an envoy too.
  const ways = diplomat
    ? [wantedOf('minister', ['foreign']), ...(last.lower === 'fm' ? [] : [wantedOf(last.lower, said)])]
    : [wantedOf(last.lower, said)]
  const gender = GENDERED.test(last.lower) ? genderOf(last.lower) : null
  return {
    fits(named, speaker, on) {
      if (!fitsCountry(named, speaker)) return NOT
      if (gender !== null && named.gender !== null && named.gender !== gender) return NOT
      const offices = (speaker?.offices ?? []).map((office) => describeOffice(office, on))
      const all = [...named.descriptions, ...offices.filter((office) => office !== null)]
      const held = diplomat && on !== null && speaker?.offices.some(isForeignMinister(on)) === true
      return held
        ? EXACTLY
        : (Math.max(NOT, ...all.map((one) => Math.max(...ways.map((way) => fitOf(way, one))))) as Fit)
    },
  }
}

/** From now on `named` is what `items` say; the words that say nothing left out. */
export function learnTitle(named: Pick<Named, 'descriptions'>, items: readonly Item[]): void {
  const own = items.filter(({ kind, lower }) => kind === 'word' && !IGNORED.has(lower) && !AGED.test(lower))
  const head = own.at(-1)?.lower
  if (head !== undefined && !EMPTY_HEADS.has(head) && named.descriptions.length < MOST_LEARNT)
    named.descriptions.push({ head, words: new Set(own.map(({ lower }) => lower)) })
}

const MOST_LEARNT = 24

const AGED = /^(\d{1,3})-year-old$/

/** "the 63-year-old" */
export function ageOf(items: readonly Item[]): number | null {
  const age = items.map(({ lower }) => AGED.exec(lower)?.[1]).find((found) => found !== undefined)
  return age === undefined ? null : Number(age)
}

/** Who can head a phrase about people, and says of nobody what they are. */
const AMOUNT =
  /^(?:one|two|three|group|party|coalition|others|those|some|many|most|majority|number|percent|participants)$/

/** Whether a phrase says what somebody is: "the minister", "the 63-year-old", "the trade unionist". */
export function isDescription(items: readonly Item[]): boolean {
  const head = items.at(-1)
  if (head === undefined) return false
  if ((isPersonNoun(head) && !AMOUNT.test(head.lower)) || AGED.test(head.lower)) return true
  return head.class !== 'name' && /(?:[^n]ist|ologist|ician|wright)s?$/.test(head.lower)
}

const isForeignMinister = (on: string) => (office: Office) =>
  office.role === 'foreign minister' && heldOn(office, on) !== 'no'

const GENDERED = /(?:man|woman|men|women|king|queen|actress|mother|father|son|daughter|sister|brother|wife|husband)$/
