import type { Clock } from '../../base/clock.ts'
import { PUBLIC, type TeamId } from '../../base/scope.ts'
import type { Thread } from './position-rows.ts'
import type { PositionStore } from './position-store.ts'
import { replay } from './replay.ts'
import type { News } from './thread-record.ts'

type Moved = {
  readonly threads: readonly Thread[]
  /** Whose statements stand in them. */
  readonly owner: TeamId
  /** The teams that see those otherwise than they were read: their records change also where nothing is left in them. */
  readonly viewers: readonly TeamId[]
}

/**
 * Makes the records of threads anew: for what everybody sees everybody's, and those of teams with a record of their
 * own there. Gives the scopes whose records these are.
 */
export async function recomputeThreads(
  { threads, owner, viewers }: Moved,
  { positions, clock }: { readonly positions: PositionStore; readonly clock: Clock },
  news: News = 'news',
): Promise<readonly TeamId[]> {
  const scopes = new Set([owner])
  for (const thread of threads) {
    const teams = owner === PUBLIC ? new Set([PUBLIC, ...viewers, ...(await positions.teamsIn(thread))]) : [owner]
    for (const team of teams) {
      scopes.add(team)
      await positions.recompute(team, thread, clock.now(), (all, known) => replay(thread, all, known), news)
    }
    await positions.isReplayed([...teams].map((team) => ({ ...thread, team })))
  }
  return [...scopes]
}
