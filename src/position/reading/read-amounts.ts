import { stemOf } from '../words/stem.ts'
import type { Facet, Piece } from './facet.ts'
import { pieceOf } from './piece.ts'

const UNITS =
  'zero,one,two,three,four,five,six,seven,eight,nine,ten,eleven,twelve,thirteen,fourteen,fifteen,sixteen,seventeen,eighteen,nineteen'.split(
    ',',
  )
const TENS = 'twenty,thirty,forty,fifty,sixty,seventy,eighty,ninety'.split(',')
const SCALES: Readonly<Record<string, number>> = {
  hundred: 100,
  thousand: 1_000,
  million: 1_000_000,
  billion: 1_000_000_000,
  trillion: 1e12,
  m: 1_000_000,
  mn: 1_000_000,
  bn: 1_000_000_000,
}
const NUMBER_WORD = `(?:${[...UNITS, ...TENS].join('|')})(?:-(?:${UNITS.slice(1, 10).join('|')}))?`
const SCALE_WORD = `(?:${Object.keys(SCALES).join('|')})`
const NUMBER = `(?:\\d[\\d,]*(?:\\.\\d+)?|${NUMBER_WORD}|half|a dozen)(?:[ -]${SCALE_WORD}\\b){0,2}`

/** "2,000", "two thousand", "500 million", "half": as a number. */
function numberOf(words: string): number {
  const [first = '', ...scales] = words
    .toLowerCase()
    .replace('a dozen', '12')
    .split(/[ ]|-(?=[a-z])/)
  let rest = scales
  let value = /^\d/.test(first) ? Number(first.replaceAll(',', '')) : wordValue(first)
  const unit = UNITS.indexOf(rest[0] ?? '')
  if (TENS.includes(first) && unit > 0) {
    value += unit
    rest = rest.slice(1)
  }
  return rest.reduce((sum, scale) => sum * (SCALES[scale] ?? 1), value)
}

function wordValue(word: string): number {
  if (word === 'half') return 0.5
  if (TENS.includes(word)) return (TENS.indexOf(word) + 2) * 10
  return Math.max(0, UNITS.indexOf(word))
}

const MONTHS = 'january,february,march,april,may,june,july,august,september,october,november,december'.split(',')
const MONTH = `(?:${MONTHS.join('|')})`
const DAYS = 'sunday,monday,tuesday,wednesday,thursday,friday,saturday'.split(',')

const DATE = new RegExp(
  [
    `\\b(?<lead>by|before|until|till|on|not later than|no later than|from|as of|as early as|to|in)\\s+(?:`,
    `(?:the\\s+)?(?<part>end|beginning|start|middle)\\s+of\\s+(?:(?<thisPeriod>the|this|next)\\s+(?<period>year|month|week|decade)|(?<partMonth>${MONTH})?\\s?(?<partYear>\\d{4})?)`,
    `|(?<day>\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?(?<month>${MONTH})(?:,?\\s+(?<year>\\d{4}))?`,
    `|(?<month2>${MONTH})\\s+(?<day2>\\d{1,2})(?!\\d)(?:st|nd|rd|th)?(?:,?\\s+(?<year2>\\d{4}))?`,
    `|(?<month3>${MONTH})(?:\\s+(?<year3>\\d{4}))?`,
    `|(?<weekday>${DAYS.join('|')})`,
    `|(?:the\\s+)?(?<season>spring|summer|autumn|winter)`,
    `|(?<next>next|this)\\s+(?<nextPeriod>week|month|year|spring|summer|autumn|winter)`,
    `|(?<year4>20\\d{2}))\\b`,
    `|\\b(?:within|in)\\s+(?:the\\s+next\\s+)?(?<count>${NUMBER}|a|an)\\s+(?<unit>hour|day|week|month|year)s?\\b`,
    `|\\b(?<tomorrow>tomorrow|this year|next year|next month|next week|this month|this week)\\b`,
  ].join(''),
  'gi',
)

