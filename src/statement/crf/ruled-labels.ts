import type { Attribution } from '../attributions.ts'
import type { Scene } from './scene.ts'

const [UNRULED, OUTSIDE, CONTENT, SOURCE, ASIDE, CUE] = [1, 2, 3, 4, 5, 6]

/** What stands beyond both ends. */
export const RULED_EDGE = 7

/** What the rules make of each item for one cue; all alike where they find nothing for it. */
export function ruledLabels(one: Attribution | undefined, length: number): Int32Array {
  const labels = new Int32Array(length).fill(one === undefined ? UNRULED : OUTSIDE)
  if (one === undefined) return labels
  for (const { from, to } of one.ranges) labels.fill(CONTENT, from, to)
  const { cue, source } = one.frame
  if (source !== null) {
    if (source.aside !== null) labels.fill(ASIDE, source.aside.from, source.aside.to)
    labels.fill(SOURCE, source.from, source.to)
  }
  labels.fill(CUE, cue.from, cue.to)
  return labels
}

/** What the other cues have at each item, and whether such a cue stands before, behind or around this one. 0: nothing. */
export function otherLabels({ items, attributions }: Scene, head: number): Int32Array {
  const labels = new Int32Array(items.length)
  for (const [at, one] of attributions) {
    if (at === head) continue
    const holds = one.ranges.some(({ from, to }) => head >= from && head < to)
    const relation = 8 * (holds ? 1 : at < head ? 2 : 3)
    const { cue, source } = one.frame
    for (const { from, to } of one.ranges) labels.fill(relation + CONTENT, from, to)
    if (source !== null) labels.fill(relation + SOURCE, source.from, source.to)
    labels.fill(relation + CUE, cue.from, cue.to)
  }
  return labels
}
