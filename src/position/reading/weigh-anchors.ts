import { keepAtMost } from '../../base/keep-at-most.ts'
import { areOpposite, isGeneralAct, subjectOf, withConcepts } from '../words/concepts.ts'
import { readWords } from '../words/words.ts'

/** A place says where, and an act that goes with everything says little: half of a telling word. */
const HALF = 0.5

/**
 * How much of what a proposition is about stands in a frame: its words, or their contraries, by how telling they are.
 * `tells`: not places and general acts alone.
 */
export function weighAnchors(
  sentence: string,
  frame: readonly string[],
): { readonly found: number; readonly all: number; readonly tells: boolean } {
  const weights = weightsOf(sentence)
  const present = weights.filter(({ concept }) =>
    frame.some((other) => other === concept || areOpposite(other, concept)),
  )
  const tells = present.some(isTelling) || !weights.some(isTelling)
  return { found: sum(present), all: sum(weights), tells }
}

type Weight = { readonly concept: string; readonly weight: number }

function isTelling({ weight }: Weight): boolean {
  return weight > HALF
}

/** The same few hundred sentences are weighed for every statement. */
const KEPT = 5_000

const weightsOf = keepAtMost(KEPT, (sentence): readonly Weight[] => {
  const words = withConcepts(readWords(sentence))
  const places = new Set(words.flatMap((word, i) => (isPlace(word.text, i === 0) ? [word.concept] : [])))
  return subjectOf(words).map((concept) => ({
    concept,
    weight: places.has(concept) || isGeneralAct(concept) ? HALF : 1,
  }))
})

/** A name inside the sentence; its first word only where it looks like the name of a country. */
function isPlace(word: string, isFirst: boolean): boolean {
  return /^\p{Lu}\p{Ll}+$/u.test(word) && (!isFirst || /(?:[aoiu]|land|stan)$/.test(word))
}

function sum(weights: readonly { readonly weight: number }[]): number {
  return weights.reduce((total, { weight }) => total + weight, 0)
}
