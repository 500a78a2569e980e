import type { TextRuler } from '../../base/picture/text-ruler.ts'
import type { TimelinePoint } from './timeline.ts'

/** Where the name of a point stands: over the bands, as near to them as there is room. */
export type PlacedName = {
  readonly point: TimelinePoint
  /** Of the point. */
  readonly x: number
  readonly left: number
  readonly width: number
  /** 0 stands nearest to the bands. */
  readonly row: number
}

export const STEP_SIZE = 14
export const DAY_SIZE = 13
const BETWEEN = 10

type Room = { readonly left: number; readonly right: number }

type Named = { readonly point: TimelinePoint; readonly x: number }

/** Names over the bands, none over another; the better of two ways to deal them out. */
export function placeNames(named: readonly Named[], room: Room, ruler: TextRuler): readonly PlacedName[] {
  const ways = [named, named.toReversed()].map((order) => placeInOrder(order, room, ruler))
  const cost = (placed: readonly PlacedName[]) => crossings(placed) * 10 + Math.max(0, ...placed.map(({ row }) => row))
  return ways.reduce((best, way) => (cost(way) < cost(best) ? way : best))
}

/** Each as near to the bands as those before it let it be. */
function placeInOrder(named: readonly Named[], { left, right }: Room, ruler: TextRuler): readonly PlacedName[] {
  const placed: PlacedName[] = []
  for (const { point, x } of named) {
    const width = Math.max(ruler.widthOf(point.step, STEP_SIZE, 'strong'), ruler.widthOf(point.day, DAY_SIZE))
    const lefts = [x - width / 2, x, x - width].map((at) => Math.min(Math.max(at, left), right - width))
    let row = 0
    let at = lefts.find((one) => isFree(one, width, row, placed))
    while (at === undefined) {
      row += 1
      at = lefts.find((one) => isFree(one, width, row, placed))
    }
    placed.push({ point, x, left: at, width, row })
  }
  return placed
}

function isFree(left: number, width: number, row: number, placed: readonly PlacedName[]): boolean {
  return placed.every(
    (one) => one.row !== row || left >= one.left + one.width + BETWEEN || left + width + BETWEEN <= one.left,
  )
}

/** How often the line from a name down to its point runs behind another name. */
function crossings(placed: readonly PlacedName[]): number {
  return placed.flatMap(({ x, row }) =>
    placed.filter(
      (other) => other.row < row && x > other.left - BETWEEN / 2 && x < other.left + other.width + BETWEEN / 2,
    ),
  ).length
}
