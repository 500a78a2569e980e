import type { Clock } from '../base/clock.ts'
import type { Database, Writes } from '../base/database/database.ts'
import type { Migrations } from '../base/database/migrations.ts'
import { keyOf } from '../base/id.ts'
import type { TeamId } from '../base/scope.ts'
import type { Block } from './blocks.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    keptAnswer: { key: string; team: number; member: string | null; blocks: string; keptAt: number }
  }
}

export const keptAnswerMigrations: Migrations = {
  '2026-11-28-chat-kept-answer-1': {
    up: async (db) => {
      await db.schema
        .createTable('keptAnswer')
        .addColumn('key', 'text', (column) => column.primaryKey())
        .addColumn('team', 'bigint', (column) => column.notNull())
        // For whom it is; null: an answer that the whole team saw.
        .addColumn('member', 'text')
        .addColumn('blocks', 'text', (column) => column.notNull())
        .addColumn('keptAt', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema.createIndex('keptAnswerAt').on('keptAnswer').column('keptAt').execute()
    },
  },
}

/** Whose answer it is; `member: null` where the whole team saw it. */
type Whose = { readonly team: TeamId; readonly member: string | null }

/** An answer is read today or asked for again: what it told may have been put right since. */
const KEPT_MS = 86_400_000

/** What was too long to be shown at once: the rest of an answer, for whom it was, for a day. */
export function keptAnswers(db: Database, { clock }: { readonly clock: Clock }) {
  const oldest = () => clock.now().getTime() - KEPT_MS

  return {
    /** The key under which it is found again. Keeping the same twice is keeping it once. */
    keep: async ({ team, member }: Whose, blocks: readonly Block[]): Promise<string> => {
      const text = JSON.stringify(blocks)
      const key = keyOf('kept answer', team, member ?? '', text)
      const keptAt = clock.now().getTime()
      await db.transaction(async (tx) => {
        await tx.deleteFrom('keptAnswer').where('keptAt', '<', oldest()).execute()
        await tx
          .insertInto('keptAnswer')
          .values({ key, team, member, blocks: text, keptAt })
          .onConflict((conflict) => conflict.column('key').doUpdateSet({ keptAt }))
          .execute()
      })
      return key
    },

    /** `null` if there is none for this asker, or no longer. */
    find: async (key: string, { team, member }: { readonly team: TeamId; readonly member: string }) => {
      const row = await db.reads
        .selectFrom('keptAnswer')
        .select('blocks')
        .where('key', '=', key)
        .where('team', '=', team)
        .where((where) => where.or([where('member', 'is', null), where('member', '=', member)]))
        .where('keptAt', '>=', oldest())
        .executeTakeFirst()
      return row === undefined ? null : (JSON.parse(row.blocks) as readonly Block[])
    },

    /** Takes away what is older than a day. */
    dropOld: (): Promise<void> =>
      db.transaction(async (tx) => {
        await tx.deleteFrom('keptAnswer').where('keptAt', '<', oldest()).execute()
      }),

    /** Takes away a team's, a member's, or all: what is told of a forgotten speaker or article may stand in any. */
    forget: async (
      tx: Writes,
      whose: { readonly team: TeamId } | { readonly member: string } | 'anybody',
    ): Promise<number> => {
      const rows = tx.deleteFrom('keptAnswer')
      const theirs =
        whose === 'anybody'
          ? rows
          : 'team' in whose
            ? rows.where('team', '=', whose.team)
            : rows.where('member', '=', whose.member)
      return Number((await theirs.executeTakeFirst()).numDeletedRows)
    },
  }
}

export type KeptAnswers = ReturnType<typeof keptAnswers>
