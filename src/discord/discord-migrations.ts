import type { Migrations } from '../base/database/migrations.ts'

export const discordMigrations: Migrations = {
  '2026-11-25-discord-1': {
    up: async (db) => {
      await db.schema
        .createTable('discordButton')
        .addColumn('key', 'text', (column) => column.primaryKey())
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('command', 'text', (column) => column.notNull())
        .addColumn('madeAt', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema
        .createTable('discordRegistration')
        .addColumn('application', 'text', (column) => column.primaryKey())
        .addColumn('hash', 'text', (column) => column.notNull())
        .execute()
      await db.schema
        .createTable('discordDoubt')
        .addColumn('key', 'text', (column) => column.primaryKey())
        .addColumn('since', 'bigint', (column) => column.notNull())
        .execute()
    },
  },
}
