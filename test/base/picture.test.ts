import { describe, expect, test } from 'vitest'
import { openLog } from '../../src/base/log.ts'
import { openPainter } from '../../src/base/picture/open-painter.ts'
import { readFont } from '../../src/base/picture/read-font.ts'
import { textRuler } from '../../src/base/picture/text-ruler.ts'

const SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="9" height="9"/></svg>'

describe('a picture', () => {
  test('becomes a PNG of twice as many pixels, the same each time', async () => {
    await using painter = openPainter({ log: openLog('silent') })

    const [first, second] = [await painter.paint(SQUARE), await painter.paint(SQUARE)]

    const view = new DataView((first ?? new Uint8Array()).buffer)
    expect(first?.slice(1, 4)).toEqual(new TextEncoder().encode('PNG'))
    expect([view.getUint32(16), view.getUint32(20)]).toEqual([80, 40])
    expect(second).toEqual(first)
  })

  test('that is none, or far too large, is told in the log and does not stop the next', async () => {
    const logged: string[] = []
    await using painter = openPainter({ log: openLog('warn', (line) => logged.push(line)) })

    expect(await painter.paint('<svg')).toBeNull()
    expect(await painter.paint(`${SQUARE}${' '.repeat(500_000)}`)).toBeNull()

    expect(logged.join('')).toContain('picture could not be made')
    expect(await painter.paint(SQUARE)).not.toBeNull()
  })
})

describe('the fonts', () => {
  const ruler = textRuler()

  test('write Latin, Cyrillic, Greek and Arabic, and say what they cannot', () => {
    expect(['Đặng', 'Гарун', 'Χαρούν', 'هارون', '12 – “x”'].map((text) => ruler?.canWrite(text))).toEqual(
      Array(5).fill(true),
    )
    expect(ruler?.canWrite('王毅')).toBe(false)
    expect(ruler?.withoutSigns('A 🚢 ship')).toBe('A ship')
  })

  test('measure what they write, and cut between letters', () => {
    expect(ruler?.widthOf('WWW', 20)).toBeGreaterThan((ruler?.widthOf('iii', 20) ?? 0) * 3)
    expect(ruler?.widthOf('a', 20, 'strong')).toBeGreaterThan(ruler?.widthOf('a', 20) ?? 0)
    const cut = ruler?.cut('The e\u0301te\u0301 of the strait', 60, 20) ?? ''
    expect(cut).toMatch(/^The.*…$/)
    expect(ruler?.widthOf(cut, 20)).toBeLessThanOrEqual(60)
    expect(ruler?.cut('short', 200, 20)).toBe('short')
  })

  test('that are no fonts are refused, and where none are installed nothing is drawn', () => {
    expect(() => readFont(new Uint8Array(40))).toThrow(RangeError)
    expect(textRuler(null)).toBeNull()
  })
})
