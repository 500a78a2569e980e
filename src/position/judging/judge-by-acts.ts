import type { Facet } from '../reading/facet.ts'
import type { Delta } from './change.ts'
import { changedTerms } from './changed-terms.ts'
import type { SlotAnswer } from './compare-slots.ts'
import { whyNotTurnedByActs } from './turned-by-acts.ts'

/** What the acts that two facets tell make of the position: turned round, or on other terms. `null`: nothing sure. */
export function judgeByActs(state: Facet, now: Facet): SlotAnswer | null {
  if (now.act == null || whyNotTurnedByActs(state, now) !== null) return changedTerms(state, now)
  const [old, new_] = now.act.polarity > 0 ? ['against', 'for'] : ['for', 'against']
  const delta: Delta = { slot: 'polarity', old, new: new_, words: `from ${old} to ${new_}` }
  const why = `What is told now is the contrary of what was told before: ${now.act.words}.`
  return { label: 'reversed', rule: 'R3', delta: [delta], why }
}
