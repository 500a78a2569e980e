import { monthOf } from './month-names.ts'
import { instantInZone, namedOffsetMinutes, offsetMinutes } from './time-zone.ts'

/** No date is longer than this; what is longer is no date. */
const LONGEST = 100

/** A feed's dates lie between these years; anything else is a typing error or a joke. */
const FIRST_YEAR = 1900
const LAST_YEAR = 2200

type Parts = {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  ms: number
  /** Minutes east of UTC, the name of an IANA zone, or `null` where none was given: UTC then, never local time. */
  zone: number | string | null
}

/**
 * The instant that a publisher's date means, however it is written: RFC 822 and its many
 * misspellings, RFC 3339 and W3C-DTF with weeks and ordinal days, asctime, SQL, and what people
 * write in the languages of `month-names.ts`, in Chinese, Japanese and Korean.
 *
 * What cannot be a date gives `null`, never the present moment, and the 31st of June is no date.
 *
 * @see RFC 5322, section 3.3; RFC 3339; W3C NOTE-datetime
 */
export function readDate(raw: string | null | undefined): Date | null {
  if (raw === null || raw === undefined) return null
  const text = raw
    .slice(0, LONGEST + 1)
    .replace(/[\s\u00a0\u202f]{1,101}/g, ' ')
    .trim()
  if (text === '' || text.length > LONGEST) return null
  const figures = withFigures(text).replace(/^(\d{8})(\d{6})(?=Z?$)/, '$1T$2')
  return readEpoch(figures) ?? toDate(readIso(figures) ?? readWords(figures))
}

function readEpoch(text: string): Date | null {
  if (!/^(?:\d{10}|\d{13})$/.test(text)) return null
  return new Date(Number(text) * (text.length === 10 ? 1_000 : 1))
}

const DATE =
  /^(?:(\d{4})-?W(\d\d)(?:-?([1-7]))?|(\d{4})-?(\d\d)-?(\d\d)|(\d{4})-(\d\d?)-(\d\d?)|(\d{4})-?(\d{3})|(\d{4})(?:-(\d\d))?|(\d\d)-(\d\d)-(\d\d)|(\d\d)(\d\d)(\d\d))(?![\d])/
const CLOCK =
  /^(?:T|\s|:)?\s?(?:(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,9})\d{0,20})?)?|(\d{2})(\d{2})(?:(\d{2})(?:[.,](\d{1,9})\d{0,20})?)?)(?!\d)/i
const HOUR = /^T(\d{2})(?=Z|[+\-−]|\s|$)/i
const OFFSET = /^:?(?:UTC|GMT)?\s?[+\-−]?([+\-−])\s?(\d{1,2}):?(\d{2})?(?::?\d{2})?$/i

function readIso(text: string): Parts | null {
  const date = DATE.exec(text)
  if (date === null) return null
  const [whole, weekYear, week, weekday, y1, m1, d1, y2, m2, d2, y3, ordinal, y4, m4, y5, m5, d5, y6, m6, d6] = date
  const year = weekYear ?? y1 ?? y2 ?? y3 ?? y4 ?? fullYear(y5 ?? y6)
  if (year === undefined) return null
  const parts: Parts = {
    year: Number(year),
    month: ordinal === undefined ? Number(m1 ?? m2 ?? m4 ?? m5 ?? m6 ?? 1) : 1,
    day: Number(d1 ?? d2 ?? d5 ?? d6 ?? 1),
    hour: 0,
    minute: 0,
    second: 0,
    ms: 0,
    zone: null,
  }
  let rest = text.slice(whole.length)
  if (ordinal !== undefined && !setDayOfYear(parts, Number(ordinal))) return null
  if (week !== undefined && !setDayOfWeek(parts, Number(week), Number(weekday ?? 1))) return null
  if (rest.trim() === '') return parts
  const clock = CLOCK.exec(rest) ?? HOUR.exec(rest)
  if (clock === null) return /^\s?(?:T|Z)?$/i.test(rest) ? parts : null
  const [, hour, minute, second, fraction, ...plain] = clock
  setClock(parts, hour === undefined ? ['', ...plain] : ['', hour, minute, second, fraction])
  rest = rest.slice(clock[0].length).trim()
  const half = /^([ap])\.?m\.?\b\s?/i.exec(rest)
  if (half !== null) {
    if (!setHalf(parts, half[1] as string)) return null
    rest = rest.slice(half[0].length)
  }
  return setZone(parts, rest) ? parts : null
}

