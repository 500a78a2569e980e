import type { Database, Reads, Writes } from '../base/database/database.ts'
import { keyOf } from '../base/id.ts'
import type { TeamId } from '../base/scope.ts'
import type { Platform } from '../chat/request.ts'
import { type Place, release } from './outbox.ts'
import { type Quiet, waitsUntil } from './quiet.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    quiet: QuietTable
  }
}

type QuietTable = {
  id: string
  team: number
  platform: Platform
  channel: string
  /** JSON of `Quiet`, instants in ms. */
  details: string
  /** When it ends by itself; `null` for hours of the day. */
  until: number | null
  createdBy: string
}

/** What channels and people want to be left alone with, and when. */
export function quietStore(db: Database) {
  return {
    /** Keeps a wish; new hours take the place of the old ones, and so does a new time for the same things. */
    add: async (place: Place, quiet: Quiet, createdBy: string): Promise<void> => {
      const { team, platform, channel } = place
      const what = quiet.kind === 'hours' ? 'hours' : JSON.stringify(quiet.filter)
      const row = {
        id: keyOf('quiet', team, platform, channel, what),
        ...{ team, platform, channel, createdBy },
        details: JSON.stringify(quiet.kind === 'hours' ? quiet : { ...quiet, until: quiet.until.getTime() }),
        until: quiet.kind === 'hours' ? null : quiet.until.getTime(),
      }
      await db.transaction((tx) =>
        tx
          .insertInto('quiet')
          .values(row)
          .onConflict((conflict) =>
            conflict.column('id').doUpdateSet({ details: row.details, until: row.until, createdBy }),
          )
          .execute(),
      )
    },

    /** Ends every quiet of a place; what was held for it leaves at the next tick. */
    end: (place: Place, at: Date): Promise<number> =>
      db.transaction(async (tx) => {
        const { numDeletedRows } = await tx
          .deleteFrom('quiet')
          .where('team', '=', place.team)
          .where('platform', '=', place.platform)
          .where('channel', '=', place.channel)
          .executeTakeFirst()
        await release(tx, place, at)
        return Number(numDeletedRows)
      }),

    /** Whether a place wants no digest then: hours of the day keep alerts away, not what comes once a day. */
    wantsNoDigest: async (place: Place, at: Date): Promise<boolean> => {
      const quiets = await quietsOf(db.reads, place, at)
      return (
        waitsUntil(
          quiets.filter(({ kind }) => kind !== 'hours'),
          null,
          at,
        ) !== null
      )
    },

    /** @see quietsOf */
    of: (place: Place, at: Date): Promise<readonly Quiet[]> => quietsOf(db.reads, place, at),

    forget: async (tx: Writes, whose: { readonly team: TeamId } | { readonly member: string }): Promise<number> => {
      const rows = tx.deleteFrom('quiet')
      const theirs = 'team' in whose ? rows.where('team', '=', whose.team) : rows.where('createdBy', '=', whose.member)
      return Number((await theirs.executeTakeFirst()).numDeletedRows)
    },
  }
}

export type QuietStore = ReturnType<typeof quietStore>

/** What holds for a place at that instant, or every day. */
export async function quietsOf(reads: Reads, { team, platform, channel }: Place, at: Date): Promise<readonly Quiet[]> {
  const rows = await reads
    .selectFrom('quiet')
    .select(['details'])
    .where('team', '=', team)
    .where('platform', '=', platform)
    .where('channel', '=', channel)
    .where((row) => row.or([row('until', 'is', null), row('until', '>', at.getTime())]))
    .execute()
  return rows.map(({ details }) => {
    const quiet = JSON.parse(details) as Quiet
    return quiet.kind === 'hours' ? quiet : { ...quiet, until: new Date(quiet.until) }
  })
}
