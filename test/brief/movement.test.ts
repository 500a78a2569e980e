import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { monthly } from '../../digests/monthly.ts'
import { weekly } from '../../digests/weekly.ts'
import { textRuler } from '../../src/base/picture/text-ruler.ts'
import { digestBlocks } from '../../src/brief/digest-blocks.ts'
import { movement } from '../../src/brief/movement/movement.ts'
import { type Block, type Picture, plainText } from '../../src/chat/blocks.ts'
import { type Turn, turnedItems } from '../support/turned-items.ts'

const ruler = textRuler()
if (ruler === null) throw new Error('the fonts are not installed: npm install')

const window = { from: new Date('2026-11-20T08:00Z'), until: new Date('2026-11-27T08:00Z') }

const TURNS: readonly Turn[] = [
  { speaker: 'Ana Petrov', topic: 'The bridge', label: 'hardened', from: 'supports', to: 'supports', on: '2026-11-23' },
  { speaker: 'Ilana Torvik', label: 'reversed', from: 'supports', to: 'opposes', on: '2026-11-24' },
  { speaker: 'Ilana Torvik', label: 'softened', from: 'opposes', to: 'opposes with exceptions', on: '2026-11-26' },
  { speaker: 'Mihal Orlin', label: 'shifted', from: null, to: 'supports', on: '2026-11-25', isThesis: true },
]

function shown(turns: readonly Turn[]): readonly Block[] {
  return movement()({ items: turnedItems(turns), statements: [], window, zone: 'Europe/Berlin' })
}

function drawn(turns: readonly Turn[]): Picture {
  const [block] = shown(turns)
  if (block?.kind !== 'picture') throw new Error(`nothing was drawn: ${JSON.stringify(block)}`)
  return block
}

const labelsIn = (svg: string): readonly string[] =>
  [...svg.replace(/<g id="key">.*<\/g>(?=<text|<\/svg)/, '').matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(
    ([, escaped = '']) =>
      escaped
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .replaceAll('&amp;', '&'),
  )

describe('the picture of movement', () => {
  test('says in words who changed course on what, from which side to which, and when; who moved most first', () => {
    expect(drawn(TURNS).words).toEqual([
      '20 November 2026, 09:00 to 27 November 2026, 09:00 (Europe/Berlin).',
      'Ilana Torvik on The strait, The strait stays open: Reversed 24 November 2026, from supports to opposes; Softened 26 November 2026, from opposes to opposes with exceptions.',
      'Mihal Orlin on The strait, The strait stays open: Shifted 25 November 2026, now affirms.',
      'Ana Petrov on The bridge, The strait stays open: Hardened 23 November 2026, still supports.',
      'Scale, from the left: supports, affirms; with conditions; no side; with exceptions; opposes, rejects.',
      '4 changes of course in 3 positions.',
    ])
  })

  test('has an arrow for each change from side to side, and a sign alone where the side is the same or was not known', () => {
    const { svg } = drawn(TURNS)

    expect(svg.match(/v10z"/g)).toHaveLength(2)
    expect(svg.replace(/<g id="key">.*/, '').match(/l8 8l-8 8l-8 -8z/g)).toHaveLength(4)
  })

  test('says in words all that its labels say', () => {
    const picture = drawn(TURNS)
    const words = [picture.title, ...picture.words].join('\n')

    const labels = labelsIn(picture.svg)
    expect(labels.length).toBeGreaterThan(15)
    for (const label of labels) expect(words).toContain(label.replace(/,$/, ''))
  })

  test('is the same for the same, whatever order the record has it in', () => {
    expect(drawn(TURNS.toReversed()).words).toEqual(drawn(TURNS).words)
    expect(drawn(TURNS)).toEqual(drawn(TURNS))
  })

  test('shows the twelve that moved most, and counts the others', () => {
    const many = Array.from({ length: 40 }, (_, n): Turn => {
      const moved =
        n === 33 ? ({ label: 'reversed', to: 'opposes' } as const) : ({ label: 'hardened', to: 'supports' } as const)
      return { speaker: `Minister ${n}`, from: 'supports', on: '2026-11-24', ...moved }
    })

    const { words, svg } = drawn(many)

    expect(words).toHaveLength(12 + 3)
    expect(words[1]).toBe(
      'Minister 33 on The strait, The strait stays open: Reversed 24 November 2026, from supports to opposes.',
    )
    expect(words.at(-1)).toBe('40 changes of course in 40 positions. Shown: the 12 that moved most; 28 others not.')
    expect(svg.length).toBeLessThan(40_000)
  })

  test('shows the last three of somebody who turned more often, and counts those before', () => {
    const often = Array.from({ length: 5 }, (_, n): Turn => {
      const [from, to] = n % 2 === 0 ? (['supports', 'opposes'] as const) : (['opposes', 'supports'] as const)
      return { speaker: 'Ana Petrov', label: 'reversed', from, to, on: `2026-11-2${n}` }
    })

    const { words, svg } = drawn(often)

    expect(words[1]).toMatch(
      /: Reversed 22 November 2026, .*; Reversed 24 November 2026, from supports to opposes; and 2 before\.$/,
    )
    expect(labelsIn(svg)).toContain('and 2 before')
  })

  test('where nobody moved is none: the digest says so, and a window without a word says nothing', () => {
    const still = turnedItems([{ ...(TURNS[0] as Turn), label: 'reaffirmed' }])

    expect(movement()({ items: still, statements: [], window, zone: 'UTC' })).toEqual([
      { kind: 'text', line: 'No position moved.' },
    ])
    expect(shown([])).toEqual([])
    for (const kind of [weekly, monthly]) {
      const sections = [...(kind.overview ?? []), ...kind.sections]
      expect(digestBlocks({ ...kind, sections }, { items: [], statements: [], window, zone: 'UTC' })).toBeNull()
    }
  })

  test('of names in letters that the fonts lack is told in words alone', () => {
    const blocks = shown([{ ...(TURNS[1] as Turn), speaker: '王小明' }])

    expect(blocks.map(({ kind }) => kind)).toEqual(['text', 'list'])
    expect(plainText(blocks)).toContain(
      '王小明 on The strait, The strait stays open: Reversed 24 November 2026, from supports to opposes.',
    )
  })

  test('no text from outside becomes markup, leaves its column or makes the words too long for a message', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.constantFrom('</text><script>', '&#x0;"\'<![CDATA[', 'W'.repeat(400), '*_`~|'.repeat(60), '\u202e\u0000'),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 15 }), (names) => {
        const blocks = shown(
          names.map(([speaker, topic, proposition]) => ({
            ...{ speaker, topic, proposition, on: '2026-11-24' },
            ...{ label: 'reversed', from: 'supports', to: 'opposes' },
          })),
        )

        expect(plainText(blocks).length).toBeLessThan(2_000)
        for (const block of blocks) {
          if (block.kind !== 'picture') continue
          expect(block.svg.replace(/<\/?(?:svg|text|rect|path|circle|g)\b[^<>]*>/g, '')).not.toMatch(/[<>]/)
          for (const [, words = ''] of block.svg.matchAll(/<text x="24" [^>]*font-size="1[24]"[^>]*>([^<]*)</g))
            expect(ruler.widthOf(words.replace(/&[^;]+;/g, '.'), 12)).toBeLessThan(290)
        }
      }),
      { numRuns: 60, seed: 20_261_128 },
    )
  })
})