/** The day until which something is to happen, read against the day on which it was said. */
export function readDeadline(text: string, saidOn: string): Facet['deadline'] {
  for (const match of text.matchAll(DATE)) {
    const on = dateOf(match.groups ?? {}, saidOn)
    if (on !== null && on >= saidOn) {
      return {
        ...pieceOf(text, match.index, match.index + match[0].length),
        on,
        from: earliest(match.groups ?? {}, on),
      }
    }
  }
  return null
}

type Groups = Readonly<Record<string, string | undefined>>

function dateOf(found: Groups, saidOn: string): string | null {
  const [year, month] = saidOn.split('-').map(Number) as [number, number]
  const named = found.month ?? found.month2 ?? found.month3 ?? found.partMonth
  const given = found.year ?? found.year2 ?? found.year3 ?? found.year4 ?? found.partYear
  const day = found.day ?? found.day2
  if (named !== undefined) {
    const at = MONTHS.indexOf(named.toLowerCase())
    const on = (inYear: number) => (day === undefined ? lastDay(inYear, at) : iso(inYear, at, Number(day)))
    if (given !== undefined) return on(Number(given))
    // A month without a year is the next one to come.
    return on(year) >= saidOn ? on(year) : on(year + 1)
  }
  if (given !== undefined) return `${given}-12-31`
  const period = (found.period ?? found.nextPeriod)?.toLowerCase()
  const isNext = (found.thisPeriod ?? found.next)?.toLowerCase() === 'next'
  if (period !== undefined) return periodEnd(period, isNext, saidOn)
  const season = found.season?.toLowerCase()
  if (season !== undefined) {
    const end = periodEnd(season, false, saidOn)
    return end >= saidOn ? end : periodEnd(season, true, saidOn)
  }
  // "On Monday" may be when it was said, or when something happened.
  if (found.weekday !== undefined) return null
  const unit = found.unit?.toLowerCase()
  if (unit !== undefined) {
    const count = /^an?$/i.test(found.count ?? '') ? 1 : numberOf(found.count ?? '')
    const days = { hour: 1 / 24, day: 1, week: 7, month: 30, year: 365 }[unit] ?? 1
    return count > 10_000 ? null : plusDays(saidOn, Math.round(count * days))
  }
  switch (found.tomorrow?.toLowerCase()) {
    case 'tomorrow':
      return plusDays(saidOn, 1)
    case 'this year':
      return `${year}-12-31`
    case 'next year':
      return `${year + 1}-12-31`
    case 'next month':
      return lastDay(year, month)
    case 'this month':
      return lastDay(year, month - 1)
    case 'next week':
      return plusDays(saidOn, 7)
    case 'this week':
      return plusDays(saidOn, 3)
    default:
      return null
  }
}

/** The first day that the words may mean: of "in December" its first, of "the end of the year" the first of its last month. */
function earliest(found: Groups, on: string): string {
  const firstOf = (months: number) => `${plusMonths(on, 1 - months)}-01`
  if ((found.day ?? found.day2 ?? found.weekday ?? found.unit) !== undefined) return on
  if (found.part?.toLowerCase() === 'end') return found.period === 'month' ? plusDays(on, -10) : firstOf(1)
  if ((found.month3 ?? found.partMonth) !== undefined) return firstOf(1)
  const words = [found.period, found.nextPeriod, found.tomorrow, found.season].join(' ').toLowerCase()
  if (/month/.test(words)) return firstOf(1)
  if (/week/.test(words)) return plusDays(on, -7)
  if (/spring|summer|autumn|winter/.test(words)) return firstOf(3)
  return found.tomorrow?.toLowerCase() === 'tomorrow' ? on : `${on.slice(0, 4)}-01-01`
}

function plusMonths(on: string, months: number): string {
  const date = new Date(`${on.slice(0, 7)}-01T00:00:00Z`)
  date.setUTCMonth(date.getUTCMonth() + months)
  return date.toISOString().slice(0, 7)
}

const SEASON_ENDS: Readonly<Record<string, number>> = { spring: 4, summer: 7, autumn: 10, winter: 1 }

