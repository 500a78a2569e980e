import type { Database, Writes } from '../base/database/database.ts'
import { PUBLIC, type TeamId, visibleTo } from '../base/scope.ts'
import type { SpeakerId } from '../speaker/speaker.ts'
import type { StatementId } from '../statement/statement-id.ts'
import { facetRow, type RecordedFacet, type Thread, threadColumns, toFacet } from './position-rows.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    ownReading: OwnReadingTable
    ownThread: OwnThreadTable
  }
}

/** A statement that a team reads in its own way, because of its corrections. */
type OwnReadingTable = { team: number; statement: number }

/** A thread in which a team sees its own record in the place of everybody's, even where nothing is left in it. */
type OwnThreadTable = { team: number; speaker: string; topic: string; proposition: string }

/** Where teams have a record of their own: private statements, and what they put right. */
export function ownRecords(db: Database) {
  return {
    teamsIn: async (thread: Thread): Promise<readonly TeamId[]> => {
      const [facets, threads] = await Promise.all([
        db.reads
          .selectFrom('facet')
          .select('team')
          .distinct()
          .where((row) => row.and(threadColumns(thread)))
          .where('team', '!=', PUBLIC)
          .execute(),
        db.reads
          .selectFrom('ownThread')
          .select('team')
          .where((row) => row.and(threadColumns(thread)))
          .execute(),
      ])
      return [...new Set([...facets, ...threads].map((row) => row.team as TeamId))].sort((a, b) => a - b)
    },

    isOwn: async (team: TeamId, thread: Thread): Promise<boolean> => {
      const inThread = db.reads
        .selectFrom('facet')
        .leftJoin('ownReading', (join) =>
          join.onRef('ownReading.statement', '=', 'facet.statement').on('ownReading.team', '=', team),
        )
        .select('facet.id')
        .where((row) => row.and(threadColumns(thread)))
        .where('facet.team', 'in', visibleTo(team))
      const found = await inThread
        .where(({ or, eb }) => or([eb('facet.team', '=', team), eb('ownReading.team', '=', team)]))
        .limit(1)
        .executeTakeFirst()
      return found !== undefined
    },

    mark: async (team: TeamId, thread: Thread, isOwn: boolean): Promise<void> => {
      const row = { team, ...threadColumns(thread) }
      const known = await db.reads
        .selectFrom('ownThread')
        .select('team')
        .where('team', '=', row.team)
        .where((own) => own.and(threadColumns(thread)))
        .executeTakeFirst()
      if ((known !== undefined) === isOwn) return
      await db.transaction(async (tx) => {
        await tx
          .deleteFrom('ownThread')
          .where('team', '=', row.team)
          .where((own) => own.and(threadColumns(thread)))
          .execute()
        if (isOwn) await tx.insertInto('ownThread').values(row).execute()
      })
    },

    putReading: async (
      team: TeamId,
      statement: StatementId,
      facets: readonly RecordedFacet[] | null,
      at: Date,
    ): Promise<readonly Thread[]> => {
      const all = await db.reads
        .selectFrom('facet')
        .selectAll()
        .where('statement', '=', statement)
        .where('team', 'in', visibleTo(team))
        .execute()
      const before = all.filter((row) => row.isCorrected === 1)
      const rows = (facets ?? []).map((facet) => facetRow(facet, at, team))
      const known = await db.reads
        .selectFrom('ownReading')
        .select('team')
        .where('team', '=', team)
        .where('statement', '=', statement)
        .executeTakeFirst()
      const contents = (some: typeof rows) => JSON.stringify(some.map(({ id, facet }) => [id, facet]).sort())
      const isSame = (known !== undefined) === (facets !== null) && contents(before) === contents(rows)
      if (isSame && facets === null) return []
      if (!isSame) {
        await db.transaction(async (tx) => {
          await removeReading(tx, team, statement)
          if (facets !== null) await tx.insertInto('ownReading').values({ team, statement }).execute()
          if (rows.length > 0) await tx.insertInto('facet').values(rows).execute()
        })
      }
      return [...all, ...rows].map(toFacet)
    },
  }
}

async function removeReading(tx: Writes, team: TeamId, statement: StatementId): Promise<void> {
  await tx.deleteFrom('ownReading').where('team', '=', team).where('statement', '=', statement).execute()
  await tx
    .deleteFrom('facet')
    .where('team', '=', team)
    .where('statement', '=', statement)
    .where('isCorrected', '=', 1)
    .execute()
}

/** Part of `forget`. */
export async function forgetOwn(
  tx: Writes,
  what: {
    readonly team?: TeamId
    readonly speaker?: SpeakerId
    readonly statements?: readonly StatementId[]
  },
): Promise<void> {
  if (what.team !== undefined) {
    await tx.deleteFrom('ownReading').where('team', '=', what.team).execute()
    await tx.deleteFrom('ownThread').where('team', '=', what.team).execute()
  }
  if (what.speaker !== undefined) await tx.deleteFrom('ownThread').where('speaker', '=', what.speaker).execute()
  if (what.statements !== undefined && what.statements.length > 0) {
    await tx.deleteFrom('ownReading').where('statement', 'in', what.statements).execute()
  }
}
