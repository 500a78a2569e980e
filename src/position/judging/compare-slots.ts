import type { Facet, Piece } from '../reading/facet.ts'
import type { Delta } from './change.ts'
import type { Label, RuleId } from './label.ts'

type Difference = { readonly delta: Delta; readonly direction: 'stronger' | 'weaker' | 'other' }
export type SlotAnswer = {
  readonly label: Label
  readonly rule: RuleId
  readonly delta: readonly Delta[]
  readonly why: string
}

/** Rules R7 to R9: what differs between two statements of one sign; `null`: nothing that the rules know. */
export function compareSlots(state: Facet, now: Facet): SlotAnswer | null {
  const replaced = [...optionReplaced(state, now), ...conditionReplaced(state, now)]
  if (replaced.length > 0) {
    return {
      label: 'shifted',
      rule: 'R7',
      delta: replaced,
      why: 'One means or condition stands in the place of another.',
    }
  }
  const found = [
    ...modality(state, now),
    ...conditions(state, now),
    ...exceptions(state, now),
    ...deadline(state, now),
    ...quantity(state, now),
    ...scope(state, now),
    ...pace(state, now),
  ]
  if (found.length > 0) {
    const delta = found.map((difference) => difference.delta)
    const directions = new Set(found.map((difference) => difference.direction))
    const [only] = directions
    if (directions.size > 1 || only === 'other') {
      return { label: 'shifted', rule: 'R8', delta, why: 'Some of it is stronger now and some weaker.' }
    }
    return only === 'stronger'
      ? { label: 'hardened', rule: 'R8', delta, why: 'Everything that differs is stronger now.' }
      : { label: 'softened', rule: 'R8', delta, why: 'Everything that differs is weaker now.' }
  }
  return added(state, now)
}

function difference(
  slot: Delta['slot'],
  direction: Difference['direction'],
  what: string,
  old: Piece | null,
  now: Piece | null,
): Difference {
  const words = [
    what,
    [now?.words, old === null ? null : `before: ${old.words}`].filter((part) => part != null).join('; '),
  ]
  return { direction, delta: { slot, old: old?.words ?? null, new: now?.words ?? null, words: words.join(': ') } }
}

/** "Not in The Hague", "instead of by force": not "not to lift them". */
const PLACES_OR_MEANS =
  /^(?:,\s*)?(?:and |but )?(?:not|instead of|rather than|as opposed to) (?:in|at|by|through|via|with|under)\s\P{N}*$/iu

function optionReplaced(state: Facet, now: Facet): readonly Delta[] {
  const { option: old } = state
  const { option } = now
  const [contrast] = now.qualifiers
  // "…, not in The Hague", "rather than in Geneva": what was asked for before is put aside by name.
  const isPlainly =
    state.polarity > 0 && state.plain !== null && now.plain !== null && state.plain.polarity === now.plain.polarity
  if (contrast !== undefined && isPlainly && PLACES_OR_MEANS.test(contrast.words)) {
    const known = new Set(state.around)
    const named = contrast.key.split(' ').filter((word) => word !== '')
    const isKnown =
      named.length > 0 && named.some((word) => known.has(word)) && !named.some((word) => now.frame.includes(word))
    if (isKnown) return [difference('option', 'other', 'another choice', old, contrast).delta]
  }
  if (old === null || option === null || old.isPreferred !== option.isPreferred) return []
  if (option.isPreferred) {
    return differs(old.key, option.key) && differs(option.key, old.key)
      ? [difference('option', 'other', 'another choice', old, option).delta]
      : []
  }
  const isNow = /\bnow\b/i.test(now.pace?.words ?? '')
  return isNow && !overlaps(old.key, option.key)
    ? [difference('option', 'other', 'another means', old, option).delta]
    : []
}

function conditionReplaced(state: Facet, now: Facet): readonly Delta[] {
  const [old] = state.conditions
  const [condition] = now.conditions
  if (old === undefined || condition === undefined || overlaps(old.key, condition.key)) return []
  return [difference('condition', 'other', 'another condition', old, condition).delta]
}

function modality(state: Facet, now: Facet): readonly Difference[] {
  if (state.modality === null || now.modality === null) return []
  const step = now.modality.strength - state.modality.strength
  // Between "ready" and "will" translations waver.
  if (Math.abs(step) < 2) return []
  return [
    difference(
      'modality',
      step > 0 ? 'stronger' : 'weaker',
      step > 0 ? 'firmer' : 'less firm',
      state.modality,
      now.modality,
    ),
  ]
}

function conditions(state: Facet, now: Facet): readonly Difference[] {
  const [old] = state.conditions
  const [condition] = now.conditions
  if (old === undefined && condition !== undefined && isNews(condition, state)) {
    return [difference('condition', 'weaker', 'condition added', null, condition)]
  }
  if (old !== undefined && condition === undefined && takesBack(now)) {
    return [difference('condition', 'stronger', 'condition dropped', old, now.unconditional ?? now.pace)]
  }
  return []
}

/** Nothing of it was said before: the condition of an earlier sentence may have been read as something else. */
export function isNews({ key }: Piece, state: Facet): boolean {
  const known = new Set(state.around)
  const named = key.split(' ').filter((word) => word !== '')
  return named.length > 0 && named.filter((word) => known.has(word)).length <= named.length / 2
}

