import type { TimelinePoint } from './timeline.ts'

/** Points of one kind and level that stand closer are one: nobody could tell them apart. */
const APART = 6

/** The points that are drawn, of those that fall on one another only one; turns last, so that they lie on top. */
export function thinPoints(points: readonly TimelinePoint[], xOf: (on: string) => number): readonly TimelinePoint[] {
  const seen = new Set<string>()
  const kept = points.filter(({ on, until, level, isTurn }) => {
    const place = `${Math.round(xOf(on) / APART)} ${Math.round(xOf(until) / APART)} ${level} ${isTurn}`
    return !seen.has(place) && seen.add(place)
  })
  return kept.toSorted((a, b) => Number(a.isTurn) - Number(b.isTurn))
}
