import { readFileSync } from 'node:fs'
import { type FontFiles, fontFiles, type Weight } from './font-files.ts'
import { type Font, readFont } from './read-font.ts'

/** Knows what the fonts can write, and how wide it becomes. */
export type TextRuler = {
  /** Whether the fonts have all of its letters, figures and marks. */
  readonly canWrite: (text: string) => boolean
  /** Without the signs that the fonts do not have, such as pictograms: each would be an empty box. */
  readonly withoutSigns: (text: string) => string
  /** In pixels at this size. Arabic letters are counted as they stand alone, which is never narrower than joined. */
  readonly widthOf: (text: string, size: number, weight?: Weight) => number
  /** As much of it as is no wider, ended with "…" if anything was left out. */
  readonly cut: (text: string, width: number, size: number, weight?: Weight) => string
}

const MARK = /^\p{M}$/u
/** What orders a line and is not seen. */
const UNSEEN = /^\p{Cf}$/u
/** What says something; the rest are signs. */
const TELLING = /[\p{L}\p{N}\p{M}]/u
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** The ruler of the installed fonts; `null` where there are none, and nothing can be drawn. */
export function textRuler(files: FontFiles | null = fontFiles()): TextRuler | null {
  if (files === null) return null
  const arabic = readFont(readFileSync(files.arabic))
  const fonts: Readonly<Record<Weight, readonly Font[]>> = {
    regular: [readFont(readFileSync(files.regular)), arabic],
    strong: [readFont(readFileSync(files.strong)), arabic],
  }
  return rulerOf(fonts)
}

function rulerOf(fonts: Readonly<Record<Weight, readonly Font[]>>): TextRuler {
  const widthOfOne = (character: string, weight: Weight): number | null => {
    const codePoint = character.codePointAt(0) ?? 0
    for (const font of fonts[weight]) {
      const width = font.widthOf(codePoint)
      // Marks stand on the letter before them.
      if (width !== null) return MARK.test(character) ? 0 : width
    }
    return null
  }
  const widthOf = (text: string, size: number, weight: Weight = 'regular'): number => {
    let width = 0
    for (const character of text) width += widthOfOne(character, weight) ?? (UNSEEN.test(character) ? 0 : 1)
    return width * size
  }
  return {
    canWrite: (text) =>
      [...text].every((character) => !TELLING.test(character) || widthOfOne(character, 'regular') !== null),
    withoutSigns: (text) =>
      [...text]
        .filter((character) => TELLING.test(character) || widthOfOne(character, 'regular') !== null)
        .join('')
        .replace(/\s+/g, ' ')
        .trim(),
    widthOf,
    cut: (text, width, size, weight = 'regular') => {
      if (widthOf(text, size, weight) <= width) return text
      const room = width - widthOf('…', size, weight)
      let [taken, kept] = [0, '']
      for (const { segment } of graphemes.segment(text)) {
        taken += widthOf(segment, size, weight)
        if (taken > room) break
        kept += segment
      }
      return `${kept.trimEnd()}…`
    },
  }
}
