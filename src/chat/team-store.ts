import type { Clock } from '../base/clock.ts'
import type { Database, Writes } from '../base/database/database.ts'
import type { TeamId } from '../base/scope.ts'
import { cleanName, cutText } from './clean-text.ts'
import type { Platform } from './request.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    team: TeamTable
  }
}

type TeamTable = {
  /** 1, 2, 3 ...: 0 is the public scope and no team. */
  id: number
  platform: Platform
  platformId: string
  name: string
  firstSeenAt: number
}

export type Team = {
  readonly id: TeamId
  readonly platform: Platform
  /** The platform's own id: a workspace's, a guild's. */
  readonly platformId: string
  readonly name: string
}

const NAME_CHARACTERS = 100

export function teamStore(db: Database, { clock }: { readonly clock: Clock }) {
  /** Ids never change, so one answered once need not be read again. */
  const known = new Map<string, TeamId>()

  return {
    /** The team behind a platform's id; made when it is met for the first time. */
    teamOf: async (platform: Platform, platformId: string, name: string): Promise<TeamId> => {
      const key = `${platform} ${platformId}`
      const id = known.get(key) ?? (await readId(platform, platformId)) ?? (await make(platform, platformId, name))
      known.set(key, id)
      return id
    },

    /** Every team that was ever met, oldest first. */
    list: async (): Promise<readonly Team[]> => {
      const rows = await db.reads.selectFrom('team').selectAll().orderBy('id').execute()
      return rows.map(({ id, platform, platformId, name }) => ({ id: id as TeamId, platform, platformId, name }))
    },

    /** Takes the team itself away. A team that comes back is a new one: it does not see what the old one had. */
    forget: async (tx: Writes, team: TeamId): Promise<number> => {
      known.clear()
      // The row stays, nameless and out of reach, so that its number is never given to somebody else.
      const { numUpdatedRows } = await tx
        .updateTable('team')
        .set({ name: '', platformId: `forgotten ${team}` })
        .where('id', '=', team)
        .executeTakeFirst()
      return Number(numUpdatedRows)
    },
  }

  async function readId(platform: Platform, platformId: string): Promise<TeamId | undefined> {
    const row = await db.reads
      .selectFrom('team')
      .select('id')
      .where('platform', '=', platform)
      .where('platformId', '=', platformId)
      .executeTakeFirst()
    return row?.id as TeamId | undefined
  }

  function make(platform: Platform, platformId: string, name: string): Promise<TeamId> {
    return db.transaction(async (tx) => {
      const last = await tx
        .selectFrom('team')
        .select((row) => row.fn.max('id').as('id'))
        .executeTakeFirst()
      await tx
        .insertInto('team')
        .values({
          id: (last?.id ?? 0) + 1,
          platform,
          platformId,
          name: cutText(cleanName(name), NAME_CHARACTERS),
          firstSeenAt: clock.now().getTime(),
        })
        .onConflict((conflict) => conflict.columns(['platform', 'platformId']).doNothing())
        .execute()
      const row = await tx
        .selectFrom('team')
        .select('id')
        .where('platform', '=', platform)
        .where('platformId', '=', platformId)
        .executeTakeFirstOrThrow()
      return row.id as TeamId
    })
  }
}
