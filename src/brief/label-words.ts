import type { Label } from '../position/label.ts'
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

export function labelWords(label: Label): string {
  return WORDS[label]
}

/** What exactly differs, or why nothing is claimed; empty where the label says it all. */
export function deltaWords({ change }: BriefItem): string {
  const delta = change.delta.map((one) => one.words).join('; ')
  if (delta !== '') return delta
  return change.label === 'unclear' || change.label === 'not comparable' ? change.why : ''
}

/** What the team's own desk had to do with the label; empty where nothing. */
export function deskWords({ change }: Pick<BriefItem, 'change'>): string {
  if (change.method === 'correction') return ' · corrected by your desk: not a change'
  return change.status === 'confirmed' ? ' · confirmed by your desk' : ''
}
