import type { Bar, Facet } from '../reading/facet.ts'
import { hasAnotherMeans, hasAnotherWord } from './another-word.ts'
import type { Delta } from './change.ts'
import { compareSlots, isNews } from './compare-slots.ts'
import { gateOf } from './frame-gate.ts'
import { isMove, type Label, type RuleId } from './label.ts'
import { whyNotPlain, whyNotTurned } from './may-turn.ts'

export type Judgement = {
  readonly label: Label
  readonly rule: RuleId
  readonly delta: readonly Delta[]
  readonly why: string
  /** Which of the earlier facets it was compared with; `null` if with none. */
  readonly against: number | null
}

/** What came before: the facets, oldest first, and the state that they fold to. */
export type Before = { readonly earlier: readonly Facet[]; readonly state: Facet | null }

type JudgeOptions = {
  /** At the level of a topic only the same words again are the same position. */
  readonly level: 'topic' | 'proposition'
}

/** A long sentence of which more than this is new says something that nobody compared. */
const NEW_STORY = 0.68

/** Less of the proposition than this, and a long sentence may be about something else. */
const SPEAKS_OF_IT = 0.15

/** Words of the clause that holds the proposition which were said before: so many, and it speaks of the same. */
const ALIGNED = 3

/** Earlier statements that a new one is compared with; older ones live on in the folded state. */
const LOOKED_BACK = 25

/**
 * Labels a new facet against the earlier ones: the rules of POSITIONS.md in their order,
 * the first that fires. Where anything is in doubt the answer is `unclear`: a false alarm about a
 * change of course is worse than a missed one.
 */
export function judge({ earlier, state }: Before, now: Facet, { level }: JudgeOptions): Judgement {
  if (now.bar !== null) return { ...barred(now.bar), against: null }
  if (state === null) {
    return {
      label: 'new',
      rule: 'R1',
      delta: [],
      why: 'Nothing earlier by this speaker is on record here.',
      against: null,
    }
  }
  const gate = gateOf(earlier.slice(-LOOKED_BACK), now, level)
  const against = Math.max(0, earlier.length - LOOKED_BACK) + gate.nearest
  const answer = (label: Label, rule: RuleId, why: string, delta: readonly Delta[] = []): Judgement => ({
    label,
    rule,
    delta,
    why,
    against,
  })
  const unclear = (why: string) => answer('unclear', 'R4', why)
  if (level === 'topic') {
    if (gate.isRepetition) return answer('reaffirmed', 'R10', 'The same words as before.')
    if (gate.isRelated)
      return unclear('Both are on this topic; whether they say the same cannot be told from the words.')
    return { ...unclear('What was said on this topic before is about something else.'), against: null }
  }

  const turned = now.polarity !== 0 && state.polarity !== 0 && now.polarity !== state.polarity
  const slots = compareSlots(state, now)
  const isRead = now.plain === null || now.plain.polarity === now.polarity
  const kind = now.turn?.kind ?? null
  if (kind === 'denies a report' || kind === 'says nothing changed') {
    if (turned || (slots !== null && isMove(slots.label))) {
      return unclear('The speaker says that nothing changed, and the words read otherwise.')
    }
    return answer('reaffirmed', 'R2', `The speaker says that nothing changed: ${now.turn?.words}.`)
  }
  if (kind === 'contrasts with the past' && now.polarity !== 0 && now.polarity === state.polarity) {
    return answer('reaffirmed', 'R2', 'A view of the past is contrasted with the one on record.')
  }
  if (!gate.isOpen) {
    const isAligned =
      now.anchored >= SPEAKS_OF_IT && now.frame.filter((concept) => state.around.includes(concept)).length >= ALIGNED
    const agrees =
      (gate.isRelated || isAligned) &&
      now.polarity === state.polarity &&
      now.polarity !== 0 &&
      now.isSure &&
      state.isSure
    // In a long sentence "could" may belong to anything; amounts and conditions may not.
    const differs = slots !== null && isMove(slots.label) && slots.delta.some((one) => one.slot !== 'modality')
    if (agrees && slots?.rule === 'R9') return answer(slots.label, slots.rule, slots.why, slots.delta)
    const isNewStory =
      now.around.filter((concept) => !state.around.includes(concept)).length > now.around.length * NEW_STORY
    if (agrees && isAligned && isNewStory && !differs && isRead && now.turn?.kind !== 'retracts')
      return answer('elaborated', 'R9', 'What was said before is there, on the same side, among much that is new.')
    return agrees && !differs && isRead && now.turn?.kind !== 'retracts' && !isNewStory
      ? answer('reaffirmed', 'R10', 'The sentences are long, speak about the same and take the same side.')
      : unclear(gate.why)
  }
  const preferred = slots?.rule === 'R7' && now.option?.isPreferred === true
  if (turned && !preferred) return turnedAnswer(state, now, answer, unclear)
  if ((now.polarity === 0 || state.polarity === 0) && !preferred) {
    if (now.polarity === state.polarity) return unclear('Neither statement says whether the speaker is for or against.')
    if (now.polarity === 0 && !now.isSure)
      return unclear('The new words do not say whether the speaker is for or against.')
    if (!now.isUndecided && !state.isUndecided) return unclear('One of the statements does not say for or against.')
    const doubt = whyNotPlain(state, now)
    if (doubt !== null) return unclear(doubt)
    return answer('shifted', 'R5', 'From no position to one, or back.')
  }
  if (!isRead && !preferred && slots?.rule !== 'R7') {
    return unclear('Read as a whole and read word for word, the sentence does not say the same.')
  }
  if (slots !== null) {
    const isContrast = slots.delta.every((one) => one.slot === 'option')
    const doubt = isMove(slots.label) && !isContrast ? whyNotPlain(state, now) : null
    if (doubt !== null) return unclear(doubt)
    if (gate.isLong && slots.rule !== 'R9') return unclear(gate.why)
    return answer(slots.label, slots.rule, slots.why, slots.delta)
  }
  if (hasAnotherWord(state, now) || hasAnotherMeans(state, now))
    return unclear('One thing stands where another stood; whether it means the same a person has to read.')
  if (!now.isSure || !state.isSure) return unclear('Whether the words are for or against cannot be told for sure.')
  if (state.isStance && !now.isStance && now.actor !== state.actor)
    return unclear('The new words tell what happens, not what the speaker wants.')
  return answer('reaffirmed', 'R10', 'The same stance, and nothing differs that the rules know.')
}

