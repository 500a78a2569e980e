import { expect, test } from 'vitest'
import { type ReadPage, readPage } from '../../src/article/read-page.ts'
import { goldenCases, isRewriting } from '../support/golden.ts'

test.each(goldenCases('article').map((one) => [one.name, one.about, one] as const))('%s: %s', (_, __, one) => {
  const page = summarise(readPage(one.input, one))

  if (isRewriting) one.rewrite(page)
  else expect(page).toEqual(one.expected)
})

const PARAGRAPHS = Array.from(
  { length: 5 },
  (_, index) =>
    `<p>The minister of Valdora said on day ${index} of the talks that the crossings would open before winter.</p>`,
).join('')

function publishedOn(head: string, line = '', language = 'en') {
  const html = `<html lang="${language}"><head>${head}</head><body><h1>Crossings to open</h1><div>${line}</div>${PARAGRAPHS}</body></html>`
  return readPage(Buffer.from(html), { url: 'https://wire.example/a' }).published
}

test.each([
  ['2026-09-10T21:14:00-07:00', '2026-09-10T21:14:00.000-07:00'],
  ['2026-09-10T01:30:00+05:30', '2026-09-10T01:30:00.000+05:30'],
  ['2026-09-10T21:14:00Z', '2026-09-10T21:14:00.000Z'],
])('an article of %s has the day of its publisher’s clock', (given, published) => {
  const read = publishedOn(`<meta property="article:published_time" content="${given}">`)

  expect(read).toBe(published)
  expect(new Date(read ?? '').getTime()).toBe(new Date(given).getTime())
})

test.each([
  ['in words', 'Thursday, September 10, 2026', 'en', '2026-09-10'],
  ['with points between its numbers', 'Stand: 10.09.2026, 16:32 Uhr', 'de', '2026-09-10'],
  ['in the British order, on a British page', '10/09/2026 10:41 AM', 'en-GB', '2026-09-10'],
  ['in the American order, on an American page', '09/10/2026 10:41 AM', 'en-US', '2026-09-10'],
  ['in an order that its numbers give away', 'Submitted by admin on Mon, 09/14/2026 - 14:30', 'en', '2026-09-14'],
  ['before the day of an update', 'Published 10 September 2026, updated 12 September 2026', 'en', '2026-09-10'],
])('a date %s at the headline is the day of publication', (_, line, language, day) => {
  expect(publishedOn('', line, language)?.slice(0, 10)).toBe(day)
})

test.each([
  ['in an order that nobody can know', '10/09/2026'],
  ['of an update alone', 'Last updated 12 September 2026'],
])('a date %s is not taken for the day of publication', (_, line) => {
  expect(publishedOn('', line)).toBeUndefined()
})

function summarise({ title, published, byline, publisher, text, dateline }: ReadPage) {
  return {
    title,
    day: published?.slice(0, 10) ?? null,
    byline: byline ?? null,
    publisher: publisher ?? null,
    text,
    ...(dateline === undefined ? {} : { dateline }),
  }
}
