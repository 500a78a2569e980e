import type { Facet } from './facet.ts'

/** Share of the proposition that a clause must hold before it may be said to turn it round. */
const ANCHORED = 0.6

/**
 * Why a facet of the other sign may not turn a position round, for a person; `null` if it may.
 * What may not turn it leaves the position as it was.
 */
export function whyNotTurned(state: Facet, now: Facet): string | null {
  if (!state.isSure || !now.isSure) return 'For and against seem to differ, and a negation cannot be placed for sure.'
  if (now.anchored < ANCHORED || !now.hasAct) {
    return 'For and against seem to differ, but the new words hold too little of the proposition.'
  }
  const isSameActor = now.actor !== null && now.actor === state.actor
  return now.isStance || isSameActor ? null : 'The new words tell what happens, not what the speaker wants.'
}
