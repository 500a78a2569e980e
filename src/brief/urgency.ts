import { isMove, type Label } from '../position/label.ts'
import type { BriefItem } from './brief.ts'

const ORDER: readonly Label[] = [
  'reversed',
  'shifted',
  'hardened',
  'softened',
  'new',
  'elaborated',
  'unclear',
  'reaffirmed',
  'not comparable',
]

/** What is new against the record first. */
export function byUrgency(a: BriefItem, b: BriefItem): number {
  return ORDER.indexOf(a.change.label) - ORDER.indexOf(b.change.label)
}

/** A change of course: what a digest opens with. */
export function isTurn(item: BriefItem): boolean {
  return isMove(item.change.label)
}
