import { clauseEnd } from './clause-end.ts'
import { contentAfter } from './content-after.ts'
import { contentBefore } from './content-before.ts'
import { type Content, clauseStart, type Frame, isComma, isDash, unitTo, type View } from './frame.ts'
import type { Range } from './noun-phrase.ts'
import type { Item } from './sentences.ts'

/**
 * What each frame of a sentence attributes; null where there is nothing to be sure of.
 *
 * From the last frame to the first: `..., the minister told reporters` at the end of
 * a sentence claims what stands before it, so earlier contents end there.
 */
export function findContents(items: readonly Item[], frames: readonly Frame[]): readonly (Content | null)[] {
  const before: (Content | null)[] = frames.map(() => null)
  const view: View = { items, frames, before }
  for (let index = frames.length - 1; index >= 0; index--) {
    const { cue } = frames[index] as Frame
    if (!cue.unreal) before[index] = cue.kind === 'according' ? accordingTo(view, index) : contentBefore(view, index)
  }
  // "did not say" says nothing, but it ends what was said before.
  return frames.map(({ cue }, index) => {
    if (cue.unreal) return null
    return before[index] ?? (cue.kind === 'according' ? null : contentAfter(view, index))
  })
}

function accordingTo(view: View, index: number): Content | null {
  const { items, frames } = view
  const frame = frames[index] as Frame
  if (frame.source === null) return null
  const { from } = frame.cue
  const to = unitTo(frame)
  const ranges = opensClause(items, from) ? [afterIt(view, index, to)] : aroundIt(view, index, to)
  const found = ranges.filter((range) => range.to > range.from)
  return found.length > 0 ? { ranges: found, pattern: 'according to' } : null
}

/** "According to her, ...", "But according to her, ...", "It is clear: according to her, ..." */
function opensClause(items: readonly Item[], from: number): boolean {
  const before = items[from - 1]
  if (before === undefined || /^[:;]$/.test(before.text)) return true
  return from <= 2 && (isComma(before) || (before.kind === 'word' && items[0]?.class !== 'name'))
}

function afterIt(view: View, index: number, to: number): Range {
  const from = pastCiting(view.items, isComma(view.items[to]) ? to + 1 : to)
  return { from, to: clauseEnd(view, index, from) }
}

/** "According to the agency, [citing the ministry,] ...": whom it has it from is no content. */
function pastCiting(items: readonly Item[], from: number): number {
  if (!/^(?:citing|quoting)$/.test(items[from]?.lower ?? '')) return from
  const comma = items.findIndex((item, i) => i > from && isComma(item))
  return comma < 0 ? from : comma + 1
}

/** "The truce, according to her, would hold." */
function aroundIt(view: View, index: number, to: number): readonly Range[] {
  const { items, frames } = view
  const { from } = (frames[index] as Frame).cue
  const apart = isComma(items[from - 1])
  const left = { from: clauseStart(view, index), to: apart || isDash(items[from - 1]) ? from - 1 : from }
  // "boats which, according to the agency, had sunk": only the clause of "which".
  if (apart && isComma(items[to]) && items[from - 2]?.class === 'relative') return [afterIt(view, index, to)]
  const next = items[to + 1]?.class
  const goesOn = apart && isComma(items[to]) && to + 2 < items.length && next !== 'relative' && next !== 'participle'
  return goesOn ? [left, afterIt(view, index, to)] : [left]
}
