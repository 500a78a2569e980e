import { AppError } from '../base/errors.ts'
import { readSentences } from './sentences.ts'
import type { FoundStatement, Span } from './statement.ts'
import { readParagraphs } from './tokens.ts'

/** The spans of a statement do not cut the words that it claims: it must not be recorded. */
export class MisquotedError extends AppError {
  override readonly name = 'MisquotedError'
  readonly code = 'statement/misquoted'
  readonly explanation =
    'Words that were found in an article do not stand there as they should. Nothing of that article was recorded.'
  readonly retry = 'never'
}

/** What stands between the words of two spans. */
const GAP = ' … '

/**
 * Holds the law that every word we print can be cut from the stored article by two numbers.
 *
 * @throws {MisquotedError} if a span lies outside `text`, out of order, or cuts other words.
 */
export function checkWords(text: string, found: FoundStatement): void {
  const { contentSpans, content, speakerSpan, speakerText, cueSpan } = found
  const inOrder = contentSpans.every(([start], i) => start >= (contentSpans[i - 1]?.[1] ?? 0))
  const named = [...contentSpans, speakerSpan, cueSpan].filter((span) => span !== null)
  if (contentSpans.length === 0 || !inOrder || !named.every((span) => lies(span, text))) {
    throw new MisquotedError('a span lies outside the article')
  }
  if (contentSpans.map((span) => text.slice(...span)).join(GAP) !== content) {
    throw new MisquotedError('the content is not what its spans cut')
  }
  if (speakerSpan !== null && text.slice(...speakerSpan) !== speakerText) {
    throw new MisquotedError('the speaker is not what its span cuts')
  }
}

function lies([start, end]: Span, text: string): boolean {
  return Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= text.length
}

/** The widest stretch of sentences that is kept with a statement, beyond its own words. */
const CONTEXT_MAX_CHARS = 1_500

/**
 * The sentences that hold the words, their cue and their speaker; without cue and speaker
 * where those stand too far off, and the bare words where sentences are endless.
 */
export function contextOf(text: string, { contentSpans, cueSpan, speakerSpan }: FoundStatement): Span {
  const words = hull(contentSpans)
  const all = hull([...contentSpans, cueSpan, speakerSpan].filter((span) => span !== null))
  const room = words[1] - words[0] + CONTEXT_MAX_CHARS
  const fits = [all, words].map((span) => sentencesAround(text, span)).find(([start, end]) => end - start <= room)
  return fits ?? words
}

function hull(spans: readonly Span[]): Span {
  return [Math.min(...spans.map(([start]) => start)), Math.max(...spans.map(([, end]) => end))]
}

function sentencesAround(text: string, [start, end]: Span): Span {
  const from = text.lastIndexOf('\n', start) + 1
  const next = text.indexOf('\n', end)
  const part = text.slice(from, next === -1 ? text.length : next)
  const touched = readParagraphs(part)
    .flatMap((paragraph, i) => readSentences(paragraph, i))
    .filter((sentence) => from + sentence.end > start && from + sentence.start < end)
  return hull([[start, end], ...touched.map((sentence): Span => [from + sentence.start, from + sentence.end])])
}
