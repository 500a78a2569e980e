import type { Migrations } from '../base/database/migrations.ts'

export const chatMigrations: Migrations = {
  '2026-11-25-chat-1': {
    up: async (db) => {
      // Ids are short numbers: a team's stands in every private row and index.
      await db.schema
        .createTable('team')
        .addColumn('id', 'bigint', (column) => column.primaryKey())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('platformId', 'text', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('firstSeenAt', 'bigint', (column) => column.notNull())
        .addUniqueConstraint('teamOnPlatform', ['platform', 'platformId'])
        .execute()
      await db.schema
        .createTable('member')
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('memberId', 'text', (column) => column.notNull())
        .addColumn('timeZone', 'text')
        .addPrimaryKeyConstraint('memberKey', ['platform', 'memberId'])
        .execute()
    },
  },
  '2026-11-25-chat-2': {
    up: async (db) => {
      await db.schema
        .createTable('teamSettings')
        .addColumn('team', 'bigint', (column) => column.primaryKey())
        .addColumn('timeZone', 'text')
        .addColumn('answers', 'text', (column) => column.notNull())
        .execute()
    },
  },
  '2026-11-25-chat-3': {
    up: async (db) => {
      await db.schema
        .createTable('teamGreeting')
        .addColumn('team', 'bigint', (column) => column.primaryKey())
        .addColumn('greetedAt', 'bigint', (column) => column.notNull())
        .execute()
    },
  },
  '2026-11-28-chat-4': {
    up: async (db) => {
      await db.schema
        .createTable('teamEditor')
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('member', 'text', (column) => column.notNull())
        .addColumn('addedAt', 'bigint', (column) => column.notNull())
        .addColumn('addedBy', 'text', (column) => column.notNull())
        .addColumn('addedByName', 'text', (column) => column.notNull())
        .addColumn('removedAt', 'bigint')
        .addColumn('removedBy', 'text', (column) => column.notNull())
        .addColumn('removedByName', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('teamEditorKey', ['team', 'member', 'addedAt'])
        .execute()
    },
  },
  '2026-11-28-chat-5': {
    up: async (db) => {
      await db.schema.alterTable('team').addColumn('formerId', 'text').execute()
      await db.schema.alterTable('team').addColumn('leftAt', 'bigint').execute()
    },
  },
  '2026-11-28-chat-6': {
    up: async (db) => {
      await db.schema.alterTable('teamSettings').addColumn('dates', 'text').execute()
    },
  },
}
