import type { Mention } from './named.ts'
import { isPersonNoun, type Range } from './noun-phrase.ts'
import type { Item } from './sentences.ts'

/** The phrase without what follows its head: "a spokesman [for the ministry]", "Senator Ode [of Talvia]". */
export function coreOf(items: readonly Item[], { from, to }: Range): Range {
  for (let i = from + 1; i < to; i++) {
    const item = items[i] as Item
    const office =
      items[i - 1]?.class === 'name' &&
      /^(?:minister|secretary|president|speaker|head|chief)$/.test(items[i - 1]?.lower ?? '')
    if (item.class === 'preposition' && !(item.lower === 'of' && office)) return { from, to: i }
    // "one pastor [supporting Mr. Ode]"
    if (item.class === 'participle' && items[i - 1]?.class === 'content') return { from, to: i }
  }
  return { from, to }
}

/** The mentions within a range of items. */
export function mentionsIn(
  mentions: readonly Mention[],
  items: readonly Item[],
  { from, to }: Range,
): readonly Mention[] {
  const start = items[from]?.start ?? 0
  const end = items[to - 1]?.end ?? 0
  const found: Mention[] = []
  for (let i = firstFrom(mentions, start); i < mentions.length && (mentions[i] as Mention).start < end; i++) {
    found.push(mentions[i] as Mention)
  }
  return found
}

/** The index of the first mention at or after `start`. */
export function firstFrom(mentions: readonly Mention[], start: number): number {
  let low = 0
  let high = mentions.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((mentions[middle] as Mention).start < start) low = middle + 1
    else high = middle
  }
  return low
}

const SAME_PERSON = /^(?:himself|herself|jr\.?|sr\.?)$/

/**
 * Who the phrase itself names: not "[Brandt]'s office", not "the [Brandt] campaign".
 * Several only where they are joined: "Brandt and Ode".
 */
export function headMentions(mentions: readonly Mention[], items: readonly Item[], core: Range): readonly Mention[] {
  return mentionsIn(mentions, items, core).filter((mention) => {
    const behind = items.findIndex((item, i) => i >= core.from && item.start >= mention.end)
    const item = items[behind]
    if (item === undefined || behind >= core.to) return true
    if (item.text === '(') return items[core.to - 1]?.text === ')'
    return item.lower === 'and' || item.text === '&' || item.text === ',' || SAME_PERSON.test(item.lower)
  })
}

export const phraseText = (items: readonly Item[], { from, to }: Range, text: string): string =>
  text.slice((items[from] as Item).start, (items[to - 1] as Item).end)

/** Without article or quantity, and without "(UN)". */
export const bareOf = (words: string): string =>
  words
    .replace(
      /^(?:the|a|an|some|many|most|all|both|several|other|this|these|those|that|his|her|its|their|our|my)\s+/i,
      '',
    )
    .replace(/\s*\([^()]{1,20}\)/g, '')

export function isPlural(items: readonly Item[]): boolean {
  const head = items.at(-1) as Item
  if (items.some((item) => item.lower === 'and')) return true
  return (head.class === 'content' || isPersonNoun(head)) && /(?:[^su]s|people|men|women)$/.test(head.lower)
}
