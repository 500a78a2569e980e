import type { Migrations } from '../base/database/migrations.ts'

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
}
