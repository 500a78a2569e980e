import type { Database, Writes } from '../../base/database/database.ts'
import type { TeamId } from '../../base/scope.ts'
import type { Platform } from '../../chat/request.ts'
import type { StatementId } from '../../statement/statement-id.ts'
import type { PositionChangeId } from '../judging/change.ts'
import type { Corrected, Correction, Corrector } from './correction.ts'
import { type FoldedCorrections, foldCorrections } from './fold-corrections.ts'

declare module '../../base/database/database.ts' {
  interface Tables {
    correction: CorrectionTable
  }
}

type CorrectionTable = {
  team: number
  number: number
  kind: string
  /** JSON */
  what: string
  statement: number | null
  why: string
  platform: string
  memberId: string
  memberName: string
  at: number
  undoneAt: number | null
  undoneById: string
  undoneByName: string
  /** JSON: ids */
  changes: string
  /** When the record had followed it, or its undoing; `null`: it still has to. */
  settledAt: number | null
}

/** What teams put right. Rows are added and marked as undone; nothing else of them ever changes. */
export function correctionStore(db: Database) {
  const allOf = async (team: TeamId): Promise<readonly Correction[]> => {
    const rows = await db.reads
      .selectFrom('correction')
      .selectAll()
      .where('team', '=', team)
      .orderBy('number')
      .execute()
    return rows.map(toCorrection)
  }

  return {
    allOf,

    foldedOf: async (team: TeamId): Promise<FoldedCorrections> => foldCorrections(await allOf(team)),

    /** The teams that have ever put something right. */
    teams: async (): Promise<readonly TeamId[]> => {
      const rows = await db.reads.selectFrom('correction').select('team').distinct().orderBy('team').execute()
      return rows.map((row) => row.team as TeamId)
    },

    /** Newest first; pages go on from the last number (`before`). */
    list: async (
      team: TeamId,
      { before, limit }: { readonly before?: number | undefined; readonly limit: number },
    ): Promise<readonly Correction[]> => {
      let rows = db.reads.selectFrom('correction').selectAll().where('team', '=', team)
      if (before !== undefined) rows = rows.where('number', '<', before)
      return (await rows.orderBy('number', 'desc').limit(limit).execute()).map(toCorrection)
    },

    /** Those that the record has not followed yet: somebody was stopped halfway. */
    unsettled: async (team: TeamId): Promise<readonly Correction[]> => {
      const rows = await db.reads
        .selectFrom('correction')
        .selectAll()
        .where('team', '=', team)
        .where('settledAt', 'is', null)
        .orderBy('number')
        .execute()
      return rows.map(toCorrection)
    },

    /** Adds a correction; its number. What the latest correction of the same thing says already is not added twice. */
    add: (team: TeamId, { what, why, by, at }: NewCorrection): Promise<{ number: number; isNew: boolean }> =>
      db.transaction(async (tx) => {
        const json = JSON.stringify(what)
        const held = await tx
          .selectFrom('correction')
          .select(['number', 'what'])
          .where('team', '=', team)
          .where('undoneAt', 'is', null)
          .where('kind', '=', what.kind)
          .orderBy('number', 'desc')
          .execute()
        const subject = subjectOf(what)
        const latest = held.find((row) => subjectOf(JSON.parse(row.what) as Corrected) === subject)
        if (latest?.what === json) return { number: latest.number, isNew: false }
        const last = await tx
          .selectFrom('correction')
          .select((row) => row.fn.max('number').as('number'))
          .where('team', '=', team)
          .executeTakeFirst()
        const number = Number(last?.number ?? 0) + 1
        await tx
          .insertInto('correction')
          .values({
            ...{ team, number, kind: what.kind, what: json, why, at: at.getTime() },
            statement: 'statement' in what ? what.statement : null,
            ...{ platform: by.platform, memberId: by.id, memberName: by.name },
            ...{ undoneAt: null, undoneById: '', undoneByName: '', changes: '[]', settledAt: null },
          })
          .execute()
        return { number, isNew: true }
      }),

    /** Marks it as undone; `false` if it was already. */
    undo: (team: TeamId, number: number, by: Corrector, at: Date): Promise<boolean> =>
      db.transaction(async (tx) => {
        const { numUpdatedRows } = await tx
          .updateTable('correction')
          .set({ undoneAt: at.getTime(), undoneById: by.id, undoneByName: by.name, settledAt: null })
          .where('team', '=', team)
          .where('number', '=', number)
          .where('undoneAt', 'is', null)
          .executeTakeFirst()
        return numUpdatedRows > 0n
      }),

    /** Notes that the record has followed it, and which changes stopped to hold. */
    settled: (
      team: TeamId,
      number: number,
      { changes, at }: { readonly changes: readonly PositionChangeId[]; readonly at: Date },
    ): Promise<void> =>
      db.transaction(async (tx) => {
        await tx
          .updateTable('correction')
          .set({ settledAt: at.getTime(), changes: JSON.stringify(changes) })
          .where('team', '=', team)
          .where('number', '=', number)
          .execute()
      }),

    /** Takes rows away for good; part of `forget`. */
    remove: (team: TeamId, numbers: readonly number[]): Promise<void> =>
      db.transaction(async (tx) => {
        if (numbers.length === 0) return
        await tx.deleteFrom('correction').where('team', '=', team).where('number', 'in', numbers).execute()
      }),

    /** By number, what a person put right. */
    madeBy: async (
      tx: Writes,
      member: string,
    ): Promise<readonly { readonly team: TeamId; readonly number: number }[]> => {
      const rows = await tx.selectFrom('correction').select(['team', 'number']).where('memberId', '=', member).execute()
      return rows.map(({ team, number }) => ({ team: team as TeamId, number }))
    },

    /** Takes a person's name off what they put right, which stays the team's. */
    forgetMember: async (tx: Writes, member: string): Promise<number> => {
      const made = await tx
        .updateTable('correction')
        .set({ memberId: '', memberName: '' })
        .where('memberId', '=', member)
        .executeTakeFirst()
      const undone = await tx
        .updateTable('correction')
        .set({ undoneById: '', undoneByName: '' })
        .where('undoneById', '=', member)
        .executeTakeFirst()
      return Number(made.numUpdatedRows + undone.numUpdatedRows)
    },
  }
}

