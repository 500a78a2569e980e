import type { Database, Reads, Writes } from '../base/database/database.ts'
import { keyOf } from '../base/id.ts'
import type { TeamId } from '../base/scope.ts'
import { partsOfPlace } from '../chat/messenger.ts'
import type { Platform } from '../chat/request.ts'
import type { Place } from './delivery.ts'
import { quietIn, waitAnew } from './keep-quiet.ts'
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
  createdAt: number
  /** When somebody ended it before its time. */
  endedAt: number | null
}

/** A quiet as somebody made it. */
export type KeptQuiet = {
  readonly id: string
  readonly quiet: Quiet
  readonly createdBy: string
  readonly createdAt: Date
  readonly endedAt: Date | null
}

/** What channels and people want to be left alone with, and when. */
export function quietStore(db: Database) {
  return {
    /**
     * Keeps a wish; new hours take the place of the old ones, and so does a new time for the same things.
     * What it is known by, and what it took the place of.
     */
    add: (
      place: Place,
      quiet: Quiet,
      createdBy: string,
      at: Date,
    ): Promise<{ readonly id: string; readonly before: Quiet | null }> =>
      db.transaction(async (tx) => {
        const { team, platform, channel } = place
        const what = quiet.kind === 'hours' ? 'hours' : JSON.stringify(quiet.filter)
        const id = keyOf('quiet', team, platform, channel, what)
        const [before = null] = await held(tx, place, at, id)
        const details = JSON.stringify(quiet.kind === 'hours' ? quiet : { ...quiet, until: quiet.until.getTime() })
        const until = quiet.kind === 'hours' ? null : quiet.until.getTime()
        const row = { details, until, createdBy, createdAt: at.getTime(), endedAt: null }
        await tx
          .insertInto('quiet')
          .values({ id, team, platform, channel, ...row })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
          .execute()
        await waitAnewIn(tx, place, at)
        return { id, before: before?.quiet ?? null }
      }),

    /** What holds for a place now, or every day. */
    list: (place: Place, at: Date): Promise<readonly KeptQuiet[]> => held(db.reads, place, at),

    /** All that is kept of a place, or of the channel that it is a thread of, ended or over: for whoever asks why. */
    listAll: async (place: Place): Promise<readonly KeptQuiet[]> =>
      (await rowsIn(db.reads, place, channelsOf(place)).execute()).map(quietOf),

    /** Ends every quiet of a place, or one; what was held for it leaves at the next tick. Those that ended. */
    end: (place: Place, at: Date, id?: string): Promise<readonly KeptQuiet[]> =>
      db.transaction(async (tx) => {
        const ended = await held(tx, place, at, id)
        for (const one of ended) {
          await tx.updateTable('quiet').set({ endedAt: at.getTime() }).where('id', '=', one.id).execute()
        }
        await waitAnewIn(tx, place, at)
        return ended
      }),

    /** Takes back what was ended at that instant, as far as it is not over by itself; how many. */
    takeBack: (place: Place, endedAt: Date): Promise<number> =>
      db.transaction(async (tx) => {
        const { numUpdatedRows } = await tx
          .updateTable('quiet')
          .set({ endedAt: null })
          .where('team', '=', place.team)
          .where('platform', '=', place.platform)
          .where('channel', '=', place.channel)
          .where('endedAt', '=', endedAt.getTime())
          .executeTakeFirst()
        return Number(numUpdatedRows)
      }),

    /** Lets go of what was over before that instant. */
    dropOverBefore: (at: Date): Promise<void> =>
      db.transaction(async (tx) => {
        await tx
          .deleteFrom('quiet')
          .where((row) => row.or([row('endedAt', '<', at.getTime()), row('until', '<', at.getTime())]))
          .execute()
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

/** What holds for a place at that instant, or every day; for a thread, what holds for its channel, too. */
export async function quietsOf(reads: Reads, place: Place, at: Date): Promise<readonly Quiet[]> {
  return (await ongoing(rowsIn(reads, place, channelsOf(place)), at).execute()).map((row) => quietOf(row).quiet)
}

/** A thread without an address of its own is as quiet as its channel; on Discord it is a channel by itself. */
function channelsOf({ channel }: Place): readonly string[] {
  return [...new Set([channel, partsOfPlace(channel).within])]
}

/** What was held for a place is looked at anew, in its threads too. */
async function waitAnewIn(tx: Writes, place: Place, at: Date): Promise<void> {
  for (const one of await quietIn(tx, place)) await waitAnew(tx, one, { quiets: await quietsOf(tx, one, at), at })
}

async function held(reads: Reads, place: Place, at: Date, id?: string): Promise<readonly KeptQuiet[]> {
  const rows = ongoing(rowsIn(reads, place), at)
  return (await (id === undefined ? rows : rows.where('id', '=', id)).execute()).map(quietOf)
}

function ongoing(rows: ReturnType<typeof rowsIn>, at: Date) {
  return rows
    .where('endedAt', 'is', null)
    .where((row) => row.or([row('until', 'is', null), row('until', '>', at.getTime())]))
}

function rowsIn(reads: Reads, { team, platform, channel }: Place, channels: readonly string[] = [channel]) {
  return reads
    .selectFrom('quiet')
    .selectAll()
    .where('team', '=', team)
    .where('platform', '=', platform)
    .where('channel', 'in', channels)
    .orderBy('createdAt')
    .orderBy('id')
}

function quietOf({ id, details, createdBy, createdAt, endedAt }: QuietTable): KeptQuiet {
  const quiet = JSON.parse(details) as Quiet
  return {
    ...{ id, createdBy },
    quiet: quiet.kind === 'hours' ? quiet : { ...quiet, until: new Date(quiet.until) },
    createdAt: new Date(createdAt),
    endedAt: endedAt === null ? null : new Date(endedAt),
  }
}
