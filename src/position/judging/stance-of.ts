import type { Facet } from '../reading/facet.ts'
import type { Stance } from './position.ts'

/** The scale that people see; `null`: no proposition to stand on. */
export function stanceOf(facet: Facet | null): Stance {
  if (facet === null) return 'on record'
  if (facet.isUndecided) return 'no position'
  // A stance is a claim about a person: nothing is claimed where the words do not plainly take a side.
  if (facet.polarity === 0 || !facet.isSure || !facet.isExplicit) return 'on record'
  if (facet.polarity < 0) return facet.exceptions.length > 0 ? 'opposes with exceptions' : 'opposes'
  return facet.conditions.length + facet.exceptions.length > 0 ? 'supports with conditions' : 'supports'
}
