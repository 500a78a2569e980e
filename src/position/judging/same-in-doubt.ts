import type { Facet } from '../reading/facet.ts'
import { isMeasure } from './changed-terms.ts'

/** Beyond this a sentence says so much that two with the same words may still differ. */
const LONG = 16

/**
 * Why two statements of one side may not be called the same, for a person; `null` if they may: the acts that they
 * tell differ, the new words speak of a turn, or of another amount.
 */
export function whyNotSame(state: Facet, now: Facet): string | null {
  const [before, act] = [state.act ?? null, now.act ?? null]
  const isLong = state.clauseWords > LONG || now.clauseWords > LONG
  const isTold = act?.isSure === true && act.isDone && act.doubt === null && !act.hasOthers && act.agents.length === 0
  if (isLong && isTold && before?.isSure === true && before.polarity !== act.polarity) {
    return 'The words take one side, and the acts that are told point to another.'
  }
  if (now.isMarked && !state.isMarked) return 'The new words speak of a turn, and what turned cannot be told.'
  if ((now.isLimited === true) !== (state.isLimited === true)) {
    return 'One of the statements takes something out again, and what that is cannot be told.'
  }
  if ((act?.isDone === true && before?.isWeak === true) || (act?.isWeak === true && before?.isDone === true)) {
    return 'One of the statements only thinks about what the other tells as done.'
  }
  const { quantity } = now
  const isOfActs = isLong && (before !== null || act !== null)
  if (
    isOfActs &&
    quantity !== null &&
    state.quantity !== null &&
    !isMeasure(quantity.unit) &&
    !isMeasure(state.quantity.unit) &&
    quantity.value !== state.quantity.value
  ) {
    return 'Both name amounts, and whether they are of the same thing cannot be told.'
  }
  return null
}
