import type { Line } from '../chat/blocks.ts'
import { cleanName } from '../chat/clean-text.ts'
import type { DateLanguage } from '../chat/date-language.ts'
import type { Bar, Facet, Piece, Turn } from '../position/reading/facet.ts'
import { sideWordsIn } from '../position/reading/read-stance.ts'
import { cutSentences } from './cut-sentences.ts'
import { dayWords } from './day-words.ts'
import { bare } from './verbatim.ts'

/** Words of one facet; a clause can be a page. */
const LONGEST_PIECE = 200
const WORDS_SHOWN = 5

const BARS: Readonly<Record<Bar, string>> = {
  'not own': 'somebody else’s view',
  question: 'a question',
  hypothetical: 'a hypothetical',
  agenda: 'an agenda',
  'no comment': 'no comment',
}

const TURNS: Readonly<Record<Turn, string>> = {
  retracts: 'takes something back',
  acts: 'tells of an act',
  'denies a report': 'denies a report',
  'says nothing changed': 'says that nothing changed',
  'contrasts with the past': 'sets today against the past',
}

const FIRMNESS = { 1: 'thought about', 2: 'ready', 3: 'firm' } as const

/**
 * How one statement was read, a line for each thing found, each with the words that it was found in, cut
 * from `content` by their spans. Nothing is said of what was not found.
 *
 * @param withSide at the level of a topic no side is read.
 */
export function facetLines(
  facet: Facet,
  content: string,
  { withSide, dates }: { readonly withSide: boolean; readonly dates: DateLanguage },
): readonly Line[] {
  const cut = (piece: Pick<Piece, 'span'>) =>
    `“${cutSentences(bare(cleanName(wordsOf(piece, content))), LONGEST_PIECE)}”`
  const { bar, turn, modality, deadline, quantity, scope, pace, option, unconditional } = facet
  const one = (name: string, piece: Piece | null, note = ''): readonly Line[] =>
    piece === null ? [] : [[{ strong: name }, `: ${cut(piece)}${note}`]]
  const all = (name: string, pieces: readonly Piece[]) => pieces.flatMap((piece) => one(name, piece))
  if (bar !== null) return [[{ strong: 'No position' }, `: ${BARS[bar]}`]]
  return [
    ...(withSide ? [[{ strong: 'Side' }, `: ${sideWords(facet)}${tellingWords(facet, content)}`]] : []),
    ...(withSide ? one('Read in', { words: '', key: '', span: facet.clause }) : []),
    ...one('Firmness', modality, modality === null ? '' : `, ${FIRMNESS[modality.strength]}`),
    ...all('Condition', facet.conditions),
    ...all('Exception', facet.exceptions),
    ...one('Unconditional', unconditional),
    ...one('Deadline', deadline, deadline === null ? '' : `, read as ${dayWords(deadline.on, dates)}`),
    ...one('Quantity', quantity),
    ...one('Scope', scope, scope?.isWhole === true ? ', all of it' : ', a part'),
    ...one('Pace', pace, pace?.isFast === true ? ', fast' : ', slow'),
    ...one('Means', option),
    ...all('Manner', facet.qualifiers),
    ...all('Reason', facet.reasons),
    ...one('Turn', turn, turn === null ? '' : `, ${TURNS[turn.kind]}`),
  ]
}

/** Behind the side the words that can take or turn one in the clause that was read. */
function tellingWords({ clause }: Facet, content: string): string {
  const words = sideWordsIn(content.slice(...clause)).slice(0, WORDS_SHOWN)
  return words.length === 0
    ? ''
    : `; words that take or turn a side there: ${words.map((word) => `“${word}”`).join(', ')}`
}

/** Some pieces are bounded by their length: a word that is cut by that is left out. */
function wordsOf({ span: [start, end] }: Pick<Piece, 'span'>, content: string): string {
  const words = content.slice(start, end)
  const isCut = /[\p{L}\p{N}]$/u.test(words) && /^[\p{L}\p{N}]/u.test(content.slice(end))
  return isCut ? words.replace(/\s*\S*$/, ' …') : words
}

function sideWords({ polarity, isSure, isExplicit, isUndecided }: Facet): string {
  if (isUndecided) return 'says that nothing is decided'
  if (polarity === 0) return 'neither for nor against can be read'
  const side = polarity > 0 ? 'for' : 'against'
  if (!isSure) return `${side}, and not surely`
  return isExplicit ? side : `${side}, by what it asserts; no word takes a side`
}
