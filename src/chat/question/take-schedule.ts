import { isZone, readWeekday } from '../read-schedule.ts'
import { readSpan } from './read-spans.ts'
import type { Token } from './read-tokens.ts'

/** When something is to come, as options of `subscribe`. */
export type Schedule = {
  readonly digest?: 'weekly' | 'monthly'
  readonly days?: string
  readonly at?: string
  readonly tz?: string
}

export type TakenSchedule = {
  /** The words without it. */
  readonly target: readonly Token[]
  readonly schedule: Schedule
  /** Times that no digest keeps: "fortnightly", "twice a week". */
  readonly leftOut: readonly string[]
  /** The sentence begins with it: "every Monday at 9 what …". */
  readonly isFirst: boolean
}

/** What begins at one word: its length in words, and what it says. */
type Found = { readonly length: number; readonly schedule?: Schedule; readonly leftOut?: string }

const TIME_OF_DAY = /^\d{1,2}(?:[:.]\d{2})?(?:am|pm)?$|^(?:noon|midnight)$/
const HALF_OF_DAY = /^(?:am|pm)$/
const ODD = /^(?:fortnightly|bi-?weekly|bi-?monthly|hourly|quarterly|yearly|annually|annual)$/
const UNIT = /^(?:hours?|days?|weeks?|months?|quarters?|years?|minutes?)$/
const NTH = /^(\d{1,2})(?:st|nd|rd|th)$/
/** Between the days of a list. */
const JOINS = /^(?:and|or|&)$/

/** "every weekday at 9", "weekly", "on the 15th of each month": taken out of a sentence. */
export function takeSchedule(tokens: readonly Token[]): TakenSchedule {
  const target: Token[] = []
  const leftOut: string[] = []
  let schedule: Schedule = {}
  let index = 0
  while (index < tokens.length) {
    const found = tokens[index]?.isQuoted === false ? foundAt(tokens, index) : null
    const token = tokens[index]
    if (found === null && token !== undefined) target.push(token)
    schedule = { ...schedule, ...found?.schedule }
    if (found?.leftOut !== undefined) leftOut.push(found.leftOut)
    index += found?.length ?? 1
  }
  const isFirst = target.length < tokens.length && target[0] !== tokens[0] && tokens[0]?.lower !== 'at'
  return { target, schedule: onItsDay(schedule), leftOut, isFirst }
}

/** What comes on one day of the week tells of the week. */
function onItsDay(schedule: Schedule): Schedule {
  const { digest, days } = schedule
  return digest === undefined && days !== undefined && readWeekday(days) !== null
    ? { ...schedule, digest: 'weekly' }
    : schedule
}

function foundAt(tokens: readonly Token[], index: number): Found | null {
  const words = tokens.slice(index, index + 8).map(({ lower, isQuoted }) => (isQuoted ? '' : lower))
  const isName = tokens[index]?.isName === true
  return (
    atTime(words) ??
    (isName ? null : often(words)) ??
    everyDays(words) ??
    ofMonth(words) ??
    onDays(words) ??
    lasting(tokens, index) ??
    inZone(tokens, index)
  )
}

function atTime([first, time = '', half = '']: readonly string[]): Found | null {
  if (first !== 'at' || !TIME_OF_DAY.test(time)) return null
  const hasHalf = HALF_OF_DAY.test(half) && /^\d/.test(time)
  return { length: hasHalf ? 3 : 2, schedule: { at: hasHalf ? `${time}${half}` : time } }
}

/** "weekly", "once a month", "twice a week". */
function often([first = '', second = '', third = '', fourth = '']: readonly string[]): Found | null {
  if (first === 'weekly' || first === 'monthly') return { length: 1, schedule: { digest: first } }
  if (first === 'daily' || first === 'weekdays') return { length: 1, schedule: { days: first } }
  if (ODD.test(first)) return { length: 1, leftOut: first }
  const isOnce = first === 'once' && (second === 'a' || second === 'every')
  if (isOnce && byUnit(third) !== null) return { length: 3, schedule: byUnit(third) ?? {} }
  if (first === 'twice' && second === 'a' && UNIT.test(third)) return { length: 3, leftOut: `twice a ${third}` }
  if (second === 'times' && third === 'a' && UNIT.test(fourth))
    return { length: 4, leftOut: `${first} times a ${fourth}` }
  return null
}