function periodEnd(period: string, isNext: boolean, saidOn: string): string {
  const [year, month] = saidOn.split('-').map(Number) as [number, number]
  if (period === 'year') return `${year + (isNext ? 1 : 0)}-12-31`
  if (period === 'month') return lastDay(year, month - 1 + (isNext ? 1 : 0))
  if (period === 'week') return plusDays(saidOn, isNext ? 7 : 3)
  if (period === 'decade') return `${Math.floor(year / 10) * 10 + 9}-12-31`
  return lastDay(year + (isNext ? 1 : 0), SEASON_ENDS[period] ?? 11)
}

function lastDay(year: number, month: number): string {
  return new Date(Date.UTC(year, month + 1, 0)).toISOString().slice(0, 10)
}

function iso(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month, Math.min(day, 31))).toISOString().slice(0, 10)
}

function plusDays(on: string, days: number): string {
  return new Date(Date.parse(`${on}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** A number of a text as it is compared: "twelve" is 12; "60 days" has another unit than "two months". */
export type Figure = { readonly value: number; readonly unit: string | null }

const FIGURE = new RegExp(
  `(?<![\\p{L}\\p{N}.,+])(?<currency>[$€£])?\\s?(?<number>${NUMBER}(?:-${SCALE_WORD})?)(?!\\p{L})(?:[\\s-]?(?<unit>%|per cent\\b|percent\\b|(?:hour|day|week|month|year)s?\\b))?`,
  'giu',
)

/** All numbers of a text; "one" in words is mostly no number. */
export function readFigures(text: string): readonly Figure[] {
  return [...text.replace(/(?<=\d)(?=(?:mn?|bn)\b)/g, ' ').matchAll(FIGURE)].flatMap(
    ({ groups }): readonly Figure[] => {
      const { currency, number = '', unit } = (groups ?? {}) as Groups
      if (/^one$/i.test(number)) return []
      const unitWord = unit?.toLowerCase()
      const share = unitWord !== undefined && /^(?:%|per ?cent)/.test(unitWord) ? 'percent' : null
      return [{ value: numberOf(number), unit: currency ?? share ?? unitWord?.replace(/s$/, '') ?? null }]
    },
  )
}

const QUANTITY = new RegExp(
  `(?<![\\p{L}\\p{N}.,+-])(?:(?:[$€£]|US\\$)\\s?)?(?<number>${NUMBER})(?!\\p{L})(?:\\s?(?<percent>%|per cent\\b|percent\\b))?(?:\\s+(?:of\\s+)?(?<unit>\\p{L}[\\p{L}-]{2,}))?`,
  'giu',
)

/** "For a year", "by another six months": how long. */
const LASTING = new RegExp(
  `\\b(?:for|by) (?:another )?(?<count>${NUMBER}|an?)(?: more)? (?<unit>day|week|month|year)s?(?! old)\\b`,
  'iu',
)

function isInside(at: number, { span: [start, end] }: Piece): boolean {
  return at >= start && at < end
}

/** How much: the first number with a unit that is no date. `without`: what is read as a date already. */
export function readQuantity(text: string, without: readonly (Piece | null)[]): Facet['quantity'] {
  const lasting = LASTING.exec(text)
  if (lasting !== null && !without.some((piece) => piece !== null && isInside(lasting.index, piece))) {
    const { count = '', unit = '' } = lasting.groups ?? {}
    const value = /^an?$|^one$/i.test(count) ? 1 : numberOf(count)
    return {
      ...pieceOf(text, lasting.index, lasting.index + lasting[0].length),
      value,
      unit: stemOf(unit.toLowerCase()),
    }
  }
  for (const match of text.matchAll(QUANTITY)) {
    const { number = '', percent, unit = '' } = match.groups ?? {}
    const start = match.index
    const isDate = without.some((piece) => piece !== null && isInside(start, piece))
    const value = numberOf(number)
    const isYear = /^(?:19|20)\d\d$/.test(number)
    const isPlain = /^(?:one|two|half)$/i.test(number) && percent === undefined
    if (isDate || isYear || isPlain || MONTHS.includes(unit.toLowerCase()) || !Number.isFinite(value)) continue
    const end = start + match[0].length
    return {
      ...pieceOf(text, start, end),
      value,
      unit: percent === undefined ? stemOf(unit.toLowerCase()) : 'percent',
    }
  }
  return null
}
