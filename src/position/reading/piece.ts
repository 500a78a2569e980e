import { contentOf, withConcepts } from '../words/concepts.ts'
import { readWords } from '../words/words.ts'
import type { Piece } from './facet.ts'

/** The words of `text` from `start` to `end`, trimmed, with what is compared of them. */
export function pieceOf(text: string, start: number, end: number): Piece {
  const raw = text.slice(start, end)
  const from = start + (raw.length - raw.trimStart().length)
  const words = raw.replace(/[\s,;:.!?"“”»]+$/, '').trimStart()
  return { words, span: [from, from + words.length], key: contentOf(withConcepts(readWords(words))).join(' ') }
}

/** The piece with its span counted from elsewhere. */
export function movePiece<Some extends Piece>(piece: Some, by: number): Some {
  return { ...piece, span: [piece.span[0] + by, piece.span[1] + by] }
}
