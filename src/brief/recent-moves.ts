import type { TeamId } from '../base/scope.ts'
import type { PositionStore, Wanted } from '../position/record/position-store.ts'
import type { Roster } from '../speaker/roster.ts'
import type { BriefItem } from './brief.ts'
import { faultlessItems, type MayPostDeps } from './may-post.ts'
import { type BriefDeps, readItems } from './write-brief.ts'

type Deps = Pick<BriefDeps, 'statements' | 'topics'> & {
  readonly positions: Pick<PositionStore, 'latestMoves'> & BriefDeps['positions']
  readonly rosterFor: (team: TeamId) => Promise<Roster>
} & Pick<MayPostDeps, 'heldBack' | 'log'>

/** Some are left out by finer parts of a filter or by the verifier. */
const READ_FOR_EACH = 4

/** The positions that moved last, as one team may see them: what passes the verifier and `isWanted`. */
export function recentMoves(deps: Deps) {
  return async (
    team: TeamId,
    about: readonly Wanted[],
    { atMost, isWanted }: { readonly atMost: number; readonly isWanted: (item: BriefItem) => boolean },
  ): Promise<readonly BriefItem[]> => {
    const changes = await deps.positions.latestMoves({ team, about, limit: atMost * READ_FOR_EACH })
    if (changes.length === 0) return []
    const withRoster = { ...deps, roster: await deps.rosterFor(team) }
    const wanted = (await readItems(team, changes, withRoster)).filter(isWanted)
    return faultlessItems(wanted, withRoster).slice(0, atMost)
  }
}

export type RecentMoves = ReturnType<typeof recentMoves>
