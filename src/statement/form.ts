import type { Range } from './noun-phrase.ts'
import type { Item, Sentence } from './sentences.ts'
import type { Form } from './statement.ts'

/** How much of the content stands inside quotation marks. */
export function formOf({ items }: Sentence, ranges: readonly Range[]): Form {
  let inside = 0
  let all = 0
  for (const { from, to } of ranges) {
    for (let i = from; i < to; i++) {
      const item = items[i] as Item
      all += item.wordCount
      if (item.kind === 'quotation') inside += item.wordCount
    }
  }
  if (inside === 0) return 'indirect'
  return inside === all ? 'direct' : 'mixed'
}
