import { Resvg } from '@resvg/resvg-js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fontFiles } from '../../src/base/picture/font-files.ts'
import { textRuler } from '../../src/base/picture/text-ruler.ts'
import { BANDS, CARD, FAINT, INK, SIDES } from '../../src/brief/timeline/colours.ts'
import { timelinePicture } from '../../src/brief/timeline/timeline-picture.ts'
import { MOVING, type Step, shownPosition } from '../support/shown-positions.ts'
import { timeline } from '../support/timelines.ts'

const ruler = textRuler()
if (ruler === null) throw new Error('the fonts are not installed: npm install')

const ELEMENT =
  /<text x="([\d.]+)" y="([\d.]+)" font-size="(\d+)"[^>]*?( font-weight="600")?(?: text-anchor="(\w+)")?>([^<]*)<\/text>/g

type Label = {
  readonly words: string
  readonly x: number
  readonly y: number
  readonly size: number
  readonly width: number
}

/** The labels of a drawing with the place of each; what the signs mean is no label. */
function labelsOf(svg: string): readonly Label[] {
  return [...svg.replace(/<g id="key">.*<\/g>(?=<text|<\/svg)/, '').matchAll(ELEMENT)].map(
    ([, left, bottom, given, bold, anchor = 'start', escaped = '']) => {
      const words = escaped.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"')
      const plain = words.replaceAll('&#39;', "'").replaceAll('&amp;', '&')
      const [x, size] = [Number(left), Number(given)]
      const width = ruler?.widthOf(plain, size, bold === undefined ? 'regular' : 'strong') ?? 0
      const back = { start: 0, middle: width / 2, end: width }[anchor] ?? 0
      return { words: plain, x: x - back, y: Number(bottom), size, width }
    },
  )
}

function pixelsOf(svg: string) {
  const files = fontFiles()
  const font = { loadSystemFonts: false, fontFiles: files === null ? [] : [files.regular, files.strong, files.arabic] }
  const image = new Resvg(svg, { font }).render()
  return { data: image.pixels, width: image.width }
}

/** Pixels in the place of a label that are another colour than without any words. */
function inkOf(label: Label, drawn: ReturnType<typeof pixelsOf>, blank: ReturnType<typeof pixelsOf>): number {
  let ink = 0
  for (let y = Math.floor(label.y - label.size); y < label.y + 3; y += 1) {
    for (let x = Math.floor(label.x); x < label.x + label.width; x += 1) {
      const at = (y * drawn.width + x) * 4
      if ([0, 1, 2].some((part) => drawn.data[at + part] !== blank.data[at + part])) ink += 1
    }
  }
  return ink
}

