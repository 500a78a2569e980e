import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitWords } from '../../src/base/database/text-index.ts'
import { PUBLIC } from '../../src/base/scope.ts'
import { speakerMigrations } from '../../src/speaker/speaker-migrations.ts'
import { checkWords, MisquotedError } from '../../src/statement/check-words.ts'
import type { FoundStatement, Span } from '../../src/statement/statement.ts'
import { firstIdOf, IDS_A_MINUTE, minuteOf, ownDate } from '../../src/statement/statement-id.ts'
import { statementMigrations } from '../../src/statement/statement-migrations.ts'
import { statementStore } from '../../src/statement/statement-store.ts'
import { handClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'
import { articleOf, foundIn, rosterOf } from '../support/statements.ts'

/** Any text, and spans in it that are in order and hold something. */
const cut = fc
  .tuple(
    fc.string({ unit: 'grapheme', minLength: 12, maxLength: 300 }),
    fc.array(fc.nat(), { minLength: 2, maxLength: 6 }),
  )
  .map(([text, places]) => {
    const edges = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b)
    const spans: Span[] = []
    for (let i = 0; i + 1 < edges.length; i += 2) spans.push([edges[i] ?? 0, edges[i + 1] ?? 0])
    return { text: `${text} end`, spans: spans.length === 0 ? [[0, 4] as const] : spans }
  })

const cutFrom = (text: string, spans: readonly Span[]): FoundStatement => ({
  ...foundIn(articleOf(text), 'end'),
  contentSpans: spans,
  content: spans.map((span) => text.slice(...span)).join(' … '),
})

test('whatever the article, the words on record and their context are cut from it by two numbers', async () => {
  await using db = await testDatabase({ ...speakerMigrations, ...statementMigrations })
  const store = statementStore(db, { clock: handClock(), roster: rosterOf() })

  await fc.assert(
    fc.asyncProperty(cut, async ({ text, spans }) => {
      // What the database cannot hold as it is, the articles' room never stores.
      fc.pre(text.isWellFormed() && !text.includes('\0'))
      fc.pre(spans.every((span) => text.slice(...span).isWellFormed()))
      const article = articleOf(text)

      const [id] = await store.save(article, [cutFrom(text, spans)], () => [])
      const kept = id === undefined ? null : await store.get(PUBLIC, id)

      expect(kept?.contentSpans.map((span) => text.slice(...span)).join(' … ')).toBe(kept?.content)
      expect(text.slice(...(kept?.contextSpan ?? [0, 0])).isWellFormed()).toBe(true)
      expect(text.slice(...(kept?.contextSpan ?? [0, 0]))).toBe(kept?.context)
      expect(kept?.contextSpan[0]).toBeLessThanOrEqual(spans[0]?.[0] ?? 0)
      expect(kept?.contextSpan[1]).toBeGreaterThanOrEqual(spans.at(-1)?.[1] ?? 0)
    }),
    { numRuns: 100 },
  )
})

test('no changed word passes for a quotation: a letter more, a letter less, another place', () => {
  fc.assert(
    fc.property(cut, fc.nat(), ({ text, spans }, at) => {
      const good = cutFrom(text, spans)
      expect(() => checkWords(text, good)).not.toThrow()

      const place = at % good.content.length
      const other = good.content[place] === 'x' ? 'y' : 'x'
      const changed = [
        { ...good, content: good.content.slice(0, place) + other + good.content.slice(place + 1) },
        { ...good, content: `${good.content}.` },
        { ...good, content: good.content.slice(1) },
        { ...good, contentSpans: [...spans, [text.length, text.length + 1] as const] },
        { ...good, contentSpans: [...spans, ...spans] },
        { ...good, contentSpans: [] },
        { ...good, speakerSpan: [0, 3] as const, speakerText: `${text.slice(0, 3)}!` },
        { ...good, cueSpan: [-1, 3] as const },
      ]
      for (const wrong of changed) expect(() => checkWords(text, wrong)).toThrow(MisquotedError)
    }),
  )
})

test('a longer passage keeps its words alone rather than the whole article as context', async () => {
  await using db = await testDatabase({ ...speakerMigrations, ...statementMigrations })
  const store = statementStore(db, { clock: handClock(), roster: rosterOf() })
  const endless = `${'and so on '.repeat(500)}the talks go on ${'and so on '.repeat(500)}`
  const article = articleOf(endless)

  const [id] = await store.save(article, [foundIn(article, 'the talks go on')], () => [])

  expect((id === undefined ? null : await store.get(PUBLIC, id))?.context.length).toBeLessThan(1_600)
})

const recorded = new Date('2026-11-20T08:00:00Z')
const said = (on: string, precision: 'day' | 'month' | 'year' = 'day') => ({ on, precision, basis: 'text' as const })

test.each([
  [
    'the minute of publication where it was said that day',
    said('2026-10-04'),
    '2026-10-04T09:30:00Z',
    '2026-10-04T09:30',
  ],
  ['noon of the day it was said', said('2026-10-02'), '2026-10-04T09:30:00Z', '2026-10-02T12:00'],
  ['the first day of a month', said('2019-03-01', 'month'), '2026-10-04T09:30:00Z', '2019-03-01T12:00'],
  ['the publication where no day is known', null, '2026-10-04T09:30:00Z', '2026-10-04T09:30'],
  ['the present where the article is from the future', null, '2031-01-01T00:00:00Z', '2026-11-20T08:00'],
  ['the publication where the day lies ahead', said('2027-01-01'), '2026-10-04T09:30:00Z', '2026-10-04T09:30'],
  ['the publication where the day is none', said('2026-02-31x'), '2026-10-04T09:30:00Z', '2026-10-04T09:30'],
  ['its own day, long ago', said('1994-05-06'), '1994-05-09T09:30:00Z', '1994-05-06T12:00'],
])('a statement stands in time at %s', (_, saidOn, published, expected) => {
  const { on, minute } = ownDate(saidOn, new Date(published), recorded)

  expect(minute).toBe(minuteOf(new Date(`${expected}:00Z`)))
  expect(on).toBe(expected.slice(0, 10))
})

test('ids grow with time, before 2005 too, and leave room for a thousand statements a minute', () => {
  const days = ['1994-05-06', '2004-12-31', '2005-01-01', '2026-10-04'].map((on) =>
    minuteOf(new Date(`${on}T12:00:00Z`)),
  )
  const ids = days.map(firstIdOf)

  expect(ids).toEqual(ids.toSorted((a, b) => a - b))
  expect(ids.every(Number.isSafeInteger)).toBe(true)
  expect(IDS_A_MINUTE).toBeGreaterThanOrEqual(1000)
})

test('words are the same however they are typed: case, accents, ligatures and marks do not matter', () => {
  expect(splitWords('Élan ﬁnal — ELAN’s “Final”, e\u0301lan; Мир 2021')).toEqual([
    ...['elan', 'final', 'elan', 's', 'final', 'elan', 'мир', '2021'],
  ])
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const words = splitWords(text)
      expect(splitWords(words.join(' '))).toEqual(words)
      expect(words.every((word) => /^[\p{L}\p{N}\ud800-\udfff]+$/u.test(word))).toBe(true)
    }),
  )
})
