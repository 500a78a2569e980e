import type { Pattern } from './frame.ts'
import type { Form } from './statement.ts'

/** How often words of this pattern were right on the development sets. */
const CONTENT: Readonly<Record<Pattern, number>> = {
  'quotation before': 0.97,
  'quotation after': 0.93,
  'clause before': 0.85,
  'that clause': 0.85,
  'bare clause': 0.8,
  question: 0.7,
  infinitive: 0.7,
  'noun phrase': 0.65,
  preposition: 0.65,
  'according to': 0.85,
  layout: 0.8,
  turn: 0.95,
}

/** Words within another's words: the outer speaker may have changed them. */
const INNER = 0.8

/**
 * How much the learnt probability and the share of the pattern count, in log odds,
 * so that of statements with confidence 0.9 nine in ten are right. Three numbers,
 * fitted to right and wrong answers on the development set.
 */
const CALIBRATION = { constant: 1.2, learnt: 0.3, ruled: 0.85 }

/** 0 to 1: that the words and the speaker are both right. `probability`: as far as it is learnt, else null. */
export function confidenceOf(
  pattern: Pattern,
  form: Form,
  certainty: number,
  inner: boolean,
  probability: number | null,
): number {
  const content = form === 'direct' ? Math.max(CONTENT[pattern], 0.93) : CONTENT[pattern]
  const ruled = content * certainty * (inner ? INNER : 1)
  const { constant, learnt, ruled: weight } = CALIBRATION
  const sure =
    probability === null
      ? ruled
      : 1 / (1 + Math.exp(-constant - learnt * logOdds(probability) - weight * logOdds(ruled)))
  return Math.round(sure * 100) / 100
}

/** Kept within what can be told from the examples there are. */
function logOdds(probability: number): number {
  const bounded = Math.min(0.999, Math.max(0.001, probability))
  return Math.log(bounded / (1 - bounded))
}
