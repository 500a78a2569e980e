import type { ArticleId } from '../article/article.ts'
import type { Clock } from '../base/clock.ts'
import { PUBLIC, type TeamId } from '../base/scope.ts'
import { SPEAKS_FROM } from '../statement/confidence.ts'
import type { StatementId } from '../statement/statement-id.ts'
import type { Statement } from '../statement/statement-row.ts'
import type { PositionChangeId } from './change.ts'
import type { Facet } from './facet.ts'
import { matchPropositions } from './match-propositions.ts'
import type { RecordedFacet, Thread } from './position-rows.ts'
import type { PositionStore } from './position-store.ts'
import { readFacet } from './read-facet.ts'
import { replay } from './replay.ts'
import type { TopicId } from './topic.ts'
import type { TopicBook } from './topic-book.ts'
import type { TopicStore } from './topic-store.ts'

/** What this room asks of the record of statements. */
export type StatementReader = {
  /** Whatever its scope: a step of the pipeline works for everybody. */
  readonly read: (id: StatementId) => Promise<Statement | null>
  /** All statements of one article. */
  readonly ofArticle: (team: TeamId, article: ArticleId) => Promise<readonly Statement[]>
}

export type UpdatePositionDeps = {
  readonly statements: StatementReader
  readonly positions: PositionStore
  readonly topics: TopicStore
  readonly clock: Clock
}

/**
 * Sets a statement against the record of its speaker, and gives the changes that it leads.
 *
 * The whole article is taken in at once, since what one speaker says there is one event. Later labels
 * are recomputed where a late article changes what they were compared with. Statements of people
 * outside the roster, and those that are not sure enough to speak of, touch nothing; private statements
 * touch only what their team sees.
 */
export async function updatePosition(id: StatementId, deps: UpdatePositionDeps): Promise<readonly PositionChangeId[]> {
  const { statements, positions, topics, clock } = deps
  const statement = await statements.read(id)
  if (statement === null || statement.speaker === null || statement.confidence < SPEAKS_FROM) return []
  const { team, article, speaker } = statement
  const book = await topics.bookOf(team)
  const siblings = (await statements.ofArticle(team, article)).filter(
    (other) => other.speaker === speaker && other.confidence >= SPEAKS_FROM,
  )
  const facets = siblings.flatMap((sibling) => facetsOf(sibling, book))

  await positions.addFacets(facets, clock.now())
  for (const thread of threadsOf(facets)) {
    const teams = team === PUBLIC ? [PUBLIC, ...(await positions.teamsIn(thread))] : [team]
    for (const scope of teams) {
      await positions.recompute(scope, thread, clock.now(), (all, known) => replay(thread, all, known))
    }
  }
  const changes = await positions.ofStatement(team, id)
  return changes.filter((change) => change.team === team).map((change) => change.id)
}

/** One facet for each proposition that the statement is about, and one for each of its topics as a whole. */
function facetsOf(statement: Statement, book: TopicBook): readonly RecordedFacet[] {
  const { team, speaker, article, on: saidOn, sameAs, confidence } = statement
  if (speaker === null) return []
  const common = {
    team,
    speaker,
    statement: statement.id,
    article,
    saidOn,
    place: placeOf(statement),
    sameAs,
    confidence,
  }
  const ownView = (facet: Facet): Facet =>
    statement.holder === 'own' || statement.holder === 'joint' ? facet : { ...facet, bar: 'not own' }

  return book.narrowest(statement.topics as readonly TopicId[]).flatMap((topic): readonly RecordedFacet[] => {
    const matches = matchPropositions(statement.content, book.propositionsOf(topic), { saidOn })
    return [
      ...matches.map(({ proposition, facet }) => ({
        ...common,
        topic,
        proposition: proposition.id,
        facet: ownView(facet),
        isCovered: false,
      })),
      {
        ...common,
        topic,
        proposition: null,
        facet: ownView(readFacet(statement.content, { proposition: null, saidOn })),
        isCovered: matches.length > 0,
      },
    ]
  })
}

/** First published first; then by address and place in the text, so that the order is the same everywhere. */
function placeOf({ publishedAt, recordedAt, articleUrl, contentSpans }: Statement): string {
  const at = (publishedAt ?? recordedAt).toISOString()
  return `${at} ${articleUrl} ${String(contentSpans[0]?.[0] ?? 0).padStart(9, '0')}`
}

function threadsOf(facets: readonly RecordedFacet[]): readonly Thread[] {
  const threads = facets.map(({ speaker, topic, proposition }) => ({ speaker, topic, proposition }))
  return [...new Map(threads.map((thread) => [JSON.stringify(thread), thread])).values()]
}
