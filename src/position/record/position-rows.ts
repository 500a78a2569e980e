import type { ArticleId } from '../../article/article.ts'
import { keyOf } from '../../base/id.ts'
import type { TeamId } from '../../base/scope.ts'
import type { SpeakerId } from '../../speaker/speaker.ts'
import type { StatementId } from '../../statement/statement-id.ts'
import type { Ruling } from '../corrections/correction.ts'
import type { Delta, PositionChange, PositionChangeId } from '../judging/change.ts'
import type { Label, RuleId } from '../judging/label.ts'
import type { Stance } from '../judging/position.ts'
import type { Facet } from '../reading/facet.ts'
import type { PropositionId } from '../topics/proposition.ts'
import type { TopicId } from '../topics/topic.ts'

declare module '../../base/database/database.ts' {
  interface Tables {
    facet: FacetTable
    facetView: FacetViewTable
    positionChange: PositionChangeTable
    threadToReplay: ThreadToReplayTable
  }
}

type FacetTable = {
  id: string
  team: number
  statement: number
  article: string
  speaker: string
  topic: string
  /** Empty at the level of the topic. */
  proposition: string
  saidOn: string
  place: string
  sameAs: string
  isCovered: number
  /** JSON */
  facet: string
  confidence: number
  recordedAt: number
  /** 1: of a team's own view of a statement, in the place of what everybody sees, or of what was read. */
  isView: number
  /** JSON; what the team says of the label. */
  ruling: string | null
}

type PositionChangeTable = {
  id: string
  team: number
  speaker: string
  topic: string
  proposition: string
  label: string
  rule: string
  stance: string
  /** JSON */
  delta: string
  why: string
  statement: number
  article: string
  /** JSON: ids */
  evidence: string
  earlier: number | null
  saidOn: string
  recordedAt: number
  supersededAt: number | null
  method: string
  status: string
  confidence: number
  /** 1: it came of reading old statements again, by another book, and is no news. */
  isReread: number
}

/** A statement that a team has a view of its own on, perhaps one without facets: what was read does not count for it. */
type FacetViewTable = { team: number; statement: number }

/** A team's record of a thread that must be made anew. */
type ThreadToReplayTable = { team: number; speaker: string; topic: string; proposition: string }

/** What one speaker has said on one proposition, or on a topic as a whole. */
export type Thread = {
  readonly speaker: SpeakerId
  readonly topic: TopicId
  readonly proposition: PropositionId | null
}

/** The columns of a thread as its rows have them. */
export function threadColumns({ speaker, topic, proposition }: Thread) {
  return { speaker, topic, proposition: proposition ?? '' }
}

/** The natural key of a thread. */
export function threadKey({ speaker, topic, proposition }: Thread): string {
  return JSON.stringify([speaker, topic, proposition])
}

/** Threads, each once, without what else the values hold. */
export function distinctThreads(threads: readonly Thread[]): readonly Thread[] {
  const bare = threads.map(({ speaker, topic, proposition }) => ({ speaker, topic, proposition }))
  return [...new Map(bare.map((thread) => [threadKey(thread), thread])).values()]
}

export function toThread(row: Pick<FacetTable, 'speaker' | 'topic' | 'proposition'>): Thread {
  return {
    speaker: row.speaker as SpeakerId,
    topic: row.topic as TopicId,
    proposition: row.proposition === '' ? null : (row.proposition as PropositionId),
  }
}

/** One statement's facet, with what orders and folds it. */
export type RecordedFacet = Thread & {
  readonly team: TeamId
  readonly statement: StatementId
  readonly article: ArticleId
  readonly saidOn: string
  /** Orders statements of one day the same way on every machine, whatever came in first. */
  readonly place: string
  /** Equal where the same words were printed elsewhere. */
  readonly sameAs: string
  /** At the level of the topic: a proposition already shows this statement. */
  readonly isCovered: boolean
  readonly facet: Facet
  readonly confidence: number
  /** What the team whose reading this is says of the label. */
  readonly ruling?: Ruling
}

