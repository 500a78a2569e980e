import { weighsOnTerms } from '../reading/acts/act-doubts.ts'
import type { Facet } from '../reading/facet.ts'
import type { Delta } from './change.ts'
import { isNews, type SlotAnswer } from './compare-slots.ts'

/**
 * What a long sentence changes of an earlier long one that tells of the same act: how much, by when, on what
 * condition, how firmly. `null`: nothing that is sure. In such sentences other amounts and dates stand about, so only
 * those count that the text itself puts as the terms of the act.
 */
export function changedTerms(state: Facet, now: Facet): SlotAnswer | null {
  if (weighsOnTerms(now.terms?.doubt ?? now.act?.doubt ?? null) || now.act?.hasOthers) return null
  return (
    amount(state, now) ??
    resized(state, now) ??
    due(state, now) ??
    compared(state, now) ??
    firmer(state, now) ??
    doorOpened(state, now) ??
    exempted(state, now) ??
    condition(state, now)
  )
}

/** Less of the proposition than this, and the words may be about something else. */
const SPEAKS_OF_IT = 0.4
const MENTIONS_IT = 0.3

/** Both tell acts of one side, or the earlier words take the side that the new ones tell. */
function isSameSide(state: Facet, now: Facet): boolean {
  const [before, act] = [state.act ?? null, now.act ?? null]
  if (act === null || !act.isSure || act.agents.length > 0) return false
  if (before !== null) return before.isSure === true && before.polarity === act.polarity
  return state.isSure && state.polarity === act.polarity && state.anchored >= SPEAKS_OF_IT
}

function answer(label: 'hardened' | 'softened' | 'shifted', why: string, delta: Delta): SlotAnswer {
  return { label, rule: label === 'shifted' ? 'R7' : 'R8', delta: [delta], why }
}

/** More of what the speaker is for is stronger, and less of what the speaker is against. */
function strength(isMore: boolean, polarity: number): 'hardened' | 'softened' {
  return isMore === polarity > 0 ? 'hardened' : 'softened'
}

/** Tells how long something takes, or when, or how far. */
export function isMeasure(unit: string): boolean {
  return unit === '' || TIMES.test(unit)
}

const TIMES = /^(?:day|week|month|year|hour|minut|dai|percent|mile|kilomet|metr|met|time)$/

function amounts({ quantity: old }: Facet, { quantity: next }: Facet) {
  if (old === null || next === null || old.unit !== next.unit || old.value === next.value) return null
  if (isMeasure(old.unit)) return null
  const isMore = next.value > old.value
  const words = `${isMore ? 'more' : 'less'}: ${next.words}; before: ${old.words}`
  const delta: Delta = { slot: 'quantity', old: old.words, new: next.words, words }
  return { isMore, delta }
}

function amount(state: Facet, now: Facet): SlotAnswer | null {
  const found = amounts(state, now)
  // What was paid on Monday may be a part of what was promised.
  if (found === null || !isSameSide(state, now) || now.act?.isDone) return null
  const isSamePace = state.act == null || now.act?.isYearly === state.act.isYearly
  if (!isSamePace || now.act?.isTally || state.act?.isTally) return null
  return answer(
    strength(found.isMore, now.act?.polarity ?? 1),
    `The same act, and ${found.isMore ? 'more' : 'less'} of it.`,
    found.delta,
  )
}

/** The verb says which way, the figures say which way: both must agree. */
function resized(state: Facet, now: Facet): SlotAnswer | null {
  const found = amounts(state, now)
  if (found === null || now.terms?.resized !== (found.isMore ? 'up' : 'down')) return null
  if (state.anchored < MENTIONS_IT || now.anchored < MENTIONS_IT || state.polarity === 0) return null
  return answer(
    strength(found.isMore, state.polarity),
    'The new words say themselves that the amount is another.',
    found.delta,
  )
}

