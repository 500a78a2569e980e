import { closest } from './closest.ts'
import { NotUnderstoodError } from './not-understood-error.ts'

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

type Weekday = (typeof WEEK)[number]

/** Each day as `days:` takes it, and as people read it. */
export const WEEKDAY_NAMES: readonly (readonly [day: Weekday, name: string])[] = [
  ['mon', 'Monday'],
  ['tue', 'Tuesday'],
  ['wed', 'Wednesday'],
  ['thu', 'Thursday'],
  ['fri', 'Friday'],
  ['sat', 'Saturday'],
  ['sun', 'Sunday'],
]

/** What people call several days at once. */
const NAMED: Readonly<Record<string, readonly Weekday[]>> = {
  daily: WEEK,
  everyday: WEEK,
  all: WEEK,
  weekdays: WEEK.slice(0, 5),
  workdays: WEEK.slice(0, 5),
  weekend: WEEK.slice(5),
  weekends: WEEK.slice(5),
}

/**
 * A local time of `at:`: `09:00`, `9:00`, `9.30`, `9`, `9am`, `6:30pm`. Gives `HH:MM`.
 *
 * @throws {NotUnderstoodError} for anything else; `24:00` is `00:00` of the next day, so it is asked back.
 */
export function readTime(option: string, text: string): string {
  const named = NAMED_TIMES.get(text.trim().toLowerCase())
  if (named !== undefined) return named
  const [, hour, minute = '00', half] = /^(\d{1,2})(?:[:.](\d{2}))?\s*([ap]m)?$/i.exec(text.trim()) ?? []
  const hours = hour === undefined ? Number.NaN : hourOf(Number(hour), half?.toLowerCase())
  if (hours >= 0 && hours <= 23 && Number(minute) <= 59) return `${String(hours).padStart(2, '0')}:${minute}`
  throw new NotUnderstoodError({
    option,
    typed: text,
    explanation: `"${text.slice(0, 40)}" is no time of day. Write ${option}:09:00 or ${option}:18:30.`,
    suggestions: /^24([:.]00)?$/.test(text.trim()) ? ['00:00'] : [],
  })
}

const NAMED_TIMES: ReadonlyMap<string, string> = new Map([
  ['noon', '12:00'],
  ['midnight', '00:00'],
])

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour
  if (hour < 1 || hour > 12) return Number.NaN
  return (hour % 12) + (half === 'pm' ? 12 : 0)
}

/**
 * The days of `days:`: `mon-fri`, `fri-mon`, `mon,wed`, `weekdays`, `daily`. In the order of the week, each once.
 *
 * @throws {NotUnderstoodError} for anything else.
 */
export function readWeekdays(option: string, values: readonly string[]): readonly Weekday[] {
  const days = new Set(values.flatMap((value) => weekdaysOf(option, value)))
  return WEEK.filter((day) => days.has(day))
}

/** The same, for a door that draws the days; `null` for what cannot be read as days. */
export function weekdaysIn(values: readonly string[]): readonly Weekday[] | null {
  try {
    return readWeekdays('days', values)
  } catch (error) {
    if (error instanceof NotUnderstoodError) return null
    throw error
  }
}

/** The days of `days:` of what comes once a month: a date, or the first such weekday. */
export type MonthDay =
  | { readonly ofMonth: number; readonly days: readonly Weekday[] }
  | { readonly ofMonth: 'first'; readonly days: readonly [Weekday] }

const LONGEST_MONTH = 31

/**
 * `1`, `15`, `31` (the last day, where a month is shorter), `last`; `mon` and `first mon` for the first Monday.
 *
 * @throws {NotUnderstoodError} for anything else.
 */
export function readMonthDay(option: string, text: string): MonthDay {
  const typed = text.trim().toLowerCase()
  const date = /^(?:the )?last(?: day)?$/.test(typed)
    ? LONGEST_MONTH
    : Number(/^(\d{1,2})(?:st|nd|rd|th|\.)?$/.exec(typed)?.[1])
  if (date >= 1 && date <= LONGEST_MONTH) return { ofMonth: date, days: WEEK }
  const day = readWeekday(/^(?:the )?(?:first |1st )?([a-z]+)$/.exec(typed)?.[1] ?? '')
  if (day !== null) return { ofMonth: 'first', days: [day] }
  throw new NotUnderstoodError({
    option,
    typed: text,
    explanation: `What comes once a month needs one day: ${option}:1 to ${option}:31, ${option}:last, or ${option}:mon for the first Monday.`,
    suggestions: ['1', 'last', 'mon'],
  })
}

