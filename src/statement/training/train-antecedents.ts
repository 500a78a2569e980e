import type { Roster } from '../../speaker/roster.ts'
import { type Chooser, type ClueWeights, chooserWith, type Question, sharesOf } from '../antecedent/choose.ts'
import { findStatements, type Learned, SHIPPED } from '../find-statements.ts'
import type { LabelledArticle } from './labelled-article.ts'
import { minimize } from './minimize.ts'

/** A question whose answer is marked: the right candidate, the last place being nobody's. */
interface Lesson {
  readonly clues: readonly (readonly string[])[]
  readonly right: number
}

/** A clue that is seen less often is left out. */
const AT_LEAST = 3
/** Variance of the prior on the weights. */
const VARIANCE = 0.3
const ITERATIONS = 80
/** What was answered before changes what is asked later, so the questions are asked anew with what was learnt. */
const ROUNDS = 3

/** Learns whom pronouns and descriptions mean, from articles where it is marked. Deterministic. */
export function trainAntecedents(
  articles: readonly LabelledArticle[],
  { roster, attributionsIn }: { readonly roster: Roster } & Pick<Learned, 'attributionsIn'>,
): ClueWeights {
  let weights: ClueWeights = FIRST
  for (let round = 0; round < ROUNDS; round++) {
    const choose = chooserWith(weights)
    weights = learn(articles.flatMap((article) => lessonsOf(article, { roster, attributionsIn, choose })))
  }
  return weights
}

/**
 * What the weights are near where nothing is learnt: our articles make reference hard on purpose,
 * in most news it is whoever spoke last.
 */
const FIRST: ClueWeights = new Map([
  ['p turn 0', 2.5],
  ['p turn 1', 1],
  ['p turn 0 far 0', 1],
  ['p turn 0 far 1', 1],
  ['p subject here', 1],
  ['p subject before', 1.5],
  ['p ending true f', 0.7],
  ['p ending true m', -0.7],
  ['p within own', -3],
  ['p quoted', -1.5],
  ['p none ', -2],
  ['d turn 0', 1],
  ['d titled turn 0', 2],
  ['d titled turn 0 far 0', 1],
  ['d titled turn 0 far 1', 1],
  ['d titled turn 1', 1],
  ['d titled object', -0.5],
  ['d rank 0', 0.7],
  ['d fit 3', 2],
  ['d fit 3 of 1', 2],
  ['d fit 2', 1],
  ['d fit 2 of 1', 1],
  ['d fit 2 of less', -3],
  ['d fit 1 of less', -2],
  ['d ahead fit 3', 1],
  ['d none ', 1],
])

type Asked = Pick<Learned, 'attributionsIn' | 'choose'> & { readonly roster: Roster }

function lessonsOf(article: LabelledArticle, { roster, attributionsIn, choose }: Asked): readonly Lesson[] {
  const lessons: Lesson[] = []
  const asking: Chooser = (question) => {
    const lesson = lessonOf(question, article)
    if (lesson !== null) lessons.push(lesson)
    return choose(question)
  }
  const { text, title, publishedOn } = article
  const toRead = { text, title, publishedOn, dateline: null, ownWordsOf: null }
  findStatements(toRead, roster, { ...SHIPPED, attributionsIn, choose: asking })
  return lessons
}

/** Null where nobody marked it, or where the one who is meant is no candidate. */
function lessonOf({ at, clues, names }: Question, { statements, text }: LabelledArticle): Lesson | null {
  const marked = statements.find(({ sourceSpan }) => sourceSpan !== null && sourceSpan[0] <= at && at < sourceSpan[1])
  if (marked === undefined || marked.sourceSpan === null) return null
  const { speaker, sourceSpan } = marked
  if (speaker === null) return /^(?:he|she)$/i.test(text.slice(...sourceSpan)) ? null : { clues, right: names.length }
  const right = names.findIndex((name) => name !== null && lastWord(name) === lastWord(speaker))
  return right < 0 ? { clues, right: names.length } : { clues, right }
}

const lastWord = (name: string) =>
  name
    .toLowerCase()
    .replace(/ [js]r\.?$/, '')
    .split(/[\s-]/)
    .at(-1)

function learn(lessons: readonly Lesson[]): ClueWeights {
  const counts = new Map<string, number>()
  for (const { clues } of lessons)
    for (const clue of new Set(clues.flat())) counts.set(clue, (counts.get(clue) ?? 0) + 1)
  const known = [...counts.keys()].filter((clue) => FIRST.has(clue) || (counts.get(clue) ?? 0) >= AT_LEAST)
  known.push(...[...FIRST.keys()].filter((clue) => !counts.has(clue)))
  const index = new Map(known.map((clue, i) => [clue, i]))
  const near = known.map((clue) => FIRST.get(clue) ?? 0)
  const objective = (x: Float64Array, gradient: Float64Array): number => {
    const weights: ClueWeights = new Map(known.map((clue, i) => [clue, x[i] as number]))
    let loss = 0
    for (let i = 0; i < x.length; i++) {
      const off = (x[i] as number) - (near[i] as number)
      gradient[i] = off / VARIANCE
      loss += (off * off) / (2 * VARIANCE)
    }
    for (const { clues, right } of lessons) {
      const shares = sharesOf(clues, weights)
      loss -= Math.log(Math.max(shares[right] as number, 1e-300))
      clues.forEach((own, i) => {
        const difference = (shares[i] as number) - (i === right ? 1 : 0)
        for (const clue of own) {
          const at = index.get(clue)
          if (at !== undefined) gradient[at] = (gradient[at] as number) + difference
        }
      })
    }
    return loss
  }
  const learnt = minimize(objective, Float64Array.from(near), ITERATIONS)
  return new Map(known.map((clue, i) => [clue, learnt[i] as number]))
}
