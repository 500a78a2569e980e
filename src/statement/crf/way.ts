import type { Item } from '../sentences.ts'
import { at } from './item-codes.ts'
import type { Scene } from './scene.ts'

/** What lies between an item and the cue. */
export interface Way {
  readonly commas: number
  readonly cues: number
  readonly quotations: number
  readonly verbs: number
  /** The last mark or joining word. */
  readonly stop: number
  /** The item next to this one on the way is a comma. */
  readonly pause: boolean
  /** What stands right beside the cue's head on this side. */
  readonly gap: number
}

/** By item: what lies between it and the cue whose head is item `head`. */
export function waysFrom({ items, codes, cues }: Scene, head: number): readonly Way[] {
  const ways: Way[] = []
  for (const step of [-1, 1]) {
    const gap = at(codes.words, head + step)
    let way: Way = { commas: 0, cues: 0, quotations: 0, verbs: 0, stop: 0, pause: false, gap }
    for (let i = head; i >= 0 && i < items.length; i += step) {
      ways[i] = way
      if (i === head) continue
      const item = items[i] as Item
      const joins = item.class === 'conjunction' || item.class === 'relative' || item.lower === 'that'
      way = {
        commas: way.commas + Number(item.kind === 'mark' && /^[,;:—–()-]/.test(item.text)),
        cues: way.cues + Number(cues.has(i)),
        quotations: way.quotations + Number(item.kind === 'quotation'),
        verbs: way.verbs + Number(item.class === 'auxiliary' || item.class === 'verb'),
        stop: item.kind === 'mark' || joins ? at(codes.words, i) : way.stop,
        pause: item.text === ',',
        gap,
      }
    }
  }
  return ways
}
