import type { ArticleId } from '../article/article.ts'
import type { Clock } from '../base/clock.ts'
import { PUBLIC, type TeamId } from '../base/scope.ts'
import { SPEAKS_FROM } from '../statement/confidence.ts'
import type { StatementId } from '../statement/statement-id.ts'
import type { Statement } from '../statement/statement-row.ts'
import type { PositionChangeId } from './change.ts'
import type { SeenFacets } from './facet-views.ts'
import { type RecordedFacet, type Thread, threadKey } from './position-rows.ts'
import type { PositionStore } from './position-store.ts'
import { replay } from './replay.ts'
import { seeSame, statementFacets } from './statement-facets.ts'
import type { TopicStore } from './topic-store.ts'

/** What this room asks of the record of statements. */
export type StatementReader = {
  /** Whatever its scope: a step of the pipeline works for everybody. */
  readonly read: (id: StatementId) => Promise<Statement | null>
  /** All statements of one article, as a team sees them. */
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
 * touch only what their team sees. A team with a record of its own in a thread (private statements, another
 * book, seeds) gets the changes of that beside everybody's.
 */
export async function updatePosition(id: StatementId, deps: UpdatePositionDeps): Promise<readonly PositionChangeId[]> {
  const { statements, positions, topics, clock } = deps
  const statement = await statements.read(id)
  if (statement === null || statement.speaker === null || statement.confidence < SPEAKS_FROM) return []
  const { team } = statement
  const book = await topics.bookOf(team)
  const siblings = await siblingsOf(statement, team, deps)
  const facets = siblings.flatMap((sibling) => statementFacets(sibling, team, book))
  await positions.addFacets(facets, clock.now())

  const views = team === PUBLIC ? await viewsOf(statement, facets, deps) : []
  const viewed = views.length === 0 ? [] : await positions.refacet(views, clock.now())
  const scopes = new Set([team])
  const news = { kind: 'everything', statements: new Set(siblings.map((sibling) => sibling.id)) } as const
  for (const thread of unique([...facets, ...viewed])) {
    const teams = team === PUBLIC ? [PUBLIC, ...(await positions.teamsIn(thread))] : [team]
    for (const scope of teams) {
      scopes.add(scope)
      await positions.recompute(scope, thread, clock.now(), (all, known) => replay(thread, all, known), news)
    }
    if (views.length > 0) await positions.isReplayed(views.map((view) => ({ ...thread, team: view.team })))
  }
  return await changesLedBy(id, [...scopes], positions)
}

async function siblingsOf(
  { article, speaker }: Statement,
  team: TeamId,
  { statements }: UpdatePositionDeps,
): Promise<readonly Statement[]> {
  return (await statements.ofArticle(team, article)).filter(
    (other) => other.speaker === speaker && other.confidence >= SPEAKS_FROM,
  )
}

/** What teams with a book of their own see in the article, where that is not what everybody sees. */
async function viewsOf(
  statement: Statement,
  facets: readonly RecordedFacet[],
  deps: UpdatePositionDeps,
): Promise<readonly SeenFacets[]> {
  const shared = Map.groupBy(facets, (facet) => facet.statement)
  const views: SeenFacets[] = []
  for (const team of await deps.topics.teamsWithBook()) {
    const book = await deps.topics.bookOf(team)
    for (const sibling of await siblingsOf(statement, team, deps)) {
      if (sibling.team !== PUBLIC) continue
      const own = statementFacets(sibling, team, book)
      if (seeSame(own, shared.get(sibling.id) ?? [])) continue
      views.push({ team, statement: sibling.id, owner: PUBLIC, facets: own })
    }
  }
  return views
}

async function changesLedBy(
  id: StatementId,
  teams: readonly TeamId[],
  positions: PositionStore,
): Promise<readonly PositionChangeId[]> {
  const found: PositionChangeId[] = []
  for (const team of teams) {
    const changes = await positions.ofStatement(team, id)
    found.push(...changes.filter((change) => change.team === team).map((change) => change.id))
  }
  return found
}

function unique(facets: readonly Thread[]): readonly Thread[] {
  const threads = facets.map(({ speaker, topic, proposition }) => ({ speaker, topic, proposition }))
  return [...new Map(threads.map((thread) => [threadKey(thread), thread])).values()]
}
