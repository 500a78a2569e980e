import { areOpposite, isGeneralAct, subjectOf, withConcepts } from './concepts.ts'
import { readWords } from './words.ts'

/** A place says where, and an act that goes with everything says little: half of a telling word. */
const HALF = 0.5

/** How much of what a proposition is about stands in a frame: its words, or their contraries, by how telling they are. */
export function weighAnchors(
  sentence: string,
  frame: readonly string[],
): { readonly found: number; readonly all: number } {
  const weights = weightsOf(sentence)
  const present = weights.filter(({ concept, after }) =>
    frame.some((other, i) => {
      if (other !== concept) return areOpposite(other, concept)
      const isOfName = NAMES.some(([first, second]) => frame[i - 1] === first && other === second)
      return after === null ? !isOfName && !beginsName(frame, i) : frame[i - 1] === after
    }),
  )
  return { found: sum(present), all: sum(weights) }
}

/** Names whose words are no names: the state of Palestine is not in "the United States". */
const NAMES = [
  ['unite', 'state'],
  ['unite', 'nation'],
] as const

function beginsName(frame: readonly string[], at: number): boolean {
  return NAMES.some(([first, second]) => frame[at] === first && frame[at + 1] === second)
}

/** `after`: the word that must stand before it, where both are one name. */
type Weight = { readonly concept: string; readonly weight: number; readonly after: string | null }

/** The same few hundred sentences are weighed for every statement. */
const KEPT = 5_000
const kept = new Map<string, readonly Weight[]>()

function weightsOf(sentence: string): readonly Weight[] {
  const known = kept.get(sentence)
  if (known !== undefined) return known
  const words = withConcepts(readWords(sentence))
  const places = new Set(words.flatMap((word, i) => (isPlace(word.text, i === 0) ? [word.concept] : [])))
  const concepts = words.map((word) => word.concept)
  const weights = subjectOf(words).map((concept): Weight => {
    const before = concepts[concepts.indexOf(concept) - 1]
    const isOfName = NAMES.some(([first, second]) => first === before && second === concept)
    return {
      concept,
      weight: places.has(concept) || isGeneralAct(concept) ? HALF : 1,
      after: isOfName ? (before ?? null) : null,
    }
  })
  if (kept.size >= KEPT) kept.clear()
  kept.set(sentence, weights)
  return weights
}

/** A name inside the sentence; its first word only where it looks like the name of a country. */
function isPlace(word: string, isFirst: boolean): boolean {
  return /^\p{Lu}\p{Ll}+$/u.test(word) && (!isFirst || /(?:[aoiu]|land|stan)$/.test(word))
}

function sum(weights: readonly { readonly weight: number }[]): number {
  return weights.reduce((total, { weight }) => total + weight, 0)
}
