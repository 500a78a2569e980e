import type { ArticleId } from '../article/article.ts'
import { keyOf } from '../base/id.ts'
import type { TeamId } from '../base/scope.ts'
import type { SpeakerId } from '../speaker/speaker.ts'
import type { StatementId } from '../statement/statement-id.ts'
import type { Delta, PositionChange, PositionChangeId } from './change.ts'
import type { Ruling } from './correction.ts'
import type { Facet } from './facet.ts'
import type { Label, RuleId } from './label.ts'
import type { Stance } from './position.ts'
import type { PropositionId } from './proposition.ts'
import type { TopicId } from './topic.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    facet: FacetTable
    positionChange: PositionChangeTable
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
  /** Whether it is a team's own reading of a statement, in the place of the one that was read. */
  isCorrected: number
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
}

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

/** `corrector`: the team whose own reading it is, in the place of the one that was read. */
export function facetRow(facet: RecordedFacet, at: Date, corrector: TeamId | null = null): FacetTable {
  const { team, statement, article, speaker, topic, saidOn, place, sameAs, confidence } = facet
  const proposition = facet.proposition ?? ''
  return {
    id:
      corrector === null
        ? keyOf('facet', statement, topic, proposition)
        : keyOf('own facet', corrector, statement, speaker, topic, proposition, JSON.stringify(facet.ruling ?? null)),
    ...{ team: corrector ?? team, statement, article, speaker, topic, proposition, saidOn, place, sameAs, confidence },
    isCovered: facet.isCovered ? 1 : 0,
    facet: JSON.stringify(facet.facet),
    recordedAt: at.getTime(),
    isCorrected: corrector === null ? 0 : 1,
    ruling: facet.ruling === undefined ? null : JSON.stringify(facet.ruling),
  }
}

export function changeRow(id: PositionChangeId, team: TeamId, draft: ChangeDraft, at: Date): PositionChangeTable {
  return {
    ...draft,
    id,
    team,
    proposition: draft.proposition ?? '',
    delta: JSON.stringify(draft.delta),
    evidence: JSON.stringify(draft.evidence),
    recordedAt: at.getTime(),
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
    speaker: row.speaker as SpeakerId,
    topic: row.topic as TopicId,
    proposition: row.proposition === '' ? null : (row.proposition as PropositionId),
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