function byUnit(word: string): Schedule | null {
  if (word === 'week') return { digest: 'weekly' }
  if (word === 'month') return { digest: 'monthly' }
  if (/^(?:day|morning|evening|night)$/.test(word)) return { days: 'daily' }
  if (/^(?:weekday|workday)$/.test(word)) return { days: 'weekdays' }
  return word === 'weekend' ? { days: 'weekend' } : null
}

/** "every Monday and Thursday", "each morning", "every other week". */
function everyDays(words: readonly string[]): Found | null {
  const [first, second = '', third = ''] = words
  if (first !== 'every' && first !== 'each') return null
  const unit = byUnit(second)
  if (unit !== null) return { length: 2, schedule: unit }
  if (second === 'first' && dayOf(third) !== null) return firstDay(words, 1)
  const list = dayList(words.slice(1))
  if (list !== null) return { length: 1 + list.length, schedule: { days: list.days } }
  if (UNIT.test(second)) return { length: 2, leftOut: `${first} ${second}` }
  return UNIT.test(third) ? { length: 3, leftOut: `${first} ${second} ${third}` } : null
}

/** "on the first Monday of the month", "on the 15th", "the last day of each month". */
function ofMonth(words: readonly string[]): Found | null {
  const skipped = words[0] === 'on' ? (words[1] === 'the' ? 2 : 1) : words[0] === 'the' ? 1 : 0
  if (skipped === 0) return null
  const [first = '', second = ''] = words.slice(skipped)
  if (/^(?:first|1st)$/.test(first) && dayOf(second) !== null) return firstDay(words, skipped)
  const day = first === 'first' ? '1' : first === 'last' ? 'last' : NTH.exec(first)?.[1]
  if (day === undefined) return null
  const length = skipped + (second === 'day' ? 2 : 1)
  const behind = monthBehind(words, length)
  // "on the first" alone may be a date of the news; a number is meant so where nothing else is.
  if (behind === 0 && (words[0] !== 'on' || first === 'first' || (first === 'last' && second !== 'day'))) return null
  return { length: length + behind, schedule: { digest: 'monthly', days: day } }
}

function firstDay(words: readonly string[], skipped: number): Found {
  const length = skipped + 2
  return {
    length: length + monthBehind(words, length),
    schedule: { digest: 'monthly', days: dayOf(words[skipped + 1] ?? '') ?? '' },
  }
}

/** Words of "of the month" behind a day; 0: none. */
function monthBehind(words: readonly string[], at: number): number {
  const [of, the = '', month] = words.slice(at)
  return (of === 'of' || of === 'in') && /^(?:the|every|each|a)$/.test(the) && month === 'month' ? 3 : 0
}

/** "on Mondays"; one Monday is a date. */
function onDays(words: readonly string[]): Found | null {
  if (words[0] !== 'on' || !/days$/.test(words[1] ?? '')) return null
  const list = dayList(words.slice(1))
  return list === null ? null : { length: 1 + list.length, schedule: { days: list.days } }
}

function dayList(words: readonly string[]): { readonly length: number; readonly days: string } | null {
  const days: string[] = []
  let length = 0
  for (let at = 0; at < words.length; at += 1) {
    const day = dayOf(words[at] ?? '')
    if (day !== null) {
      days.push(day)
      length = at + 1
    } else if (!JOINS.test(words[at] ?? '')) break
  }
  return days.length === 0 ? null : { length, days: days.join(',') }
}

/** Of "monday" and "mondays"; what is shorter may be a word of its own. */
function dayOf(word: string): string | null {
  return /day(?:s)?$/.test(word) ? readWeekday(word.replace(/s$/, '')) : null
}

/** "in UTC", "Africa/Tripoli": a city alone may be what it is about. */
function inZone(tokens: readonly Token[], index: number): Found | null {
  const skipped = tokens[index]?.lower === 'in' ? 1 : 0
  const tz = tokens[index + skipped]?.text ?? ''
  const isMeant = /^utc$/i.test(tz) || (tz.includes('/') && isZone(tz))
  return isMeant ? { length: skipped + 1, schedule: { tz } } : null
}

/** "for two weeks": nothing ends by itself here. */
function lasting(tokens: readonly Token[], index: number): Found | null {
  const span = tokens[index]?.lower === 'for' ? readSpan(tokens.slice(index + 1), '2000-01-01') : null
  if (span === null) return null
  const length = 1 + span.length
  return {
    length,
    leftOut: tokens
      .slice(index, index + length)
      .map(({ text }) => text)
      .join(' '),
  }
}
