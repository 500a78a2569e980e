import { type Meant, withConcepts } from '../words/concepts.ts'
import { readWords } from '../words/words.ts'
import { maskAttribution } from './mask-attribution.ts'

/** A stretch of a text that says one thing: offsets of the text, its words with their meanings. */
export type Clause = {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly words: readonly Meant[]
  /** The sentence it stands in. */
  readonly sentence: Sentence
}

export type Sentence = {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly isQuestion: boolean
}

/** Longest text whose position is read: a statement, not a speech. */
const LONGEST_TEXT = 8_000

/** Where a sentence ends: its mark and closing quotation marks, before white space. Not after an initial or "Mr.". */
const SENTENCE_END = /[.!?…]["”’»')\]]*(?=\s|$)/g
const NO_END = /(?:\b\p{Lu}|\b(?:Mr|Mrs|Ms|Dr|Gen|Col|St|No|vs|Jan|Feb|Aug|Sept|Oct|Nov|Dec))\.$/u

export function readSentences(text: string): readonly Sentence[] {
  const sentences: Sentence[] = []
  const whole = text.slice(0, LONGEST_TEXT)
  let start = 0
  const close = (end: number) => {
    const part = whole.slice(start, end)
    if (/[\p{L}\p{N}]/u.test(part))
      sentences.push({ start, end, text: part, isQuestion: /\?["”’»')\]]*\s*$/.test(part) })
    start = end
  }
  for (const match of whole.matchAll(SENTENCE_END)) {
    const end = match.index + match[0].length
    if (!NO_END.test(whole.slice(Math.max(0, end - 8), end))) close(end)
  }
  close(whole.length)
  return sentences
}

/** Where one clause ends and the next begins. */
const BREAK =
  /;|:(?=\s)|\s[–—-]{1,2}\s|—|,?\s(?:but|while|whereas|although|though)\s|,\s(?:yet|however)\s|,\s(?:and|so)\s|\sand\s(?=(?:we|i|he|she|they|it|will|must|should|cannot|would|is|are|has|have|urge|urged|oppose|support|direct)\b)/gi

/** The clauses of `text`, without the words that only tell who spoke. */
export function readClauses(text: string): readonly Clause[] {
  return readSentences(text).flatMap(({ text: whole, ...place }) => {
    const sentence: Sentence = { ...place, text: maskAttribution(whole) }
    const clauses: Clause[] = []
    let from = 0
    const close = (to: number) => {
      const part = sentence.text.slice(from, to)
      if (!/[\p{L}\p{N}]/u.test(part)) return
      const start = sentence.start + from
      clauses.push({
        start,
        end: sentence.start + to,
        text: part,
        words: withConcepts(
          readWords(part).map((word) => ({ ...word, start: word.start + start, end: word.end + start })),
        ),
        sentence,
      })
    }
    for (const match of sentence.text.matchAll(BREAK)) {
      close(match.index)
      from = match.index + match[0].length
    }
    close(sentence.text.length)
    return clauses
  })
}
