import type { Clause } from './clauses.ts'
import type { Facet, Piece } from './facet.ts'
import { movePiece, pieceOf } from './piece.ts'
import { type Slots, without } from './read-slots.ts'
import { UNTRUE } from './read-turns.ts'
import type { Sought } from './sought.ts'

/** "By a commission, not in The Hague", "rather than by force". */
const CONTRAST =
  /(?:,\s*(?:and |but )?not\b(?! (?:only|just))|\b(?:instead of|rather than|as opposed to))\s[^,;.!?]{2,240}/gi
/** What is said beside the point: "despite the objections of Norland", ", who lost the vote,". */
const ASIDE =
  /\b(?:despite|in spite of|notwithstanding|over the objections? of|against the (?:will|wish|wishes|advice) of)\s[^,;.!?]{2,120}|,\s(?:who|whose|which|where)\b[^,;.!?]{2,120},/gi

/** What a clause puts aside by name. Spans count from the clause. */
export function contrastsIn(clause: Clause): readonly Piece[] {
  return piecesIn(clause, CONTRAST)
}

type CoreOptions = { readonly slots: Slots; readonly turn: Facet['turn']; readonly sought: Sought | null }

/** The clause with blanks where slots, contrasts and asides stand: what its sign is read from. */
export function coreOf(clause: Clause, { slots, turn, sought }: CoreOptions): string {
  const asides = piecesIn(clause, ASIDE).filter(
    (piece) => !piece.key.split(' ').some((concept) => sought?.content.includes(concept)),
  )
  const single = [slots.unconditional, slots.deadline].filter((piece) => piece !== null)
  const cuts = [...slots.conditions, ...slots.exceptions, ...slots.reasons, ...slots.unless, ...single]
    .map((piece) => movePiece(piece, clause.sentence.start - clause.start))
    .filter(({ span: [start, end] }) => start >= 0 && end <= clause.text.length)
  const told = without(clause.text, [...cuts, ...contrastsIn(clause), ...asides])
  return turn === null ? told : withoutTurn(told, turn, clause.start)
}

/** The words about a report, or about standing still, are not about the proposition. */
function withoutTurn(told: string, turn: NonNullable<Facet['turn']>, start: number): string {
  if (turn.kind === 'denies a report') return told.replace(UNTRUE, (words) => ' '.repeat(words.length))
  if (turn.kind !== 'says nothing changed') return told
  const piece = movePiece(turn, -start)
  return piece.span[0] < 0 || piece.span[1] > told.length ? told : without(told, [piece])
}

function piecesIn(clause: Clause, pattern: RegExp): readonly Piece[] {
  return [...clause.text.matchAll(pattern)].map((match) =>
    pieceOf(clause.text, match.index, match.index + match[0].length),
  )
}
