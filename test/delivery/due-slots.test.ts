import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nextSlots, slotsBetween } from '../../src/delivery/due-slots.ts'
import { firstInstant, localDay, localTime } from '../../src/delivery/local-time.ts'
import { type Schedule, weekdays } from '../../src/delivery/subscription.ts'

const everyDay = [...weekdays]
const zones = Intl.supportedValuesOf('timeZone')

test('a slot inside the hour that spring takes away is due at the first minute after it', () => {
  expect(firstInstant('2026-03-29', '02:30', 'Europe/Berlin').toISOString()).toBe('2026-03-29T01:00:00.000Z')
})

test('a slot inside the hour that autumn gives twice is due in the first of the two', () => {
  expect(firstInstant('2026-10-25', '02:30', 'Europe/Berlin').toISOString()).toBe('2026-10-25T00:30:00.000Z')
})

test('a slot on a day that a zone left out is due when the next day begins', () => {
  expect(firstInstant('2011-12-30', '09:00', 'Pacific/Apia').toISOString()).toBe('2011-12-30T10:00:00.000Z')
})

test('half-hour zones and half-hour changes keep their wall time', () => {
  const due = firstInstant('2026-10-04', '02:15', 'Australia/Lord_Howe')

  expect(localTime(due, 'Australia/Lord_Howe')).toBe('02:30')
})

test('in every zone, each day of two years has each slot once, in order, on its own day', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: 0, max: 1439 }),
      fc.integer({ min: 0, max: 700 }),
      (zone, minute, offset) => {
        const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
        const from = new Date(Date.UTC(2026, 0, 1) + offset * 86_400_000)
        const until = new Date(from.getTime() + 30 * 86_400_000)

        const slots = slotsBetween({ times: [time], days: everyDay, zone }, from, until)

        expect(new Set(slots.map((slot) => slot.on)).size).toBe(slots.length)
        expect(slots.length).toBeGreaterThanOrEqual(29)
        for (const slot of slots) {
          expect(localDay(slot.dueAt, zone)).toBe(slot.on)
          expect(localTime(slot.dueAt, zone) >= time).toBe(true)
          expect(
            localTime(new Date(slot.dueAt.getTime() - 60_000), zone) >= time &&
              localDay(new Date(slot.dueAt.getTime() - 60_000), zone) === slot.on,
          ).toBe(false)
        }
      },
    ),
    { numRuns: 150, seed: 20_261_125 },
  )
})

test('however a stretch of time is cut, the same slots come out, each once', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.array(fc.integer({ min: 0, max: 20 * 1440 }), { maxLength: 6 }),
      (zone, cuts) => {
        const schedule = { times: ['02:30', '09:00'], days: everyDay, zone }
        const start = Date.UTC(2026, 9, 20)
        const ends = [0, ...cuts.toSorted((a, b) => a - b), 20 * 1440].map(
          (minute) => new Date(start + minute * 60_000),
        )

        const inPieces = ends.slice(1).flatMap((end, index) => slotsBetween(schedule, ends[index] as Date, end))

        expect(inPieces).toEqual(slotsBetween(schedule, ends[0] as Date, ends.at(-1) as Date))
      },
    ),
    { numRuns: 60, seed: 20_261_125 },
  )
})

test('the next three slots skip the days that were not asked for', () => {
  const friday = new Date('2026-11-20T12:00:00Z')

  const slots = nextSlots({ times: ['09:00'], days: ['mon', 'fri'], zone: 'Africa/Tripoli' }, friday, 3)

  expect(slots.map((slot) => slot.dueAt.toISOString())).toEqual([
    '2026-11-23T07:00:00.000Z',
    '2026-11-27T07:00:00.000Z',
    '2026-11-30T07:00:00.000Z',
  ])
})

describe('a monthly digest', () => {
  const monthly = (ofMonth: number | 'first', more: Partial<Schedule> = {}): Schedule => ({
    ...{ times: ['09:00'], days: everyDay, zone: 'Europe/Berlin', ofMonth },
    ...more,
  })
  const due = (schedule: Schedule, after: string, count = 1) =>
    nextSlots(schedule, new Date(after), count).map(({ dueAt }) => dueAt.toISOString())

  test('of a day that a month does not have comes on its last, at its own wall time in summer and winter', () => {
    expect(due(monthly(31), '2027-01-15T12:00:00Z', 3)).toEqual([
      '2027-01-31T08:00:00.000Z',
      '2027-02-28T08:00:00.000Z',
      '2027-03-31T07:00:00.000Z',
    ])
    expect(due(monthly(30), '2028-02-01T00:00:00Z', 2)).toEqual([
      '2028-02-29T08:00:00.000Z',
      '2028-03-30T07:00:00.000Z',
    ])
  })

  test('on a weekday comes on the first of the month, which can be the first day or the seventh', () => {
    const mondays = monthly('first', { days: ['mon'] })

    expect(nextSlots(mondays, new Date('2027-01-04T08:00:00Z'), 3).map(({ on }) => on)).toEqual([
      '2027-02-01',
      '2027-03-01',
      '2027-04-05',
    ])
    expect(nextSlots(mondays, new Date('2026-06-30T08:00:00Z'), 1)[0]?.on).toBe('2026-07-06')
  })

  test('inside the hour that spring takes away is due at the first minute after it, and once in a repeated one', () => {
    const [spring] = due(monthly(29, { times: ['02:30'] }), '2026-03-02T00:00:00Z')
    const autumn = slotsBetween(
      monthly(25, { times: ['02:30'] }),
      new Date('2026-10-20T00:00:00Z'),
      new Date('2026-10-31T00:00:00Z'),
    )

    expect(spring).toBe('2026-03-29T01:00:00.000Z')
    expect(autumn.map(({ dueAt }) => dueAt.toISOString())).toEqual(['2026-10-25T00:30:00.000Z'])
  })
})
