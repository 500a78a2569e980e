import { timelinePicture } from '../../src/brief/timeline/timeline-picture.ts'
import type { Picture } from '../../src/chat/blocks.ts'
import { MOVING, type Step, shownPosition } from './shown-positions.ts'

type Drawn = {
  readonly speaker?: string
  readonly topic?: string
  readonly proposition?: string
  readonly dates?: string
}

/** The timeline of an invented minister. */
export function timeline(
  steps: readonly Step[] = MOVING,
  { speaker = 'Ilana Torvik', topic = 'The strait', proposition = 'The strait stays open', dates }: Drawn = {},
): Picture {
  const picture = timelinePicture([shownPosition(proposition, steps)], {
    ...{ speaker, topic },
    ...(dates === undefined ? {} : { dates }),
  })
  if (picture === null) throw new Error('nothing was drawn')
  return picture
}
