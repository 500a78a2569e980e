import { splitWords } from '../base/database/text-index.ts'
import { containment, shinglesOf } from './text-sketch.ts'

/** Measured on 13,861 pairs: finds 99 % of the copies and takes no other article for one. */
const SAME_FROM = 0.5

/** A copy that leaves a third of itself unexplained tells more than its original. */
const NOTHING_NEW_FROM = 0.7

/** Shorter quotations are names and phrases. */
const QUOTED_WORDS = 5

/** With fewer words two notes about one event look like copies. */
const WORDS_NEEDED = 40

/** Another outlet's copy adds nothing; an update is a copy with new quotations or much new text. */
export type Kinship = 'copy' | 'update' | null

/** What a new text is to an earlier one. */
export function kinshipOf(text: string, earlier: string): Kinship {
  const [own, other] = [shinglesOf(text), shinglesOf(earlier)]
  if (Math.min(own.size, other.size) < WORDS_NEEDED) return null
  const [part, whole] = own.size <= other.size ? [own, other] : [other, own]
  if (containment(part, whole) < SAME_FROM) return null
  if (containment(own, other) < NOTHING_NEW_FROM || hasNewQuotations(text, earlier)) return 'update'
  return 'copy'
}

/** A text that lost most of its predecessor's words is a teaser, a paywall or another story. */
const VERSION_KEEPS = 0.5
const VERSION_AS_LONG = 0.6

/** Whether a text from the same address is a new version of the earlier one, rather than the same or a part of it. */
export function isNewVersion(text: string, earlier: string): boolean {
  if (earlier === '' || text.length < earlier.length * VERSION_AS_LONG) return false
  if (splitWords(text).join(' ') === splitWords(earlier).join(' ')) return false
  return containment(shinglesOf(earlier), shinglesOf(text)) >= VERSION_KEEPS
}

/** Opening mark, words, closing mark; the bound keeps it linear. */
const QUOTATION = /["“„«]([^"“”„«»]{20,1500})["”“»]/gu

function hasNewQuotations(text: string, earlier: string): boolean {
  const known = ` ${splitWords(earlier).join(' ')} `
  for (const [, quoted = ''] of text.matchAll(QUOTATION)) {
    const words = splitWords(quoted)
    if (words.length >= QUOTED_WORDS && !known.includes(` ${words.join(' ')} `)) return true
  }
  return false
}
