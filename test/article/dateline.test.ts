import { expect, test } from 'vitest'
import { splitDateline } from '../../src/article/dateline.ts'

const PUBLISHED = new Date('2026-11-16T12:00:00Z')
const split = (text: string, published: Date | null = PUBLISHED) => splitDateline([text], published)

test.each([
  ['ARDENNA, November 16. /VNA/. The minister arrived.', 'Ardenna', '2026-11-16', 'VNA'],
  ['ARDENNA, November 16./VNA/. The minister arrived.', 'Ardenna', '2026-11-16', 'VNA'],
  ['ARDENNA, Nov 16 (Reuters) - The minister arrived.', 'Ardenna', '2026-11-16', 'Reuters'],
  ['ARDENNA, Nov. 16 (Xinhua) -- The minister arrived.', 'Ardenna', '2026-11-16', 'Xinhua'],
  ['ARDENNA. Nov 16 (Interfax) - The minister arrived.', 'Ardenna', '2026-11-16', 'Interfax'],
  ['ARDENNA. Nov 16. INTERLINK - The minister arrived.', 'Ardenna', '2026-11-16', 'INTERLINK'],
  ['ARDENNA (AP) — The minister arrived.', 'Ardenna', null, 'AP'],
  ['ARDENNA, Valdora (AP) — The minister arrived.', 'Ardenna, Valdora', null, 'AP'],
  ['Ardenna (AFP) – The minister arrived.', 'Ardenna', null, 'AFP'],
  ['PORT LERSK, 16 November 2026 – The minister arrived.', 'Port Lersk', '2026-11-16', null],
  ['ARDENNA/PORT LERSK, Nov 16 (Reuters) - The minister arrived.', 'Ardenna/Port Lersk', '2026-11-16', 'Reuters'],
  ['ARDENNA (Nov. 16) -- The minister arrived.', 'Ardenna', '2026-11-16', null],
  ['ARDENNA — The minister arrived.', 'Ardenna', null, null],
  ['PORT LERSK: The minister arrived.', 'Port Lersk', null, null],
  ['(Reuters) - The minister arrived.', null, null, 'Reuters'],
  ['/VNA/. The minister arrived.', null, null, 'VNA'],
])('the dateline "%s" is taken off as place, day and agency', (text, place, on, agency) => {
  const { paragraphs, dateline } = split(text)

  expect(paragraphs).toEqual(['The minister arrived.'])
  expect(dateline).toEqual({ place, on, agency })
})

test.each([
  'The minister (51) said that talks would go on.',
  'Brandt, November 16. That was the day of the vote.',
  'UPDATE: The minister arrived.',
  'BREAKING — The minister arrived.',
  'Brandt (National Party) - seen here in May - arrived.',
  'NATO said that it would answer.',
  'EU ministers met in Ardenna (Valdora) on Monday.',
  'Ilka Brandt – the foreign minister – arrived.',
  '"Ardenna, November 16," she wrote, "is where it began."',
])('what only looks like a dateline stays in the text: %s', (text) => {
  const { paragraphs, dateline } = split(text)

  expect(dateline).toBeNull()
  expect(paragraphs).toEqual([text])
})

test('a day that is still to come was in the year before', () => {
  expect(
    split('ARDENNA, December 30. /VNA/. The minister arrived.', new Date('2026-01-02T08:00:00Z')).dateline?.on,
  ).toBe('2025-12-30')
})

test('without a year of publication a dateline has a place and no day', () => {
  expect(split('ARDENNA, December 30. /VNA/. The minister arrived.', null).dateline).toEqual({
    place: 'Ardenna',
    on: null,
    agency: 'VNA',
  })
})

test('a dateline below the lead is found, and the lead stays', () => {
  const { paragraphs, dateline } = splitDateline(
    ['The crossings open before the winter', 'ARDENNA, November 16. /VNA/. The minister arrived.'],
    PUBLISHED,
  )

  expect(paragraphs).toEqual(['The crossings open before the winter', 'The minister arrived.'])
  expect(dateline?.place).toBe('Ardenna')
})
