import type { Clock } from '../../src/base/clock.ts'

/** A clock that stands still until it is moved by hand. */
export function handClock(
  start = '2026-11-20T08:00:00Z',
): Clock & { advance: (by: Partial<Record<Unit, number>>) => void; set: (to: string) => void } {
  let now = Date.parse(start)
  return {
    now: () => new Date(now),
    advance: (by) => {
      for (const [unit, count] of Object.entries(by)) now += count * UNIT_MS[unit as Unit]
    },
    set: (to) => {
      now = Date.parse(to)
    },
  }
}

type Unit = 'days' | 'hours' | 'minutes' | 'seconds'

const UNIT_MS: Readonly<Record<Unit, number>> = { days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1_000 }
