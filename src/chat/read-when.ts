import { closest } from './closest.ts'
import { NotUnderstoodError } from './not-understood-error.ts'

/** From when a person types it: their day and, unless they said otherwise, UTC. */
export type Here = { readonly at: Date; readonly timeZone: string | null }

/** `YYYY-MM-DD`, both included. */
export type Days = { readonly from: string; readonly to: string }

const HOUR_MS = 3_600_000
const UNIT_HOURS: Readonly<Record<string, number>> = { h: 1, d: 24, w: 24 * 7, m: 24 * 30, y: 24 * 365 }
const UNITS: Readonly<Record<string, string>> = {
  hour: 'h',
  hours: 'h',
  hr: 'h',
  hrs: 'h',
  day: 'd',
  days: 'd',
  week: 'w',
  weeks: 'w',
  wk: 'w',
  wks: 'w',
  mo: 'm',
  month: 'm',
  months: 'm',
  year: 'y',
  years: 'y',
  yr: 'y',
  yrs: 'y',
}
/** Nothing in the press is older than what a newspaper archive keeps. */
const FIRST_YEAR = 1900
const LAST_YEAR = 2100

/** How long `24h`, `7d`, `2w`, `3m` (months) or `1y` is, in milliseconds; `null` for anything else. */
export function readDurationMs(text: string): number | null {
  const [, count, word = ''] = /^(\d{1,5})\s*([a-z]{1,6})$/i.exec(text.trim()) ?? []
  const unit = word.toLowerCase()
  const hours = UNIT_HOURS[UNITS[unit] ?? unit]
  if (count === undefined || hours === undefined) return null
  const ms = Number(count) * hours * HOUR_MS
  return ms <= (LAST_YEAR - FIRST_YEAR) * 365 * 24 * HOUR_MS ? ms : null
}

/**
 * The day from which `since:` counts: `7d`, `2021`, `2021-08`, `2021-08-19`, `today`, `yesterday`.
 *
 * @throws {NotUnderstoodError} for anything else, an impossible date included.
 */
export function readSince(text: string, here: Here): string {
  return readDays('since', text, here).from
}

/**
 * The last day that `until:` counts; of `2021-08` the 31st.
 *
 * @throws {NotUnderstoodError} as `readSince`.
 */
export function readUntil(text: string, here: Here): string {
  return readDays('until', text, here).to
}

/**
 * A date as exact as it was given: `2026-11-20`, `2026-11`, `2026`; of a time ago the day.
 *
 * @throws {NotUnderstoodError} as `readSince`.
 */
export function readDate(option: string, text: string, here: Here): string {
  const { from, to } = readDays(option, text, here)
  if (from === to) return from
  return from.slice(0, 4) === to.slice(0, 4) && from.slice(5, 7) === to.slice(5, 7)
    ? from.slice(0, 7)
    : from.slice(0, 4)
}

/** Where `option` ends a time before `since:` begins it. */
export function backwards(option: string, typed: string): NotUnderstoodError {
  const explanation = `${option}: is before since:, so nothing can lie between. Turn them round, or leave one out.`
  return new NotUnderstoodError({ option, typed, explanation })
}

/** The days that a date, a month, a year or a time ago covers. `option` is named in the explanation. */
export function readDays(option: string, text: string, here: Here): Days {
  const typed = text.trim().toLowerCase()
  const ago = typed === 'today' ? 0 : typed === 'yesterday' ? 24 * HOUR_MS : readDurationMs(typed)
  if (ago !== null) {
    const day = dayIn(here.timeZone ?? 'UTC', new Date(here.at.getTime() - ago))
    return { from: day, to: day }
  }
  const days = calendarDays(typed)
  if (days !== null) return days
  throw new NotUnderstoodError({
    option,
    typed: text,
    explanation: `I cannot read "${text.slice(0, 40)}" as a time. Write ${option}:7d, ${option}:2021-08 or ${option}:2021-08-19.`,
    suggestions: closest(typed, ['today', 'yesterday']),
  })
}

function calendarDays(typed: string): Days | null {
  const [, year, month, day] = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(typed) ?? []
  if (year === undefined || Number(year) < FIRST_YEAR || Number(year) > LAST_YEAR) return null
  if (month === undefined) return { from: `${year}-01-01`, to: `${year}-12-31` }
  const first = isoDay(Number(year), Number(month), Number(day ?? 1))
  if (first === null) return null
  // Day 0 of the next month is the last of this one.
  return day === undefined
    ? { from: first, to: dayOf(Date.UTC(Number(year), Number(month), 0)) }
    : { from: first, to: first }
}

/** `null` for a day that no calendar has: 30 February. */
function isoDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? dayOf(date.getTime()) : null
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

/** The calendar day in `zone`, `YYYY-MM-DD`. */
function dayIn(zone: string, at: Date): string {
  // Sweden writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(at)
}
