import type { Migrations } from '../base/database/migrations.ts'
import type { BriefId } from './brief.ts'
import { codesOf } from './brief-code.ts'

export const briefMigrations: Migrations = {
  '2026-11-25-brief-1': {
    up: async (db) => {
      await db.schema
        .createTable('brief')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('article', 'text', (column) => column.notNull())
        .addColumn('speaker', 'text', (column) => column.notNull())
        .addColumn('saidOn', 'text', (column) => column.notNull())
        .addColumn('writtenAt', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema.createIndex('briefWritten').on('brief').columns(['team', 'writtenAt']).execute()
    },
  },
  '2026-11-28-brief-2-code': {
    up: async (db) => {
      await db.schema.alterTable('brief').addColumn('code', 'text').execute()
      const taken = new Set<string>()
      for (const { id } of await db.selectFrom('brief').select('id').orderBy('writtenAt').orderBy('id').execute()) {
        const code = codesOf(id as BriefId).find((one) => !taken.has(one))
        if (code === undefined) throw new Error('no code is free')
        taken.add(code)
        await db.updateTable('brief').set({ code }).where('id', '=', id).execute()
      }
      await db.schema.createIndex('briefCode').on('brief').column('code').unique().execute()
    },
  },
}
