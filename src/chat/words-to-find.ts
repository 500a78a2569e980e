import { cleanName } from './clean-text.ts'

/** More words than this are in no statement as they stand; fewer are in too many. */
const WORDS_AT_MOST = 12

/** The longest quotation of a text, else the text; its first words, without marks. */
export function wordsToFind(text: string): string {
  const quotations = [...text.matchAll(/[“"«„]([^“”"«»„]{1,1000})[”"»“]/gu)].map(([, inside = '']) => inside)
  const longest = quotations.toSorted((a, b) => b.length - a.length)[0] ?? text
  const words = cleanName(longest).match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}’'-]*/gu) ?? []
  return words.slice(0, WORDS_AT_MOST).join(' ')
}
