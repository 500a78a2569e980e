import type { TextRuler } from '../../base/picture/text-ruler.ts'
import { cleanName, cutText } from '../../chat/clean-text.ts'
import type { DateLanguage } from '../../chat/date-language.ts'
import { MARGIN, type Span, scaleOf, WIDTH } from './layout.ts'
import { thinPoints } from './thin-points.ts'
import { dayNumber, type Tick, ticksBetween } from './time-axis.ts'
import type { Timeline, TimelinePanel, TimelinePoint } from './timeline.ts'

/** A timeline with every word that stands in its drawing: the drawing and its words are made from the same. */
export type LabelledTimeline = Span & {
  readonly title: string
  /** "10 January 2026 to 11 February 2026". */
  readonly span: string
  readonly panels: readonly LabelledPanel[]
  readonly ticks: readonly Tick[]
  /** What was counted and what was left out. */
  readonly foot: readonly string[]
}

export type LabelledPanel = Pick<TimelinePanel, 'points' | 'named'> & {
  /** The proposition, in at most two lines. */
  readonly title: readonly string[]
  /** The names of the five levels, `supports` first; or of none, where no side was read. */
  readonly lanes: readonly string[]
  /** The points without those that would fall on others. */
  readonly drawn: readonly TimelinePoint[]
}

export const TITLE_SIZE = 20
export const PROPOSITION_SIZE = 15

const NAME_CHARACTERS = 60
const PROPOSITION_CHARACTERS = 140
const LANES = ['supports', 'with conditions', 'no side', 'with exceptions', 'opposes']
/** Of what was said without a side: it has none. */
const NO_LANES = ['no side']
const THESIS_LANES = ['affirms', 'with conditions', 'no side', 'with exceptions', 'rejects']

export type About = { readonly speaker: string; readonly topic: string; readonly dates?: DateLanguage }

/** `null` where a word of it is in letters that no font of ours has. */
export function labelTimeline(timeline: Timeline, about: About, ruler: TextRuler): LabelledTimeline | null {
  const [speaker, topic] = [about.speaker, about.topic].map((name) => cutText(written(name, ruler), NAME_CHARACTERS))
  const title = `${speaker} on ${topic}`
  const panels = timeline.panels.map((panel) => ({
    ...panel,
    head: panel.proposition === null ? `On ${topic}, without a side` : written(panel.proposition, ruler),
  }))
  if (![title, ...panels.map(({ head }) => head)].every(ruler.canWrite)) return null

  const points = panels.flatMap((panel) => panel.points)
  const from = Math.min(...points.map(({ on }) => dayNumber(on)))
  const to = Math.max(...points.map(({ until }) => dayNumber(until)))
  const labelled = panels.map(({ proposition, head, isThesis, points: own, named }) => ({
    title: inTwoLines(cutText(head, PROPOSITION_CHARACTERS), ruler),
    lanes: proposition === null ? NO_LANES : isThesis ? THESIS_LANES : LANES,
    points: own,
    named,
    drawn: thinPoints(own, scaleOf({ from, to })),
  }))
  const isThinned = labelled.some(({ drawn, points: own }) => drawn.length < own.length)
  return {
    title: ruler.cut(title, WIDTH - 2 * MARGIN, TITLE_SIZE, 'strong'),
    span: spanWords(points),
    panels: labelled,
    from,
    to,
    ticks: ticksBetween(from, to, about.dates),
    foot: [...footWords(timeline, points), ...(isThinned ? ['Steps close together share a sign.'] : [])],
  }
}

function written(name: string, ruler: TextRuler): string {
  return ruler.withoutSigns(cleanName(name))
}

function spanWords(points: readonly TimelinePoint[]): string {
  const inOrder = points.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  return `${inOrder.at(0)?.day ?? ''} to ${inOrder.at(-1)?.day ?? ''}`
}

function inTwoLines(sentence: string, ruler: TextRuler): readonly string[] {
  const room = WIDTH - 2 * MARGIN
  const isNarrow = (words: string) => ruler.widthOf(words, PROPOSITION_SIZE, 'strong') <= room
  if (isNarrow(sentence)) return [sentence]
  const words = sentence.split(' ')
  let taken = 1
  while (taken < words.length && isNarrow(words.slice(0, taken + 1).join(' '))) taken += 1
  const lines = [words.slice(0, taken).join(' '), words.slice(taken).join(' ')]
  return lines.filter((line) => line !== '').map((line) => ruler.cut(line, room, PROPOSITION_SIZE, 'strong'))
}

function footWords({ statements, undated, undrawn }: Timeline, points: readonly TimelinePoint[]): readonly string[] {
  const days = new Set(points.map(({ on }) => on)).size
  return [
    `${counted(statements, 'statement')} on ${counted(days, 'day')}.`,
    ...(undated === 0 ? [] : [`Left out: ${undated} without a date.`]),
    ...(undrawn === 0 ? [] : [`Not drawn: ${counted(undrawn, 'other position')}.`]),
  ]
}

export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
