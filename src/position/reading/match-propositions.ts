import type { Proposition } from '../topics/proposition.ts'
import type { Facet } from './facet.ts'
import type { OwnNames } from './plain-reading.ts'
import { readFacetIf, type Side } from './read-facet.ts'
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
  return propositions.flatMap((proposition) => {
    const { sentence } = proposition
    const facet = readFacetIf(text, { proposition: sentence, saidOn, ...(own && { own }) }, (side) =>
      speaksTo(side, sentence),
    )
    return facet === null ? [] : [{ proposition, facet }]
  })
}

function speaksTo(side: Side, sentence: string): boolean {
  const isSure = (side.polarity !== 0 && side.isSure) || side.isUndecided
  // "They have not left" is a fact: against it is only who speaks against it.
  if (side.polarity < 0 && !side.isStance) return false
  return isSure && isAbout(side, sentence)
}

function isAbout(facet: Side, sentence: string): boolean {
  const { found, all, tells } = weighAnchors(sentence, facet.frame)
  const isShared = tells && found >= Math.min(LEAST_WEIGHT, all) && found / all >= MATCHES
  return isShared || (facet.isKnownAct && facet.anchored >= MATCHES && found / all > MATCHES_KNOWN)
}
