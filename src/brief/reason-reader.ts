import type { TeamId } from '../base/scope.ts'
import type { PositionChange, PositionChangeId } from '../position/judging/change.ts'
import type { Roster } from '../speaker/roster.ts'
import type { StatementId } from '../statement/statement-id.ts'
import type { Brief, BriefItem } from './brief.ts'
import type { BriefCode } from './brief-code.ts'
import { type Reason, type ReasonDeps, readReason } from './read-reason.ts'
import { type BriefDeps, readBrief, readItems } from './write-brief.ts'

type Deps = BriefDeps & ReasonDeps & { readonly rosterFor: (team: TeamId) => Promise<Roster> }

/** What "why?" asks of the record, as one team may see it. */
export function reasonReader(deps: Deps) {
  return {
    briefOf: async (team: TeamId, code: BriefCode): Promise<Brief | null> => {
      const stored = await deps.briefs.byCode(team, code)
      return stored === null ? null : await readBrief(team, stored.id, { ...deps, roster: await deps.rosterFor(team) })
    },
    changeOf: (team: TeamId, id: PositionChangeId): Promise<PositionChange | null> => deps.positions.get(team, id),
    changesOf: (team: TeamId, statement: StatementId): Promise<readonly PositionChange[]> =>
      deps.positions.ofStatement(team, statement),
    /** What a statement did to positions. */
    itemsOf: async (team: TeamId, statement: StatementId): Promise<readonly BriefItem[]> =>
      readItems(team, await deps.positions.ofStatement(team, statement), {
        ...deps,
        roster: await deps.rosterFor(team),
      }),
    reasonOf: async (team: TeamId, change: PositionChange): Promise<Reason | null> =>
      readReason(team, change, { ...deps, roster: await deps.rosterFor(team) }),
  }
}
