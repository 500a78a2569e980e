import type { TextRuler } from '../../base/picture/text-ruler.ts'
import { cleanName, cutText } from '../../chat/clean-text.ts'
import { counted } from '../timeline/label-timeline.ts'
import type { Move, MovedPosition } from './moved-positions.ts'

/** Changes of course with every word that stands in their drawing: the drawing and its words are made from the same. */
export type LabelledMovement = {
  readonly title: string
  /** The window, for people. */
  readonly span: string
  readonly topics: readonly { readonly topic: string; readonly rows: readonly LabelledRow[] }[]
  /** Names of the five sides, in one or two lines, from the left. */
  readonly lanes: readonly (readonly string[])[]
  readonly foot: string
}

export type LabelledRow = {
  readonly speaker: string
  /** The proposition, in at most three lines. */
  readonly proposition: readonly string[]
  readonly moves: readonly LabelledMove[]
  /** Earlier ones that are counted only: "and 2 before"; empty where there are none. */
  readonly before: string
}

/** `words`: "Reversed 30 June 2026". */
export type LabelledMove = Pick<Move, 'from' | 'to' | 'sides'> & { readonly words: string }

export const TITLE = 'Changes of course'
/** Of the column of names. */
export const NAMES_WIDTH = 262
export const SPEAKER_SIZE = 14
export const PROPOSITION_SIZE = 12

/** More in one drawing nobody takes in at a glance. */
const POSITIONS_AT_MOST = 12
const MOVES_AT_MOST = 3
const NAME_CHARACTERS = 60
const PROPOSITION_LINES = 3
/** Without a ruler, about what three lines hold. */
const PROPOSITION_CHARACTERS = 120
/** The words of a picture fit any place, escaped or not: Discord takes 4,000 characters in one message. */
const WORDS_AT_MOST = 1_900

const LANES = [['supports'], ['with', 'conditions'], ['no', 'side'], ['with', 'exceptions'], ['opposes']]
const BOTH_LANES = [['supports,', 'affirms'], ...LANES.slice(1, 4), ['opposes,', 'rejects']]

/** What of it a drawing holds, the most moved of all; `ruler` cuts what is too wide. Not given: for words alone. */
export function labelMovement(
  positions: readonly MovedPosition[],
  span: string,
  ruler: TextRuler | null,
): LabelledMovement {
  let shown = positions.slice(0, POSITIONS_AT_MOST)
  let labelled = labelSome(shown)
  while (shown.length > 1 && movementWords(labelled).join('\n').length > WORDS_AT_MOST) {
    shown = shown.slice(0, -1)
    labelled = labelSome(shown)
  }
  return labelled

  function labelSome(some: readonly MovedPosition[]): LabelledMovement {
    const topics = [...Map.groupBy(some, ({ topic }) => topic)]
    return {
      title: TITLE,
      span,
      topics: topics.map(([topic, rows]) => ({
        topic: nameOf(topic, ruler),
        rows: rows.map((row) => rowOf(row, ruler)),
      })),
      lanes: some.some(({ isThesis }) => isThesis) ? BOTH_LANES : LANES,
      foot: footWords(positions, some.length),
    }
  }
}

/** All that the drawing shows, a line each, for those who cannot see it. */
export function movementWords({ span, topics, lanes, foot }: LabelledMovement): readonly string[] {
  return [
    `${span}.`,
    ...topics.flatMap(({ topic, rows }) => rows.map((row) => rowWords(topic, row))),
    `Scale, from the left: ${lanes.map((lines) => lines.join(' ')).join('; ')}.`,
    foot,
  ]
}

function rowWords(topic: string, { speaker, proposition, moves, before }: LabelledRow): string {
  const steps = moves.map(({ words, sides }) => (sides === '' ? words : `${words}, ${sides}`))
  return `${speaker} on ${topic}, ${proposition.join(' ')}: ${[...steps, ...(before === '' ? [] : [before])].join('; ')}.`
}

function rowOf({ speaker, proposition, moves }: MovedPosition, ruler: TextRuler | null): LabelledRow {
  const earlier = moves.length - MOVES_AT_MOST
  return {
    speaker: nameOf(speaker, ruler),
    proposition: inLines(written(proposition, ruler), ruler),
    moves: moves.slice(-MOVES_AT_MOST).map(({ step, day, ...move }) => ({ ...move, words: `${step} ${day}` })),
    before: earlier > 0 ? `and ${earlier} before` : '',
  }
}

function nameOf(name: string, ruler: TextRuler | null): string {
  const short = cutText(written(name, ruler), NAME_CHARACTERS)
  return ruler?.cut(short, NAMES_WIDTH, SPEAKER_SIZE, 'strong') ?? short
}

function written(name: string, ruler: TextRuler | null): string {
  const clean = cleanName(name)
  return ruler?.withoutSigns(clean) ?? clean
}

function inLines(sentence: string, ruler: TextRuler | null): readonly string[] {
  if (ruler === null) return [cutText(sentence, PROPOSITION_CHARACTERS)]
  const isNarrow = (words: string) => ruler.widthOf(words, PROPOSITION_SIZE) <= NAMES_WIDTH
  const lines: string[] = []
  for (const word of sentence.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`
    const isLast = lines.length === PROPOSITION_LINES
    if (lines.length > 0 && (isLast || isNarrow(longer))) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines.map((line) => ruler.cut(line, NAMES_WIDTH, PROPOSITION_SIZE))
}

function footWords(positions: readonly MovedPosition[], shown: number): string {
  const moves = positions.reduce((sum, one) => sum + one.moves.length, 0)
  const left = positions.length - shown
  const all = `${counted(moves, 'change')} of course in ${counted(positions.length, 'position')}.`
  return left === 0 ? all : `${all} Shown: the ${shown} that moved most; ${counted(left, 'other')} not.`
}