function setDayOfYear(parts: Parts, ordinal: number): boolean {
  const date = new Date(Date.UTC(parts.year, 0, ordinal))
  parts.month = date.getUTCMonth() + 1
  parts.day = date.getUTCDate()
  return ordinal >= 1 && date.getUTCFullYear() === parts.year
}

/** ISO 8601: the first week of a year is the one with its 4th of January, and Monday is day 1. */
function setDayOfWeek(parts: Parts, week: number, weekday: number): boolean {
  const { year } = parts
  const fourth = new Date(Date.UTC(year, 0, 4))
  const monday = 4 - ((fourth.getUTCDay() + 6) % 7)
  const date = new Date(Date.UTC(year, 0, monday + (week - 1) * 7 + weekday - 1))
  parts.year = date.getUTCFullYear()
  parts.month = date.getUTCMonth() + 1
  parts.day = date.getUTCDate()
  // Its Thursday says to which year a week belongs.
  const thursday = new Date(Date.UTC(year, 0, monday + (week - 1) * 7 + 3))
  return week >= 1 && thursday.getUTCFullYear() === year
}

function setClock(parts: Parts, [, hour, minute, second, fraction]: readonly (string | undefined)[]): void {
  parts.hour = Number(hour)
  parts.minute = Number(minute ?? 0)
  parts.second = Number(second ?? 0)
  parts.ms = Math.floor(Number(`0.${fraction ?? 0}`) * 1_000)
}

function setHalf(parts: Parts, half: string): boolean {
  if (parts.hour > 12) return half.toLowerCase() === 'p'
  parts.hour = (parts.hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  return true
}

function setZone(parts: Parts, text: string): boolean {
  // JavaScript's own way of writing adds the zone's long name in brackets.
  const zone = text.replace(/\([^()]{0,60}\)\s?$/, '').trim()
  if (zone === '') return true
  const offset = OFFSET.exec(zone)
  if (offset !== null) {
    parts.zone = offsetMinutes(offset[1] as string, offset[2] as string, offset[3])
    return parts.zone !== null
  }
  // `EST-0500`, `PST (Pacific)`: the number is the safer half.
  const both = /^[A-Za-z]{2,5}\s?([+\-−]\d{2}):?(\d{2})$/.exec(zone)
  if (both !== null) return setZone(parts, `${both[1]}${both[2]}`)
  const named = namedOffsetMinutes(zone)
  parts.zone = named ?? (zone.includes('/') ? zone : null)
  // RFC 2822, section 4.3: single letters of military zones say nothing reliable and count as UTC.
  return parts.zone !== null || /^[A-Za-z]$/.test(zone)
}

const WORD = /[\p{L}]+(?:\/[\p{L}_]+){1,2}|[\p{L}]+\.?/gu
const NUMERIC_DAY = /(?<!\d)(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,4})(?!\d)/
const WALL =
  /(?<![\d:])(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:[.,]\d{1,9})?)?)\s?([ap]\.?m\b)?|(?<![\d:])(\d{1,2})(?:h|\suhr)(\d{2})?\b|(?<![\d:])(\d{1,2})\s?([ap]\.?m\b)/i

/** Where nobody writes colons: behind a year of four digits, so that it is no day. */
const DOTTED_WALL = /(?<=\d{4},?\s(?:(?:klo|kl\.?|um|godz\.)\s)?)(\d{1,2})\.(\d{2})(?:\.(\d{2}))?(?![\d.])/

