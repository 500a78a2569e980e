import type { ArticleId } from '../article/article.ts'
import type { Clock } from '../base/clock.ts'
import type { TeamId } from '../base/scope.ts'
import type { StatementId } from '../statement/statement-id.ts'
import type { Statement } from '../statement/statement-row.ts'
import type { TopicStore } from './book/topic-store.ts'
import type { PositionChangeId } from './judging/change.ts'
import { facetsAsRead } from './record/facets-of.ts'
import { distinctThreads, type Thread } from './record/position-rows.ts'
import type { PositionStore } from './record/position-store.ts'
import { recomputeThreads } from './record/recompute-threads.ts'
import { viewersOf, viewsOf } from './record/views-of.ts'

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
 * outside the roster, and those that are not sure enough to speak of, touch nothing, but for a team that
 * named the speaker itself; private statements touch only what their team sees. A team with a record of its
 * own in a thread (private statements, another book, corrections) gets the changes of that beside everybody's.
 */
export async function updatePosition(id: StatementId, deps: UpdatePositionDeps): Promise<readonly PositionChangeId[]> {
  const statement = await deps.statements.read(id)
  if (statement === null) return []
  const scopes = await recomputeThreads({ owner: statement.team, ...(await recordFacets(statement, deps)) }, deps)
  return await changesLedBy(id, scopes, deps.positions)
}

type Recorded = {
  /** In which the statements stand, in anybody's eyes. */
  readonly threads: readonly Thread[]
  /** The teams that see them otherwise than they were read. */
  readonly viewers: readonly TeamId[]
}

/** Keeps what all scopes see in what the article has of the same speaker. */
async function recordFacets(statement: Statement, deps: UpdatePositionDeps): Promise<Recorded> {
  const { statements, positions, topics, clock } = deps
  const { id, team, article } = statement
  const { speaker } = statement.asRead
  const siblings = (await statements.ofArticle(team, article)).filter(
    (other) => other.id === id || (speaker !== null && other.asRead.speaker === speaker),
  )
  const book = await topics.bookOf(team)
  const read = siblings.flatMap((sibling) => facetsAsRead(sibling, book))
  if (read.length > 0) await positions.addFacets(read, clock.now())
  const teams = await viewersOf(team, deps)
  if (teams.length === 0) return { threads: distinctThreads(read), viewers: [] }
  const views = await viewsOf(siblings, teams, (viewer) => statements.ofArticle(viewer, article), deps)
  const viewed = await positions.refacet(views, clock.now())
  const viewers = views.filter(({ facets }) => facets !== null).map((view) => view.team)
  return { threads: distinctThreads([...read, ...viewed]), viewers }
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
