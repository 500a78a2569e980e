import type { DateLanguage } from '../../chat/date-language.ts'
import type { Stance } from '../../position/judging/position.ts'
import type { BriefItem } from '../brief.ts'
import { isClaim, sideWords, stepWords } from '../label-words.ts'
import { dayOf } from '../statement-blocks.ts'
import { LEVELS, type Level } from '../timeline/timeline.ts'
import { byUrgency, isTurn } from '../urgency.ts'

/** One change of course: from where to where, and when. */
export type Move = {
  /** "Reversed". */
  readonly step: string
  /** The day of the words, for people, as exactly as it is known. */
  readonly day: string
  /** `null` where no side is claimed. */
  readonly from: Level | null
  readonly to: Level | null
  /** "from supports to opposes", "still opposes", "now opposes"; empty where no side is claimed. */
  readonly sides: string
}

/** What one speaker did to one position in a window of time. */
export type MovedPosition = {
  readonly speaker: string
  readonly topic: string
  readonly proposition: string
  readonly isThesis: boolean
  /** Never empty; the earliest first. */
  readonly moves: readonly Move[]
}

/** The positions that changed course, the one that moved most first: a reversal before a softer word, then by how often. */
export function movedPositions(items: readonly BriefItem[], dates: DateLanguage): readonly MovedPosition[] {
  const turns = items.filter((item) => isTurn(item) && isClaim(item))
  const positions = [...Map.groupBy(turns, keyOf).values()].map((some) => [...some].sort(byDay))
  return positions.sort(byMovement).map((some) => positionOf(some, dates))
}

function keyOf({ change: { speaker, topic, proposition } }: BriefItem): string {
  return JSON.stringify([speaker, topic, proposition])
}

function byDay(a: BriefItem, b: BriefItem): number {
  return a.change.saidOn.localeCompare(b.change.saidOn) || a.statement.id - b.statement.id
}

function byMovement(a: readonly BriefItem[], b: readonly BriefItem[]): number {
  const [first, other] = [a, b].map((items) => items.toSorted(byUrgency)[0] as BriefItem) as [BriefItem, BriefItem]
  // Of one label `byUrgency` is by the day of the words; how often somebody moved comes before.
  if (first.change.label !== other.change.label) return byUrgency(first, other)
  return b.length - a.length || byUrgency(first, other)
}

function positionOf(items: readonly BriefItem[], dates: DateLanguage): MovedPosition {
  const [{ speakerName, topicLabel, proposition, isThesis }] = items as readonly [BriefItem, ...BriefItem[]]
  return {
    speaker: speakerName,
    topic: topicLabel,
    proposition: proposition ?? '',
    isThesis,
    moves: items.map((item) => moveOf(item, dates)),
  }
}

function moveOf(item: BriefItem, dates: DateLanguage): Move {
  const { change, stood, statement, isThesis } = item
  return {
    step: stepWords(item),
    day: dayOf(statement, dates),
    from: levelOf(stood),
    to: levelOf(change.stance),
    sides: sidesOf(stood, change.stance, isThesis),
  }
}

function levelOf(stance: Stance | null): Level | null {
  return stance === null || stance === 'on record' ? null : LEVELS[stance]
}

function sidesOf(stood: Stance | null, stance: Stance, isThesis: boolean): string {
  if (stance === 'on record') return ''
  const now = sideWords(stance, isThesis)
  if (stood === stance) return `still ${now}`
  return stood === null || stood === 'on record' ? `now ${now}` : `from ${sideWords(stood, isThesis)} to ${now}`
}
