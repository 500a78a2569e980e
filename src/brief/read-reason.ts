import type { ArticleStore } from '../article/article-store.ts'
import type { TeamId } from '../base/scope.ts'
import type { TopicBook } from '../position/book/topic-book.ts'
import type { PositionChange } from '../position/judging/change.ts'
import type { Facet } from '../position/reading/facet.ts'
import type { ReasonStore } from '../position/record/reason-store.ts'
import { contextAround } from '../position/topics/article-reading.ts'
import { explainTopic } from '../position/topics/explain-topic.ts'
import type { Statement } from '../statement/statement-row.ts'
import type { BriefItem } from './brief.ts'
import { type BriefDeps, readItems } from './write-brief.ts'

/** Everything that made one label come out as it did. */
export type Reason = {
  readonly item: BriefItem
  /** How the words were read; `null` where that is no longer kept. */
  readonly now: Facet | null
  readonly before: Facet | null
  /** As `explainTopic` says it; `null` where the book of today would not assign the topic. */
  readonly topic: string | null
  /** What was said of that day until something came in late, as it came onto the record. */
  readonly former: readonly PositionChange[]
  /** What holds today, where the label asked about no longer does. */
  readonly today: PositionChange | null
}

export type ReasonDeps = Pick<BriefDeps, 'positions' | 'statements' | 'topics' | 'roster'> & {
  readonly reasons: ReasonStore
  readonly articles: Pick<ArticleStore, 'get'>
}

/** Why the change got its label; `null` if its statement is no longer on record. */
export async function readReason(team: TeamId, change: PositionChange, deps: ReasonDeps): Promise<Reason | null> {
  const { reasons, articles, topics } = deps
  const [item] = await readItems(team, [change], deps)
  if (item === undefined) return null
  const { statement, earlier } = item
  const facets = await reasons.facetsOf(
    change,
    [statement, earlier].flatMap((one) => (one === null ? [] : [one.id])),
  )
  const versions = await reasons.versionsOf(change)
  const book = await topics.bookOf(team)
  return {
    item,
    now: facets.get(statement.id) ?? null,
    before: earlier === null ? null : (facets.get(earlier.id) ?? null),
    topic: topicReason(statement, change, { book, article: await articles.get(statement.article) }),
    former: versions.filter(({ id, supersededAt }) => id !== change.id && supersededAt !== null),
    today: change.supersededAt === null ? null : (versions.find(({ supersededAt }) => supersededAt === null) ?? null),
  }
}

type Around = { readonly book: TopicBook; readonly article: Awaited<ReturnType<ArticleStore['get']>> }

function topicReason(
  { content, contentSpans }: Statement,
  { topic }: PositionChange,
  { book, article }: Around,
): string | null {
  const around = article === null ? {} : contextAround(article, contentSpans)
  const found = book.assign(content, around).find((one) => one.topic === topic)
  return found === undefined ? null : explainTopic(found)
}
