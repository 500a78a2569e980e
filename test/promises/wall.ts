import type { Schedule, Weekday } from '../../src/delivery/subscription.ts'

const MINUTE_MS = 60_000
const STEP_MS = 5 * MINUTE_MS
const weekday = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const satisfies readonly Weekday[]

/** A slot as people see it: what the clock on their wall shows, and when that is. */
export type SeenSlot = { readonly key: string; readonly at: number }

/**
 * Reads slots off a wall clock, five minutes by five minutes; it knows nothing of offsets. A time that a day does not
 * show is seen at the first that it shows after it; one that it shows twice, at the first.
 */
export function wallClocks(from: number, until: number) {
  const read = new Map<string, ReadonlyMap<string, readonly { readonly time: string; readonly at: number }[]>>()

  const daysOf = (zone: string) => {
    const known = read.get(zone)
    if (known !== undefined) return known
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
    const days = new Map<string, { time: string; at: number }[]>()
    // A day early and late: the first and the last one are to be whole.
    for (let at = Math.floor(from / STEP_MS) * STEP_MS - 30 * 3_600_000; at <= until + 30 * 3_600_000; at += STEP_MS) {
      const [day = '', time = ''] = format.format(at).split(' ')
      const shown = days.get(day) ?? []
      shown.push({ time, at })
      days.set(day, shown)
    }
    read.set(zone, days)
    return days
  }

  /** All slots of a schedule, the earliest first. Of two at one instant the later name stays: it is what the clock shows. */
  return ({ times, days, zone }: Schedule): readonly SeenSlot[] => {
    const slots = new Map<number, SeenSlot>()
    for (const [day, shown] of daysOf(zone)) {
      if (!days.includes(weekday[new Date(day).getUTCDay()] as Weekday)) continue
      for (const name of times) {
        const at = shown.find(({ time }) => time >= name)?.at
        if (at !== undefined) slots.set(at, { key: `${day} ${name}`, at })
      }
    }
    return [...slots.values()].toSorted((one, other) => one.at - other.at)
  }
}
