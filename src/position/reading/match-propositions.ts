import type { Proposition } from '../topics/proposition.ts'
import type { Facet } from './facet.ts'
import type { OwnNames } from './plain-reading.ts'
import { readFacet } from './read-facet.ts'
import { weighAnchors } from './weigh-anchors.ts'

/** A clause with this share of a proposition's weight is about it. */
const MATCHES = 0.6
/** "The withdrawal" is known from before; it still takes more than half to tell which proposition it belongs to. */
const MATCHES_KNOWN = 0.5
/** What a match must rest on: two telling words, or one and a place. */
const LEAST_WEIGHT = 1.5

/**
 * The propositions that a statement speaks to, with what it shows toward each. Where the sign cannot be
 * read for sure the statement stays with its topic: a stance is a claim about a person.
 */
export function matchPropositions(
  text: string,
  propositions: readonly Proposition[],
  { saidOn, own }: { readonly saidOn: string; readonly own?: OwnNames },
): readonly { readonly proposition: Proposition; readonly facet: Facet }[] {
  return propositions
    .map((proposition) => ({
      proposition,
      facet: readFacet(text, { proposition: proposition.sentence, saidOn, ...(own && { own }) }),
    }))
    .filter(({ proposition, facet }) => {
      const isSure = (facet.polarity !== 0 && facet.isSure) || facet.isUndecided
      // "They have not left" is a fact: against it is only who speaks against it.
      if (facet.polarity < 0 && !facet.isStance) return false
      return isSure && isAbout(facet, proposition.sentence)
    })
}

function isAbout(facet: Facet, sentence: string): boolean {
  const { found, all, tells } = weighAnchors(sentence, facet.frame)
  const isShared = tells && found >= Math.min(LEAST_WEIGHT, all) && found / all >= MATCHES
  return isShared || (facet.isKnownAct && facet.anchored >= MATCHES && found / all > MATCHES_KNOWN)
}
