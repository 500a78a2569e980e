import type { Database, Writes } from '../base/database/database.ts'
import type { TeamId } from '../base/scope.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    teamSettings: TeamSettingsTable
  }
}

type TeamSettingsTable = {
  team: number
  timeZone: string | null
  answers: TeamSettings['answers']
  dates: string | null
}

export type TeamSettings = {
  /** For members whose own is not known; `null`: they are asked. */
  readonly timeZone: string | null
  /** Who sees what somebody looked up: whoever asked, or everybody in the place. */
  readonly answers: 'asker' | 'everybody'
  /** The tag of the language in which dates are written; `null`: English, as the sentences are. */
  readonly dates: string | null
}

const UNTOUCHED: TeamSettings = { timeZone: null, answers: 'asker', dates: null }

/** What a team has chosen for all of its members. */
export function teamSettings(db: Database) {
  return {
    of: async (team: TeamId): Promise<TeamSettings> => {
      const row = await db.reads
        .selectFrom('teamSettings')
        .select(['timeZone', 'answers', 'dates'])
        .where('team', '=', team)
        .executeTakeFirst()
      return row ?? UNTOUCHED
    },

    set: (team: TeamId, settings: TeamSettings): Promise<void> =>
      db.transaction(async (tx) => {
        await tx
          .insertInto('teamSettings')
          .values({ team, ...settings })
          .onConflict((conflict) => conflict.column('team').doUpdateSet(settings))
          .execute()
      }),

    forget: async (tx: Writes, team: TeamId): Promise<number> =>
      Number((await tx.deleteFrom('teamSettings').where('team', '=', team).executeTakeFirst()).numDeletedRows),
  }
}

export type TeamSettingsStore = ReturnType<typeof teamSettings>
