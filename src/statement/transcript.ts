import { type LaidOut, readLabel } from './layout.ts'
import type { Reading, ReadParagraph } from './reading.ts'
import type { Sentence } from './sentences.ts'

/**
 * A paragraph of a transcript: who begins to speak in it; `goes on` where the one
 * before does; `unknown` where an unnamed one asks or answers.
 */
export type Turn = LaidOut | 'goes on' | 'unknown'

/** A single `NAME:` line is no transcript. */
const FEWEST_TURNS = 2

const UNNAMED = /^(?:q|a|question|answer|reporter|interviewer|moderator)$/

/**
 * The turns of a transcript within the article, by paragraph. Paragraphs between
 * two turns go on with the first; what follows the last one is the reporter's again.
 */
export function readTurns(
  { paragraphs }: Reading,
  text: string,
  isPerson: (label: string) => boolean,
): ReadonlyMap<number, Turn> {
  const labelled = new Map<number, { label: string; turn: Turn }>()
  const counts = new Map<string, number>()
  const questions = new Map<string, number>()
  paragraphs.forEach(({ sentences, headline }, index) => {
    const [first] = sentences
    const found = first === undefined || headline ? null : readOpening(first)
    if (found === null) return
    labelled.set(index, found)
    counts.set(found.label, (counts.get(found.label) ?? 0) + 1)
    const { end = 0 } = paragraphs[index]?.paragraph ?? {}
    if (/\?["”’']?$/.test(text.slice(Math.max(0, end - 2), end)))
      questions.set(found.label, (questions.get(found.label) ?? 0) + 1)
  })
  // "Courier: Do you regret it?" One word that mostly asks and names nobody is whoever holds the interview.
  const asks = (label: string) =>
    !label.includes(' ') && !isPerson(label) && 2 * (questions.get(label) ?? 0) >= (counts.get(label) ?? 0)

  const turns = new Map<number, Turn>()
  for (const [index, { label, turn }] of labelled) {
    // "Ada Brandt:" in ordinary letters must come again, or it may introduce anything.
    if (turn === 'unknown' || label === label.toUpperCase() || (counts.get(label) ?? 0) >= FEWEST_TURNS)
      turns.set(index, asks(label) ? 'unknown' : turn)
  }
  const shouted = [...counts.keys()].every((label) => label === label.toUpperCase())
  return turns.size < FEWEST_TURNS ? new Map() : withContinuations(turns, paragraphs, text, shouted)
}

function readOpening(first: Sentence): { label: string; turn: Turn } | null {
  const [word, colon] = first.items
  if (word !== undefined && colon?.text === ':' && UNNAMED.test(word.lower))
    return { label: word.text, turn: 'unknown' }
  const turn = readLabel(first)
  if (turn === null) return null
  const label = first.items.slice(0, turn.frame.cue.from).map((item) => item.text)
  return { label: label.join(' '), turn }
}

function withContinuations(
  turns: Map<number, Turn>,
  paragraphs: Reading['paragraphs'],
  text: string,
  shouted: boolean,
): ReadonlyMap<number, Turn> {
  const starts = [...turns.keys()]
  for (let index = starts[0] ?? 0; index < (starts.at(-1) ?? 0); index++) {
    const own = paragraphs[index]
    if (turns.has(index) || !turns.has(index - 1) || own === undefined || isNarrated(own, text, shouted)) continue
    turns.set(index, turns.get(index - 1) === 'unknown' ? 'unknown' : 'goes on')
  }
  return turns
}

/**
 * A cross-head, a remark in brackets, or what the reporter tells between two answers: nobody there
 * says "I" or "you". A transcript whose labels are all capitals has no reporter.
 */
function isNarrated({ paragraph, sentences }: ReadParagraph, text: string, shouted: boolean): boolean {
  const first = sentences[0]?.items[0]
  if (first === undefined || /^[([.…]/.test(first.text) || /^(?:he|she)$/.test(first.lower)) return true
  if (!/[.!?…"”’']$/.test(text.slice(paragraph.start, paragraph.end))) return true
  return !shouted && !paragraph.tokens.some(({ lower }) => SPEAKS_OF_ITSELF.test(lower))
}

const SPEAKS_OF_ITSELF = /^(?:i|we|my|our|ours|us|me|mine|you|your|yours|let)$/
