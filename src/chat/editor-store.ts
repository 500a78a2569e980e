import type { Database, Writes } from '../base/database/database.ts'
import type { TeamId } from '../base/scope.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    teamEditor: TeamEditorTable
  }
}

type TeamEditorTable = {
  team: number
  /** The platform's id. */
  member: string
  addedAt: number
  addedBy: string
  addedByName: string
  removedAt: number | null
  removedBy: string
  removedByName: string
}

type Somebody = { readonly id: string; readonly name: string }

/** That somebody was named an editor, by whom and when, and when that ended. */
export type EditorEntry = {
  readonly member: string
  readonly added: { readonly by: Somebody; readonly at: Date }
  readonly removed: { readonly by: Somebody; readonly at: Date } | null
}

/** Whom the owners of a team have named its editors. Rows stay when it ends, so that it can be told who was one when. */
export function editorStore(db: Database) {
  return {
    isEditor: async (team: TeamId, member: string): Promise<boolean> => {
      const row = await db.reads
        .selectFrom('teamEditor')
        .select('member')
        .where('team', '=', team)
        .where('member', '=', member)
        .where('removedAt', 'is', null)
        .executeTakeFirst()
      return row !== undefined
    },

    /** Those of today first, then those of before; the latest first, at most `limit`. */
    list: async (team: TeamId, limit: number): Promise<readonly EditorEntry[]> => {
      const rows = await db.reads
        .selectFrom('teamEditor')
        .selectAll()
        .where('team', '=', team)
        .orderBy('addedAt', 'desc')
        .orderBy('member')
        .execute()
      const today = rows.filter(({ removedAt }) => removedAt === null)
      const before = rows.filter(({ removedAt }) => removedAt !== null)
      return [...today, ...before].slice(0, limit).map(toEntry)
    },

    /** `false` if the member is one already. */
    add: (team: TeamId, member: string, by: Somebody, at: Date): Promise<boolean> =>
      db.transaction(async (tx) => {
        const known = await tx
          .selectFrom('teamEditor')
          .select(['addedAt', 'removedAt'])
          .where('team', '=', team)
          .where('member', '=', member)
          .orderBy('addedAt', 'desc')
          .execute()
        if (known.some(({ removedAt }) => removedAt === null)) return false
        // Named, unnamed and named again within one tick of the clock are still three acts.
        const addedAt = Math.max(at.getTime(), (known[0]?.addedAt ?? 0) + 1)
        await tx
          .insertInto('teamEditor')
          .values({
            ...{ team, member, addedAt, addedBy: by.id, addedByName: by.name },
            ...{ removedAt: null, removedBy: '', removedByName: '' },
          })
          .execute()
        return true
      }),

    /** `false` if the member is none. */
    remove: (team: TeamId, member: string, by: Somebody, at: Date): Promise<boolean> =>
      db.transaction(async (tx) => {
        const { numUpdatedRows } = await tx
          .updateTable('teamEditor')
          .set({ removedAt: at.getTime(), removedBy: by.id, removedByName: by.name })
          .where('team', '=', team)
          .where('member', '=', member)
          .where('removedAt', 'is', null)
          .executeTakeFirst()
        return numUpdatedRows > 0n
      }),

    forget: async (tx: Writes, team: TeamId): Promise<number> =>
      Number((await tx.deleteFrom('teamEditor').where('team', '=', team).executeTakeFirst()).numDeletedRows),

    /** Takes a person out of all teams' lists, and their name off what they did there. */
    forgetMember: async (tx: Writes, member: string): Promise<number> => {
      const gone = await tx.deleteFrom('teamEditor').where('member', '=', member).executeTakeFirst()
      await tx.updateTable('teamEditor').set({ addedBy: '', addedByName: '' }).where('addedBy', '=', member).execute()
      await tx
        .updateTable('teamEditor')
        .set({ removedBy: '', removedByName: '' })
        .where('removedBy', '=', member)
        .execute()
      return Number(gone.numDeletedRows)
    },
  }
}

export type EditorStore = ReturnType<typeof editorStore>

function toEntry(row: TeamEditorTable): EditorEntry {
  return {
    member: row.member,
    added: { by: { id: row.addedBy, name: row.addedByName }, at: new Date(row.addedAt) },
    removed:
      row.removedAt === null
        ? null
        : { by: { id: row.removedBy, name: row.removedByName }, at: new Date(row.removedAt) },
  }
}
