/** What a font says about one character: its width in parts of the font's size; `null` if it cannot draw it. */
export type Font = { readonly widthOf: (codePoint: number) => number | null }

const TABLE_ENTRY_BYTES = 16
const UNICODE_FULL = 12
const UNICODE_BASIC = 4

/**
 * The widths in a TrueType font.
 *
 * @throws {RangeError} if the file ends too early or has no table of characters that we read.
 * @see OpenType specification: cmap (formats 4 and 12), head, hhea, hmtx
 */
export function readFont(file: Uint8Array): Font {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const tables = tablesOf(view)
  const at = (name: string): number => {
    const offset = tables.get(name)
    if (offset === undefined) throw new RangeError(`the font has no table ${name}`)
    return offset
  }
  const unitsPerEm = view.getUint16(at('head') + 18)
  const longMetrics = view.getUint16(at('hhea') + 34)
  const hmtx = at('hmtx')
  const glyphOf = charactersOf(view, at('cmap'))
  return {
    widthOf: (codePoint) => {
      const glyph = glyphOf(codePoint)
      // Glyphs behind the last long entry share its width.
      return glyph === 0 ? null : view.getUint16(hmtx + Math.min(glyph, longMetrics - 1) * 4) / unitsPerEm
    },
  }
}

function tablesOf(view: DataView): ReadonlyMap<string, number> {
  const count = view.getUint16(4)
  return new Map(
    Array.from({ length: count }, (_, index) => {
      const entry = 12 + index * TABLE_ENTRY_BYTES
      const name = String.fromCharCode(...[0, 1, 2, 3].map((byte) => view.getUint8(entry + byte)))
      return [name, view.getUint32(entry + 8)]
    }),
  )
}

/** Glyph 0 is the one for characters that the font does not have. */
function charactersOf(view: DataView, cmap: number): (codePoint: number) => number {
  const count = view.getUint16(cmap + 2)
  const subtables = Array.from({ length: count }, (_, index) => cmap + view.getUint32(cmap + 4 + index * 8 + 4))
  const full = subtables.find((offset) => view.getUint16(offset) === UNICODE_FULL)
  if (full !== undefined) return (codePoint) => glyphInGroups(view, full, codePoint)
  const basic = subtables.find((offset) => view.getUint16(offset) === UNICODE_BASIC)
  if (basic !== undefined) return (codePoint) => glyphInSegments(view, basic, codePoint)
  throw new RangeError('the font has no table of Unicode characters')
}

function glyphInGroups(view: DataView, table: number, codePoint: number): number {
  const groups = view.getUint32(table + 12)
  const group = firstEndingAt(groups, codePoint, (index) => view.getUint32(table + 16 + index * 12 + 4))
  if (group === null) return 0
  const entry = table + 16 + group * 12
  const start = view.getUint32(entry)
  return codePoint < start ? 0 : view.getUint32(entry + 8) + codePoint - start
}

function glyphInSegments(view: DataView, table: number, codePoint: number): number {
  if (codePoint > 0xffff) return 0
  const doubled = view.getUint16(table + 6)
  const ends = table + 14
  const starts = ends + doubled + 2
  const segment = firstEndingAt(doubled / 2, codePoint, (index) => view.getUint16(ends + index * 2))
  if (segment === null) return 0
  const start = view.getUint16(starts + segment * 2)
  if (codePoint < start) return 0
  const delta = view.getUint16(starts + doubled + segment * 2)
  const rangeAt = starts + doubled * 2 + segment * 2
  const range = view.getUint16(rangeAt)
  if (range === 0) return (codePoint + delta) & 0xffff
  const glyph = view.getUint16(rangeAt + range + (codePoint - start) * 2)
  return glyph === 0 ? 0 : (glyph + delta) & 0xffff
}

/** The first of `count` ranges, which are in order, that ends at `codePoint` or later. */
function firstEndingAt(count: number, codePoint: number, endOf: (index: number) => number): number | null {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (endOf(middle) < codePoint) low = middle + 1
    else high = middle
  }
  return low < count ? low : null
}
