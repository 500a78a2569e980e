import { keepAtMost } from '../../base/keep-at-most.ts'
import { textRuler } from '../../base/picture/text-ruler.ts'
import type { Picture } from '../../chat/blocks.ts'
import type { ShownPosition } from '../stance-blocks.ts'
import { drawTimeline } from './draw-timeline.ts'
import { labelTimeline } from './label-timeline.ts'
import { timelineOf } from './timeline.ts'
import { timelineWords } from './timeline-words.ts'

/** The fonts are read once, with the first drawing. */
const ruler = keepAtMost(1, () => textRuler())

/**
 * The positions of a speaker on a topic over time, drawn, with words that say the same. `null` where there is too
 * little to look at, or where the names are in letters that our fonts do not have: then the text says it alone.
 */
export function timelinePicture(
  shown: readonly ShownPosition[],
  about: { readonly speaker: string; readonly topic: string },
): Picture | null {
  const timeline = timelineOf(shown)
  const fonts = timeline === null ? null : ruler('')
  if (timeline === null || fonts === null) return null
  const labelled = labelTimeline(timeline, about, fonts)
  if (labelled === null) return null
  return {
    kind: 'picture',
    title: labelled.title,
    words: timelineWords(labelled),
    svg: drawTimeline(labelled, fonts),
  }
}
