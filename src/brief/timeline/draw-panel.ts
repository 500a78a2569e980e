import { px, rect, text } from '../../base/picture/svg.ts'
import type { TextRuler } from '../../base/picture/text-ruler.ts'
import { BANDS, CARD, FAINT, HAIR, INK, SIDES } from './colours.ts'
import { circle, diamond } from './draw-signs.ts'
import { type LabelledPanel, PROPOSITION_SIZE } from './label-timeline.ts'
import { LANES_LEFT, MARGIN } from './layout.ts'
import { DAY_SIZE, type PlacedName, placeNames, STEP_SIZE } from './place-names.ts'
import { silences } from './silences.ts'
import type { TimelinePoint } from './timeline.ts'

export type Panel = { readonly svg: string; readonly height: number }

type Place = {
  readonly top: number
  readonly right: number
  readonly xOf: (on: string) => number
  readonly ruler: TextRuler
}

const LANE = 24
const TITLE_LINE = 21
const NAME_ROW = 38
const BELOW = 22
const LANE_NAME_SIZE = 13

/** One position: its proposition, the names of its turning points, and under them the bands with line and points. */
export function drawPanel(panel: LabelledPanel, { top, right, xOf, ruler }: Place): Panel {
  const named = panel.named.map((point) => ({ point, x: xOf(point.on) }))
  const names = placeNames(named, { left: LANES_LEFT, right }, ruler)
  const rows = 1 + Math.max(-1, ...names.map(({ row }) => row))
  const namesTop = top + panel.title.length * TITLE_LINE + 4
  const bands = namesTop + rows * NAME_ROW + 4
  const noSide = Math.floor(panel.lanes.length / 2)
  const yOf = ({ level }: Pick<TimelinePoint, 'level'>) => bands + ((level ?? noSide) + 0.5) * LANE
  const bottomOf = ({ row }: PlacedName) => bands - 4 - row * NAME_ROW
  const at = (point: TimelinePoint) => ({ x: xOf(point.on), y: yOf(point) })
  return {
    svg: [
      ...panel.title.map((line, index) =>
        text(line, {
          x: MARGIN,
          y: top + 14 + index * TITLE_LINE,
          size: PROPOSITION_SIZE,
          fill: INK,
          weight: 'strong',
        }),
      ),
      ...panel.lanes.map((words, lane) =>
        drawLane(words, bands + lane * LANE, right, BANDS[lane + 2 - noSide] ?? CARD),
      ),
      ...names.map((name) => drawLeader(name, bottomOf(name), yOf(name.point))),
      ...names.map((name) => drawName(name, bottomOf(name))),
      drawLine(panel.points, at),
      ...panel.drawn.map((point) => drawPoint(point, at(point), xOf)),
    ].join(''),
    height: bands + panel.lanes.length * LANE + BELOW - top,
  }
}

function drawLane(words: string, y: number, right: number, fill: string): string {
  const name = { x: LANES_LEFT - 10, y: y + LANE / 2 + 4.5, size: LANE_NAME_SIZE, fill: FAINT, anchor: 'end' } as const
  return rect(LANES_LEFT, y, right - LANES_LEFT, LANE, fill) + text(words, name)
}

function drawLeader({ x }: PlacedName, bottom: number, y: number): string {
  return `<path d="M${px(x)} ${px(bottom - 2)}V${px(y)}" stroke="${HAIR}"/>`
}

function drawName({ point, left, width }: PlacedName, bottom: number): string {
  const middle = left + width / 2
  return [
    rect(left - 3, bottom - NAME_ROW + 6, width + 6, NAME_ROW - 7, CARD),
    text(point.step, { x: middle, y: bottom - 20, size: STEP_SIZE, fill: INK, weight: 'strong', anchor: 'middle' }),
    text(point.day, { x: middle, y: bottom - 5, size: DAY_SIZE, fill: FAINT, anchor: 'middle' }),
  ].join('')
}

/** A position holds until the words that move it; after long silence nobody knows, and the line is broken. */
function drawLine(points: readonly TimelinePoint[], at: (point: TimelinePoint) => { x: number; y: number }): string {
  const sided = points.filter(({ level }) => level !== null)
  const silent = new Set(silences(points).map(([before]) => before))
  // Thousands of points make some hundred different pieces: the rest lie on one another.
  const [solid, broken] = [new Set<string>(), new Set<string>()]
  for (const [index, point] of sided.entries()) {
    const next = sided[index + 1]
    if (next === undefined) continue
    const [from, to] = [at(point), at(next)]
    const [left, right] = [Math.round(from.x), Math.round(to.x)]
    const piece = `M${left} ${px(from.y)}H${right}${to.y === from.y ? '' : `V${px(to.y)}`}`
    ;(silent.has(point) ? broken : solid).add(piece)
  }
  return pathOf(solid, '') + pathOf(broken, ' stroke-dasharray="4 4"')
}

function pathOf(pieces: ReadonlySet<string>, more: string): string {
  return pieces.size === 0
    ? ''
    : `<path d="${[...pieces].join('')}" fill="none" stroke="${INK}" stroke-width="2"${more}/>`
}

function drawPoint(point: TimelinePoint, { x, y }: { x: number; y: number }, xOf: (on: string) => number): string {
  const end = xOf(point.until)
  const whisker =
    point.until === point.on
      ? ''
      : `<path d="M${px(x)} ${px(y - 4)}v8m0 -4H${px(end)}m0 -4v8" fill="none" stroke="${FAINT}" stroke-width="1.5"/>`
  if (point.level === null) return whisker + circle(x, y, CARD, FAINT)
  return whisker + (point.isTurn ? diamond(x, y, INK) : circle(x, y, SIDES[point.level]))
}
