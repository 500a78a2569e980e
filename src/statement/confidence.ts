import { readFileSync } from 'node:fs'
import { type ClueWeights, readClueWeights } from './antecedent/choose.ts'
import type { Attribution } from './attributions.ts'
import type { Form } from './statement.ts'

/** Verbs that do nothing but attribute; the others ("promise", "suggest", "believe") may do something else. */
const CUES_OF_SPEECH = new Set(
  `say tell add write note explain recall insist argue reply respond continue tweet answer announce confirm deny repeat reiterate
  stress emphasize emphasise underline inform :`.split(/\s+/),
)

/**
 * From this confidence on the bot speaks: briefs, digests and alerts rest on such statements alone.
 * Below it a statement stays on record, to be looked up and reviewed. See README for what it costs.
 */
export const SPEAKS_FROM = 0.88

/** What is known of a statement besides its words. */
export interface Grounds {
  readonly form: Form
  /** How sure the speaker is. */
  readonly certainty: number
  /** Within another's words: the outer speaker may have changed them. */
  readonly inner: boolean
}

/** What speaks for a statement: by name, and how much of it there is. */
export function groundsOf({ frame, pattern, learnt }: Attribution, { form, certainty, inner }: Grounds): Clue[] {
  const plain = CUES_OF_SPEECH.has(frame.cue.lemma) || frame.cue.kind === 'according'
  const flags = [
    'always',
    `pattern ${pattern}`,
    `form ${form}`,
    `source ${frame.source?.by ?? 'none'}`,
    ...(plain ? [] : ['other cue']),
    ...(inner ? ['inner'] : []),
    ...(learnt === undefined ? ['by layout'] : [`words by ${learnt.by}`]),
  ]
  return [
    ...flags.map((flag): Clue => [flag, 1]),
    ['certainty', logOdds(certainty)],
    ...(learnt === undefined
      ? []
      : ([
          ['cue', logOdds(learnt.cue)],
          ['parts', logOdds(learnt.parts)],
        ] satisfies Clue[])),
  ]
}

export type Clue = [name: string, amount: number]

/** 0 to 1: that the words and the speaker are both right. */
export type Sureness = (own: Attribution, grounds: Grounds) => number

/** As far as that can be learnt: a logistic regression, see `training/train-confidence.ts`. */
export const shippedSureness: Sureness = (own, grounds) =>
  Math.round(100 * shareOf(groundsOf(own, grounds), shippedWeights())) / 100

export function shareOf(clues: readonly Clue[], weights: ClueWeights): number {
  const score = clues.reduce((sum, [name, amount]) => sum + amount * (weights.get(name) ?? 0), 0)
  return 1 / (1 + Math.exp(-score))
}

let shipped: ClueWeights | null = null

function shippedWeights(): ClueWeights {
  shipped ??= readClueWeights(readFileSync(new URL('./weights/confidence.tsv', import.meta.url), 'utf8'))
  return shipped
}

/** Kept within what can be told from the examples there are. */
function logOdds(probability: number): number {
  const bounded = Math.min(0.99, Math.max(0.01, probability))
  return Math.log(bounded / (1 - bounded))
}
