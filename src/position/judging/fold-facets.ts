import type { Facet, Piece } from '../reading/facet.ts'
import { whyNotTurned } from './may-turn.ts'

/**
 * The state of a position after `facets`, oldest first: of each slot the latest word that filled it.
 * Silence never empties a slot; only "unconditionally" and the like do, or a turn of the sign.
 */
export function foldFacets(facets: readonly Facet[]): Facet | null {
  return facets.reduce<Facet | null>(foldFacet, null)
}

/** The state after one more facet. */
export function foldFacet(state: Facet | null, facet: Facet): Facet {
  if (state === null) return facet
  const differs = facet.polarity !== 0 && state.polarity !== 0 && facet.polarity !== state.polarity
  // What may not be called a turn turns nothing round; only the words are remembered.
  if (differs && state.isSure && whyNotTurned(state, facet) !== null) {
    return { ...state, around: remember(state.around, facet.around) }
  }
  const turned = differs && state.isSure
  const before = turned || facet.unconditional !== null ? { conditions: [], exceptions: [] } : state
  const kept = turned ? { deadline: null, quantity: null, scope: null, pace: null, option: null } : state
  return {
    ...facet,
    polarity: facet.polarity === 0 ? state.polarity : facet.polarity,
    isExplicit:
      facet.polarity === 0
        ? state.isExplicit
        : facet.isExplicit || (facet.polarity === state.polarity && state.isExplicit),
    isUndecided: facet.polarity === 0 && (facet.isUndecided || state.isUndecided),
    isSure: facet.polarity === 0 ? state.isSure : facet.isSure || (facet.polarity === state.polarity && state.isSure),
    actor: facet.polarity === 0 ? state.actor : facet.actor,
    modality: facet.modality ?? state.modality,
    conditions: facet.conditions.length > 0 ? facet.conditions : before.conditions,
    exceptions: facet.exceptions.length > 0 ? facet.exceptions : before.exceptions,
    reasons: union(state.reasons, facet.reasons),
    qualifiers: union(state.qualifiers, facet.qualifiers),
    deadline: facet.deadline ?? kept.deadline,
    quantity: facet.quantity ?? kept.quantity,
    scope: facet.scope ?? kept.scope,
    pace: facet.pace ?? kept.pace,
    option: facet.option ?? kept.option,
    plain: facet.plain ?? state.plain,
    frame: facet.frame,
    around: remember(state.around, facet.around),
  }
}

/** Words of a long thread that are remembered, the latest: what was said years ago is new again. */
const REMEMBERED = 400

function remember(known: readonly string[], said: readonly string[]): readonly string[] {
  return [...new Set([...said, ...known])].slice(0, REMEMBERED)
}

function union(a: readonly Piece[], b: readonly Piece[]): readonly Piece[] {
  return [...a, ...b.filter((piece) => !a.some((other) => other.key === piece.key))]
}