function weekdaysOf(option: string, value: string): readonly Weekday[] {
  const typed = value.trim().toLowerCase()
  const named = Object.hasOwn(NAMED, typed) ? NAMED[typed] : undefined
  if (named !== undefined) return named
  const ends = typed.split(/\s*[-–—]\s*/)
  const [first, last] = [readWeekday(ends[0] ?? ''), readWeekday(ends.at(-1) ?? '')]
  if (ends.length <= 2 && first !== null && last !== null) return between(first, last)
  const near = ends.map((end) => closest(end, [...WEEK, ...Object.values(FULL), ...Object.keys(NAMED)], 1)[0])
  throw new NotUnderstoodError({
    option,
    typed: value,
    explanation: `I cannot read "${value.slice(0, 40)}" as days. Write ${option}:mon-fri, ${option}:mon,thu or ${option}:daily.`,
    suggestions: ends.length <= 2 && near.every((day) => day !== undefined) ? [near.join('-')] : [],
  })
}

/** `mon`, `monday`, `tues`, in small letters; `null` if it is no day. */
export function readWeekday(word: string): Weekday | null {
  const day = WEEK.find((known) => word.startsWith(known))
  return day !== undefined && FULL[day].startsWith(word) ? day : null
}

const FULL: Readonly<Record<Weekday, string>> = {
  mon: 'monday',
  tue: 'tuesday',
  wed: 'wednesday',
  thu: 'thursday',
  fri: 'friday',
  sat: 'saturday',
  sun: 'sunday',
}

/** Both included; `fri-mon` goes over the weekend. */
function between(first: Weekday, last: Weekday): readonly Weekday[] {
  const start = WEEK.indexOf(first)
  const length = ((WEEK.indexOf(last) - start + WEEK.length) % WEEK.length) + 1
  return Array.from({ length }, (_, step) => WEEK[(start + step) % WEEK.length] as Weekday)
}

/**
 * A time zone as its official name: `Africa/Tripoli`, in any case, or its city alone. Offsets such
 * as `+02:00` are refused: they do not know summer time.
 *
 * @throws {NotUnderstoodError} for anything else.
 */
export function readZone(option: string, text: string): string {
  const typed = text.trim().replaceAll(' ', '_')
  if (/^(utc|gmt|z)$/i.test(typed)) return 'UTC'
  const zones = Intl.supportedValuesOf('timeZone')
  const lower = typed.toLowerCase()
  const exact = zones.find((zone) => zone.toLowerCase() === lower) ?? zoneOfIntl(typed)
  if (exact !== null) return exact
  const inCity = zones.filter((zone) => cityOf(zone) === lower)
  if (inCity.length === 1 && inCity[0] !== undefined) return inCity[0]
  throw new NotUnderstoodError({
    option,
    typed: text,
    explanation: `I know no time zone "${text.slice(0, 40)}". Write the city that gives it its name, such as ${option}:Africa/Tripoli.`,
    suggestions: inCity.length > 0 ? inCity : nearZones(lower, zones),
  })
}

/** Names that are no longer official but still understood (`Asia/Calcutta`), in the spelling of today. */
function zoneOfIntl(typed: string): string | null {
  if (!/^[a-z]+\/[a-z_/-]+$/i.test(typed)) return null
  try {
    return new Intl.DateTimeFormat('en', { timeZone: typed }).resolvedOptions().timeZone
  } catch {
    // Intl has no other way to ask whether a zone exists.
    return null
  }
}

function nearZones(typed: string, zones: readonly string[]): readonly string[] {
  const cities = new Set(closest(typed.split('/').at(-1) ?? '', zones.map(cityOf), 2))
  return zones.filter((zone) => cities.has(cityOf(zone))).slice(0, 3)
}

function cityOf(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1).toLowerCase()
}

/** Whether the runtime knows a zone of that very name. */
export function isZone(name: string): boolean {
  return zoneOfIntl(name) !== null || name === 'UTC'
}
