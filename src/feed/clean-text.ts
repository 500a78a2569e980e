/** Control characters but tab and line feed, which become blanks. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]/g

/** Direction overrides, zero-width characters and soft hyphens: invisible, and used to disguise. */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

/** A zero-width joiner outside an emoji, where it holds nothing together. */
const LOOSE_JOINER =
  /(?<!\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?)\u200d|\u200d(?!\p{Extended_Pictographic})/gu

/** More marks than any language puts on one letter. */
const MARK_FLOOD = /(\p{M}{2})\p{M}{1,1000}/gu

/** Far more than a letter with its marks or a family of emoji has. */
const LONGEST_GRAPHEME = 40

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Removes from text of outside what cannot be seen, line breaks and tabs kept. */
export function withoutInvisible(text: string): string {
  return text
    .toWellFormed()
    .replace(CONTROLS, ' ')
    .replace(INVISIBLE, '')
    .replace(/\u200d/.test(text) ? LOOSE_JOINER : /(?!)/, '')
    .replace(MARK_FLOOD, '$1')
}

/** One line of visible text, its blanks single, cut after at most `atMost` UTF-16 units on a grapheme's border. */
export function cleanLine(text: string, atMost: number): string {
  // Bounded first: what is cut away need not be cleaned.
  const bounded = text.length > atMost * 4 ? text.slice(0, atMost * 4) : text
  return cutAt(withoutInvisible(bounded).replace(/\s+/g, ' ').trim(), atMost)
}

/** At most `atMost` UTF-16 units, never half a letter or half an emoji; `…` shows the cut. */
export function cutAt(text: string, atMost: number): string {
  if (text.length <= atMost) return text
  const room = atMost - 1
  const from = Math.max(0, room - LONGEST_GRAPHEME)
  let end = from
  for (const { index, segment } of graphemes.segment(text.slice(from, room + LONGEST_GRAPHEME))) {
    if (from + index + segment.length > room) break
    end = from + index + segment.length
  }
  return `${text.slice(0, end === from && from > 0 ? room : end).trimEnd()}…`
}
