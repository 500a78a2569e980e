import { cueClues } from '../crf/cue-clues.ts'
import { partClues } from '../crf/part-clues.ts'
import type { Example } from './examples.ts'
import type { Lesson } from './train-chain.ts'

export const cueLessons = (examples: readonly Example[]): readonly Lesson[] =>
  examples.map(({ scene, parts }) => ({
    clues: cueClues(scene),
    states: scene.items.map((_, i) => (parts.has(i) ? 1 : 0)),
  }))

export const partLessons = (examples: readonly Example[]): readonly Lesson[] =>
  examples.flatMap(({ scene, parts }) =>
    [...parts].map(([head, states]) => ({ clues: partClues(scene, head), states })),
  )
