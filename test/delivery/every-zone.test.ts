import { expect, test } from 'vitest'
import { type Slot, slotsBetween } from '../../src/delivery/due-slots.ts'
import { localDay, localTime, nextDay } from '../../src/delivery/local-time.ts'
import { type Schedule, weekdays } from '../../src/delivery/subscription.ts'

const DAY_MS = 86_400_000
const FIRST = Date.UTC(2026, 0, 1)
const DAYS = 730
const hours = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`)
const zones = Intl.supportedValuesOf('timeZone')

const schedule = (zone: string, more: Partial<Schedule> = {}): Schedule => ({
  ...{ times: ['02:30'], days: [...weekdays], zone },
  ...more,
})
const slotsOf = (given: Schedule, from: number, days: number) =>
  slotsBetween(given, new Date(from), new Date(from + days * DAY_MS))

/** By months, as a service finds them that runs all the time: more than a month is not looked back. */
const slotsOfTwoYears = (given: Schedule) =>
  Array.from({ length: DAYS / 10 }, (_, tens) => slotsOf(given, FIRST + tens * 10 * DAY_MS, 10)).flat()

test('in every zone each day of two years has its daily slot once, each week its weekly one and each month its monthly one', () => {
  for (const zone of zones) {
    const daily = slotsOfTwoYears(schedule(zone))
    const weekly = daily.filter(({ on }) => new Date(on).getUTCDay() === 0)

    const first = daily[0]?.on ?? ''
    expect(
      daily.map(({ on }) => on),
      zone,
    ).toEqual(days(first, daily.length))
    expect(daily.length, zone).toBe(DAYS)
    expect(slotsOfTwoYears(schedule(zone, { days: ['sun'] })), zone).toEqual(weekly)
    expect(slotsOfTwoYears(schedule(zone, { ofMonth: 31 })), zone).toEqual(daily.filter(isLast))
  }
}, 120_000)

test('in every zone each hour that a clock shows on a day of change has one slot, a repeated hour one for both', () => {
  for (const zone of zones) {
    for (const day of changesIn(zone)) {
      const slots = slotsOf(schedule(zone, { times: hours }), day - DAY_MS, 3)
      const instants = slots.map(({ dueAt }) => dueAt.getTime())

      expect(new Set(slots.map(({ on, name }) => `${on} ${name}`)).size, zone).toBe(slots.length)
      expect(new Set(instants).size, zone).toBe(slots.length)
      expect(instants, zone).toEqual(instants.toSorted((one, other) => one - other))
      expect(
        slots.map(({ on, name }) => `${on} ${name}`),
        zone,
      ).toEqual(expect.arrayContaining(hoursShown(zone, day - DAY_MS, 3)))
    }
  }
}, 120_000)

/** Of its month. */
function isLast({ on }: Slot): boolean {
  return nextDay(on).endsWith('-01')
}

/** The days, as UTC midnights, in which the zone's offset changes. */
function changesIn(zone: string): readonly number[] {
  const at = (day: number) => localTime(new Date(FIRST + day * DAY_MS), zone)
  return Array.from({ length: DAYS - 3 }, (_, day) => day)
    .filter((day) => at(day) !== at(day + 1))
    .map((day) => FIRST + day * DAY_MS)
}

/** Every full hour that stands on the clock, read off it every half hour. */
function hoursShown(zone: string, from: number, length: number): string[] {
  const shown = new Set<string>()
  for (let at = from + 1_800_000; at <= from + length * DAY_MS; at += 1_800_000) {
    const time = localTime(new Date(at), zone)
    // What came before the stretch begins has its first instant there.
    if (time.endsWith(':00') && at - 3 * 3_600_000 > from) shown.add(`${localDay(new Date(at), zone)} ${time}`)
  }
  return [...shown]
}

function days(first: string, count: number): readonly string[] {
  const all = [first]
  while (all.length < count) all.push(nextDay(all.at(-1) as string))
  return all
}
