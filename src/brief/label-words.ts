import { isMove, type Label } from '../position/judging/label.ts'
import type { Stance } from '../position/judging/position.ts'
import type { BriefItem } from './brief.ts'

const WORDS: Readonly<Record<Label, string>> = {
  new: 'New on record',
  reaffirmed: 'Reaffirmed',
  elaborated: 'Elaborated',
  softened: 'Softened',
  hardened: 'Hardened',
  shifted: 'Shifted',
  reversed: 'Reversed',
  'not comparable': 'No position of their own',
  unclear: 'Unclear',
}

/** What a label claims, for whoever reads briefs. */
export const LABEL_MEANINGS: Readonly<Record<Label, string>> = {
  new: 'nothing by this speaker on this proposition was known before',
  reaffirmed: 'the same side as before, and nothing differs that we can tell',
  elaborated: 'the same side; a reason, a date or more detail is added',
  softened: 'the same side, held less firmly: a condition, an exception, "may" for "will"',
  hardened: 'the same side, held more firmly',
  shifted: 'another condition or means, or from undecided to a side: neither simply more nor less',
  reversed: 'for became against, or the other way round',
  'not comparable': 'no view of the speaker’s own: relayed, quoted, a question, no comment',
  unclear: 'it may be a change; we are not sure enough to say so, and the reason stands beside it',
}

export function labelWords(label: Label): string {
  return WORDS[label]
}

/** Where a speaker stands, for people: a thesis is affirmed or rejected, what is wanted is supported or opposed. */
export function sideWords(stance: Stance, isThesis: boolean): string {
  return isThesis ? stance.replace('supports', 'affirms').replace('opposes', 'rejects') : stance
}

/** Between a label and its proposition the side that the speaker is on; a change of course says it below, and doubt claims none. */
export function sideOf({ change: { label, stance }, isThesis }: Pick<BriefItem, 'change' | 'isThesis'>): string {
  if (label === 'unclear' || isMove(label)) return ' on: '
  return ` · ${stance === 'on record' ? 'about' : sideWords(stance, isThesis)}: `
}

/**
 * Whether the item says anything about a proposition: where no side was read, or the desk set our reading aside, the
 * words only stand on the record.
 */
export function isClaim({
  change,
  proposition,
  earlier,
}: {
  readonly change: Pick<BriefItem['change'], 'label' | 'stance' | 'method'>
  readonly proposition: string | null
  readonly earlier: unknown
}): boolean {
  if (proposition === null || change.label === 'not comparable' || isSetAside(change)) return false
  return change.stance !== 'on record' || (earlier !== null && change.label !== 'unclear')
}

/** Whether the desk called it no change of course: then it claims no side either, for the words were read as a turn. */
export function isSetAside({ method }: Pick<BriefItem['change'], 'method'>): boolean {
  return method === 'correction'
}

/** The label as a step of the record has it: without a claim the words only stand there. */
export function stepWords(item: BriefItem): string {
  if (isSetAside(item.change)) return 'On record'
  if (isClaim(item) || item.change.label === 'not comparable') return labelWords(item.change.label)
  return item.change.label === 'reaffirmed' ? 'The same words again' : 'On record'
}

/** What exactly differs, or why nothing is claimed; empty where the label says it all. */
export function deltaWords({ change }: Pick<BriefItem, 'change'>): string {
  const delta = change.delta.map((one) => one.words).join('; ')
  if (delta !== '') return delta
  return change.label === 'unclear' || change.label === 'not comparable' ? change.why : ''
}

/**
 * What a change of course means for the position, made from facets alone: "Condition added: if the crews
 * are freed first. Was: supports. Now: supports with conditions." Empty where nothing moved.
 */
export function meaningWords({ change, stood, isThesis }: Pick<BriefItem, 'change' | 'stood' | 'isThesis'>): string {
  if (!isMove(change.label)) return ''
  const sides = sidesWords(stood, change.stance, isThesis)
  // Was and now say what a turn of the sign is.
  const delta = change.delta.filter(({ slot }) => slot !== 'polarity' || sides === '').map(({ words }) => words)
  return [...delta, sides]
    .filter((part) => part !== '')
    .map((part) => `${sentenceCase(part)}.`)
    .join(' ')
}

function sidesWords(stood: Stance | null, stance: Stance, isThesis: boolean): string {
  // A stance is only told where it is claimed, before and now.
  if (stance === 'on record') return ''
  const now = sideWords(stance, isThesis)
  if (stood === stance) return `still: ${now}`
  return stood === null || stood === 'on record' ? `now: ${now}` : `was: ${sideWords(stood, isThesis)}. Now: ${now}`
}

/** "Supports", as a line begins. */
export function sentenceCase(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What the team's own desk had to do with the label; empty where nothing. */
export function deskWords({ change }: Pick<BriefItem, 'change'>): string {
  if (isSetAside(change)) return ' · corrected by your desk: not a change'
  return change.status === 'confirmed' ? ' · confirmed by your desk' : ''
}
