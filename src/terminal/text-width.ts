/** Letters that take two columns of a terminal. @see Unicode Standard Annex 11 (East Asian Width), roughly */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\uff01-\uff60\p{Emoji_Presentation}]/u

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** Columns that `text` takes in a terminal. */
export function textWidth(text: string): number {
  let width = 0
  for (const { segment } of graphemes.segment(text)) width += WIDE.test(segment) ? 2 : 1
  return width
}

/** The first piece of `word` that fits into `columns`; at least one letter, so that wrapping goes on. */
export function headOf(word: string, columns: number): string {
  let head = ''
  let width = 0
  for (const { segment } of graphemes.segment(word)) {
    width += WIDE.test(segment) ? 2 : 1
    if (width > columns && head !== '') break
    head += segment
  }
  return head
}
