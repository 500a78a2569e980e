import { cueVerb } from '../cue-verbs.ts'
import type { Item } from '../sentences.ts'

/** What an item is, short: its class, the mark itself, or how long a quotation it is. */
export function kindOf(item: Item | undefined): string {
  if (item === undefined) return '#'
  if (item.kind === 'mark') return item.text
  if (item.kind === 'quotation') return `Q${item.lastMark === '' ? '' : /[.!?]/.test(item.lastMark) ? '.' : ','}`
  if (item.class === 'content') return cueVerb(item.lower) === null ? 'n' : 'v?'
  return item.class ?? '?'
}

/** The word, where words tell more than their class. */
export function wordOf(item: Item | undefined): string {
  if (item === undefined) return '#'
  if (item.kind !== 'word') return kindOf(item)
  if (item.class === 'name' || item.class === 'number') return item.class
  return item.lower
}

/** The verb of saying that an item is a form of; else its word. */
export const lemmaOf = (item: Item | undefined): string =>
  item?.kind === 'word' ? (cueVerb(item.lower)?.lemma ?? wordOf(item)) : wordOf(item)

export const endingOf = (item: Item | undefined): string =>
  item === undefined || item.kind !== 'word' ? kindOf(item) : item.lower.slice(-3)

/** 0, 1, 2, 3-4, 5-8, ... as one figure each. */
export function bucket(count: number): number {
  return count <= 2 ? count : Math.min(7, 2 + Math.ceil(Math.log2(count / 2)))
}
