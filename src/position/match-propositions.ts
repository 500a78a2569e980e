import { contentOf, withConcepts } from './concepts.ts'
import type { Facet } from './facet.ts'
import type { Proposition } from './proposition.ts'
import { readFacet } from './read-facet.ts'
import { readWords } from './words.ts'

/** A clause with this share of a proposition's content is about it; the place is known from the topic. */
const MATCHES = 0.6
/** Words that a match must rest on, whatever their share. */
const LEAST_WORDS = 2

/** The propositions that a statement speaks to, with what it shows toward each. */
export function matchPropositions(
  text: string,
  propositions: readonly Proposition[],
  { saidOn }: { readonly saidOn: string },
): readonly { readonly proposition: Proposition; readonly facet: Facet }[] {
  return propositions
    .map((proposition) => ({ proposition, facet: readFacet(text, { proposition: proposition.sentence, saidOn }) }))
    .filter(({ proposition, facet }) => {
      const shared = Math.round(facet.anchored * contentOf(withConcepts(readWords(proposition.sentence))).length)
      return facet.anchored >= MATCHES && shared >= LEAST_WORDS && facet.polarity !== 0
    })
}
