import { pieceOf } from './piece.ts'
import { without } from './read-slots.ts'

/**
 * What a sentence only mentions beside what it says: "thanks to which a truce has held", "amidst the
 * fighting", ", who lost the vote". Linear: every stretch ends at the first mark.
 */
const BACKGROUND =
  /\b(?:(?:thanks|owing|due) to|(?:in|of|on|by|to|for|from|with|under|over|during|through|within) which|which|who|whose|whom|amids?t?|following|in the wake of|against the background of)\s[^,;.!?—–]*/giu
/** What "owing to" names is said, not only mentioned: it is a reason. */
const NAMES_REASON = /^(?:thanks|owing|due) to (?!which)/i

/** The text with blanks where it only mentions. */
export function foregroundOf(text: string): string {
  const pieces = [...text.matchAll(BACKGROUND)]
    .filter((match) => !NAMES_REASON.test(match[0]))
    .map((match) => pieceOf(text, match.index, match.index + match[0].length))
  return without(text, pieces)
}
