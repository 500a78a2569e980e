import type { Reads, Writes } from '../../base/database/database.ts'
import { PUBLIC, type TeamId, visibleTo } from '../../base/scope.ts'
import type { StatementId } from '../../statement/statement-id.ts'
import type { BookChange, BookEntry, EntryEdit, EntryState } from './book-change.ts'

declare module '../../base/database/database.ts' {
  interface Tables {
    topic: TopicTable
    bookChange: BookChangeTable
  }
}

type TopicTable = {
  team: number
  id: string
  recordedAt: number
  supersededAt: number | null
  /** JSON: an entry of the book, or `null` where the team took a topic of the book below out. */
  definition: string
}

type BookChangeTable = {
  team: number
  number: number
  at: number
  memberId: string
  memberName: string
  words: string
  /** JSON: what it did to each topic. */
  edits: string
  /** The statement that the reading of the record has come to, newest first; `null`: not begun. */
  rereadFrom: number | null
  doneAt: number | null
}

/** What one team's own rows say, by topic id. */
export type Layer = ReadonlyMap<string, BookEntry | null>

/** The rows of the scopes that `team` works with, everybody's first. */
export async function layersOf(reads: Reads, team: TeamId): Promise<readonly (readonly [TeamId, Layer])[]> {
  const scopes = visibleTo(team).toReversed()
  const rows = await reads
    .selectFrom('topic')
    .selectAll()
    .where('team', 'in', visibleTo(team))
    .where('supersededAt', 'is', null)
    .orderBy('recordedAt')
    .orderBy('id')
    .execute()
  return scopes.map((scope) => [
    scope,
    new Map(rows.filter((row) => row.team === scope).map((row) => [row.id, JSON.parse(row.definition)])),
  ])
}

/** Makes the rows of a team say what an edit wants. */
export async function writeEntry(tx: Writes, team: TeamId, { id, after }: EntryEdit, at: number): Promise<void> {
  await tx
    .updateTable('topic')
    .set({ supersededAt: at })
    .where('team', '=', team)
    .where('id', '=', id)
    .where('supersededAt', 'is', null)
    .execute()
  if (after === undefined) return
  const definition = JSON.stringify(after)
  await tx
    .insertInto('topic')
    .values({ team, id, recordedAt: at, supersededAt: null, definition })
    .onConflict((conflict) =>
      conflict.columns(['team', 'id', 'recordedAt']).doUpdateSet({ definition, supersededAt: null }),
    )
    .execute()
}

export async function newestNumber(reads: Reads, team: TeamId): Promise<number> {
  const row = await reads
    .selectFrom('bookChange')
    .select((change) => change.fn.max('number').as('number'))
    .where('team', '=', team)
    .executeTakeFirst()
  return Number(row?.number ?? 0)
}

/** A team's changes after `number`, oldest first. */
export async function changesAfter(reads: Reads, team: TeamId, number: number): Promise<readonly BookChange[]> {
  const rows = await reads
    .selectFrom('bookChange')
    .selectAll()
    .where('team', '=', team)
    .where('number', '>', number)
    .orderBy('number')
    .execute()
  return rows.map(toBookChange)
}

export function toBookChange(row: BookChangeTable): BookChange {
  return {
    team: row.team as TeamId,
    number: row.number,
    at: new Date(row.at),
    by: row.memberName,
    words: row.words,
    edits: JSON.parse(row.edits),
    isDone: row.doneAt !== null,
  }
}

/** The change of a team that the record is read again by, the oldest first, and how far that has come. */
export async function changeToReread(
  reads: Reads,
  team: TeamId,
): Promise<{ readonly change: BookChange; readonly from: StatementId | null } | null> {
  const row = await reads
    .selectFrom('bookChange')
    .selectAll()
    .where('team', '=', team)
    .where('doneAt', 'is', null)
    .orderBy('number')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : { change: toBookChange(row), from: row.rereadFrom as StatementId | null }
}

/** The teams that have rows of their own in the book. */
export async function teamsWithRows(reads: Reads): Promise<readonly TeamId[]> {
  const rows = await reads
    .selectFrom('topic')
    .select('team')
    .distinct()
    .where('team', '!=', PUBLIC)
    .where('supersededAt', 'is', null)
    .orderBy('team')
    .execute()
  return rows.map((row) => row.team as TeamId)
}

/** Whether two entries, or their lack, say the same. */
export function isSameState(a: EntryState, b: EntryState): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
