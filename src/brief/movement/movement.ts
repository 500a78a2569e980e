import type { TextRuler } from '../../base/picture/text-ruler.ts'
import { type Block, pictureInWords } from '../../chat/blocks.ts'
import { clockWords, minuteWords } from '../day-words.ts'
import type { Section } from '../define-digest.ts'
import { datesIn } from '../timeline/dates-in.ts'
import { installedRuler } from '../timeline/installed-ruler.ts'
import { isTurn } from '../urgency.ts'
import { drawMovement } from './draw-movement.ts'
import { type LabelledMovement, labelMovement, movementWords } from './label-movement.ts'
import { movedPositions } from './moved-positions.ts'

const STILL: Block = { kind: 'text', line: 'No position moved.' }

/**
 * Who changed course on what, drawn: from which side to which, and when, with words that say the same. In words
 * alone where the names are in letters that our fonts do not have. Where nobody moved it says so, and draws nothing.
 */
export function movement(): Section {
  return ({ items, statements, window: { from, until }, zone, dates: wanted }) => {
    const ruler = installedRuler()
    const dates = ruler === null ? wanted : datesIn(ruler, wanted)
    const positions = movedPositions(items, dates)
    if (positions.length === 0) {
      const isStill = items.length + statements.length > 0 && !items.some(isTurn)
      return isStill ? [STILL] : []
    }
    const span = `${clockWords(from, zone, dates)} to ${minuteWords(until, zone, dates)}`
    const labelled = ruler === null ? null : labelMovement(positions, span, ruler)
    if (ruler !== null && labelled !== null && canBeWritten(labelled, ruler)) {
      const words = movementWords(labelled)
      return [{ kind: 'picture', title: labelled.title, words, svg: drawMovement(labelled, ruler) }]
    }
    const inWords = labelMovement(positions, span, null)
    return pictureInWords({ kind: 'picture', title: inWords.title, words: movementWords(inWords), svg: '' })
  }
}

function canBeWritten({ topics }: LabelledMovement, ruler: TextRuler): boolean {
  return topics.every(
    ({ topic, rows }) =>
      ruler.canWrite(topic) &&
      rows.every(({ speaker, proposition }) => [speaker, ...proposition].every(ruler.canWrite)),
  )
}
