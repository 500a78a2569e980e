import type { Clock } from '../../base/clock.ts'
import { PUBLIC } from '../../base/scope.ts'
import type { StatementId } from '../../statement/statement-id.ts'
import type { PositionStore } from './position-store.ts'
import { NOTHING_REPLAYED, replay } from './replay.ts'

/**
 * Takes statements out of the record of positions, as if they had never been said: what is left is
 * set against the rest again, and what we knew before is not kept, since it could hold their words.
 */
export async function forgetStatements(
  ids: readonly StatementId[],
  { positions, clock }: { readonly positions: PositionStore; readonly clock: Clock },
): Promise<void> {
  const threads = await positions.threadsOf(ids)
  const teamsBefore = await Promise.all(threads.map((thread) => positions.teamsIn(thread)))
  await positions.forget({ statements: ids })
  for (const [index, thread] of threads.entries()) {
    // A team without statements of its own in a thread has no record of its own there.
    const withOwn = new Set([PUBLIC, ...(await positions.teamsIn(thread))])
    for (const team of [PUBLIC, ...(teamsBefore[index] ?? [])]) {
      await positions.recompute(team, thread, clock.now(), (facets) =>
        withOwn.has(team) ? replay(thread, facets) : NOTHING_REPLAYED,
      )
    }
    await positions.forgetSuperseded(thread)
  }
}