describe('the timeline of a position', () => {
  test.each([
    ['Latin', 'Ilana Đặng-Şahin', 'The strait', 'The strait stays open'],
    ['Cyrillic', 'Надія Гарун', 'Протока', 'Протока лишається відкритою'],
    ['Greek', 'Νάντια Χαρούν', 'Το στενό', 'Το στενό μένει ανοιχτό'],
    ['Arabic', 'ناديا هارون', 'المضيق', 'يبقى المضيق مفتوحا'],
  ])('has ink in every label, in %s letters', (_, speaker, topic, proposition) => {
    const { svg } = timeline(MOVING, { speaker, topic, proposition })
    const [drawn, blank] = [pixelsOf(svg), pixelsOf(svg.replace(/<text .*?<\/text>/g, ''))]

    const labels = labelsOf(svg)

    expect(labels.length).toBeGreaterThan(15)
    expect(labels.map(({ words }) => words)).toContain(proposition)
    for (const label of labels) {
      const size = label.words.replace(/\s/g, '').length
      expect(inkOf(label, drawn, blank), label.words).toBeGreaterThan(size * 4)
    }
  })

  test.each([
    ['de', '4. März 2019', '2. Februar 2020'],
    ['ru', '4 марта 2019 г.', '2 февраля 2020 г.'],
    ['el', '4 Μαρτίου 2019', '2 Φεβρουαρίου 2020'],
    ['ar', '٤ مارس ٢٠١٩', '٢ فبراير ٢٠٢٠'],
    ['pt-BR', '4 de março de 2019', '2 de fevereiro de 2020'],
  ])('has its days in the language of the desk: %s', (dates, began, silent) => {
    const { svg, words } = timeline(MOVING, { dates })
    const [drawn, blank] = [pixelsOf(svg), pixelsOf(svg.replace(/<text .*?<\/text>/g, ''))]

    const labels = labelsOf(svg)

    expect(labels.some(({ words }) => words.includes(began))).toBe(true)
    expect(words.join('\n').replace(/[\u2068\u2069]/g, '')).toContain(silent)
    for (const label of labels) expect(inkOf(label, drawn, blank), label.words).toBeGreaterThan(label.words.length * 2)
    expect(svg).not.toMatch(/January|February|March|June/)
  })

  test.each(['th', 'zh', 'ko', 'he'])('has its days in English where our fonts have no letters of %s', (dates) => {
    expect(timeline(MOVING, { dates })).toEqual(timeline(MOVING))
  })

  test('says in words all that its labels say', () => {
    const picture = timeline()
    const words = [picture.title, ...picture.words].join('\n')

    for (const label of labelsOf(picture.svg)) expect(words).toContain(label.words)
    expect(words).toMatch(/Reversed 30 June 2022 \(opposes\)/)
    expect(words).toContain(
      'Of 9 steps: 3 supports, 2 supports with conditions, 1 opposes with exceptions, 2 opposes, 1 without a side.',
    )
  })

  test('says where nobody knows, and what it leaves out', () => {
    const { words, svg } = timeline()

    expect(words.join('\n')).toContain('No side read between 2 February 2020 and 30 June 2022.')
    expect(svg.match(/<path d="([^"]+)"[^>]*stroke-dasharray="4 4"/)?.[1]).toBe('M259 217H520V289')
    expect(words.at(-1)).toBe('15 statements on 9 days. Left out: 1 without a date.')
  })

  test('shows a day that is known by its month as a stretch of that month', () => {
    const known = timeline(MOVING.map((step) => ({ ...step, known: 'day' as const }))).svg
    const stretches = (svg: string) => svg.match(/v8m0 -4H/g)?.length ?? 0

    expect([stretches(timeline().svg), stretches(known)]).toEqual([1, 0])
  })

  test('draws each proposition by itself under one axis, the one that moved first, and counts the others', () => {
    const still: readonly Step[] = ['2019-01-01', '2020-01-01', '2021-01-01'].map((on, index) => ({
      on,
      stance: 'supports',
      label: index === 0 ? 'new' : 'reaffirmed',
    }))
    const shown = [1, 2, 3].map((n) => shownPosition(`Toll number ${n} is paid`, still))

    const picture = timelinePicture([...shown, shownPosition('The strait stays open', MOVING)], {
      speaker: 'A',
      topic: 'B',
    })

    expect(picture?.words[1]).toMatch(/^The strait stays open: /)
    expect(picture?.words.filter((line) => line.startsWith('Toll number'))).toHaveLength(2)
    expect(picture?.words.at(-1)).toContain('Not drawn: 1 other position.')
  })

  test('shows beside it what was said on the topic without a side', () => {
    const beside: readonly Step[] = ['2019-06-01', '2021-07-01'].map((on) => ({
      on,
      stance: 'on record',
      label: 'new',
    }))
    const shown = [shownPosition('It stays open', MOVING.slice(0, 2)), shownPosition(null, beside)]

    const picture = timelinePicture(shown, { speaker: 'A', topic: 'The strait' })

    expect(picture?.words[2]).toBe('On The strait, without a side: 1 June 2019, 1 July 2021.')
    expect(picture?.svg.match(/fill="#ffffff" stroke="#57606a"/g)).toHaveLength(3)
    expect(timelinePicture(shown.slice(1), { speaker: 'A', topic: 'The strait' })).toBeNull()
  })

  test('of thousands of steps stays small, and says that signs are shared', () => {
    const days = Array.from({ length: 5_000 }, (_, n) => new Date(Date.UTC(2010, 0, 1 + n)).toISOString().slice(0, 10))
    const steps = days.map(
      (on, n): Step => ({
        on,
        stance: n % 3 === 0 ? 'supports' : 'opposes',
        label: n % 3 === 2 ? 'reaffirmed' : 'reversed',
      }),
    )

    const { svg, words } = timeline(steps)

    expect(svg.length).toBeLessThan(60_000)
    expect(words.at(-1)).toBe('5000 statements on 5000 days. Steps close together share a sign.')
    expect(words.join('\n').length).toBeLessThan(1_500)
  })

  test('is the same for the same record', () => {
    expect(timeline()).toEqual(timeline())
  })

  test('is not drawn of less than three dated steps, of no side, or in letters that no font has', () => {
    const about = { speaker: 'Ilana Torvik', topic: 'The strait' }
    const open: readonly Step[] = MOVING.map((step) => ({ ...step, stance: 'on record', label: 'new' }))
    const undated: readonly Step[] = MOVING.map((step) => ({ ...step, known: 'undated' }))

    expect(timelinePicture([shownPosition('It stays', MOVING.slice(0, 2))], about)).toBeNull()
    expect(timelinePicture([shownPosition('It stays', open)], about)).toBeNull()
    expect(timelinePicture([shownPosition('It stays', undated)], about)).toBeNull()
    expect(timelinePicture([shownPosition('It stays', MOVING)], { ...about, speaker: '王毅' })).toBeNull()
    expect(timelinePicture([], about)).toBeNull()
  })

  test('keeps every label on its card, ends long names with an ellipsis and leaves out pictograms', () => {
    const { svg, title } = timeline(MOVING, {
      speaker: `Wilhelmina ${'von Wolkenstein-Wittgenstein '.repeat(4)}`,
      topic: 'WWWW'.repeat(40),
      proposition: `🚢 ${'The strait of Wessen and all of its waters stay open for every ship, '.repeat(4)}`,
    })

    for (const { x, width, words } of labelsOf(svg)) {
      expect(x, words).toBeGreaterThanOrEqual(0)
      expect(x + width, words).toBeLessThanOrEqual(640)
    }
    expect(title).toMatch(/…$/)
    expect(svg).not.toContain('🚢')
  })

  test('no text from outside becomes markup, or breaks the drawing', () => {
    const plain = timeline()
      .svg.replace(/>[^<]*</g, '><')
      .match(/<\w+/g)
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(
        '</text><script>alert(1)</script>',
        '&lt;',
        ']]>',
        '<!--',
        '"\'>',
        '&#0;',
        '\u202e\u0000\ufffe',
        '&amp;x;',
      ),
    )

    fc.assert(
      fc.property(hostile, hostile, (name, proposition) => {
        const picture = timelinePicture([shownPosition(`A${proposition}`, MOVING)], { speaker: `B${name}`, topic: 'C' })
        if (picture === null) return
        expect(() => new Resvg(picture.svg, { font: { loadSystemFonts: false } })).not.toThrow()
        const tags = new Set(picture.svg.match(/<\w+/g))
        expect([...tags].every((tag) => plain?.includes(tag as never))).toBe(true)
        expect(picture.svg).not.toMatch(/<(?:script|image|use|style|foreignObject|a)\b|href/)
      }),
      { numRuns: 200, seed: 7 },
    )
  })
})

test('words on every background that they stand on can be read: a contrast of 4.5 at least', () => {
  for (const colour of [INK, FAINT]) expect(contrast(colour, CARD)).toBeGreaterThan(4.5)
  for (const [index, band] of BANDS.entries()) {
    expect(contrast(SIDES[index] ?? INK, band)).toBeGreaterThan(4.5)
    expect(contrast(INK, band)).toBeGreaterThan(4.5)
  }
})

/** @see WCAG 2.2, relative luminance and contrast ratio */
function contrast(a: string, b: string): number {
  const luminance = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}
