import type { Database, Writes } from '../base/database/database.ts'
import type { TeamId } from '../base/scope.ts'
import { type Audience, directMessageTo, isWider } from '../chat/messenger.ts'
import type { Place } from './delivery.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    placeAudience: { team: TeamId; platform: Place['platform']; channel: string; audience: Audience; allowedAt: number }
  }
}

/** For whose eyes a team has let something be posted to its places. */
export function audienceStore(db: Database) {
  return {
    /** `null` where nobody has said so yet. */
    allowed: async ({ team, platform, channel }: Place): Promise<Audience | null> => {
      const row = await db.reads
        .selectFrom('placeAudience')
        .select('audience')
        .where('team', '=', team)
        .where('platform', '=', platform)
        .where('channel', '=', channel)
        .executeTakeFirst()
      return row?.audience ?? null
    },

    /** From now on it may be read by as many as read the place at present. */
    allow: ({ team, platform, channel }: Place, audience: Audience, at: Date): Promise<void> =>
      db.transaction(async (tx) => {
        const word = { audience, allowedAt: at.getTime() }
        await tx
          .insertInto('placeAudience')
          .values({ team, platform, channel, ...word })
          .onConflict((conflict) => conflict.columns(['team', 'platform', 'channel']).doUpdateSet(word))
          .execute()
      }),

    forget: async (tx: Writes, whose: { readonly team: TeamId } | { readonly member: string }): Promise<number> => {
      const rows = tx.deleteFrom('placeAudience')
      const theirs =
        'team' in whose
          ? rows.where('team', '=', whose.team)
          : rows.where('channel', '=', directMessageTo(whose.member))
      return Number((await theirs.executeTakeFirst()).numDeletedRows)
    },
  }
}

/** Whether more people read a place now than were meant when it was chosen; of one that nobody chose, nothing is known. */
export function hasWidened(now: Audience, allowed: Audience | null): boolean {
  return allowed !== null && isWider(now, allowed)
}
