import { PUBLIC, type TeamId } from '../../base/scope.ts'
import type { StatementId } from '../../statement/statement-id.ts'
import type { Statement } from '../../statement/statement-row.ts'
import type { TopicStore } from '../book/topic-store.ts'
import type { SeenFacets } from './facet-views.ts'
import { BY_DESK, type Eyes, facetsAsRead, facetsSeen, seeSame } from './facets-of.ts'
import type { RecordedFacet } from './position-rows.ts'
import type { PositionStore } from './position-store.ts'

type ViewDeps = {
  readonly topics: Pick<TopicStore, 'bookOf' | 'teamsWithBook'>
  readonly positions: Pick<PositionStore, 'corrections' | 'facetsRead'>
}

/** The teams that may see a statement of `owner` otherwise than it was read: by a book of their own, or by corrections. */
export async function viewersOf(owner: TeamId, { topics, positions }: ViewDeps): Promise<readonly TeamId[]> {
  const [withBook, correctors] = [await topics.teamsWithBook(), await positions.corrections.teams()]
  return [...new Set([...withBook, ...correctors])].filter((team) => owner === PUBLIC || team === owner)
}

export async function eyesOf(team: TeamId, { topics, positions }: ViewDeps): Promise<Eyes> {
  return { folded: await positions.corrections.foldedOf(team), book: await topics.bookOf(team) }
}

/** The facets of a statement as it was read; what a desk entered says what the desk says, by whatever book. */
export async function facetsReadIn(statement: Statement, deps: ViewDeps): Promise<readonly RecordedFacet[]> {
  if (statement.reason === BY_DESK) return await deps.positions.facetsRead(statement.id)
  return facetsAsRead(statement, await deps.topics.bookOf(statement.team))
}

/**
 * What teams see in statements of one owner, as steps for `refacet`: a view where it is not what was read, none
 * where it is. `seenBy`: the same statements as each team sees them.
 */
export async function viewsOf(
  statements: readonly Statement[],
  teams: readonly TeamId[],
  seenBy: (team: TeamId, ids: readonly StatementId[]) => Promise<readonly Statement[]>,
  deps: ViewDeps,
): Promise<readonly SeenFacets[]> {
  const views: SeenFacets[] = []
  for (const team of teams) {
    const eyes = await eyesOf(team, deps)
    const seen = await seenBy(
      team,
      statements.map(({ id }) => id),
    )
    const byId = new Map(seen.map((one) => [one.id, one]))
    for (const statement of statements) {
      const own = byId.get(statement.id)
      if (own === undefined) continue
      const read = await facetsReadIn(statement, deps)
      const facets = facetsSeen(own, eyes, statement.reason === BY_DESK ? read : null)
      views.push({ kind: 'view', team, statement: statement.id, facets: seeSame(facets, read) ? null : facets })
    }
  }
  return views
}
