import type { Shape } from './chain.ts'

/** Is an item the head of a cue? */
export const CUE_SHAPE: Shape = {
  classes: 2,
  classOf: [0, 1],
  mayStart: [true, true],
  mayFollow: [
    [true, true],
    [true, true],
  ],
}

export const OUTSIDE = 0
export const CONTENT = 1
export const SOURCE = 2

const BEFORE = [true, true, true, false, false]
const AFTER = [false, false, false, true, true]

/**
 * What an item is to a cue: outside, content or source. Outside and content have
 * a state for before the source and one for after it, so that there is one source.
 */
export const PART_SHAPE: Shape = {
  classes: 3,
  classOf: [OUTSIDE, CONTENT, SOURCE, OUTSIDE, CONTENT],
  mayStart: BEFORE,
  mayFollow: [BEFORE, BEFORE, [false, false, true, true, true], AFTER, AFTER],
}
