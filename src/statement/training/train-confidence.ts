import type { Roster } from '../../speaker/roster.ts'
import type { ClueWeights } from '../antecedent/choose.ts'
import { chooserWith } from '../antecedent/choose.ts'
import { type Clue, groundsOf, type Sureness, shareOf } from '../confidence.ts'
import { attribute } from '../crf/attribute.ts'
import { TRUST } from '../crf/learned-attributions.ts'
import { findStatements } from '../find-statements.ts'
import type { FoundStatement, Span } from '../statement.ts'
import type { Labelled, LabelledArticle } from './labelled-article.ts'
import { minimize } from './minimize.ts'
import { trainAntecedents } from './train-antecedents.ts'
import { trainModels } from './train-models.ts'

/** One statement that was found, what speaks for it, and whether it is right. */
export interface Trial {
  readonly clues: readonly Clue[]
  readonly right: boolean
}

const FOLDS = 4
const VARIANCE = 4
const ITERATIONS = 60

/**
 * Statements found in articles by an engine that has not seen them: each quarter of our own is read with what
 * the other three (and `others`) teach. Whether words and speaker are right, the marks say.
 */
export function trialsOf(
  own: readonly LabelledArticle[],
  others: readonly LabelledArticle[],
  roster: Roster,
): readonly Trial[] {
  return Array.from({ length: FOLDS }, (_, fold) => {
    const seen = own.filter((_, i) => i % FOLDS !== fold)
    const models = trainModels([...seen, ...others])
    const attributionsIn = (sentence: Parameters<typeof attribute>[0]) => attribute(sentence, models, TRUST)
    const choose = chooserWith(trainAntecedents(seen, { roster, attributionsIn }))
    return own
      .filter((_, i) => i % FOLDS === fold)
      .flatMap((article) => {
        const asked: (readonly Clue[])[] = []
        const sure: Sureness = (one, grounds) => {
          asked.push(groundsOf(one, grounds))
          return 0
        }
        const { text, title, publishedOn } = article
        const toRead = { text, title, publishedOn, dateline: null, ownWordsOf: null }
        const found = findStatements(toRead, roster, { attributionsIn, choose, sure })
        // What has no cue of its own goes on with the statement before.
        return found
          .filter(({ cueSpan }) => cueSpan !== null)
          .flatMap((one, i) => judged(one, asked[i] ?? [], article.statements))
      })
  }).flat()
}

/** Nothing where nobody marked who says it: there is nothing to judge by. */
function judged(found: FoundStatement, clues: readonly Clue[], marked: readonly Labelled[]): readonly Trial[] {
  const same = marked.filter((one) => hasSameWords(found, one))
  const right = same.some((one) => hasSameSpeaker(found, one))
  const open = !right && same.some(({ sourceSpan, speaker }) => sourceSpan === null && speaker === null)
  return open ? [] : [{ clues, right }]
}

/** Half of the longer content is in both. */
function hasSameWords(found: FoundStatement, { contentSpans }: Labelled): boolean {
  const both = found.contentSpans.flatMap((one) => contentSpans.map((other) => overlap(one, other)))
  const longer = Math.max(lengthOf(found.contentSpans), lengthOf(contentSpans))
  return 2 * both.reduce((sum, n) => sum + n, 0) >= longer
}

/** The source is the same words, or the same name where the words are none. */
function hasSameSpeaker(found: FoundStatement, { sourceSpan, speaker }: Labelled): boolean {
  if (speaker !== null) return found.speakerName?.split(' ').at(-1) === speaker.split(' ').at(-1)
  return sourceSpan !== null && found.speakerSpan !== null && overlap(found.speakerSpan, sourceSpan) > 0
}

const overlap = ([a, b]: Span, [c, d]: Span): number => Math.max(0, Math.min(b, d) - Math.max(a, c))

const lengthOf = (spans: readonly Span[]): number => spans.reduce((sum, [start, end]) => sum + end - start, 0)

/** The weights under which what was right is likeliest. */
export function trainConfidence(trials: readonly Trial[]): ClueWeights {
  const known = [...new Set(trials.flatMap(({ clues }) => clues.map(([name]) => name)))].sort()
  const index = new Map(known.map((name, i) => [name, i]))
  const objective = (x: Float64Array, gradient: Float64Array): number => {
    const weights: ClueWeights = new Map(known.map((name, i) => [name, x[i] as number]))
    let loss = 0
    for (let i = 0; i < x.length; i++) {
      gradient[i] = (x[i] as number) / VARIANCE
      loss += (x[i] as number) ** 2 / (2 * VARIANCE)
    }
    for (const { clues, right } of trials) {
      const share = shareOf(clues, weights)
      loss -= Math.log(Math.max(right ? share : 1 - share, 1e-300))
      for (const [name, amount] of clues) {
        const at = index.get(name) as number
        gradient[at] = (gradient[at] as number) + amount * (share - (right ? 1 : 0))
      }
    }
    return loss
  }
  const learnt = minimize(objective, new Float64Array(known.length), ITERATIONS)
  return new Map(known.map((name, i) => [name, learnt[i] as number]))
}