type NewCorrection = Pick<Correction, 'what' | 'why' | 'by' | 'at'>

/** Part of `forget`: the corrections of a team, or of statements. */
export async function forgetCorrections(
  tx: Writes,
  { team, statements }: { readonly team?: TeamId; readonly statements?: readonly StatementId[] },
): Promise<void> {
  if (team !== undefined) await tx.deleteFrom('correction').where('team', '=', team).execute()
  if (statements !== undefined && statements.length > 0) {
    await tx.deleteFrom('correction').where('statement', 'in', statements).execute()
  }
}

/** What two corrections must share so that the later one says the same again, or the contrary. */
function subjectOf(what: Corrected): string {
  switch (what.kind) {
    case 'wrong speaker':
      return JSON.stringify([what.kind, what.statement])
    case 'wrong topic':
      return JSON.stringify([what.kind, what.statement, what.from])
    case 'not a change':
    case 'confirm':
      return JSON.stringify(['label', what.statement, what.speaker, what.topic, what.proposition])
    case 'merge propositions':
    case 'merge speakers':
      return JSON.stringify([what.kind, [what.from, what.into].sort()])
  }
}

function toCorrection(row: CorrectionTable): Correction {
  const { number, why, platform } = row
  const by = { platform: platform as Platform, id: row.memberId, name: row.memberName }
  const undone =
    row.undoneAt === null
      ? null
      : { by: { ...by, id: row.undoneById, name: row.undoneByName }, at: new Date(row.undoneAt) }
  const what = JSON.parse(row.what) as Corrected
  const changes = JSON.parse(row.changes) as readonly PositionChangeId[]
  return { number, what, why, by, at: new Date(row.at), undone, changes }
}
