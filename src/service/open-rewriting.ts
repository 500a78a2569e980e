import type { Log } from '../base/log.ts'
import type { BriefId } from '../brief/brief.ts'
import { alertReader } from '../brief/read-alert.ts'
import type { AmendDeps } from '../delivery/amend-posts.ts'
import type { Rewriting } from '../delivery/rewrite-post.ts'
import type { House } from './open-house.ts'
import { digestRewriter } from './rewrite-digest.ts'

/** The parts of the house that put right what was posted. */
export function amendDeps({ db, amendments, rewriting, positions, settings, datesFor }: House, log: Log): AmendDeps {
  return {
    ...{ db, amendments, rewriting, datesFor, log },
    correctionsOf: positions.corrections.allOf,
    zoneOf: async (team) => (await settings.of(team)).timeZone,
  }
}

type AlertDeps = Parameters<typeof alertReader>[1]

/** Writes what was posted anew, as it would be posted today: read and checked in the same way. */
export function openRewriting(deps: AlertDeps & Parameters<typeof digestRewriter>[0]): Rewriting {
  return {
    alert: (team, brief, dates) => alertReader(brief as BriefId, deps)(team, dates),
    digest: digestRewriter(deps),
    countOf: async (team, statements) => (await deps.statements.cameOf(team, statements)).length,
  }
}
