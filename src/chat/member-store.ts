import type { Database, Writes } from '../base/database/database.ts'
import type { Platform, Request } from './request.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    member: MemberTable
  }
}

/** What a person set for themselves; nothing else is kept about a person. */
type MemberTable = {
  platform: Platform
  memberId: string
  timeZone: string | null
}

export function memberStore(db: Database) {
  return {
    /** The time zone that the person chose; `null` if none. */
    zoneOf: async ({ platform, member }: Pick<Request, 'platform' | 'member'>): Promise<string | null> => {
      const row = await db.reads
        .selectFrom('member')
        .select('timeZone')
        .where('platform', '=', platform)
        .where('memberId', '=', member.id)
        .executeTakeFirst()
      return row?.timeZone ?? null
    },

    /** `null`: what the platform or the team says holds again. */
    setZone: async (
      { platform, member }: Pick<Request, 'platform' | 'member'>,
      timeZone: string | null,
    ): Promise<void> => {
      await db.transaction((tx) =>
        tx
          .insertInto('member')
          .values({ platform, memberId: member.id, timeZone })
          .onConflict((conflict) => conflict.columns(['platform', 'memberId']).doUpdateSet({ timeZone }))
          .execute(),
      )
    },

    /** Takes away what one person set, by the platform's id. */
    forget: async (tx: Writes, memberId: string): Promise<number> =>
      Number((await tx.deleteFrom('member').where('memberId', '=', memberId).executeTakeFirst()).numDeletedRows),
  }
}

export type MemberStore = ReturnType<typeof memberStore>
