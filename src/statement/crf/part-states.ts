import { CONTENT, SOURCE } from './shapes.ts'

const OUTSIDE_AFTER = 3
const CONTENT_AFTER = 4

/** Classes of labels as states: of several sources the first counts, and what follows it is in the states behind it. */
export function partStates(classes: readonly number[]): readonly number[] {
  const from = classes.indexOf(SOURCE)
  if (from < 0) return classes
  let to = from
  while (classes[to] === SOURCE) to++
  return classes.map((label, i) =>
    i < from ? label : i < to ? SOURCE : label === CONTENT ? CONTENT_AFTER : OUTSIDE_AFTER,
  )
}