/** "Now, whatever the crew says". */
function takesBack(now: Facet): boolean {
  return now.unconditional !== null || now.pace?.isFast === true
}

function exceptions(state: Facet, now: Facet): readonly Difference[] {
  const [old] = state.exceptions
  const [exception] = now.exceptions
  if (old === undefined && exception !== undefined && isNews(exception, state))
    return [difference('exception', 'weaker', 'exception added', null, exception)]
  if (old !== undefined && exception === undefined && now.unconditional !== null) {
    return [difference('exception', 'stronger', 'exception closed', old, now.unconditional)]
  }
  return []
}

function deadline(state: Facet, now: Facet): readonly Difference[] {
  if (state.deadline !== null && now.deadline === null && now.pace?.isFast === true && state.pace?.isFast !== true) {
    return [difference('deadline', 'stronger', 'sooner', state.deadline, now.pace)]
  }
  const { deadline: old } = state
  const { deadline: next } = now
  if (old === null || next === null) return []
  // "In December" after "on 15 December" may be the same day.
  const isSame = (part: (on: string) => string) => part(old.from) <= part(next.on) && part(next.from) <= part(old.on)
  // Nor is "in May" of one year and of the next known to be another May.
  const isYearKnown = [old, next].some((date) => /year|next|this|\d{4}/i.test(date.words))
  if (isSame((on) => on) || (!isYearKnown && isSame((on) => on.slice('YYYY-'.length)))) return []
  const sooner = next.on < old.on
  return [difference('deadline', sooner ? 'stronger' : 'weaker', sooner ? 'sooner' : 'later', old, next)]
}

function quantity(state: Facet, now: Facet): readonly Difference[] {
  if (state.quantity === null || now.quantity === null) return []
  if (state.quantity.unit !== now.quantity.unit || state.quantity.value === now.quantity.value) return []
  // What was paid so far is not what was promised.
  if (state.plain?.kind !== now.plain?.kind) return []
  const more = now.quantity.value > state.quantity.value
  return [
    difference(
      'quantity',
      more === now.polarity > 0 ? 'stronger' : 'weaker',
      more ? 'more' : 'less',
      state.quantity,
      now.quantity,
    ),
  ]
}

function scope(state: Facet, now: Facet): readonly Difference[] {
  // "Half of the bridge" after "the bridge": what is not said to be a part is meant whole.
  if (state.scope === null && now.scope !== null && HALF.test(now.scope.words) && !isOnlyFact(state, now))
    return [difference('scope', 'weaker', 'a part of it', null, now.scope)]
  if (state.scope === null || now.scope === null || state.scope.isWhole === now.scope.isWhole) return []
  const whole = now.scope.isWhole
  return [
    difference('scope', whole ? 'stronger' : 'weaker', whole ? 'all of it' : 'a part of it', state.scope, now.scope),
  ]
}

const HALF = /^(?:half|part) of$/i

/** Done so far is not wanted less. */
function isOnlyFact(state: Facet, now: Facet): boolean {
  return state.plain?.kind !== 'wish' || now.plain?.kind !== 'wish'
}

function pace(state: Facet, now: Facet): readonly Difference[] {
  if (state.pace === null || now.pace === null || state.pace.isFast === now.pace.isFast) return []
  const fast = now.pace.isFast
  return [difference('pace', fast ? 'stronger' : 'weaker', fast ? 'faster' : 'slower', state.pace, now.pace)]
}

/** R9: a reason, or words that only add. */
function added(state: Facet, now: Facet): SlotAnswer | null {
  const reason = now.reasons.find((piece) => !state.reasons.some((old) => overlaps(old.key, piece.key)))
  if (reason !== undefined) {
    const { delta } = difference('reason', 'other', 'reason added', null, reason)
    return { label: 'elaborated', rule: 'R9', delta: [delta], why: 'Only a reason is added.' }
  }
  if (state.deadline === null && now.deadline !== null && state.pace === null) {
    const { delta } = difference('deadline', 'other', 'date added', null, now.deadline)
    return { label: 'elaborated', rule: 'R9', delta: [delta], why: 'Only a date is added.' }
  }
  const known = new Set(state.around)
  const isContained =
    [...now.around].filter((concept) => known.has(concept)).length >=
    Math.min(known.size, now.around.length) * CONTAINED
  const extra = now.around.filter((concept) => !known.has(concept))
  if (!isContained || extra.length < ADDED_STEMS || known.size < 2) return null
  return {
    label: 'elaborated',
    rule: 'R9',
    delta: [],
    why: 'The earlier words are all there, and more is said about them.',
  }
}

/** The old text is in the new one but for a word or two. */
const CONTAINED = 0.85
const ADDED_STEMS = 2

/** Whether `a` has words that `b` has not. */
function differs(a: string, b: string): boolean {
  const words = new Set(b.split(' '))
  return a.split(' ').some((word) => !words.has(word))
}

function overlaps(a: string, b: string): boolean {
  const words = new Set(a.split(' '))
  return b.split(' ').some((word) => words.has(word))
}
