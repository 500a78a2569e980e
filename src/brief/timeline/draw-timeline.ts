import { drawing, px, rect, text } from '../../base/picture/svg.ts'
import type { TextRuler } from '../../base/picture/text-ruler.ts'
import { CARD, CARD_EDGE, FAINT, HAIR, INK } from './colours.ts'
import { drawPanel, type Panel } from './draw-panel.ts'
import { circle, diamond } from './draw-signs.ts'
import { type LabelledTimeline, TITLE_SIZE } from './label-timeline.ts'
import { LANES_LEFT, MARGIN, placeOf, scaleOf, WIDTH } from './layout.ts'

const SMALL = 13
const HEAD_HEIGHT = 76
const AXIS_HEIGHT = 34
const FOOT_LINE = 20

/** The drawing of a timeline, as SVG: the same for the same, with no words but the labels that it is given. */
export function drawTimeline(timeline: LabelledTimeline, ruler: TextRuler): string {
  const xOf = scaleOf(timeline)
  const panels: Panel[] = []
  let y = HEAD_HEIGHT
  for (const panel of timeline.panels) {
    const drawn = drawPanel(panel, { top: y, right: WIDTH - MARGIN, xOf, ruler })
    panels.push(drawn)
    y += drawn.height
  }
  const axis = drawAxis(timeline, y, ruler)
  const foot = drawFoot(timeline, y + AXIS_HEIGHT + FOOT_LINE, ruler)
  const height = y + AXIS_HEIGHT + FOOT_LINE + foot.height + MARGIN / 2
  return drawing(WIDTH, height, [
    rect(0.5, 0.5, WIDTH - 1, height - 1, CARD, ` rx="10" stroke="${CARD_EDGE}"`),
    text(timeline.title, { x: MARGIN, y: 38, size: TITLE_SIZE, fill: INK, weight: 'strong' }),
    text(timeline.span, { x: MARGIN, y: 60, size: 14, fill: FAINT }),
    ...panels.map(({ svg }) => svg),
    axis,
    foot.svg,
  ])
}

function drawAxis({ ticks, ...span }: LabelledTimeline, y: number, ruler: TextRuler): string {
  const parts = ticks.map(({ at, words }) => {
    const x = placeOf(at, span)
    const half = ruler.widthOf(words, SMALL) / 2
    const middle = Math.min(Math.max(x, LANES_LEFT + half), WIDTH - MARGIN - half)
    return [
      `<path d="M${px(x)} ${px(y)}v6" stroke="${HAIR}" stroke-width="1.5"/>`,
      text(words, { x: middle, y: y + 21, size: SMALL, fill: FAINT, anchor: 'middle' }),
    ].join('')
  })
  return `<path d="M${px(LANES_LEFT)} ${px(y)}H${px(WIDTH - MARGIN)}" stroke="${HAIR}"/>${parts.join('')}`
}

/** What each sign means, then what was counted: as many lines as they need. */
function drawFoot({ foot }: LabelledTimeline, y: number, ruler: TextRuler) {
  const lines = inLines(foot, ruler)
  const counts = lines.map((line, index) =>
    text(line, { x: MARGIN, y: y + (index + 1) * FOOT_LINE + 4, size: SMALL, fill: FAINT }),
  )
  return { svg: drawKey(y, ruler) + counts.join(''), height: (lines.length + 1) * FOOT_LINE }
}

function inLines(sentences: readonly string[], ruler: TextRuler): readonly string[] {
  const lines: string[] = []
  for (const sentence of sentences) {
    const longer = `${lines.at(-1)} ${sentence}`
    const isFitting = lines.length > 0 && ruler.widthOf(longer, SMALL) <= WIDTH - 2 * MARGIN
    if (isFitting) lines[lines.length - 1] = longer
    else lines.push(sentence)
  }
  return lines
}

const KEY: readonly (readonly [string, string])[] = [
  [circle(0, 0, INK), 'takes a side'],
  [circle(0, 0, CARD, FAINT), 'no side read'],
  [diamond(0, 0, INK), 'change of course'],
  [`<path d="M-12 0h24" stroke="${INK}" stroke-width="2" stroke-dasharray="4 4"/>`, 'no side for over a year'],
]

/** The signs are no labels: what they say of a point stands in the words of the picture. */
function drawKey(y: number, ruler: TextRuler): string {
  let x = MARGIN + 6
  const signs = KEY.map(([sign, words], index) => {
    const room = index === KEY.length - 1 ? 18 : 12
    const at = index === KEY.length - 1 ? x + 8 : x
    const svg = `<g transform="translate(${px(at)} ${px(y - 4.5)})">${sign}</g>${text(words, { x: at + room, y, size: SMALL, fill: FAINT })}`
    x += room + ruler.widthOf(words, SMALL) + 26
    return svg
  })
  return `<g id="key">${signs.join('')}</g>`
}
