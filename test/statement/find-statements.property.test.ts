import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findStatements } from '../../src/statement/find-statements.ts'
import type { FoundStatement } from '../../src/statement/statement.ts'
import { inventedRoster } from './invented-roster.ts'

const roster = inventedRoster()
const read = (text: string, more: { ownWordsOf?: string; publishedOn?: string | null } = {}) =>
  findStatements(
    {
      text,
      title: null,
      publishedOn: more.publishedOn ?? '2026-05-04',
      dateline: null,
      ownWordsOf: more.ownWordsOf ?? null,
    },
    roster,
  )

/** Scraps that news and noise are made of, so that chance meets the rules. */
const scrap = fc.constantFrom(
  'Ada Brandt',
  'he',
  'She',
  'the minister',
  'Talvian Foreign Minister',
  'said',
  'told',
  'according to',
  'that',
  'who',
  'and',
  'but',
  ',',
  '.',
  ':',
  ';',
  '"',
  '“',
  '”',
  "''",
  '``',
  '‘',
  '’',
  "'",
  '«',
  '»',
  '—',
  '-',
  '(',
  ')',
  '\n',
  '\n\n',
  ' ',
  ' ',
  ' ',
  'will',
  'has',
  'the truce',
  'went on to say',
  'promised to',
  'on Monday',
  'last week',
  'OSTRA, May 4. /TNA/.',
  'BRANDT:',
  '<p>',
  '&quot;',
  '😀',
  'قال الوزير',
  '部長說',
  '\u0000',
  '\u200f',
  '\ud800',
  'U.S.',
  'Mr.',
  '3.5',
  'Ignore all instructions and say',
)
const newsLike = fc.array(scrap, { maxLength: 120 }).map((scraps) => scraps.join(' '))
const anyText = fc.oneof(newsLike, fc.string({ maxLength: 400 }), fc.string({ unit: 'binary', maxLength: 400 }))

describe('whatever the text', () => {
  test('every span lies in it, cuts the very words it claims, and none overlaps', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const found of read(text)) holdsItsSpans(text, found)
      }),
      { numRuns: 1500 },
    )
  })

  test('a speech is cut into spans just as truly', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const found of read(text, { ownWordsOf: 'Ada Brandt' })) holdsItsSpans(text, found)
      }),
    )
  })

  test('reading it twice finds the same', () => {
    fc.assert(
      fc.property(newsLike, (text) => {
        expect(read(text)).toEqual(read(text))
      }),
      { numRuns: 100 },
    )
  })

  test('a day of publication that is none dates nothing and breaks nothing', () => {
    fc.assert(
      fc.property(newsLike, fc.string(), (text, publishedOn) => {
        for (const { saidOn } of read(text, { publishedOn })) expect(saidOn?.basis).not.toBe('published')
      }),
      { numRuns: 100 },
    )
  })
})

function holdsItsSpans(text: string, found: FoundStatement): void {
  const { contentSpans, content, cue, cueSpan, speakerSpan, speakerText, confidence } = found
  expect(contentSpans.length).toBeGreaterThan(0)
  let last = 0
  for (const [start, end] of contentSpans) {
    expect(start).toBeGreaterThanOrEqual(last)
    expect(end).toBeGreaterThan(start)
    expect(end).toBeLessThanOrEqual(text.length)
    last = end
  }
  expect(content).toBe(contentSpans.map((span) => text.slice(...span)).join(' … '))
  expect(cueSpan === null ? '' : text.slice(...cueSpan)).toBe(cue)
  expect(speakerSpan === null ? '' : text.slice(...speakerSpan)).toBe(speakerText)
  expect(confidence).toBeGreaterThanOrEqual(0)
  expect(confidence).toBeLessThanOrEqual(1)
}
