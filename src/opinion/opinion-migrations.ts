import type { Migrations } from '../base/database/migrations.ts'

export const opinionMigrations: Migrations = {
  '2026-11-28-opinion-1': {
    up: async (db) => {
      await db.schema
        .createTable('opinion')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('change', 'text', (column) => column.notNull())
        .addColumn('statement', 'bigint', (column) => column.notNull())
        .addColumn('earlier', 'bigint')
        .addColumn('speaker', 'text', (column) => column.notNull())
        .addColumn('said', 'text')
        .addColumn('model', 'text', (column) => column.notNull())
        .addColumn('fault', 'text')
        .addColumn('tokens', 'bigint', (column) => column.notNull())
        .addColumn('recordedAt', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema.createIndex('opinionChange').on('opinion').column('change').execute()
      await db.schema.createIndex('opinionStatement').on('opinion').column('statement').execute()
      await db.schema.createIndex('opinionTeam').on('opinion').columns(['team', 'kind']).execute()
      await db.schema
        .createTable('modelUse')
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('day', 'text', (column) => column.notNull())
        .addColumn('tokens', 'bigint', (column) => column.notNull())
        .addColumn('calls', 'bigint', (column) => column.notNull())
        .addColumn('refused', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('modelUseKey', ['team', 'day'])
        .execute()
      await db.schema
        .createTable('modelScore')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('model', 'text', (column) => column.notNull())
        .addColumn('figures', 'text', (column) => column.notNull())
        .addColumn('isTrusted', 'bigint', (column) => column.notNull())
        .addColumn('scoredAt', 'bigint', (column) => column.notNull())
        .execute()
    },
  },
}
