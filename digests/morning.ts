import { defineDigest } from '../src/brief/define-digest.ts'
import {
  changedPositions,
  correctedLabels,
  newPositions,
  newStatements,
  olderStatements,
  reaffirmedPositions,
  recordedWords,
  unclearPositions,
} from '../src/brief/sections.ts'

/** What changed first, then what is new, then what stayed as it was. */
export const morning = defineDigest({
  name: 'morning',
  title: 'On record since the last digest',
  covers: 'since the last one',
  sections: [
    changedPositions(),
    unclearPositions(),
    newPositions(),
    reaffirmedPositions(),
    recordedWords(),
    newStatements({ atMost: 5 }),
    correctedLabels(),
    olderStatements(),
  ],
})
