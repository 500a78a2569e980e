import type { Selectable } from 'kysely'
import type { Article, ArticleId } from '../article/article.ts'
import { splitWords } from '../base/database/text-index.ts'
import { keyOf } from '../base/id.ts'
import type { TeamId } from '../base/scope.ts'
import { fold } from '../speaker/fold.ts'
import type { SpeakerMerges } from '../speaker/merge-speakers.ts'
import type { SpeakerId } from '../speaker/speaker.ts'
import { contextOf } from './check-words.ts'
import type { FoundStatement, Span } from './statement.ts'
import { type Minute, ownDate, type StatementId } from './statement-id.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    statement: StatementTable
    statementTopic: StatementTopicTable
    statementView: StatementViewTable
    givenSpeaker: GivenSpeakerTable
    statementCount: StatementCountTable
  }
}

type StatementTable = {
  id: StatementId
  /** Article and spans: what makes saving twice the same as saving once. */
  key: string
  /** Whose it is: the article's. */
  team: TeamId
  /** The statement's own date, by which it is ordered, filtered and counted. */
  on: string
  recordedAt: number
  speaker: SpeakerId | null
  speakerName: string | null
  speakerText: string
  speakerSpan: string | null
  reason: string
  /** JSON: as everybody who may see the statement sees them, but for teams with a view of their own. */
  topics: string
  content: string
  contentSpans: string
  sameAs: string
  context: string
  contextStart: number
  form: FoundStatement['form']
  cue: string
  cueSpan: string | null
  holder: FoundStatement['holder']
  saidOn: string | null
  event: string | null
  confidence: number
  article: ArticleId
  articleUrl: string
  articleTitle: string
  publisher: string | null
  publishedAt: number | null
  /** 1: a feed listed its article already when it was first read. */
  isBackfill: number
}

/** A topic's statements as `team` sees them. */
type StatementTopicTable = { topic: string; team: TeamId; statement: StatementId; speaker: SpeakerId | null }

/**
 * The topics of a statement as one team has them: by its own book (of its own statements the row itself says that),
 * and as it has put them right, which stands before it. `null`: as everybody has them; there is no row without either.
 */
type StatementViewTable = { statement: StatementId; team: TeamId; read: string | null; corrected: string | null }

/** Whom one team has put in the place of the speaker; `null`: nobody whom we know. */
type GivenSpeakerTable = { team: TeamId; statement: StatementId; speaker: SpeakerId | null }

/** How many statements a month; '' stands for any speaker or topic. A team's own row adds to the public one. */
type StatementCountTable = { speaker: SpeakerId | ''; topic: string; team: TeamId; month: string; count: number }

export type StatementRow = Selectable<StatementTable>

/** A statement on record: what was found, where it stood, and when we came to know it. */
export type Statement = FoundStatement & {
  readonly id: StatementId
  readonly team: TeamId
  /** `YYYY-MM-DD`: when it was said, else published, else recorded. By this statements are ordered. */
  readonly on: string
  readonly recordedAt: Date
  /** The name to show: of the roster, else as the article has it; `null` if nobody is named. */
  readonly speakerLabel: string | null
  /** Ids of topics, as the asking team has them. */
  readonly topics: readonly string[]
  readonly article: ArticleId
  readonly articleUrl: string
  readonly articleTitle: string
  readonly publisher: string | null
  readonly publishedAt: Date | null
  /** The sentences around the words, cut from the article; they stay when the article's text is dropped. */
  readonly context: string
  /** Where `context` stands in the article's text. */
  readonly contextSpan: Span
  /** Equal where the same speaker is given the same words, whatever the outlet. */
  readonly sameAs: string
  /** Speaker and topics as the article was read, by the asking team's book, before the team put anything right. */
  readonly asRead: { readonly speaker: SpeakerId | null; readonly topics: readonly string[] }
  /** Whether `speaker` and `speakerLabel` are what the asking team put in the place of what was read. */
  readonly isSpeakerCorrected: boolean
}

/** What the asking team has made of a row, or the team that it is read for. */
export type OwnView = {
  /** By its own book. */
  readonly ownTopics: string | null
  readonly correctedTopics: string | null
  /** Set where the team has put the speaker right. */
  readonly correctedId: StatementId | null
  readonly ownSpeaker: SpeakerId | null
}

