import { keepAtMost } from '../../base/keep-at-most.ts'
import { areOpposite, contentOf, hasContrary, isAct, type Meant, subjectOf, withConcepts } from '../words/concepts.ts'
import { readWords } from '../words/words.ts'
import type { Clause } from './clauses.ts'
import { readPolarity } from './read-stance.ts'
import { weighAnchors } from './weigh-anchors.ts'

/** What a proposition is about, as it is looked for in a text; its own sign where it denies something. */
export type Sought = { readonly sentence: string; readonly content: readonly string[]; readonly polarity: 1 | -1 }

/** The same few hundred sentences are asked about for every statement. */
const KEPT = 5_000

export const soughtIn = keepAtMost(KEPT, (proposition): Sought => {
  const words = withConcepts(readWords(proposition))
  const content = subjectOf(words)
  const { polarity } = readPolarity(words, proposition, new Set(content))
  return { sentence: proposition, content, polarity: polarity === -1 ? -1 : 1 }
})

/** Share of the proposition's content that a clause must hold to be its clause. */
const HOLDS = 0.3

/** The clause that holds most of what is sought; where none holds enough, or nothing is sought, the first sentence. */
export function bestClause(clauses: readonly Clause[], sought: Sought | null): Clause | undefined {
  if (sought === null) return wholeOf(clauses)
  const [best] = clauses
    .map((clause) => ({ clause, share: shareOf(sought.content, contentOf(clause.words)) }))
    .sort((a, b) => b.share - a.share)
  if (best === undefined) return undefined
  return best.share >= HOLDS ? best.clause : (wholeOf(clauses) ?? best.clause)
}

/** All clauses of the first sentence as one. */
function wholeOf(clauses: readonly Clause[]): Clause | undefined {
  const [first] = clauses
  if (first === undefined) return undefined
  const { sentence } = first
  const words = clauses.filter((clause) => clause.sentence === sentence).flatMap((clause) => clause.words)
  return { sentence, start: sentence.start, end: sentence.end, text: sentence.text, words }
}

function shareOf(sought: readonly string[], content: readonly string[]): number {
  return sought.length === 0 ? 0 : sought.filter((concept) => holds(content, concept)).length / sought.length
}

/** The word or its contrary. */
function holds(content: readonly string[], concept: string): boolean {
  return content.some((other) => other === concept || areOpposite(other, concept))
}

/** Whether the act of the proposition, or its contrary, is there; true where it has none that we know. */
export function holdsAct({ content: sought }: Sought, content: readonly string[]): boolean {
  const acts = sought.filter(hasContrary)
  return acts.length === 0 || acts.some((act) => holds(content, act))
}

/** Whether it names an act that the proposition turns on: "and will then leave". */
export function holdsAnAct({ content: sought }: Sought, content: readonly string[]): boolean {
  return sought.some((concept) => isAct(concept) && holds(content, concept))
}

const KNOWN = new Set(['the', 'this', 'these', 'that', 'those', 'such', 'their', 'its'])

/** "The withdrawal", "these shipments": the act is known, so its other words need not be said again. */
export function namesKnownAct({ content }: Sought, words: readonly Meant[]): boolean {
  const act = content.find(isAct)
  return words.some((word, i) => word.concept === act && KNOWN.has(words[i - 1]?.lower ?? ''))
}

/** What a known act counts as: enough to be about the proposition, no more. */
const KNOWN_ACT = 0.6

/** How much of the proposition the content holds, by how telling its words are. */
export function anchoredIn(sought: Sought, content: readonly string[], isKnownAct: boolean): number {
  const { found, all } = weighAnchors(sought.sentence, content)
  return Math.max(all === 0 ? 0 : found / all, isKnownAct ? KNOWN_ACT : 0)
}
