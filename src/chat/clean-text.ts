/**
 * What must never reach a reader from outside: control characters, characters that turn the
 * direction of writing, and characters that take no room (they hide letters and fake names).
 *
 * @see Unicode Standard Annex 9 (bidirectional controls); Unicode category Cf
 */
const CONTROL = '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f'
const UNSEEN = '\\p{Cf}\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u2800\\u3164\\uffa0\\u{e0000}-\\u{e0fff}'

const NEVER_SHOWN = new RegExp(`[${CONTROL}${UNSEEN}\\p{Cs}]`, 'gu')
const LINE_BREAKS = /[\t\n\r\v\f\u0085\u2028\u2029]/g
/** No script needs more than four marks on one letter; more of them climb over other people's lines. */
const MARKS_PILED_UP = /(\p{M}{4})\p{M}+/gu

/** A name or title from outside, on one line: hidden and controlling characters gone, white space single. */
export function cleanName(text: string): string {
  return onOneLine(text, cleanWords)
}

/** Words from outside that may run over several lines: as they stood, without what is never shown. */
export function cleanWords(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(NEVER_SHOWN, '')
    .replace(MARKS_PILED_UP, '$1')
}

/**
 * A date of ours that is read from the right: it stands by itself between two marks, so that the line around it keeps
 * its order. Letters, digits and a few signs between a pair of them can turn nothing outside of it. (Persian parts
 * letters of one word by a sign that takes no room.)
 *
 * @see Unicode Standard Annex 9, section 2.4 (explicit directional isolates)
 */
const ISOLATED_DATE = /(\u2068(?=[^\u2069]{0,80}\p{Nd})[\p{L}\p{M}\p{Nd} ،,.:׳״\u200c]{3,80}\u2069)/u

/** Words as a door prints them: as `cleanWords`, but a date that is read from the right stays by itself. */
export function shownWords(text: string): string {
  // What was captured stands at the odd places.
  return text
    .split(ISOLATED_DATE)
    .map((part, i) => (i % 2 === 1 ? part.replace(MARKS_PILED_UP, '$1') : cleanWords(part)))
    .join('')
}

/** A name, title or label as a door prints it: as `cleanName`, with dates as `shownWords` has them. */
export function shownName(text: string): string {
  return onOneLine(text, shownWords)
}

function onOneLine(text: string, clean: (text: string) => string): string {
  return clean(text.replace(LINE_BREAKS, ' ')).replace(/\s+/g, ' ').trim()
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/**
 * `text` in at most `atMost` UTF-16 units, ended with "…" if anything was left out. It is cut
 * between what readers see as letters: no half emoji, no letter without its accent.
 */
export function cutText(text: string, atMost: number): string {
  if (text.length <= atMost) return text
  let end = 0
  // A grapheme has no greatest length: looking at one more unit than fits keeps this bounded.
  for (const { index, segment } of graphemes.segment(text.slice(0, atMost + 1))) {
    if (index + segment.length > atMost - 1) break
    end = index + segment.length
  }
  return `${text.slice(0, end).trimEnd()}…`
}

/** As `cutText`, but no word is cut into: a text of words ends behind the last one that fits. */
export function cutWords(text: string, atMost: number): string {
  const cut = cutText(text, atMost)
  if (cut === text) return text
  const end = cut.lastIndexOf(' ')
  return end <= 0 ? cut : `${cut.slice(0, end).replace(/[\s,;:–—-]+$/, '')} …`
}
