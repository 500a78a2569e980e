import type { ArticleId } from '../article/article.ts'
import type { Clock } from '../base/clock.ts'
import { PUBLIC, type TeamId } from '../base/scope.ts'
import type { StatementId } from '../statement/statement-id.ts'
import type { Statement } from '../statement/statement-row.ts'
import type { PositionChangeId } from './change.ts'
import { readingsOf } from './facets-of.ts'
import type { Thread } from './position-rows.ts'
import type { PositionStore } from './position-store.ts'
import { replay } from './replay.ts'
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
  const { statements, positions, clock } = deps
  const statement = await statements.read(id)
  if (statement === null) return []
  const { team, article } = statement
  const { speaker } = statement.asRead
  const siblings = (await statements.ofArticle(team, article)).filter(
    (other) => other.id === id || (speaker !== null && other.asRead.speaker === speaker),
  )
  const threads: Thread[] = []
  for (const sibling of siblings) threads.push(...(await recordReadings(sibling, deps)))
  for (const thread of distinct(threads)) {
    const teams = team === PUBLIC ? [PUBLIC, ...(await positions.teamsIn(thread))] : [team]
    for (const scope of teams) {
      await positions.recompute(scope, thread, clock.now(), (all, known) => replay(thread, all, known))
    }
  }
  const changes = await positions.ofStatement(team, id)
  return changes.filter((change) => change.team === team).map((change) => change.id)
}

/** Keeps the facets of a statement in every scope; the threads that they stand in, or stood in until now. */
async function recordReadings(
  statement: Statement,
  { positions, topics, clock }: UpdatePositionDeps,
): Promise<readonly Thread[]> {
  const { read, corrected } = await readingsOf(statement, { positions, topics })
  if (read.length > 0) await positions.addFacets(read, clock.now())
  const threads: Thread[] = [...read]
  for (const { scope, facets } of corrected) {
    threads.push(...(await positions.putReading(scope, statement.id, facets, clock.now())))
  }
  return threads
}

/** Threads, each once, without what else the values hold. */
export function distinct(threads: readonly Thread[]): readonly Thread[] {
  const bare = threads.map(({ speaker, topic, proposition }) => ({ speaker, topic, proposition }))
  return [...new Map(bare.map((thread) => [JSON.stringify(thread), thread])).values()]
}
