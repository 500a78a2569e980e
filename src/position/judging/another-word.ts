import type { Facet } from '../reading/facet.ts'

/** Longer sentences differ in words without meaning another thing. */
const SHORT_CLAUSE = 12
const SHARED = 2
const DIFFERENT = 2

/**
 * Whether two short sentences are the same but for a word or two that stand in each other's place: "moved to
 * the coast", "moved to the mountains". They may mean the same; nothing here can tell.
 */
export function hasAnotherWord(state: Facet, now: Facet): boolean {
  if (state.clauseWords > SHORT_CLAUSE || now.clauseWords > SHORT_CLAUSE) return false
  const lost = state.frame.filter((concept) => !now.frame.includes(concept))
  const won = now.frame.filter((concept) => !state.frame.includes(concept))
  const shared = now.frame.length - won.length
  const isSwap = lost.length > 0 && won.length > 0 && lost.length <= DIFFERENT && won.length <= DIFFERENT
  return (
    isSwap && shared >= SHARED && shared >= won.length + lost.length && isLastWord(lost, state) && isLastWord(won, now)
  )
}

function isLastWord(words: readonly string[], { frame }: Facet): boolean {
  return words.includes(frame.at(-1) ?? '')
}

/** "By the court", "by direct talks": both name who or what is to do it, and not one word is the same. */
export function hasAnotherMeans(state: Facet, now: Facet): boolean {
  if (state.option === null || now.option === null || now.clauseWords > SHORT_CLAUSE) return false
  const words = new Set(state.option.key.split(' '))
  return !now.option.key.split(' ').some((word) => words.has(word))
}
