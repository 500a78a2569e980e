import { readText } from '../reading.ts'
import type { Span } from '../statement.ts'
import type { LabelledArticle } from './labelled-article.ts'

/** More words than this between quotation marks, and nobody says them: perhaps forgotten. */
const LONGEST_SCARE_QUOTE = 5

/** What is probably wrong, and at which offset of the article's text. */
export interface Doubt {
  readonly at: number
  readonly what: string
}

/** What is probably wrong with the labels of an article. */
export function faultsOf(article: LabelledArticle): readonly Doubt[] {
  const { text, title, publishedOn, statements } = article
  const faults: Doubt[] = []
  const fault = (at: number, what: string) => faults.push({ at, what })
  for (const { number, contentSpans, cueSpan, sourceSpan, speaker } of statements) {
    const at = contentSpans[0]?.[0] ?? 0
    for (const span of contentSpans) {
      const words = text.slice(...span)
      if (/^[\s,.;]|\s$/.test(words)) fault(span[0], `c${number} begins or ends with a mark or blank`)
      if (/[^.!?…"”’'][,;]$/.test(words)) fault(span[0], `c${number} ends with a comma outside quotation marks`)
      const turn = text.slice(span[0] - 2, span[0]) === ': '
      if (
        !turn &&
        /[\p{L}\p{N}]\.$/u.test(words) &&
        !/\b(?:\p{L}\.)+$|\b(?:Mr|Mrs|Ms|Dr|Jr|Sr|St|No|Co|Inc|Ltd)\.$/u.test(words)
      )
        fault(span[0], `c${number} ends with a full stop outside quotation marks`)
      if (cueSpan !== null && overlap(span, cueSpan)) fault(span[0], `c${number} holds its own cue`)
    }
    for (let i = 1; i < contentSpans.length; i++)
      if (overlap(contentSpans[i - 1] as Span, contentSpans[i] as Span)) fault(at, `pieces of c${number} overlap`)
    if (sourceSpan === null) continue
    if (speaker !== null && !text.includes(speaker))
      fault(sourceSpan[0], `"${speaker}" of s${number} is no name of this article`)
    if (speaker === null && /^(?:he|she)$/i.test(text.slice(...sourceSpan)))
      fault(sourceSpan[0], `s${number} is a pronoun without a name`)
  }
  const reading = readText({ text, title, publishedOn, dateline: null, ownWordsOf: null })
  const contents = statements.flatMap(({ contentSpans }) => contentSpans)
  for (const { sentences } of reading.paragraphs)
    for (const { items } of sentences)
      for (const { kind, start, end, wordCount, open } of items) {
        if (kind !== 'quotation') continue
        if (open && !/^\s*[“"‘']/.test(text.slice(end, end + 4))) fault(start, 'a quotation that is not closed')
        if (wordCount > LONGEST_SCARE_QUOTE && !contents.some((span) => overlap(span, [start, end])))
          fault(start, `a quotation outside any content: ${text.slice(start, start + 40)}`)
      }
  return faults
}

const overlap = (a: Span, b: Span) => a[0] < b[1] && b[0] < a[1]
