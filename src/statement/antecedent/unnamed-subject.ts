import { phraseAfter, type Range } from '../noun-phrase.ts'
import type { Item } from '../sentences.ts'
import { isDescription } from '../titles.ts'

const LONGEST_OPENING = 12

/** A pronoun or a description with which the sentence begins, past "But", "Then," and "In a statement,". */
export function unnamedSubject(items: readonly Item[]): Range | null {
  for (let i = 0; i < Math.min(items.length, LONGEST_OPENING); i++) {
    const item = items[i] as Item
    if (item.class === 'pronoun' && /^(?:he|she)$/.test(item.lower)) return { from: i, to: i + 1 }
    const begins = i === 0 || items[i - 1]?.text === ',' || items[i - 1]?.class === 'conjunction'
    if (begins && item.lower === 'the') {
      const phrase = phraseAfter(items, i, items.length, false)
      if (phrase === null || !isDescription(items.slice(phrase.from, phrase.to))) return null
      // "The envoy of the Northern League, [Ada Brandt], ..."
      const whole = phraseAfter(items, i, items.length, true) ?? phrase
      return items[whole.to]?.text === ',' && items[whole.to + 1]?.class === 'name' ? null : phrase
    }
    if (item.kind === 'quotation' || item.class === 'verb' || item.class === 'auxiliary') return null
    if (item.class === 'name' && begins) return null
  }
  return null
}
