import type { Token } from './read-tokens.ts'

/** A time that a question names, in values that `since:` and `until:` take; `length` in words. */
export type Span = {
  readonly from: string
  /** `null`: up to today. */
  readonly to: string | null
  readonly length: number
  /** It needs a word such as "in" before it: "May" alone may be a name, "2021" part of one. */
  readonly needsWord: boolean
}

const MONTHS = 'january february march april may june july august september october november december'.split(' ')
const DAYS = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ')
const NUMBERS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ')
const UNITS: ReadonlyMap<string, string> = new Map(
  [...'hour:h day:d week:w month:m year:y'.split(' ')].flatMap((pair) => {
    const [word = '', unit = ''] = pair.split(':')
    return [[word, unit] as const, [`${word}s`, unit] as const]
  }),
)
const DAY_MS = 86_400_000

/** The time at the start of `tokens`, seen from the day `today` (`YYYY-MM-DD`); `null` if there is none. */
export function readSpan(tokens: readonly Token[], today: string): Span | null {
  const words = tokens.slice(0, 4).map(({ lower, isQuoted }) => (isQuoted ? '' : lower))
  const skipped = words[0] === 'the' ? 1 : 0
  const rest = words.slice(skipped)
  const span = namedDay(rest, today) ?? relative(rest, today, skipped > 0) ?? calendar(rest, today)
  return span === null ? null : { ...span, length: span.length + skipped }
}

function namedDay([first = '', second = '']: readonly string[], today: string): Span | null {
  if (first === 'today' || first === 'tonight') return span('today', 'today', 1)
  if (first === 'yesterday') return span('yesterday', 'yesterday', 1)
  const [last, day] = ['last', 'this', 'past'].includes(first) ? [first === 'last', second] : [false, first]
  const weekday = DAYS.findIndex((name) => name === day || (day.length === 3 && name.startsWith(day)))
  if (weekday < 0) return null
  const back = (weekdayOf(today) - weekday + 7) % 7
  const on = daysBefore(today, back === 0 && last ? 7 : back)
  // "sun", "sat" and "wed" are words of their own.
  return span(on, on, day === first ? 1 : 2, day.length === 3)
}

/** "this month", "last week", "the past three days", "two weeks ago". */
function relative(words: readonly string[], today: string, hasThe: boolean): Span | null {
  const [first = '', second = '', third = ''] = words
  if (first === 'this' || (first === 'last' && !hasThe)) {
    const unit = UNITS.get(second)
    const whole = unit === undefined || second.endsWith('s') ? null : wholeUnit(unit, first === 'last', today)
    if (whole !== null) return span(whole.from, whole.to, 2)
  }
  if (['last', 'past', 'previous'].includes(first)) {
    const count = countOf(second)
    const unit = UNITS.get(count === null ? second : third)
    if (unit !== undefined) return span(`${count ?? 1}${unit}`, null, count === null ? 2 : 3)
  }
  const count = countOf(first) ?? (first === 'a' || first === 'an' ? 1 : null)
  const unit = UNITS.get(second)
  if (count === null || unit === undefined) return null
  if (third === 'ago') return span(`${count}${unit}`, null, 3)
  return span(`${count}${unit}`, null, 2, true)
}

/** The calendar's week, month or year in which `today` is, or the one before. */
function wholeUnit(unit: string, isLast: boolean, today: string) {
  const [year = 0, month = 0] = today.split('-').map(Number)
  if (unit === 'w') {
    const monday = daysBefore(today, weekdayOf(today) + (isLast ? 7 : 0))
    return { from: monday, to: isLast ? daysBefore(monday, -6) : null }
  }
  if (unit === 'm') {
    const from = isLast ? monthOf(month === 1 ? year - 1 : year, month === 1 ? 12 : month - 1) : monthOf(year, month)
    return { from, to: isLast ? from : null }
  }
  if (unit === 'y') return { from: String(isLast ? year - 1 : year), to: isLast ? String(year - 1) : null }
  return unit === 'd' && isLast ? { from: '1d', to: null } : null
}

/** "August", "August 2021", "19 August", "August 19, 2021", "2021", "2021-08-19", "7d". */
function calendar([first = '', second = '', third = '']: readonly string[], today: string): Span | null {
  if (/^\d{4}-\d{1,2}(?:-\d{1,2})?$/.test(first)) return span(first, first, 1)
  if (/^\d{1,5}[hdwmy]$/.test(first)) return span(first, null, 1)
  if (/^(?:19|20)\d\d$/.test(first)) return span(first, first, 1, true)
  const ofSkipped = second === 'of' ? [first, third, ''] : [first, second, third]
  const dayFirst = dayNumber(ofSkipped[0] ?? '')
  if (dayFirst !== null && monthNumber(ofSkipped[1] ?? '') > 0) {
    const length = second === 'of' ? 3 : 2
    return dayIn(dayFirst, monthNumber(ofSkipped[1] ?? ''), ofSkipped[2] ?? '', length, today)
  }
  const month = monthNumber(first)
  if (month === 0) return null
  const day = dayNumber(second)
  if (day !== null) return dayIn(day, month, third, 2, today)
  if (/^\d{4}$/.test(second)) return span(monthOf(Number(second), month), monthOf(Number(second), month), 2)
  // "since August" without a year is the last one that has begun.
  const [year = 0, thisMonth = 0] = today.split('-').map(Number)
  const value = monthOf(year - (month > thisMonth ? 1 : 0), month)
  return span(value, value, 1, true)
}

function dayIn(day: number, month: number, year: string, length: number, today: string): Span | null {
  const hasYear = /^\d{4}$/.test(year)
  const thisYear = Number(today.slice(0, 4))
  const on = (of: number) => `${monthOf(of, month)}-${String(day).padStart(2, '0')}`
  const value = hasYear ? on(Number(year)) : on(thisYear) > today ? on(thisYear - 1) : on(thisYear)
  return span(value, value, length + (hasYear ? 1 : 0))
}

function span(from: string, to: string | null, length: number, needsWord = false): Span {
  return { from, to, length, needsWord }
}

function countOf(word: string): number | null {
  const named = NUMBERS.indexOf(word)
  if (named > 0) return named
  return /^[1-9]\d{0,3}$/.test(word) ? Number(word) : null
}

function dayNumber(word: string): number | null {
  const [, digits] = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(word) ?? []
  const day = Number(digits ?? 0)
  return day >= 1 && day <= 31 ? day : null
}

/** From 1; 0 for what is no month. */
function monthNumber(word: string): number {
  const short = word.length >= 3 ? MONTHS.findIndex((name) => name === word || name.slice(0, 3) === word) : -1
  return (word === 'sept' ? 8 : short) + 1
}

function monthOf(year: number, month: number): string {
  return `${year}-${String(month).padStart(2, '0')}`
}

/** Monday is 0. */
function weekdayOf(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
}

export function daysBefore(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - count * DAY_MS).toISOString().slice(0, 10)
}
