import type { Attribution } from './attributions.ts'
import type { Source } from './find-source.ts'
import type { Pattern } from './frame.ts'
import type { Form } from './statement.ts'

/** How often words of such a pattern are right, by hand; what the figures together are worth is fitted below. */
const CONTENT: Readonly<Record<Pattern, number>> = {
  'quotation before': 0.97,
  'quotation after': 0.93,
  'clause before': 0.85,
  'that clause': 0.85,
  'bare clause': 0.8,
  question: 0.6,
  infinitive: 0.7,
  'noun phrase': 0.5,
  preposition: 0.6,
  'according to': 0.85,
  layout: 0.8,
  turn: 0.95,
}

/** A source that stands elsewhere than beside its cue is right less often. */
const SOURCE: Readonly<Record<Source['by'], number>> = {
  before: 1,
  after: 1,
  agent: 0.9,
  shared: 0.9,
  relative: 0.85,
  subject: 0.8,
}

/** Verbs that do nothing but attribute; the others ("promise", "suggest", "believe") may do something else. */
const CUES_OF_SPEECH = new Set(
  `say tell add write note explain recall insist argue reply respond continue tweet answer announce confirm deny repeat reiterate
  stress emphasize emphasise underline inform :`.split(/\s+/),
)
const OTHER_CUE = 0.9

/** Words within another's words: the outer speaker may have changed them. */
const INNER = 0.8

/**
 * How much the learnt probability and the share of the pattern count, in log odds. Fitted by
 * `test/eval/confidence.ts` to articles that the chains had not seen; on other news it says too
 * little rather than too much.
 */
const CALIBRATION = { constant: 0.61, learnt: 0.08, ruled: 0.92 }

/**
 * From this confidence on the bot speaks: briefs, digests and alerts rest on such statements alone.
 * Below it a statement stays on record, to be looked up and reviewed. See README for what it costs.
 */
export const SPEAKS_FROM = 0.79

/** 0 to 1: that the words and the speaker are both right. `certainty`: of the speaker; `inner`: within another's words. */
export function confidenceOf(
  { frame, pattern, probability }: Attribution,
  form: Form,
  certainty: number,
  inner: boolean,
): number {
  const content = form === 'direct' ? Math.max(CONTENT[pattern], 0.93) : CONTENT[pattern]
  const cue = CUES_OF_SPEECH.has(frame.cue.lemma) || frame.cue.kind === 'according' ? 1 : OTHER_CUE
  const ruled = content * certainty * cue * SOURCE[frame.source?.by ?? 'before'] * (inner ? INNER : 1)
  const { constant, learnt, ruled: weight } = CALIBRATION
  const sure =
    probability === undefined
      ? ruled
      : 1 / (1 + Math.exp(-constant - learnt * logOdds(probability) - weight * logOdds(ruled)))
  return Math.round(sure * 100) / 100
}

/** Kept within what can be told from the examples there are. */
function logOdds(probability: number): number {
  const bounded = Math.min(0.999, Math.max(0.001, probability))
  return Math.log(bounded / (1 - bounded))
}
