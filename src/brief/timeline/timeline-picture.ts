import type { Picture } from '../../chat/blocks.ts'
import type { ShownPosition } from '../stance-blocks.ts'
import { datesIn } from './dates-in.ts'
import { drawTimeline } from './draw-timeline.ts'
import { installedRuler } from './installed-ruler.ts'
import { type About, labelTimeline } from './label-timeline.ts'
import { timelineOf } from './timeline.ts'
import { timelineWords } from './timeline-words.ts'

/**
 * The positions of a speaker on a topic over time, drawn, with words that say the same. `null` where there is too
 * little to look at, or where the names are in letters that our fonts do not have: then the text says it alone.
 */
export function timelinePicture(shown: readonly ShownPosition[], about: About): Picture | null {
  const fonts = installedRuler()
  if (fonts === null) return null
  const dates = datesIn(fonts, about.dates)
  const timeline = timelineOf(shown, dates)
  const labelled = timeline === null ? null : labelTimeline(timeline, { ...about, dates }, fonts)
  if (labelled === null) return null
  return {
    kind: 'picture',
    title: labelled.title,
    words: timelineWords(labelled),
    svg: drawTimeline(labelled, fonts),
  }
}
