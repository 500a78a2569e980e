import type { Facet } from '../reading/facet.ts'
import { isSameSubject } from '../reading/plain-reading.ts'

/** Share of the proposition that a clause must hold before it may be said to turn it round. */
const ANCHORED = 0.6
/** Words that nothing accounts for and nobody said before: more of them make another story. */
const STRANGE = 4

/**
 * Why a facet of the other sign may not turn a position round, for a person; `null` if it may.
 * What may not turn it leaves the position as it was.
 */
export function whyNotTurned(state: Facet, now: Facet): string | null {
  if (!state.isSure || !now.isSure) return 'For and against seem to differ, and a negation cannot be placed for sure.'
  if (now.anchored < ANCHORED || !now.hasAct) {
    return 'For and against seem to differ, but the new words hold too little of the proposition.'
  }
  if (now.scope?.isWhole === false) return 'The new words are about a part of it only.'
  const isSameActor = now.actor !== null && now.actor === state.actor
  if (!now.isStance && !isSameActor) return 'The new words tell what happens, not what the speaker wants.'
  return whyNotPlain(state, now)
}

/**
 * Why no change may be claimed between two facets, for a person; `null` if it may: each was read twice,
 * as a whole and word for word, with one result, and both speak of the same actor and the same things.
 */
export function whyNotPlain(state: Facet, now: Facet): string | null {
  if (state.plain === null || now.plain === null) return 'The sentence is too involved to be read word for word.'
  if (state.plain.polarity !== state.polarity || now.plain.polarity !== now.polarity) {
    return 'Read as a whole and read word for word, the sentence does not say the same.'
  }
  if (!isSameSubject(state.plain.subject, now.plain.subject)) return 'The two sentences speak about different actors.'
  if (state.plain.kind === 'fact' || now.plain.kind === 'fact')
    return 'The words tell what is or was so, not what is wanted.'
  const { held } = now.plain
  if (state.plain.held.slice(1).some((concept) => !held.includes(concept)))
    return 'The new words leave out what the earlier ones were about.'
  const isNew = (concept: string) => !state.around.includes(concept)
  const strange = now.plain.inner.filter(isNew).length
  if (strange > (now.plain.isBlame ? STRANGE : 0)) return 'The new words are about something more, or something else.'
  return now.plain.tail.filter(isNew).length > STRANGE ? 'The new sentence tells more than can be compared.' : null
}