/** For became against, or the other way round: an alarm, so everything about it must be sure. */
function turnedAnswer(
  state: Facet,
  now: Facet,
  answer: (label: Label, rule: RuleId, why: string, delta: readonly Delta[]) => Judgement,
  unclear: (why: string) => Judgement,
): Judgement {
  const doubt = whyNotTurned(state, now)
  if (doubt !== null) return unclear(doubt)
  const [old, new_] = state.polarity > 0 ? ['for', 'against'] : ['against', 'for']
  const [condition] = [...now.conditions, ...now.exceptions]
  if (condition !== undefined) {
    if (!isNews(condition, state)) return unclear('The condition was part of the earlier words, too.')
    const delta: Delta = {
      slot: 'condition',
      old: null,
      new: condition.words,
      words: `now, with a condition, ${new_}: ${condition.words}`,
    }
    return answer('softened', 'R8', 'The contrary is offered on a condition.', [delta])
  }
  if (now.modality?.strength === 1) {
    const delta: Delta = {
      slot: 'modality',
      old: state.modality?.words ?? null,
      new: now.modality.words,
      words: `the contrary is thought about: ${now.modality.words}`,
    }
    return answer('softened', 'R8', `Until now ${old} it; ${new_} is thought about.`, [delta])
  }
  const delta: Delta = { slot: 'polarity', old, new: new_, words: `from ${old} to ${new_}` }
  return now.turn === null || now.turn.kind === 'contrasts with the past'
    ? answer('reversed', 'R6', `The earlier words are ${old} it, the new ones ${new_}.`, [delta])
    : answer('reversed', 'R3', `Taken back in so many words, or by an act: ${now.turn.words}.`, [delta])
}

const BARRED: Readonly<Record<Bar, string>> = {
  'not own': 'The view is somebody else’s, not the speaker’s own.',
  question: 'A question shows no position.',
  hypothetical: 'A hypothetical shows no position.',
  agenda: 'What is or was discussed shows no position.',
  'no comment': 'The speaker did not comment.',
}

function barred(bar: Bar): Omit<Judgement, 'against'> {
  return { label: 'not comparable', rule: 'R0', delta: [], why: BARRED[bar] }
}
