import { cleanWords } from '../chat/clean-text.ts'
import type { Statement } from '../statement/statement-row.ts'
import { cutSentences } from './cut-sentences.ts'

/** Of longer words the first sentences are shown; the link leads to all of them. */
const LONGEST_WORDS = 600

const MARKS = /["“”„‟«»＂]/g
/** The marks on each side, also typed twice or the wrong way round, with the comma that stood before the closing one. */
const OPENING = /^\s*(?:["“„«]|``|''){1,3}/
const CLOSING = /[,;]?(?:\s*["”»“]|''){0,3}\s*$/

/**
 * The words of a statement for a reader. Quotation marks stand only around words cut from the stored
 * article: all of a direct statement, the marked parts of a mixed one, nothing of an indirect one.
 */
export function verbatim(
  statement: Pick<Statement, 'content' | 'contentSpans' | 'form'>,
  longest = LONGEST_WORDS,
): string {
  const pieces = piecesOf(statement)
  switch (statement.form) {
    case 'direct':
      return cutSentences(
        pieces
          .map(bare)
          .filter((piece) => piece !== '')
          .join(' … '),
        longest,
      ).replace(/^[\s\S]*$/, (words) => `“${words}”`)
    case 'mixed':
      return mixed(cutSentences(pieces.join(' … '), longest))
    case 'indirect':
      return withoutThat(cutSentences(pieces.join(' … '), longest).replace(MARKS, ''))
  }
}

/** The content, parted where its spans are. */
function piecesOf({ content, contentSpans }: Pick<Statement, 'content' | 'contentSpans'>): readonly string[] {
  const pieces: string[] = []
  let from = 0
  for (const [start, end] of contentSpans) {
    pieces.push(onOneLine(content.slice(from, from + end - start)))
    from += end - start + ' … '.length
  }
  return pieces
}

function onOneLine(words: string): string {
  return cleanWords(words).replace(/\s+/g, ' ').trim()
}

/** Without its own marks; marks inside become single ones, so that ours are the outer ones, and go where they do not pair. */
export function bare(piece: string): string {
  const inner = piece.replace(OPENING, '').replace(CLOSING, '')
  if ((inner.match(MARKS) ?? []).length % 2 !== 0) return inner.replace(MARKS, '')
  let isOpen = false
  return inner.replace(MARKS, () => {
    isOpen = !isOpen
    return isOpen ? '‘' : '’'
  })
}

/** Marks that do not pair would put our words between them: then all go. */
function mixed(words: string): string {
  const marks = words.match(MARKS) ?? []
  if (marks.length % 2 !== 0) return withoutThat(words.replace(MARKS, ''))
  let isOpen = false
  const paired = words.replace(MARKS, () => {
    isOpen = !isOpen
    return isOpen ? '“' : '”'
  })
  return withoutThat(paired)
}

function withoutThat(words: string): string {
  return words.replace(/^that\s+/i, '').replace(/[,;]\s*$/, '')
}
