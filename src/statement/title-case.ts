import type { Paragraph } from './tokens.ts'

const FEWEST_WORDS = 4
const LEAST_SHARE = 0.7
const LONGEST_WORDS = 30

/** Whether a line Is Written Like This, so that its capitals say nothing about what is a name. */
export function isTitleCase({ tokens }: Paragraph): boolean {
  const words = tokens.filter((token) => token.kind === 'word')
  if (words.length < FEWEST_WORDS || words.length > LONGEST_WORDS) return false
  return words.filter((token) => /^[\p{Lu}\p{N}]/u.test(token.text)).length >= LEAST_SHARE * words.length
}
