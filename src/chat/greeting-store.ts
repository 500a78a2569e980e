import type { Clock } from '../base/clock.ts'
import type { Database, Writes } from '../base/database/database.ts'
import type { TeamId } from '../base/scope.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    teamGreeting: { team: number; greetedAt: number }
  }
}

/** Which teams have been welcomed: each is once, whatever happens later. */
export function greetingStore(db: Database, { clock }: { readonly clock: Clock }) {
  return {
    /** Whether this team is still to be welcomed; says so to one asker only. */
    take: (team: TeamId): Promise<boolean> =>
      db.transaction(async (tx) => {
        const known = await tx.selectFrom('teamGreeting').select('team').where('team', '=', team).executeTakeFirst()
        if (known !== undefined) return false
        await tx.insertInto('teamGreeting').values({ team, greetedAt: clock.now().getTime() }).execute()
        return true
      }),

    /** The welcome was surely not posted: another may try. */
    giveBack: async (team: TeamId): Promise<void> => {
      await db.transaction((tx) => tx.deleteFrom('teamGreeting').where('team', '=', team).execute())
    },

    forget: async (tx: Writes, team: TeamId): Promise<number> => {
      const { numDeletedRows } = await tx.deleteFrom('teamGreeting').where('team', '=', team).executeTakeFirst()
      return Number(numDeletedRows)
    },
  }
}

export type GreetingStore = ReturnType<typeof greetingStore>
