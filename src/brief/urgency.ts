import { isMove, type Label } from '../position/judging/label.ts'
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

/** What is new against the record first; of one label what is said about a proposition; then as it was said, the most telling topic first. */
export function byUrgency(a: BriefItem, b: BriefItem): number {
  return (
    ORDER.indexOf(a.change.label) - ORDER.indexOf(b.change.label) ||
    Number(a.proposition === null) - Number(b.proposition === null) ||
    a.statement.id - b.statement.id ||
    topicRank(a) - topicRank(b)
  )
}

/** A change of course: what a digest opens with. */
export function isTurn(item: BriefItem): boolean {
  return isMove(item.change.label)
}

/** The topics of a statement are kept with the most telling first. */
function topicRank({ statement, change }: BriefItem): number {
  return statement.topics.indexOf(change.topic)
}
