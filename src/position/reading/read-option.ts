import type { Clause } from './clauses.ts'
import type { Facet } from './facet.ts'
import { pieceOf } from './piece.ts'

/** By what means, or what instead. */
const OPTION =
  /\b(?:by|through|via|under|in favou?r of)\s+(?!(?:the end|then|now|all means|no means|\d|(?:january|february|march|april|may|june|july|august|september|october|november|december)\b))(?:an? |the )?[^,;.!?]{3,60}/i
const PREFERRED =
  /^\s*(?<option>[^,;.!?]{2,60}?)\s+(?:is|are|remains?|would be)\s+(?:now\s+|still\s+)?(?:the|our|my)\s+(?:best|only|preferred|right|sole)\s+(?:viable\s+|possible\s+|realistic\s+)?(?:outcome|solution|option|way|answer|choice|path|format|venue|basis)\b/i

/** The means that a clause names, or what it calls the best outcome. Spans count from the beginning of `text`. */
export function readOption(text: string, { text: clause, start }: Clause): Facet['option'] {
  const preferred = PREFERRED.exec(clause)
  const named = preferred?.groups?.option
  if (preferred !== null && named !== undefined) {
    const from = start + preferred.index + preferred[0].indexOf(named)
    return { ...pieceOf(text, from, from + named.length), isPreferred: true }
  }
  const option = OPTION.exec(clause)
  if (option === null) return null
  const from = start + option.index
  return { ...pieceOf(text, from, from + option[0].length), isPreferred: false }
}