function due(state: Facet, now: Facet): SlotAnswer | null {
  const [old, next] = [state.terms?.due ?? null, now.terms?.due ?? null]
  if (old === null || next === null || old === next || !isOfOneThing(state, now)) return null
  const isSooner = next < old
  const delta: Delta = {
    slot: 'deadline',
    old,
    new: next,
    words: `${isSooner ? 'sooner' : 'later'}: ${next}; before: ${old}`,
  }
  return answer(isSooner ? 'hardened' : 'softened', `The same is to be done ${isSooner ? 'sooner' : 'later'}.`, delta)
}

/** Both speak for it, and share enough besides who spoke. */
function isOfOneThing(state: Facet, now: Facet): boolean {
  const isFor = (facet: Facet) => (facet.act?.isSure === true ? facet.act.polarity : facet.polarity) > 0
  const shared = now.around.filter((concept) => state.around.includes(concept)).length
  return isFor(state) && isFor(now) && (isSameSide(state, now) || shared >= SHARED)
}

const SHARED = 4

/** "Two years sooner than foreseen": measured against what was said. */
function compared(state: Facet, now: Facet): SlotAnswer | null {
  const which = now.terms?.compared ?? null
  if (which === null || !isSameSide(state, now) || now.act?.polarity !== 1) return null
  const delta: Delta = { slot: 'quantity', old: null, new: now.act.words, words: `${which} than was planned` }
  return answer(
    which === 'stronger' ? 'hardened' : 'softened',
    'The new words measure themselves against the earlier plan.',
    delta,
  )
}

/** From weighing it to doing it. */
function firmer(state: Facet, now: Facet): SlotAnswer | null {
  const { act } = now
  if (!state.terms?.isStudied || now.terms?.isStudied || act == null) return null
  if (!act.isSure || act.polarity !== 1 || act.isWeak || act.isConditional || act.agents.length > 0) return null
  if (!act.isDone && now.unconditional === null) return null
  const delta: Delta = {
    slot: 'modality',
    old: null,
    new: act.words,
    words: `weighed before, done or fixed now: ${act.words}`,
  }
  return answer('hardened', 'What was only weighed before is done or fixed now.', delta)
}

/** From a refusal to "left the door open". */
function doorOpened(state: Facet, now: Facet): SlotAnswer | null {
  const before = state.act ?? null
  if (!now.terms?.opensDoor || state.terms?.opensDoor) return null
  if (before?.isSure !== true || before.polarity !== -1 || before.isWeak || before.hasOthers) return null
  if (now.anchored < MENTIONS_IT) return null
  const delta: Delta = { slot: 'modality', old: before.words, new: null, words: 'refused before, not ruled out now' }
  return answer('softened', 'What was refused before is not ruled out now.', delta)
}

/** From a ban on all to a ban on all but some. */
function exempted(state: Facet, now: Facet): SlotAnswer | null {
  if (!now.terms?.exempts || state.terms?.exempts || state.exceptions.length > 0) return null
  const isFor = state.act?.isSure === true ? state.act.polarity === 1 : state.isSure && state.polarity === 1
  if (!isFor || now.act == null || now.act.agents.length > 0 || now.anchored < MENTIONS_IT) return null
  const delta: Delta = { slot: 'exception', old: null, new: now.act.words, words: `exception made: ${now.act.words}` }
  return answer('softened', 'Some are let off what was meant for all.', delta)
}

/** Put as a term in so many words; "once", "if" and "when" may only tell the time. */
const TERMS =
  /^(?:only (?:if|when|after|once)|unless|provided|on (?:the )?condition|subject to|in exchange for|in return for)\b/i

function condition(state: Facet, now: Facet): SlotAnswer | null {
  const [next] = now.conditions
  if (next === undefined || !TERMS.test(next.words) || !isNews(next, state) || !isSameSide(state, now)) return null
  const [old] = state.conditions
  const delta: Delta = {
    slot: 'condition',
    old: old?.words ?? null,
    new: next.words,
    words: `condition added: ${next.words}`,
  }
  return old === undefined
    ? answer('softened', 'The same act, on a condition that is new.', delta)
    : answer('shifted', 'One condition stands in the place of another.', delta)
}
