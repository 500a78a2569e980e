import type { TeamId } from '../base/scope.ts'
import type { SpeakerId } from '../speaker/speaker.ts'
import type { TopicBook } from './book/topic-book.ts'
import type { PositionChange } from './judging/change.ts'
import { isMove } from './judging/label.ts'
import type { Position } from './judging/position.ts'
import type { PositionStore } from './record/position-store.ts'
import type { TopicId } from './topics/topic.ts'

export type StanceQuestion = {
  readonly team: TeamId
  readonly speaker: SpeakerId
  /** With all topics below it. */
  readonly topic: TopicId
  /** `YYYY-MM-DD`: as things stood at the end of that day. */
  readonly asOf?: string | undefined
  /** As we knew it then, whatever came in later. */
  readonly knownAt?: Date | undefined
}

/** Steps of the record that one answer reads. */
const READ_AT_MOST = 500
/** The same of everything that one speaker said. */
const READ_OF_ALL = 20_000

/**
 * Where a speaker stands on a topic, the latest word first: each proposition, then what is on record
 * of the topic without one. Empty: nothing on record.
 */
export async function stancesOf(
  { team, speaker, topic, asOf, knownAt }: StanceQuestion,
  { positions, book }: { readonly positions: PositionStore; readonly book: TopicBook },
): Promise<readonly Position[]> {
  const history = await positions.history({
    ...{ team, speaker, limit: READ_AT_MOST },
    topics: book.family(topic),
    ...(asOf === undefined ? {} : { asOf }),
    ...(knownAt === undefined ? {} : { knownAt }),
  })
  const threads = Map.groupBy(history, (change) => JSON.stringify([change.topic, change.proposition]))
  const all = [...threads.values()]
  // Where the speaker only asked, planned or quoted there is no position to show, unless that is all there is.
  const withPosition = all.filter((steps) => steps.some((change) => change.label !== 'not comparable'))
  const shown = withPosition.length > 0 ? withPosition : all
  return shown.map((steps) => positionOf(team, steps)).sort(byPropositionFirst)
}

/** All propositions on which a speaker has a position, as `stancesOf` has them. */
export async function allStancesOf(
  { team, speaker }: Pick<StanceQuestion, 'team' | 'speaker'>,
  { positions, book }: { readonly positions: PositionStore; readonly book: TopicBook },
): Promise<readonly Position[]> {
  const topics = book.topics.map(({ id }) => id)
  const history = await positions.history({ team, speaker, topics, limit: READ_OF_ALL })
  const threads = Map.groupBy(
    history.filter(({ proposition, label }) => proposition !== null && label !== 'not comparable'),
    (change) => change.proposition,
  )
  return [...threads.values()].map((steps) => positionOf(team, steps))
}

function positionOf(team: TeamId, history: readonly PositionChange[]): Position {
  const shown = history.filter((change) => change.label !== 'not comparable')
  const latest = (shown[0] ?? history[0]) as PositionChange
  // The position began with the last change of course; without one, with the first word on record.
  const began = shown.find((change) => isMove(change.label)) ?? shown.at(-1) ?? latest
  const { speaker, topic, proposition, stance } = latest
  return { team, speaker, topic, proposition, stance, since: began.saidOn, history: shown.length > 0 ? shown : history }
}

function byPropositionFirst(a: Position, b: Position): number {
  return Number(a.proposition === null) - Number(b.proposition === null)
}
