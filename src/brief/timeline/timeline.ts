import type { DateLanguage } from '../../chat/date-language.ts'
import type { Stance } from '../../position/judging/position.ts'
import type { BriefItem } from '../brief.ts'
import { isClaim, sideWords, stepWords } from '../label-words.ts'
import type { ShownPosition } from '../stance-blocks.ts'
import { dayOf } from '../statement-blocks.ts'
import { isTurn } from '../urgency.ts'

/** One step of a position as a timeline shows it: all that was said on one day. */
export type TimelinePoint = {
  /** `YYYY-MM-DD`; of a month or a year its first day. */
  readonly on: string
  /** The last day that it can have been: the same where the day is known. */
  readonly until: string
  /** The day for people, as exactly as it is known. */
  readonly day: string
  /** 0 supports … 4 opposes; `null` where no side was read in the words. */
  readonly level: Level | null
  readonly isTurn: boolean
  /** "Softened", "New on record". */
  readonly step: string
  /** "supports with conditions"; empty where no side was read. */
  readonly side: string
}

export type Level = 0 | 1 | 2 | 3 | 4

export type TimelinePanel = {
  /** `null`: what was said on the topic without a side on any proposition. */
  readonly proposition: string | null
  readonly isThesis: boolean
  /** The earliest first. */
  readonly points: readonly TimelinePoint[]
  /** Those of them that are named in the drawing and in its words: where it began, turned and stands. */
  readonly named: readonly TimelinePoint[]
}

/** The positions of one speaker on one topic over time. */
export type Timeline = {
  /** The position that moved first; what was said without a side last. */
  readonly panels: readonly TimelinePanel[]
  /** Statements behind the points, all panels together. */
  readonly statements: number
  /** Steps left out because nothing tells their day. */
  readonly undated: number
  /** Positions with a side that are not drawn: too few points, or too many positions. */
  readonly undrawn: number
}

/** From `supports` to `opposes`. */
export const LEVELS: Readonly<Record<Exclude<Stance, 'on record'>, Level>> = {
  supports: 0,
  'supports with conditions': 1,
  'no position': 2,
  'opposes with exceptions': 3,
  opposes: 4,
}
/** Fewer say nothing that a line of text does not say better. */
const DAYS_AT_LEAST = 3
const PANELS_AT_MOST = 3
/** Names in one drawing, shared by its panels. */
const NAMED_AT_MOST = 9
const NAMED_IN_ONE = 6

/** `null` where there is not enough over time to be looked at. */
export function timelineOf(shown: readonly ShownPosition[], dates: DateLanguage): Timeline | null {
  const positions = shown.filter(({ position }) => position.proposition !== null)
  const read = positions.map(({ items }) => readOf(items, dates)).filter(({ points }) => points.some(hasSide))
  const drawn = read
    .filter(({ points }) => daysIn(points) >= 2)
    .sort(byMovement)
    .slice(0, PANELS_AT_MOST)
  const others = readOf(saidBeside(shown, drawn), dates)
  const all = others.points.length === 0 ? drawn : [...drawn, others]
  if (drawn.length === 0 || daysIn(all.flatMap(({ points }) => points)) < DAYS_AT_LEAST) return null
  const share = Math.min(Math.floor(NAMED_AT_MOST / drawn.length), NAMED_IN_ONE)
  return {
    panels: all.map((one) => ({
      proposition: one === others ? null : (one.items[0]?.proposition ?? ''),
      isThesis: one.items[0]?.isThesis ?? false,
      points: one.points,
      named: namedOf(one.points, share),
    })),
    statements: all.reduce((sum, { statements }) => sum + statements, 0),
    undated: all.reduce((sum, { undated }) => sum + undated, 0),
    undrawn: read.length - drawn.length,
  }
}

type Read = {
  readonly items: readonly BriefItem[]
  readonly points: readonly TimelinePoint[]
  readonly statements: number
  readonly undated: number
}

/** Items come newest first, as in a position's history. */
function readOf(items: readonly BriefItem[], dates: DateLanguage): Read {
  const dated = items.filter(isDated).toReversed()
  return {
    items,
    points: dated.map((item) => pointOf(item, dates)),
    statements: dated.reduce((sum, { change }) => sum + Math.max(1, change.evidence.length), 0),
    undated: items.length - dated.length,
  }
}

/** Words on the topic as a whole that show nothing toward the propositions that are drawn, each once. */
function saidBeside(shown: readonly ShownPosition[], drawn: readonly Read[]): readonly BriefItem[] {
  const told = new Set(drawn.flatMap(({ items }) => items.map(({ statement }) => statement.id)))
  const beside = shown
    .filter(({ position }) => position.proposition === null)
    .flatMap(({ items }) => items)
    .filter(({ statement }) => !told.has(statement.id) && told.add(statement.id))
  return beside.toSorted((a, b) => (a.change.saidOn < b.change.saidOn ? 1 : a.change.saidOn > b.change.saidOn ? -1 : 0))
}

const hasSide = ({ level }: TimelinePoint): boolean => level !== null

/** Of an article without a date we know only that it is no younger than the day on which it was read. */
function isDated({ statement: { saidOn, publishedAt } }: BriefItem): boolean {
  return saidOn !== null || publishedAt !== null
}

function pointOf(item: BriefItem, dates: DateLanguage): TimelinePoint {
  const { change, statement, isThesis } = item
  const { stance } = change
  const isRead = stance !== 'on record' && isClaim(item) && change.label !== 'unclear'
  return {
    on: change.saidOn,
    until: lastDay(change.saidOn, statement.saidOn?.precision ?? 'day'),
    day: dayOf(statement, dates),
    level: isRead ? LEVELS[stance] : null,
    isTurn: isRead && isTurn(item),
    step: stepWords(item),
    side: isRead ? sideWords(stance, isThesis) : '',
  }
}

function lastDay(on: string, precision: 'day' | 'month' | 'year'): string {
  if (precision === 'day') return on
  const [year = 0, month = 1] = on.split('-').map(Number)
  // Day 0 is the last of the month before.
  const last = precision === 'year' ? new Date(Date.UTC(year, 12, 0)) : new Date(Date.UTC(year, month, 0))
  return last.toISOString().slice(0, 10)
}

function byMovement(a: Read, b: Read): number {
  const turns = ({ points }: Read) => points.filter((point) => point.isTurn).length
  return turns(b) - turns(a) || b.points.length - a.points.length
}

function daysIn(points: readonly TimelinePoint[]): number {
  return new Set(points.map(({ on }) => on)).size
}

/** Where it began and where it stands, and the latest turns between. */
function namedOf(points: readonly TimelinePoint[], atMost: number): readonly TimelinePoint[] {
  const sided = points.filter(hasSide)
  if (sided.length === 0) return []
  const ends = new Set([sided.at(0), sided.at(-1)])
  const turns = sided.filter((point) => point.isTurn && !ends.has(point)).slice(ends.size - atMost)
  const named = new Set([...ends, ...turns])
  return points.filter((point) => named.has(point))
}
