/**
 * Wall clocks and instants. `Intl` knows every zone's rules; what no library does is our rule for a
 * wall time that a day does not have, so it stands here.
 */

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formats.set(zone, format)
  return format
}

/** What a clock in `zone` shows, written as if it were UTC: milliseconds since 1970, to the second. */
function wallOf(at: number, zone: string): number {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
  for (const { type, value } of formatOf(zone).formatToParts(at)) parts[type] = value
  const { year, month, day, hour, minute, second } = parts
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second))
}

/** The calendar day in `zone`, `YYYY-MM-DD`. */
export function localDay(at: Date, zone: string): string {
  return new Date(wallOf(at.getTime(), zone)).toISOString().slice(0, 10)
}

/** The wall time in `zone`, `HH:MM`. */
export function localTime(at: Date, zone: string): string {
  return new Date(wallOf(at.getTime(), zone)).toISOString().slice(11, 16)
}

/** The day after `day`. */
export function nextDay(day: string): string {
  return new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10)
}

/** How many days the month of `day` has. */
export function lastOfMonth(day: string): number {
  const [year = 0, month = 1] = day.split('-').map(Number)
  // Day 0 is the last of the month before.
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

export function dayBefore(day: string): string {
  return new Date(Date.parse(day) - DAY_MS).toISOString().slice(0, 10)
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayOf(day: string): number {
  return (new Date(day).getUTCDay() + 6) % 7
}

/**
 * The first instant at which a clock in `zone` shows `time` on `day`: the first of two where the
 * clock goes back, and where it goes forward over that time, the first instant after the gap.
 *
 * @param day `YYYY-MM-DD`
 * @param time `HH:MM`
 */
export function firstInstant(day: string, time: string, zone: string): Date {
  const wall = Date.parse(`${day}T${time}:00Z`)
  // No zone is more than a day from UTC, so the offsets in force around the wall time are these.
  const offsets = [wall - DAY_MS, wall, wall + DAY_MS].map((at) => wallOf(at, zone) - at)
  const exact = offsets.map((offset) => wall - offset).filter((at) => wallOf(at, zone) === wall)
  if (exact.length > 0) return new Date(Math.min(...exact))
  return endOfGap(wall - Math.max(...offsets), wall - Math.min(...offsets), wall, zone)
}

/** Between `before` (its clock has not reached `wall`) and `after` (it has): the minute at which it jumps past. */
function endOfGap(before: number, after: number, wall: number, zone: string): Date {
  let low = before - MINUTE_MS
  let high = after
  while (high - low > MINUTE_MS) {
    const middle = low + Math.floor((high - low) / 2 / MINUTE_MS) * MINUTE_MS
    if (wallOf(middle, zone) >= wall) high = middle
    else low = middle
  }
  return new Date(high)
}

/** The last millisecond of `day` in `zone`. */
export function endOfDay(day: string, zone: string): Date {
  return new Date(firstInstant(nextDay(day), '00:00', zone).getTime() - 1)
}