/** A change as the replay makes it, before it has a row. */
export type ChangeDraft = Omit<PositionChange, 'id' | 'team' | 'recordedAt' | 'supersededAt'>

/** The same finding has the same id in every run. Evidence may grow without making it another finding. */
export function changeId(team: TeamId, draft: ChangeDraft): PositionChangeId {
  return keyOf(
    'change',
    team,
    draft.speaker,
    draft.topic,
    draft.proposition ?? '',
    draft.statement,
    draft.earlier ?? '',
    draft.label,
    draft.rule,
    draft.stance,
    JSON.stringify([draft.delta, draft.why]),
  ) as PositionChangeId
}

/** The key of a facet that was read. */
export function facetId({ statement, topic, proposition }: Pick<RecordedFacet, 'statement' | 'topic' | 'proposition'>) {
  return keyOf('facet', statement, topic, proposition ?? '')
}

/** `viewer`: the team whose view it is of, in the place of what was read. */
export function facetRow(facet: RecordedFacet, at: Date, viewer: TeamId | null = null): FacetTable {
  const { team, statement, article, speaker, topic, saidOn, place, sameAs, confidence } = facet
  const proposition = facet.proposition ?? ''
  return {
    id:
      viewer === null
        ? facetId(facet)
        : keyOf('own facet', viewer, statement, speaker, topic, proposition, JSON.stringify(facet.ruling ?? null)),
    ...{ team: viewer ?? team, statement, article, speaker, topic, proposition, saidOn, place, sameAs, confidence },
    isCovered: facet.isCovered ? 1 : 0,
    facet: JSON.stringify(facet.facet),
    recordedAt: at.getTime(),
    isView: viewer === null ? 0 : 1,
    ruling: facet.ruling === undefined ? null : JSON.stringify(facet.ruling),
  }
}

/** When a change came onto the record, and whether it is old words read again. */
export type Recorded = { readonly recordedAt: number; readonly isReread: number }

export function changeRow(
  id: PositionChangeId,
  team: TeamId,
  draft: ChangeDraft,
  { recordedAt, isReread }: Recorded,
): PositionChangeTable {
  return {
    ...draft,
    id,
    team,
    proposition: draft.proposition ?? '',
    delta: JSON.stringify(draft.delta),
    evidence: JSON.stringify(draft.evidence),
    ...{ recordedAt, isReread },
    supersededAt: null,
  }
}

export function toChange(row: PositionChangeTable): PositionChange {
  return {
    id: row.id as PositionChangeId,
    team: row.team as TeamId,
    speaker: row.speaker as SpeakerId,
    topic: row.topic as TopicId,
    proposition: row.proposition === '' ? null : (row.proposition as PropositionId),
    label: row.label as Label,
    rule: row.rule as RuleId,
    stance: row.stance as Stance,
    delta: JSON.parse(row.delta) as readonly Delta[],
    why: row.why,
    statement: row.statement as StatementId,
    article: row.article as ArticleId,
    evidence: JSON.parse(row.evidence) as readonly StatementId[],
    earlier: row.earlier as StatementId | null,
    saidOn: row.saidOn,
    recordedAt: new Date(row.recordedAt),
    supersededAt: row.supersededAt === null ? null : new Date(row.supersededAt),
    method: row.method as PositionChange['method'],
    status: row.status as PositionChange['status'],
    confidence: row.confidence,
  }
}

export function toFacet(row: FacetTable): RecordedFacet {
  return {
    ...toThread(row),
    team: row.team as TeamId,
    statement: row.statement as StatementId,
    article: row.article as ArticleId,
    saidOn: row.saidOn,
    place: row.place,
    sameAs: row.sameAs,
    isCovered: row.isCovered === 1,
    // Facets of earlier versions were read once only.
    facet: { plain: null, ...(JSON.parse(row.facet) as Omit<Facet, 'plain'>) },
    confidence: row.confidence,
    ...(row.ruling === null ? {} : { ruling: JSON.parse(row.ruling) as Ruling }),
  }
}
