import { areOpposite, contentOf, isGeneralAct, withConcepts } from './concepts.ts'
import type { Facet } from './facet.ts'
import type { Proposition } from './proposition.ts'
import { readFacet } from './read-facet.ts'
import { readWords } from './words.ts'

/** A clause with this share of a proposition's weight is about it. */
const MATCHES = 0.6
/** What a match must rest on: two telling words, or one and a place. */
const LEAST_WEIGHT = 1.5
/** A place says where, and an act that goes with everything says little: half of a telling word. */
const HALF = 0.5

/**
 * The propositions that a statement speaks to, with what it shows toward each. Where the sign cannot be
 * read for sure the statement stays with its topic: a stance is a claim about a person.
 */
export function matchPropositions(
  text: string,
  propositions: readonly Proposition[],
  { saidOn }: { readonly saidOn: string },
): readonly { readonly proposition: Proposition; readonly facet: Facet }[] {
  return propositions
    .map((proposition) => ({ proposition, facet: readFacet(text, { proposition: proposition.sentence, saidOn }) }))
    .filter(({ proposition, facet }) => {
      const isSure = (facet.polarity !== 0 && facet.isSure) || facet.isUndecided
      return isSure && isAbout(facet, proposition.sentence)
    })
}

function isAbout(facet: Facet, sentence: string): boolean {
  const weights = weightsOf(sentence)
  const all = [...weights.values()].reduce((sum, weight) => sum + weight, 0)
  const found = [...weights]
    .filter(([concept]) => facet.frame.some((other) => other === concept || areOpposite(other, concept)))
    .reduce((sum, [, weight]) => sum + weight, 0)
  const isShared = found >= Math.min(LEAST_WEIGHT, all) && found / all >= MATCHES
  return isShared || (facet.isKnownAct && facet.anchored >= MATCHES)
}

/** The content of a proposition, and how much each word tells. */
function weightsOf(sentence: string): ReadonlyMap<string, number> {
  const words = withConcepts(readWords(sentence))
  const places = new Set(words.slice(1).flatMap((word) => (/^\p{Lu}\p{Ll}/u.test(word.text) ? [word.concept] : [])))
  return new Map(contentOf(words).map((concept) => [concept, places.has(concept) || isGeneralAct(concept) ? HALF : 1]))
}
