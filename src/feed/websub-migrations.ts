import type { Migrations } from '../base/database/migrations.ts'

export const websubMigrations: Migrations = {
  '2026-11-28-feed-websub-1': {
    up: async (db) => {
      // No foreign key: a subscription outlives its feed until its hub has been told.
      await db.schema
        .createTable('websub')
        .addColumn('token', 'text', (column) => column.primaryKey())
        .addColumn('feed', 'text', (column) => column.notNull())
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('hub', 'text', (column) => column.notNull())
        .addColumn('topic', 'text', (column) => column.notNull())
        .addColumn('callback', 'text', (column) => column.notNull())
        .addColumn('secret', 'text', (column) => column.notNull())
        .addColumn('wanted', 'text', (column) => column.notNull())
        .addColumn('madeAt', 'bigint', (column) => column.notNull())
        .addColumn('tries', 'bigint', (column) => column.notNull())
        .addColumn('nextAskAt', 'bigint', (column) => column.notNull())
        .addColumn('askedAt', 'bigint')
        .addColumn('aliveUntil', 'bigint')
        .addColumn('pushedAt', 'bigint')
        .addColumn('missed', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema.createIndex('websubFeed').on('websub').columns(['feed', 'wanted']).execute()
      await db.schema.createIndex('websubDue').on('websub').columns(['nextAskAt']).execute()
    },
  },
}
