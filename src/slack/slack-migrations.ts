import type { Migrations } from '../base/database/migrations.ts'

export const slackMigrations: Migrations = {
  '2026-11-28-slack-1': {
    up: async (db) => {
      await db.schema
        .createTable('slackInstallation')
        .addColumn('place', 'text', (column) => column.primaryKey())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('botId', 'text', (column) => column.notNull())
        .addColumn('botUserId', 'text', (column) => column.notNull())
        .addColumn('sealed', 'text', (column) => column.notNull())
        .addColumn('expiresAt', 'bigint')
        .addColumn('installedBy', 'text', (column) => column.notNull())
        .addColumn('installedAt', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema.createIndex('slackInstallationExpires').on('slackInstallation').columns(['expiresAt']).execute()
      await db.schema
        .createTable('slackGrant')
        .addColumn('workspace', 'text', (column) => column.primaryKey())
        .addColumn('org', 'text', (column) => column.notNull())
        .addColumn('grantedAt', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema
        .createTable('slackRemoval')
        .addColumn('workspace', 'text', (column) => column.primaryKey())
        .execute()
      await db.schema.createIndex('slackGrantOrg').on('slackGrant').columns(['org']).execute()
    },
  },
  '2026-11-28-slack-event-1': {
    up: async (db) => {
      await db.schema
        .createTable('slackEvent')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('heardAt', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema.createIndex('slackEventHeardAt').on('slackEvent').column('heardAt').execute()
    },
  },
}
