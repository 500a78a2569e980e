import { dayNumber } from './time-axis.ts'
import type { TimelinePoint } from './timeline.ts'

/** Whoever takes no side for longer may stand elsewhere by then. */
const SILENT_DAYS = 365

/** Pairs of neighbouring points with a side between which no side was read for more than a year. */
export function silences(points: readonly TimelinePoint[]): readonly (readonly [TimelinePoint, TimelinePoint])[] {
  const sided = points.filter(({ level }) => level !== null)
  return sided.flatMap((point, index) => {
    const next = sided[index + 1]
    return next !== undefined && dayNumber(next.on) - dayNumber(point.until) > SILENT_DAYS
      ? [[point, next] as const]
      : []
  })
}
