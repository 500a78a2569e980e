import { endOf, type Pattern, patternOf } from '../words/pattern.ts'
import type { Word } from '../words/words.ts'
import { countryNamesOf } from './place-names.ts'
import type { Topic } from './topic.ts'

/** Between two countries in a keyword: "Russia & Libya". */
export const PAIRED = ' & '

/** A topic on what two countries have with each other. */
export type Pair = {
  readonly topic: Topic
  readonly sides: readonly (readonly Pattern[])[]
}

type Part = { readonly pattern: Pattern; readonly from: number; readonly to: number }

/** What makes two countries in one sentence a word on their relations: "the Russian embassy in Libya". */
const TIES =
  `relations, relationship, ties, cooperation, cooperate, partnership, partner, bilateral, contacts between, embassy, ambassador,
  consulate, coordination, coordinate, intergovernmental, interstate, diplomatic relations, trade turnover, strategic dialogue, friendship`
    .split(',')
    .map((phrase) => patternOf(phrase.trim()))

/** Farther apart they are two matters of a long sentence. */
const MOST_WORDS_APART = 25

export function pairsOf(topic: Topic): readonly Pair[] {
  return topic.keywords
    .filter((keyword) => keyword.includes(PAIRED))
    .map((keyword) => ({
      topic,
      sides: keyword.split(PAIRED).map((side) => [side, ...countryNamesOf(side)].map(patternOf)),
    }))
}

type Found = { readonly topic: Topic; readonly parts: readonly Part[] }

/** The pairs of which both sides and a tie stand near each other; of two that share a side the closer one. */
export function findPairs(words: readonly Word[], pairs: readonly Pair[]): readonly Found[] {
  const tie = pairs.length === 0 ? null : firstOf(words, TIES)
  if (tie === null) return []
  const found = pairs
    .flatMap(({ topic, sides }): Found[] => {
      const parts = [...sides.map((side) => firstOf(words, side)), tie].filter((part) => part !== null)
      return parts.length > sides.length ? [{ topic, parts }] : []
    })
    .filter((pair) => spreadOf(pair) <= MOST_WORDS_APART)
    .toSorted((a, b) => spreadOf(a) - spreadOf(b))
  return found.filter((pair, i) => !found.slice(0, i).some((closer) => sharesSide(pair, closer, tie)))
}

function spreadOf({ parts }: Found): number {
  return Math.max(...parts.map(({ to }) => to)) - Math.min(...parts.map(({ from }) => from))
}

function sharesSide(one: Found, other: Found, tie: Part): boolean {
  return one.parts.some((part) => part !== tie && other.parts.some((also) => also !== tie && also.from === part.from))
}

function firstOf(words: readonly Word[], patterns: readonly Pattern[]): Part | null {
  for (const from of words.keys()) {
    for (const pattern of patterns) {
      const to = endOf(words, from, pattern)
      if (to !== null) return { pattern, from, to }
    }
  }
  return null
}
