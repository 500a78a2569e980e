import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import { readTime, readWeekday } from '../src/chat/read-schedule.ts'
import { firstInstant, localDay, nextDay, weekdayOf } from '../src/delivery/local-time.ts'
import { weekdays } from '../src/delivery/subscription.ts'

/** A day, and a local time of it if one was named. */
export type Moment = { readonly on: string; readonly time: string | null }

type Here = {
  readonly at: Date
  readonly zone: string
  /** Whether a time of day, or a weekday, means the next one or the last one. */
  readonly looks: 'ahead' | 'back'
}

const WEEK = 7

/**
 * `09:00`, `yesterday 09:00`, `tomorrow`, `mon 18:30`, `2026-11-20`, `2026-11-20 09:00`, as people of the zone
 * mean it now.
 *
 * @throws {NotUnderstoodError} for anything else.
 */
export function readMoment(option: string, typed: string, here: Here): Moment {
  const [first = '', ...rest] = typed
    .trim()
    .toLowerCase()
    .split(/[\s,]+|(?<=\d)t(?=\d)/)
    .filter((word) => word !== 'at')
  const day = dayOf(first, here)
  if (day === null && rest.length === 0) return atTime(readTime(option, first), here)
  if (day !== null && rest.length <= 1)
    return { on: day, time: rest[0] === undefined ? null : readTime(option, rest[0]) }
  throw new NotUnderstoodError({
    option,
    typed,
    explanation: `I cannot read "${typed.slice(0, 40)}" as a time. Write ${option}:09:00, ${option}:"mon 09:00" or ${option}:"2026-11-20 09:00".`,
  })
}

/** The instant of it; of a day without a time, its beginning. */
export function instantOf({ on, time }: Moment, zone: string): Date {
  return firstInstant(on, time ?? '00:00', zone)
}

function atTime(time: string, { at, zone, looks }: Here): Moment {
  const today = localDay(at, zone)
  const isPast = firstInstant(today, time, zone) <= at
  if (looks === 'ahead') return { on: isPast ? nextDay(today) : today, time }
  return { on: isPast ? today : daysFrom(today, -1), time }
}

function dayOf(word: string, { at, zone, looks }: Here): string | null {
  const today = localDay(at, zone)
  if (word === 'today') return today
  if (word === 'tomorrow') return nextDay(today)
  if (word === 'yesterday') return daysFrom(today, -1)
  if (/^\d{4}-\d{2}-\d{2}$/.test(word)) return isDay(word) ? word : null
  const weekday = readWeekday(word)
  if (weekday === null) return null
  const ahead = (weekdays.indexOf(weekday) - weekdayOf(today) + WEEK) % WEEK
  return daysFrom(today, looks === 'ahead' ? ahead || WEEK : ahead === 0 ? 0 : ahead - WEEK)
}

/** Whether a calendar has it: 30 February is none. */
function isDay(day: string): boolean {
  const at = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day)
}

function daysFrom(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
}
