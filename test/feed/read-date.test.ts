import { expect, test } from 'vitest'
import { readDate } from '../../src/feed/read-date.ts'

test.each([
  ['Mon, 16 Nov 2026 09:00:00 GMT', '2026-11-16T09:00:00'],
  ['Mon, 16 Nov 2026 09:00:00 CET', '2026-11-16T08:00:00'],
  ['Mon, 16 Nov 2026 09:00:00 +0300 (MSK)', '2026-11-16T06:00:00'],
  ['16 Nov 26 09:00 EST', '2026-11-16T14:00:00'],
  ['2026-11-16T09:00:00-05:00', '2026-11-16T14:00:00'],
  ['2026-11-16 09:00', '2026-11-16T09:00:00'],
  ['Sun, 29 Mar 2026 02:30:00 Europe/Berlin', '2026-03-29T01:30:00'],
  ['Mon Nov 16 2026 09:00:00 GMT+0300 (Moscow Standard Time)', '2026-11-16T06:00:00'],
  ['November 16th, 2026 at 3:09pm', '2026-11-16T15:09:00'],
  ['16 ноября 2026, 09:05', '2026-11-16T09:05:00'],
  ['16. November 2026 14:30 Uhr', '2026-11-16T14:30:00'],
  ['le 3 février 2026 à 14h30', '2026-02-03T14:30:00'],
  ['31/12/2026', '2026-12-31T00:00:00'],
  ['2026-11-16T24:00:00Z', '2026-11-17T00:00:00'],
])('%s is %s in UTC', (written, instant) => {
  expect(readDate(written)?.toISOString().slice(0, 19)).toBe(instant)
})

test.each([
  '',
  'yesterday',
  '31 June 2026',
  '2026-02-29',
  '2026-13-01',
  '25:00 16 Nov 2026',
  '0',
  '-1',
  '1e309',
  'Mon, 16 Nov 2026 09:00 +2600',
  '16 Nov',
  'x'.repeat(5_000),
])('what is no date gives none: %s', (written) => {
  expect(readDate(written)).toBeNull()
})
