import { alertReader } from '../brief/read-alert.ts'
import type { BriefId } from '../brief/brief.ts'
import { alertOf } from '../delivery/queue-alerts.ts'
import type { Rewriting } from '../delivery/rewrite-post.ts'
import { matches } from '../delivery/subscription.ts'
import { digestRewriter } from './write-digest.ts'

type AlertDeps = Parameters<typeof alertReader>[1]

/** Writes what was posted anew, as it would be posted today: read and checked in the same way. */
export function openRewriting(deps: AlertDeps & Parameters<typeof digestRewriter>[0]): Rewriting {
  return {
    alert: async (team, brief, filter) => {
      const parts = await alertReader(brief as BriefId, deps)(team)
      const wanted = filter === null ? parts : parts.filter((part) => matches(filter, part))
      return wanted.length === 0 ? null : alertOf(wanted)
    },
    digest: digestRewriter(deps),
  }
}
