import type { Clock } from '../base/clock.ts'
import type { Database, Reads, Writes } from '../base/database/database.ts'
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
  /** The platform's id of a team that left; `platformId` then is one that no platform gives. */
  formerId: string | null
  leftAt: number | null
}

export type Team = {
  readonly id: TeamId
  readonly platform: Platform
  /** The platform's own id: a workspace's, a guild's. */
  readonly platformId: string
  readonly name: string
  /** The platform's id of a team that left, as long as it is kept. */
  readonly formerId: string | null
}

/** What a team had is kept so long after it left, for its owners to take back. Stated in docs/PRIVACY.md. */
export const LEFT_KEPT_DAYS = 30

const NAME_CHARACTERS = 100

export function teamStore(db: Database, { clock }: { readonly clock: Clock }) {
  /** Ids never change, so one answered once need not be read again. */
  const known = new Map<string, TeamId>()
  /** How often ids were moved: what was read before such a moment is not remembered after it. */
  let moves = 0
  const forgetIds = () => {
    moves += 1
    known.clear()
  }

  return {
    /** The team behind a platform's id; made when it is met for the first time. */
    teamOf: async (platform: Platform, platformId: string, name: string): Promise<TeamId> => {
      const key = `${platform} ${platformId}`
      const movesBefore = moves
      const id = known.get(key) ?? (await readId(platform, platformId)) ?? (await make(platform, platformId, name))
      if (moves === movesBefore) known.set(key, id)
      return id
    },

    /** The platform's own id of a team that is here; `null` for one that left. */
    platformIdOf: async (team: TeamId): Promise<string | null> => {
      const row = await db.reads
        .selectFrom('team')
        .select('platformId')
        .where('id', '=', team)
        .where('leftAt', 'is', null)
        .executeTakeFirst()
      return row?.platformId ?? null
    },

    /**
     * The bot was removed from the team. From then on the platform's id is that of nobody: if the bot
     * comes back, the team is a new one, which does not see what the old one had. `false` if it left before.
     */
    leave: async (team: TeamId, at: Date): Promise<boolean> => {
      const isLeaving = await db.transaction(async (tx) => await moveAway(tx, team, at))
      forgetIds()
      return isLeaving
    },

    /** Teams that left before then, of which all is to be forgotten. */
    leftBefore: async (at: Date): Promise<readonly TeamId[]> => {
      const rows = await db.reads
        .selectFrom('team')
        .select('id')
        .where('leftAt', '<', at.getTime())
        .orderBy('leftAt')
        .execute()
      return rows.map(({ id }) => id as TeamId)
    },

    /** What this team was when it was here before, if that is still kept, and when it left. */
    formerOf: (team: TeamId): Promise<FormerTeam | null> => formerOf(db.reads, team),

    /**
     * Makes a team what it was before it left; what it has had since then leaves in its place.
     * `null` if there is nothing to go back to.
     */
    restore: async (team: TeamId, at: Date): Promise<TeamId | null> => {
      const restored = await db.transaction(async (tx) => {
        const former = await formerOf(tx, team)
        if (former === null) return null
        await moveAway(tx, team, at)
        const here = { platformId: former.platformId, formerId: null, leftAt: null }
        await tx.updateTable('team').set(here).where('id', '=', former.team).execute()
        return former.team
      })
      forgetIds()
      return restored
    },

    /** Every team that was ever met, oldest first. */
    list: async (): Promise<readonly Team[]> => {
      const rows = await db.reads.selectFrom('team').selectAll().orderBy('id').execute()
      return rows.map(({ id, platform, platformId, name, formerId }) => ({
        ...{ id: id as TeamId, platform, platformId, name, formerId },
      }))
    },

    /** Takes the team itself away. A team that comes back is a new one: it does not see what the old one had. */
    forget: async (tx: Writes, team: TeamId): Promise<number> => {
      forgetIds()
      // The row stays, nameless and out of reach, so that its number is never given to somebody else.
      const { numUpdatedRows } = await tx
        .updateTable('team')
        .set({ name: '', platformId: `forgotten ${team}`, formerId: null, leftAt: null })
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
          formerId: null,
          leftAt: null,
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

/** What a team was when it was here before. */
export type FormerTeam = { readonly team: TeamId; readonly platformId: string; readonly leftAt: Date }

async function formerOf(reads: Reads, team: TeamId): Promise<FormerTeam | null> {
  const row = await reads
    .selectFrom('team as here')
    .innerJoin('team as before', (join) =>
      join.onRef('before.platform', '=', 'here.platform').onRef('before.formerId', '=', 'here.platformId'),
    )
    .select(['before.id', 'before.leftAt', 'here.platformId'])
    .where('here.id', '=', team)
    .orderBy('before.leftAt', 'desc')
    .orderBy('before.id', 'desc')
    .executeTakeFirst()
  if (row === undefined) return null
  return { team: row.id as TeamId, platformId: row.platformId, leftAt: new Date(row.leftAt ?? 0) }
}

async function moveAway(tx: Writes, team: TeamId, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('team')
    .set((row) => ({ formerId: row.ref('platformId'), platformId: `left ${team}`, leftAt: at.getTime() }))
    .where('id', '=', team)
    .where('leftAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export type TeamStore = ReturnType<typeof teamStore>
