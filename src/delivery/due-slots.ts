import { firstInstant, lastOfMonth, localDay, nextDay, weekdayOf } from './local-time.ts'
import { type Schedule, type Weekday, weekdays } from './subscription.ts'

/** One promised digest of a subscription: the day in its zone, and the slot's name, which is its local time. */
export type Slot = { readonly on: string; readonly name: string; readonly dueAt: Date }

/** After this many days of downtime nobody wants a line for each slot that was missed. */
const LOOK_BACK_DAYS = 31

/** Far enough ahead to find three slots of a monthly digest (five weeks apart at most), or to see that there are none. */
const LOOK_AHEAD_DAYS = 106
const DAY_MS = 86_400_000

/** Every slot with `after < dueAt <= until`, oldest first; at most the last month's. */
export function slotsBetween(schedule: Schedule, after: Date, until: Date): readonly Slot[] {
  const earliest = new Date(Math.max(after.getTime(), until.getTime() - LOOK_BACK_DAYS * DAY_MS))
  const lastDay = localDay(until, schedule.zone)
  const slots: Slot[] = []
  for (let day = localDay(earliest, schedule.zone); day <= lastDay; day = nextDay(day)) {
    slots.push(...slotsOfDay(schedule, day).filter((slot) => slot.dueAt > earliest && slot.dueAt <= until))
  }
  return atOneInstantOne(slots)
}

/** The next `count` slots after `after`, for people who want to see what they asked for. */
export function nextSlots(schedule: Schedule, after: Date, count: number): readonly Slot[] {
  const slots: Slot[] = []
  let day = localDay(after, schedule.zone)
  for (let ahead = 0; ahead <= LOOK_AHEAD_DAYS && slots.length <= count; ahead += 1) {
    slots.push(...slotsOfDay(schedule, day).filter((slot) => slot.dueAt > after))
    day = nextDay(day)
  }
  return atOneInstantOne(slots).slice(0, count)
}

/** The longest that its digests lie apart: what the first one looks back, and a preview without one before it. */
export function spanMs({ days, ofMonth }: Pick<Schedule, 'days' | 'ofMonth'>): number {
  if (ofMonth !== undefined) return 31 * DAY_MS
  return days.length === 1 ? 7 * DAY_MS : DAY_MS
}

function slotsOfDay(schedule: Schedule, day: string): readonly Slot[] {
  if (!isOn(schedule, day)) return []
  const { times, zone } = schedule
  return times
    .map((name) => ({ on: day, name, dueAt: firstInstant(day, name, zone) }))
    .toSorted((one, other) => one.dueAt.getTime() - other.dueAt.getTime())
}

function isOn({ days, ofMonth }: Schedule, day: string): boolean {
  const date = Number(day.slice(8))
  if (typeof ofMonth === 'number') return date === Math.min(ofMonth, lastOfMonth(day))
  return days.includes(weekdays[weekdayOf(day)] as Weekday) && (ofMonth === undefined || date <= weekdays.length)
}

/** A time that a day does not have, and that falls on another slot, is that slot: the later name is what the clock shows. */
function atOneInstantOne(slots: readonly Slot[]): readonly Slot[] {
  return [...new Map(slots.map((slot) => [slot.dueAt.getTime(), slot])).values()]
}
