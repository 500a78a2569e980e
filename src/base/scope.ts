import type { Brand } from './id.ts'

/**
 * A Slack workspace, a Discord guild or this terminal, as the database knows it.
 * Every row that can be private carries one.
 */
export type TeamId = Brand<number, 'TeamId'>

/** The scope of what everybody may see: public feeds, and what was read through them. */
export const PUBLIC = 0 as TeamId

/**
 * The scopes that `team` may read: its own and the public one, its own first.
 *
 * The one door between teams: every read of a row that can be private takes its
 * `team in (...)` from here. STORAGE.md asks for two bounded sub-queries under
 * `union all` where order matters; those take the scopes one by one from here too.
 */
export function visibleTo(team: TeamId): readonly TeamId[] {
  return team === PUBLIC ? [PUBLIC] : [team, PUBLIC]
}
