import type { Attribution } from './attributions.ts'
import type { Resolved } from './resolved.ts'
import type { Item } from './sentences.ts'
import type { Holder } from './statement.ts'

/** What people do together by saying it: whoever reports it speaks for himself too. */
const JOINT_ACTS = /^(?:agree|confirm|promise|pledge|vow|propose|decline|refuse|reaffirm)$/

const HEARSAY = /^(?:reportedly|allegedly|apparently)$/

/** Whether `inner` is attributed within what `outer` attributes. */
export function isInside(inner: Attribution, outer: Attribution): boolean {
  if (inner === outer) return false
  const { head } = inner.frame.cue
  return outer.ranges.some(({ from, to }) => head >= from && head < to)
}

/** Whose view it is; `all` are the attributions of the sentence. */
export function holderOf(
  own: Attribution,
  all: readonly Attribution[],
  items: readonly Item[],
  resolved: Resolved,
): Holder {
  const { cue } = own.frame
  if (all.some((other) => isInside(own, other))) return 'reported'
  if (items.slice(cue.from, cue.to).some((item) => HEARSAY.test(item.lower))) return 'reported'
  if (cue.lemma === 'deny' || cue.lemma === 'dispute') return 'denied'
  const quotedAs =
    items[cue.head - 1]?.lower === 'as' &&
    items.slice(0, cue.head).some(({ lower }) => lower === 'quoted' || lower === 'cited')
  if (quotedAs || cue.lemma === 'quote' || cue.lemma === 'cite') return 'quoted'
  const told = all.find((other) => isInside(other, own) && !JOINT_ACTS.test(other.frame.cue.lemma))
  if (told !== undefined && 2 * sizeOf(told) > sizeOf(own)) return 'relayed'
  return resolved.plural && resolved.name !== null ? 'joint' : 'own'
}

const sizeOf = ({ ranges }: Attribution) => ranges.reduce((sum, { from, to }) => sum + to - from, 0)
