import { type LaidOut, readTurn } from './layout.ts'
import type { Reading } from './reading.ts'

/** A paragraph of a transcript: who begins to speak in it, or null where the one before goes on. */
export type Turn = LaidOut | 'goes on'

/** A single `NAME:` line is no transcript. */
const FEWEST_TURNS = 2

/**
 * The turns of a transcript within the article, by paragraph. Paragraphs between
 * two turns go on with the first; what follows the last one is the reporter's again.
 */
export function readTurns({ paragraphs }: Reading): ReadonlyMap<number, Turn> {
  const turns = new Map<number, Turn>()
  paragraphs.forEach(({ sentences, headline }, index) => {
    const [first] = sentences
    if (first === undefined || headline) return
    const laidOut = readTurn(first)
    if (laidOut !== null) turns.set(index, laidOut)
  })
  if (turns.size < FEWEST_TURNS) return new Map()
  const starts = [...turns.keys()]
  for (let index = starts[0] ?? 0; index < (starts.at(-1) ?? 0); index++) {
    const opening = paragraphs[index]?.sentences[0]?.items[0]
    if (turns.has(index) || opening === undefined || /^[([.…]/.test(opening.text)) continue
    if (turns.has(index - 1)) turns.set(index, 'goes on')
  }
  return turns
}
