import type { Cue } from './find-cues.ts'
import type { Source } from './find-source.ts'
import type { Range } from './noun-phrase.ts'
import type { Item } from './sentences.ts'

/** A cue with its source: the part of a sentence that attributes. */
export interface Frame {
  readonly cue: Cue
  readonly source: Source | null
}

/** How content and cue stand to each other; confidence is known per pattern. */
export type Pattern =
  | 'quotation before'
  | 'quotation after'
  | 'clause before'
  | 'that clause'
  | 'bare clause'
  | 'question'
  | 'infinitive'
  | 'noun phrase'
  | 'preposition'
  | 'according to'
  | 'layout'
  | 'turn'

export interface Content {
  readonly ranges: readonly Range[]
  readonly pattern: Pattern
}

/** A sentence with all its frames, and what is known of their contents so far. */
export interface View {
  readonly items: readonly Item[]
  readonly frames: readonly Frame[]
  /** By frame: the content that stands before it, where there is one. Known from the last frame on. */
  readonly before: readonly (Content | null)[]
}

export const isComma = (item: Item | undefined): boolean => item?.text === ','

export const isDash = (item: Item | undefined): boolean => item?.kind === 'mark' && /^(?:[—–―]|--?)$/.test(item.text)

/** A comma, or a quotation that ends with one. */
export const pauses = (item: Item | undefined): boolean =>
  isComma(item) || (item?.kind === 'quotation' && item.lastMark === ',')

/** The sentence ends here. */
export const isEnd = (item: Item | undefined): boolean =>
  item === undefined || (item.kind === 'mark' && /^[.!?…]/.test(item.text))

/** The first item of the attribution: of its source or its cue. */
export function unitFrom({ cue, source }: Frame): number {
  const own = source !== null && source.by !== 'shared' && source.by !== 'subject' && source.from < cue.from
  return own ? source.from : cue.from
}

/** One past the last item of the attribution. */
export function unitTo({ cue, source }: Frame): number {
  if (source === null || source.from < cue.from || source.by === 'subject') return cue.to
  return source.aside?.to ?? source.to
}

/** `reduced`: "an interview published on Monday" counts as no verb, since it makes no clause. */
export function hasVerb(items: readonly Item[], { from, to }: Range, reduced = false): boolean {
  for (let i = from; i < to; i++) {
    const item = items[i] as Item
    const after = items[i + 1]?.class
    const participle = reduced && item.lower.endsWith('ed') && (after === 'preposition' || after === 'time')
    if ((item.class === 'auxiliary' || item.class === 'verb') && !participle) return true
    if (item.kind === 'quotation' && item.wordCount > 6) return true
  }
  return false
}

const lastReal = (frames: readonly Frame[], index: number): Frame | undefined =>
  frames.slice(0, index).findLast(({ cue }) => !cue.unreal)

/** Where the free text before a frame begins: after the attribution before it, else with the sentence. */
export function segmentStart({ items, frames }: View, index: number): number {
  const previous = lastReal(frames, index)
  let start = previous === undefined ? 0 : unitTo(previous)
  while (start < items.length && /^[,:;]$/.test(items[start]?.text ?? '')) start++
  return start
}

/** Where a clause before its cue begins: with the sentence, or after a quotation that was attributed already. */
export function clauseStart(view: View, index: number): number {
  const { items, frames } = view
  const previous = lastReal(frames, index)
  if (previous === undefined) return 0
  const start = segmentStart(view, index)
  const apart = isComma(items[unitTo(previous)]) && previous.source?.by !== 'shared'
  const attributed = items.slice(0, start).some((item) => item.kind === 'quotation' && item.wordCount > 4)
  const own = unitFrom(frames[index] as Frame)
  return (apart && start < own - 1) || attributed ? start : 0
}
