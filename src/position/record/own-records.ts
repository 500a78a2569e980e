import type { Database, Reads, Writes } from '../../base/database/database.ts'
import { PUBLIC, type TeamId, visibleTo } from '../../base/scope.ts'
import type { SpeakerId } from '../../speaker/speaker.ts'
import type { StatementId } from '../../statement/statement-id.ts'
import { type Thread, threadColumns } from './position-rows.ts'

declare module '../../base/database/database.ts' {
  interface Tables {
    ownThread: OwnThreadTable
  }
}

/** A thread in which a team sees its own record in the place of everybody's, even where nothing is left in it. */
type OwnThreadTable = { team: number; speaker: string; topic: string; proposition: string }

/**
 * The teams that have a record of their own in a thread: private statements, or a view of their own (by their book,
 * or by what they put right) of statements that stand in it or stood there.
 */
export async function teamsIn(reads: Reads, thread: Thread): Promise<readonly TeamId[]> {
  const [facets, threads] = await Promise.all([
    reads
      .selectFrom('facet')
      .select('team')
      .distinct()
      .where((row) => row.and(threadColumns(thread)))
      .where('team', '!=', PUBLIC)
      .execute(),
    reads
      .selectFrom('ownThread')
      .select('team')
      .where((row) => row.and(threadColumns(thread)))
      .execute(),
  ])
  return [...new Set([...facets, ...threads].map((row) => row.team as TeamId))].sort((a, b) => a - b)
}

/** Whether the team has anything of its own in the thread today. */
export async function isOwnThread(reads: Reads, team: TeamId, thread: Thread): Promise<boolean> {
  const found = await reads
    .selectFrom('facet')
    .leftJoin('facetView', (join) =>
      join.onRef('facetView.statement', '=', 'facet.statement').on('facetView.team', '=', team),
    )
    .select('facet.id')
    .where((row) => row.and(threadColumns(thread)))
    .where('facet.team', 'in', visibleTo(team))
    .where(({ or, eb }) => or([eb('facet.team', '=', team), eb('facetView.team', '=', team)]))
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** Keeps whether a team sees its own record of a thread. */
export async function markThread(db: Database, team: TeamId, thread: Thread, isOwn: boolean): Promise<void> {
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
    for (const table of ['facetView', 'ownThread', 'threadToReplay'] as const) {
      await tx.deleteFrom(table).where('team', '=', what.team).execute()
    }
  }
  if (what.speaker !== undefined) {
    const theirs = tx.selectFrom('facet').select('statement').where('speaker', '=', what.speaker)
    await tx.deleteFrom('facetView').where('statement', 'in', theirs).execute()
    for (const table of ['ownThread', 'threadToReplay'] as const) {
      await tx.deleteFrom(table).where('speaker', '=', what.speaker).execute()
    }
  }
  if (what.statements !== undefined && what.statements.length > 0) {
    await tx.deleteFrom('facetView').where('statement', 'in', what.statements).execute()
  }
}
