import { stemOf } from './stem.ts'

/** A word or number of a text. Offsets are UTF-16 code units. */
export type Word = {
  readonly text: string
  /** Without case and diacritics. */
  readonly lower: string
  readonly stem: string
  readonly start: number
  readonly end: number
}

/** Longest text that is looked at; a statement has some hundred characters, a speech some ten thousand. */
const LONGEST_TEXT = 200_000

// "5+5" and "2,000" stay one, "two-state" becomes two, the possessive is left out. Linear: no two ways to match.
const WORD = /\p{N}+(?:[.,+]\p{N}+)*|(?:\p{L}\.){2,}|\p{L}[\p{L}\p{M}]*(?:['’](?!s\b)\p{L}+)?/gu

/** The words of `text` in order. */
export function readWords(text: string): readonly Word[] {
  const words: Word[] = []
  for (const match of text.slice(0, LONGEST_TEXT).matchAll(WORD)) {
    const lower = foldWord(match[0])
    words.push({
      text: match[0],
      lower,
      stem: stemOf(lower),
      start: match.index,
      end: match.index + match[0].length,
    })
  }
  return words
}

const PLAIN = /^[A-Za-z0-9']*$/

/** "Relić" and "relic", "U.S." and "us" are the same word. */
export function foldWord(word: string): string {
  if (PLAIN.test(word)) return word.toLowerCase()
  const bare = word.includes('.') && !/\p{N}/u.test(word) ? word.replaceAll('.', '') : word
  return bare.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('’', "'")
}
