import { cutWords } from '../chat/clean-text.ts'
import { readSentences } from '../statement/sentences.ts'
import { readParagraphs } from '../statement/tokens.ts'

/** A sentence beyond this is cut inside; nobody speaks so long. */
const LONGEST_SENTENCE = 600

/**
 * The first sentences of `text` that fit into `atMost` characters, at least one of them, with "…" where
 * some are left out. A sentence is not cut inside: "most of them are not …" says what nobody said.
 */
export function cutSentences(text: string, atMost: number): string {
  if (text.length <= atMost) return text
  const ends = readParagraphs(text)
    .flatMap((paragraph, i) => readSentences(paragraph, i))
    .map(({ end }) => end)
  const [first = text.length] = ends
  const end = ends.findLast((one) => one <= atMost) ?? first
  if (end > Math.max(atMost, LONGEST_SENTENCE)) return cutWords(text, LONGEST_SENTENCE)
  if (end >= text.trimEnd().length) return text
  const kept = text.slice(0, end).trimEnd()
  return kept.endsWith('…') ? kept : `${kept} …`
}
