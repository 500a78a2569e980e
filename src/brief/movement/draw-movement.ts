import { drawing, px, rect, text } from '../../base/picture/svg.ts'
import type { TextRuler } from '../../base/picture/text-ruler.ts'
import { BANDS, CARD, CARD_EDGE, FAINT, INK, SIDES } from '../timeline/colours.ts'
import { circle, diamond } from '../timeline/draw-signs.ts'
import { MARGIN, WIDTH } from '../timeline/layout.ts'
import type { Level } from '../timeline/timeline.ts'
import {
  type LabelledMove,
  type LabelledMovement,
  type LabelledRow,
  NAMES_WIDTH,
  PROPOSITION_SIZE,
  SPEAKER_SIZE,
} from './label-movement.ts'

const TRACK_LEFT = MARGIN + NAMES_WIDTH + 14
const TRACK_RIGHT = WIDTH - MARGIN
const LANE = (TRACK_RIGHT - TRACK_LEFT) / BANDS.length
const NO_SIDE = 2

const SMALL = 13
const LANE_NAME_SIZE = 11
const HEAD_HEIGHT = 74
const LANE_NAMES_HEIGHT = 34
const TOPIC_HEIGHT = 32
const MOVE_HEIGHT = 40
const LINE = 15
const ROW_GAP = 10
const FOOT_HEIGHT = 62

type Drawn = { readonly svg: string; readonly height: number }

/** The drawing of changes of course, as SVG: the same for the same, with no words but the labels that it is given. */
export function drawMovement(movement: LabelledMovement, ruler: TextRuler): string {
  const parts: string[] = []
  let y = HEAD_HEIGHT + LANE_NAMES_HEIGHT
  for (const { topic, rows } of movement.topics) {
    parts.push(
      `<path d="M${px(MARGIN)} ${px(y)}H${px(TRACK_RIGHT)}" stroke="${CARD_EDGE}"/>`,
      text(topic, { x: MARGIN, y: y + 21, size: SPEAKER_SIZE, fill: FAINT, weight: 'strong' }),
    )
    y += TOPIC_HEIGHT
    for (const row of rows) {
      const drawn = drawRow(row, y, ruler)
      parts.push(drawn.svg)
      y += drawn.height + ROW_GAP
    }
  }
  const height = y + FOOT_HEIGHT
  return drawing(WIDTH, height, [
    rect(0.5, 0.5, WIDTH - 1, height - 1, CARD, ` rx="10" stroke="${CARD_EDGE}"`),
    text(movement.title, { x: MARGIN, y: 38, size: 20, fill: INK, weight: 'strong' }),
    text(movement.span, { x: MARGIN, y: 60, size: SMALL, fill: FAINT }),
    ...movement.lanes.map((lines, lane) => drawLaneName(lines, lane)),
    ...parts,
    drawKey(y + 18, ruler),
    text(movement.foot, { x: MARGIN, y: y + 42, size: SMALL, fill: FAINT }),
  ])
}

function drawLaneName(lines: readonly string[], lane: number): string {
  const bottom = HEAD_HEIGHT + LANE_NAMES_HEIGHT - 8
  return lines
    .map((words, index) =>
      text(words, {
        x: xOf(lane),
        y: bottom - (lines.length - 1 - index) * 13,
        size: LANE_NAME_SIZE,
        fill: FAINT,
        anchor: 'middle',
      }),
    )
    .join('')
}

/** Whose it is and on what, beside a track with one line for each change. */
function drawRow({ speaker, proposition, moves, before }: LabelledRow, top: number, ruler: TextRuler): Drawn {
  const names = 6 + LINE + proposition.length * LINE
  const track = moves.length * MOVE_HEIGHT + (before === '' ? 0 : LINE)
  const height = Math.max(names, track)
  const bands = BANDS.map((fill, lane) => rect(TRACK_LEFT + lane * LANE, top, LANE, height, fill))
  const earlier =
    before === ''
      ? ''
      : text(before, { x: (TRACK_LEFT + TRACK_RIGHT) / 2, y: top + 12, size: 12, fill: FAINT, anchor: 'middle' })
  const first = top + (height - track) / 2 + (before === '' ? 0 : LINE)
  return {
    svg: [
      ...bands,
      text(speaker, { x: MARGIN, y: top + 14, size: SPEAKER_SIZE, fill: INK, weight: 'strong' }),
      ...proposition.map((line, index) =>
        text(line, { x: MARGIN, y: top + 14 + (index + 1) * LINE, size: PROPOSITION_SIZE, fill: FAINT }),
      ),
      earlier,
      ...moves.map((move, index) => drawMove(move, first + index * MOVE_HEIGHT, ruler)),
    ].join(''),
    height,
  }
}

/** An arrow from where somebody stood to where they stand; the sign alone where that is not known, or the same. */
function drawMove({ from, to, words }: LabelledMove, top: number, ruler: TextRuler): string {
  const y = top + 13
  const end = xOf(to ?? NO_SIDE)
  const start = from === null || to === null ? end : xOf(from)
  const half = ruler.widthOf(words, 12, 'strong') / 2
  const middle = Math.min(Math.max((start + end) / 2, TRACK_LEFT + half + 3), TRACK_RIGHT - half - 3)
  const label = text(words, { x: middle, y: y + 20, size: 12, fill: INK, weight: 'strong', anchor: 'middle' })
  if (to === null) return circle(end, y, CARD, FAINT) + label
  return (from === null || start === end ? '' : drawArrow(from, start, end, y)) + diamond(end, y, INK) + label
}

function drawArrow(from: Level, start: number, end: number, y: number): string {
  const way = Math.sign(end - start)
  const tip = end - way * 10
  const head = `M${px(tip)} ${px(y)}l${px(-way * 9)} -5v10z`
  return [
    `<path d="M${px(start)} ${px(y)}H${px(tip - way * 8)}" stroke="${INK}" stroke-width="2"/>`,
    `<path d="${head}" fill="${INK}"/>`,
    circle(start, y, SIDES[from]),
  ].join('')
}

const KEY: readonly (readonly [string, string])[] = [
  [circle(0, 0, INK), 'before'],
  [diamond(0, 0, INK), 'since then; alone: the same side, or none known before'],
  [circle(0, 0, CARD, FAINT), 'no side read'],
]

/** The signs are no labels: what they say of a position stands in the words of the picture. */
function drawKey(y: number, ruler: TextRuler): string {
  let x = MARGIN + 6
  const signs = KEY.map(([sign, words]) => {
    const svg = `<g transform="translate(${px(x)} ${px(y - 4.5)})">${sign}</g>${text(words, { x: x + 13, y, size: SMALL, fill: FAINT })}`
    x += 13 + ruler.widthOf(words, SMALL) + 24
    return svg
  })
  return `<g id="key">${signs.join('')}</g>`
}

function xOf(lane: number): number {
  return TRACK_LEFT + (lane + 0.5) * LANE
}
