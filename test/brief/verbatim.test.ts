import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { verbatim } from '../../src/brief/verbatim.ts'
import type { Span } from '../../src/statement/statement.ts'

/** Words of an article, with every mark that could be mistaken for the end of a quotation. */
const article = fc
  .array(
    fc.constantFrom(
      'harbour',
      'stays',
      'closed',
      '“',
      '”',
      '"',
      '‘',
      '’',
      '«',
      '»',
      ',',
      '.',
      'that',
      'Ünal',
      '\n',
      '—',
    ),
    { minLength: 4, maxLength: 60 },
  )
  .map((words) => words.join(' '))

const spansOf = (text: string) =>
  fc
    .uniqueArray(fc.integer({ min: 0, max: text.length }), { minLength: 2, maxLength: 6 })
    .map((cuts) => cuts.toSorted((a, b) => a - b))
    .map((cuts) =>
      cuts.flatMap((start, i): Span[] =>
        i % 2 === 0 && cuts[i + 1] !== undefined ? [[start, cuts[i + 1] as number]] : [],
      ),
    )

const statement = article.chain((text) =>
  fc.record({
    text: fc.constant(text),
    contentSpans: spansOf(text),
    form: fc.constantFrom('direct' as const, 'mixed' as const, 'indirect' as const),
  }),
)

const letters = (text: string) => text.replace(/[^\p{L}]+/gu, ' ').trim()

describe('words between quotation marks', () => {
  test('are all cut from the stored text by its spans, whatever marks stand around', () => {
    fc.assert(
      fc.property(statement, ({ text, contentSpans, form }) => {
        const cuts = contentSpans.map((span) => text.slice(...span))

        const printed = verbatim({ content: cuts.join(' … '), contentSpans, form })

        for (const [, quoted = ''] of printed.matchAll(/“([^”]*)”/g)) {
          for (const piece of quoted.split('…')) {
            expect(cuts.some((cut) => letters(cut).includes(letters(piece)))).toBe(true)
          }
        }
        if (form === 'indirect') expect(printed).not.toMatch(/[“”"«»]/)
      }),
      { numRuns: 400 },
    )
  })

  test('are marked once, with the marks of the article turned into inner ones', () => {
    const content = '“We call it the "quiet" coast,”'

    expect(verbatim({ content, contentSpans: [[0, content.length]], form: 'direct' })).toBe(
      '“We call it the ‘quiet’ coast”',
    )
  })

  test('whose closing mark was typed the wrong way round lose it all the same', () => {
    const content = '“Nobody doubts it. “'

    expect(verbatim({ content, contentSpans: [[0, content.length]], form: 'direct' })).toBe('“Nobody doubts it.”')
  })

  test('lose an inner mark that has no partner', () => {
    const content = '“Our troops stay for as long as they are asked to,” …'

    expect(verbatim({ content, contentSpans: [[0, content.length]], form: 'direct' })).toBe(
      '“Our troops stay for as long as they are asked to, …”',
    )
  })

  test('of two cuts are not run into one', () => {
    const content = '“We will stay,” … “whatever they say.”'

    expect(
      verbatim({
        content,
        contentSpans: [
          [10, 25],
          [40, 60],
        ],
        form: 'direct',
      }),
    ).toBe('“We will stay … whatever they say.”')
  })

  test('that do not close are printed without marks', () => {
    const content = 'that the coast “must stay open'

    expect(verbatim({ content, contentSpans: [[0, content.length]], form: 'mixed' })).toBe('the coast must stay open')
  })
})
