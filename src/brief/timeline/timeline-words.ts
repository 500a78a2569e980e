import { counted, type LabelledPanel, type LabelledTimeline } from './label-timeline.ts'
import { silences } from './silences.ts'

const SILENCES_TOLD = 2

/** All that the drawing shows, a line each, for those who cannot see it. */
export function timelineWords({ span, panels, ticks, foot }: LabelledTimeline): readonly string[] {
  const scales = [...new Set(panels.flatMap(({ lanes }) => (lanes.length === 1 ? [] : [lanes.join(', ')])))]
  return [
    `${span}.`,
    ...panels.map(panelWords),
    `Scale, from the top: ${scales.join('; or ')}.`,
    ...(ticks.length === 0 ? [] : [`Time axis: ${ticks.map(({ words }) => words).join(', ')}.`]),
    foot.join(' '),
  ]
}

function panelWords({ title, points, named, lanes }: LabelledPanel): string {
  if (lanes.length === 1) return `${title.join(' ')}: ${besideWords(points)}.`
  const steps = named.map(({ step, day, side }) => `${step} ${day} (${side})`).join('; ')
  const turns = points.filter((point) => point.isTurn && !named.includes(point)).length
  const more = turns === 0 ? '' : `; and ${counted(turns, 'earlier change')} of course`
  const silent = silences(points)
    .slice(-SILENCES_TOLD)
    .map(([before, after]) => ` No side read between ${before.day} and ${after.day}.`)
  return `${title.join(' ')}: ${steps}${more}. ${sidesWords(points)}${silent.join('')}`
}

const DAYS_NAMED = 4

/** "11 October 2026, 12 October 2026"; many by their number. */
function besideWords(points: LabelledPanel['points']): string {
  const days = points.map(({ day }) => day)
  if (days.length <= DAYS_NAMED) return days.join(', ')
  return `${counted(days.length, 'step')} from ${days.at(0)} to ${days.at(-1)}`
}

/** "Of 9 steps: 5 supports, 3 supports with conditions, 1 without a side." */
function sidesWords(points: LabelledPanel['points']): string {
  const inLevels = points.toSorted((a, b) => (a.level ?? 5) - (b.level ?? 5))
  const sides = [...Map.groupBy(inLevels, ({ side }) => (side === '' ? 'without a side' : side))]
  return `Of ${counted(points.length, 'step')}: ${sides.map(([side, those]) => `${those.length} ${side}`).join(', ')}.`
}