/** A row that has no id yet. */
export type NewStatement = Omit<StatementRow, 'id'> & { readonly minute: Minute }

export function keyOfStatement(article: Article, found: FoundStatement): string {
  return keyOf('statement', article.team, article.id, JSON.stringify([found.contentSpans, found.speakerSpan]))
}

/** Equal where the same speaker is given the same words, whatever the outlet. */
export function samenessOf(found: FoundStatement): string {
  return keyOf(found.speaker ?? fold(found.speakerName ?? found.speakerText), ...splitWords(found.content))
}

export function newStatement(
  article: Article,
  found: FoundStatement,
  { topics, recordedAt }: { readonly topics: readonly string[]; readonly recordedAt: Date },
): NewStatement {
  const { on, minute } = ownDate(found.saidOn, article.publishedAt, recordedAt)
  const contextSpan = contextOf(article.text, found)
  return {
    minute,
    key: keyOfStatement(article, found),
    team: article.team,
    on,
    recordedAt: recordedAt.getTime(),
    speaker: found.speaker,
    speakerName: found.speakerName,
    speakerText: found.speakerText,
    speakerSpan: json(found.speakerSpan),
    reason: found.reason,
    topics: JSON.stringify([...new Set(topics)]),
    content: found.content,
    contentSpans: JSON.stringify(found.contentSpans),
    sameAs: samenessOf(found),
    context: article.text.slice(...contextSpan),
    contextStart: contextSpan[0],
    form: found.form,
    cue: found.cue,
    cueSpan: json(found.cueSpan),
    holder: found.holder,
    saidOn: json(found.saidOn),
    event: found.event,
    confidence: found.confidence,
    article: article.id,
    articleUrl: article.url,
    articleTitle: article.title,
    publisher: article.publisher,
    publishedAt: article.publishedAt?.getTime() ?? null,
    isBackfill: article.isBackfill ? 1 : 0,
  }
}

/** `merges`: speakers that the asking team takes for one. */
export function statementOf(
  row: StatementRow & OwnView,
  nameOf: (speaker: SpeakerId) => string | null,
  merges: SpeakerMerges = new Map(),
): Statement {
  const isSpeakerCorrected = row.correctedId !== null
  const said = isSpeakerCorrected ? row.ownSpeaker : row.speaker
  const speaker = said === null ? null : (merges.get(said) ?? said)
  const name = speaker === null ? null : nameOf(speaker)
  const asRead = row.speakerName ?? (row.speakerText === '' ? null : row.speakerText)
  return {
    id: row.id,
    team: row.team,
    on: row.on,
    recordedAt: new Date(row.recordedAt),
    speaker,
    speakerName: row.speakerName,
    speakerText: row.speakerText,
    speakerSpan: parsed(row.speakerSpan),
    speakerLabel: name ?? (isSpeakerCorrected ? speaker : asRead),
    reason: row.reason,
    topics: JSON.parse(topicsSeen(row)),
    content: row.content,
    contentSpans: JSON.parse(row.contentSpans),
    sameAs: row.sameAs,
    asRead: { speaker: row.speaker, topics: JSON.parse(row.ownTopics ?? row.topics) },
    isSpeakerCorrected,
    context: row.context,
    contextSpan: [row.contextStart, row.contextStart + row.context.length],
    form: row.form,
    cue: row.cue,
    cueSpan: parsed(row.cueSpan),
    holder: row.holder,
    saidOn: parsed(row.saidOn),
    event: row.event,
    confidence: row.confidence,
    article: row.article,
    articleUrl: row.articleUrl,
    articleTitle: row.articleTitle,
    publisher: row.publisher,
    publishedAt: row.publishedAt === null ? null : new Date(row.publishedAt),
  }
}

/** JSON: the topics of a row as whoever asks for it has them. */
export function topicsSeen(row: Pick<StatementRow & OwnView, 'topics' | 'ownTopics' | 'correctedTopics'>): string {
  return row.correctedTopics ?? row.ownTopics ?? row.topics
}

function json(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value)
}

function parsed<Value>(text: string | null): Value | null {
  return text === null ? null : JSON.parse(text)
}