/** Everything that names its month in words, or parts its numbers by strokes and stops. */
function readWords(text: string): Parts | null {
  const parts: Parts = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0, ms: 0, zone: null }
  let rest = text
  const wall = WALL.exec(rest) ?? DOTTED_WALL.exec(rest)
  if (wall !== null) {
    const half = wall[4] ?? wall[8]
    setClock(parts, [undefined, wall[1] ?? wall[5] ?? wall[7], wall[2] ?? wall[6], wall[3]])
    if (half !== undefined && !setHalf(parts, half[0] as string)) return null
    const after = rest.slice(wall.index + wall[0].length).trim()
    const zone =
      /^[([]?\s?((?:[A-Za-z]{1,5}\s?)?[+\-−]{1,2}\s?\d{1,2}:?\d{0,2}(?!\d)|[A-Z][A-Za-z_]+(?:\/[A-Za-z_+-]+){1,2}\d{0,2}|[A-Za-z]{1,5}\b)/.exec(
        after,
      )
    const usable = zone !== null && monthOf(zone[1] as string) === null && !isWeekday(zone[1] as string)
    const understood = usable && setZone(parts, zone[1] as string)
    if (usable && !understood && /\d/.test(zone[1] as string) && !/^[-−]\s?\d{1,2}$/.test(zone[1] as string))
      return null
    rest = `${rest.slice(0, wall.index)} ${understood ? after.slice(zone?.[0].length) : after}`
    // asctime puts the year, and others the whole day, between the clock and its zone.
    const last = understood ? null : /\s([+\-−]\d{2}:?\d{2}|[A-Z]{3,5})$/.exec(rest)
    if (last !== null && monthOf(last[1] as string) === null && setZone(parts, last[1] as string))
      rest = rest.slice(0, last.index)
  }
  return (setNumericDay(parts, rest) || setWordDay(parts, rest)) && parts.year !== 0 ? parts : null
}

const EASTERN_DAY = /(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]/
const EASTERN_CLOCK = /(\d{1,2})\s?[時时点시]\s?(?:(\d{1,2})\s?[分분])?\s?(?:(\d{1,2})\s?[秒초])?/
const EASTERN_HALF = /오전|오후|上午|下午|午前|午後|凌晨|早上|晚上/

/** `2004년 05월 28일 오후 11:31:58` and `2004年5月28日 23時31分` as the same in figures, as far west of Asia they are read. */
function withFigures(text: string): string {
  if (!/[年년월月時时点시]|오전|오후|上午|下午|午前|午後/.test(text)) return text
  const half = EASTERN_HALF.exec(text)?.[0]
  const plain = text
    .replace(EASTERN_HALF, ' ')
    .replace(EASTERN_DAY, (_, year: string, month: string, day: string) => `${year}-${month}-${day} `)
    .replace(EASTERN_CLOCK, (_, hour: string, minute = '00', second = '00') => `${hour}:${minute}:${second}`)
    .replace(/[（(][月火水木金土日一二三四五六][)）]|(?:星期|周|週)[一二三四五六日天]|[월화수목금토일]요일/, ' ')
    .replace(/\s{1,20}/g, ' ')
    .trim()
  return half !== undefined && /오후|下午|午後|晚上/.test(half) ? `${plain} pm` : plain
}

function setNumericDay(parts: Parts, text: string): boolean {
  const match = NUMERIC_DAY.exec(text)
  if (match === null) return false
  const [, a = '', separator, b = '', c = ''] = match
  if (a.length === 4) return setDay(parts, a, b, c)
  const year = fullYear(c)
  if (year === undefined || a.length > 2) return false
  // With strokes it is American unless it cannot be; with stops and hyphens the day comes first.
  const monthFirst = separator === '/' ? Number(a) <= 12 : Number(b) > 12
  return monthFirst ? setDay(parts, year, a, b) : setDay(parts, year, b, a)
}

function setWordDay(parts: Parts, text: string): boolean {
  // The last one: `mar. 17 nov.` is a Tuesday in November.
  const month = [...text.matchAll(WORD)].map(([word]) => monthOf(word)).findLast((found) => found !== null)
  const numbers = [...text.matchAll(/(?<![\d+−])\d{1,4}(?!\d)/g)].map(([digits]) => digits)
  if (month === undefined || month === null) return false
  const long = numbers.find((digits) => digits.length === 4)
  const short = numbers.filter((digits) => digits.length <= 2)
  const year = long ?? fullYear(short[1])
  if (year === undefined) return false
  return setDay(parts, year, String(month), short[0] ?? '1')
}

function setDay(parts: Parts, year: string, month: string, day: string): boolean {
  parts.year = Number(year)
  parts.month = Number(month)
  parts.day = Number(day)
  return true
}

function isWeekday(word: string): boolean {
  return /^(?:mon|tue|wed|thu|fri|sat|sun)/i.test(word)
}

/** Two digits as RFC 2822 reads them: 00 to 49 is this century. */
function fullYear(digits: string | undefined): string | undefined {
  if (digits === undefined || digits.length === 4) return digits
  if (digits.length !== 2) return undefined
  return `${Number(digits) < 50 ? 20 : 19}${digits}`
}

function toDate(parts: Parts | null): Date | null {
  if (parts === null || parts.year < FIRST_YEAR || parts.year > LAST_YEAR) return null
  const { year, month, day, hour, minute, second, ms, zone } = parts
  if (month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null
  // 24:00 is the end of the day, and second 60 is a leap second.
  if (hour > 24 || minute > 59 || second > 60 || (hour === 24 && minute + second > 0)) return null
  const local = Date.UTC(year, month - 1, day, hour, minute, Math.min(second, 59), ms)
  const instant = typeof zone === 'string' ? instantInZone(local, zone) : local - (zone ?? 0) * 60_000
  return instant === null || instant === 0 ? null : new Date(instant)
}
