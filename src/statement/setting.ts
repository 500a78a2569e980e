import type { Cue } from './find-cues.ts'
import { isComma, isEnd } from './frame.ts'
import { phraseAfter, type Range } from './noun-phrase.ts'
import type { Item } from './sentences.ts'

/** Past adverbs and days: "said [again on Monday]". */
export function skipSetting(items: readonly Item[], from: number): number {
  let i = from
  for (; i < items.length; i++) {
    const item = items[i] as Item
    const adverb = item.class === 'adverb' && !/^(?:there|not|here)$/.test(item.lower)
    if (item.class === 'time' || adverb || (isComma(item) && i > from)) continue
    if (isComma(item) && items[i + 1]?.class === 'adverb' && isComma(items[i + 2])) i += 2
    else break
  }
  return i
}

/** Past whom it is said to: "told [reporters on Monday] the truce would hold". */
export function pastAddressee(items: readonly Item[], from: number): number {
  const phrase = phraseAfter(items, from, items.length, false)
  return phrase === null ? from : skipSetting(items, phrase.to)
}

/** Past "reporters" in "..., the minister told reporters," where a pause or the end follows. */
export function pastAddressed(items: readonly Item[], { frames }: Cue, to: number): number {
  if (!frames.includes('a')) return to
  const past = pastAddressee(items, to)
  return isComma(items[past]) || isEnd(items[past]) ? past : to
}

export const isSettingWord = (item: Item): boolean =>
  item.kind === 'mark' || ['preposition', 'time', 'adverb', 'participle'].includes(item.class ?? '')

/** "Asked about it, he said, ...", and before a quotation also "In Ostra, he said, ...": no content. */
export function isSetting(items: readonly Item[], { from, to }: Range, next: Item | undefined): boolean {
  const first = items[from]
  if (first === undefined || to <= from) return false
  if (/^(?:asked|speaking|responding|citing|referring|pressed|told)$/.test(first.lower)) return true
  if (next?.kind !== 'quotation') return false
  if (['preposition', 'participle', 'verb', 'time'].includes(first.class ?? '')) return true
  return /^(?:while|when|after|as|before|since|although|though|where)$/.test(first.lower)
}

/** "on “Morning Call”", "his “New Deal”": what is named, not said. */
export function isTitle(items: readonly Item[], at: number): boolean {
  const before = items[at - 1]
  if ((items[at] as Item).wordCount > 5 || before === undefined) return false
  if (before.class === 'possessive' || before.class === 'determiner') return true
  return /^(?:on|in|of|show|program|called)$/.test(before.lower)
}

/** Past "But" and "Still," at the begin of a sentence. */
export function skipOpening(items: readonly Item[], from: number): number {
  const first = items[from]
  if (first === undefined || !/^(?:but|and|so|still|however|yet|meanwhile)$/.test(first.lower)) return from
  return from + (isComma(items[from + 1]) ? 2 : 1)
}
