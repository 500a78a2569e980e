import type { OptionDefinition, OptionKind, Suggestion } from './command.ts'
import { readSpan } from './question/read-spans.ts'
import { readTokens } from './question/read-tokens.ts'
import { readDays } from './read-when.ts'
import type { Request } from './request.ts'

type Suggest = (typed: string, request: Request) => readonly Suggestion[]

const MONTHS = 'January February March April May June July August September October November December'.split(' ')
const DAYS = ['mon-fri', 'daily', 'weekend', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
/** When digests are most often wanted, likeliest first. */
const OFTEN_AT = ['09:00', '08:00', '07:00', '12:00', '17:00', '18:00']
const HALF_HOURS = Array.from(
  { length: 48 },
  (_, half) => `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`,
)
const UNITS: readonly (readonly [letter: string, word: string])[] = [
  ['d', 'days'],
  ['w', 'weeks'],
  ['m', 'months'],
  ['y', 'years'],
]

/** What can be suggested for every option of a kind, whatever the command. */
const BY_KIND: Readonly<Partial<Record<OptionKind, Suggest>>> = {
  when: whens,
  time: (typed) => timesOf(typed).map(same),
  days: (typed) => DAYS.filter((days) => days.startsWith(typed.trim().toLowerCase())).map(same),
  zone: zones,
}

/** Whether values of the option are suggested while somebody types. */
export function isSuggested({ kind, suggest }: Pick<OptionDefinition<never>, 'kind' | 'suggest'>): boolean {
  return suggest !== undefined || BY_KIND[kind] !== undefined
}

export function suggestKind(kind: OptionKind, typed: string, request: Request): readonly Suggestion[] {
  return BY_KIND[kind]?.(typed, request) ?? []
}

function same(value: string): Suggestion {
  return { label: value, value }
}

/** "aug", "last week", "3", "2021": days, months and times ago that begin so; what is typed comes first if it is one. */
function whens(typed: string, request: Request): readonly Suggestion[] {
  const today = readDays('since', 'today', request).from
  const wanted = typed.trim().toLowerCase()
  const all = [...named(today), ...monthsBack(today), ...yearsBack(today)]
  const begun = all.filter(({ label, value }) => label.toLowerCase().startsWith(wanted) || value.startsWith(wanted))
  const count = /^\d{1,3}$/.test(wanted) && Number(wanted) > 0 ? wanted : null
  const ago = count === null ? [] : UNITS.map(([letter, word]) => pair(`${count} ${word} ago`, `${count}${letter}`))
  const tokens = readTokens(wanted)
  const span = readSpan(tokens, today)
  const whole = span !== null && span.length === tokens.length ? [pair(typed.trim(), span.from)] : []
  const byValue = new Map([...whole, ...ago, ...begun].reverse().map((one) => [one.value, one]))
  return [...byValue.values()].reverse()
}

function named(today: string): readonly Suggestion[] {
  return [
    same('today'),
    same('yesterday'),
    pair('7 days ago', '7d'),
    pair('30 days ago', '30d'),
    pair('this year', today.slice(0, 4)),
  ]
}

/** Of the last two years, the newest first. */
function monthsBack(today: string): readonly Suggestion[] {
  const [year = 0, month = 1] = today.split('-').map(Number)
  return Array.from({ length: 24 }, (_, back) => {
    const at = year * 12 + month - 1 - back
    const [of, index] = [Math.floor(at / 12), at % 12]
    return pair(`${MONTHS[index]} ${of}`, `${of}-${String(index + 1).padStart(2, '0')}`)
  })
}

function yearsBack(today: string): readonly Suggestion[] {
  return Array.from({ length: 10 }, (_, back) => same(String(Number(today.slice(0, 4)) - back)))
}

function pair(label: string, value: string): Suggestion {
  return { label: label === value ? label : `${label} (${value})`, value }
}

function timesOf(typed: string): readonly string[] {
  const wanted = typed.trim().replace('.', ':')
  if (wanted === '') return OFTEN_AT
  const padded = /^\d(?::|$)/.test(wanted) ? `0${wanted}` : wanted
  return [...new Set([padded, wanted].flatMap((start) => HALF_HOURS.filter((time) => time.startsWith(start))))]
}

/** The runtime's list, read once: it is asked at every letter. */
const ALL_ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')].map((zone) => ({
  zone,
  lower: zone.toLowerCase().replaceAll('_', ' '),
  city: zone
    .slice(zone.lastIndexOf('/') + 1)
    .toLowerCase()
    .replaceAll('_', ' '),
}))

/** The asker's own first, then cities that begin so, then regions. */
function zones(typed: string, { timeZone }: Request): readonly Suggestion[] {
  const wanted = typed.trim().toLowerCase().replaceAll('_', ' ')
  const rank = ({ zone, city, lower }: (typeof ALL_ZONES)[number]) =>
    zone === timeZone ? 0 : city.startsWith(wanted) ? 1 : lower.startsWith(wanted) ? 2 : 3
  return ALL_ZONES.filter(({ city, lower }) => city.includes(wanted) || lower.startsWith(wanted))
    .map((one) => ({ zone: one.zone, rank: rank(one) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ zone }) => same(zone))
}
