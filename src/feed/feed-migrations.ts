import type { Migrations } from '../base/database/migrations.ts'

export const feedMigrations: Migrations = {
  '2026-11-25-feed-1': {
    up: async (db) => {
      await db.schema
        .createTable('feed')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('url', 'text', (column) => column.notNull())
        .addColumn('host', 'text', (column) => column.notNull())
        .addColumn('title', 'text')
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('failure', 'text')
        .addColumn('failures', 'bigint', (column) => column.notNull())
        .addColumn('etag', 'text')
        .addColumn('lastModified', 'text')
        .addColumn('movedTo', 'text')
        .addColumn('movedTimes', 'bigint', (column) => column.notNull())
        .addColumn('intervalMs', 'bigint', (column) => column.notNull())
        .addColumn('nextPollAt', 'bigint', (column) => column.notNull())
        .addColumn('lastPolledAt', 'bigint')
        .addColumn('lastReadAt', 'bigint')
        .addColumn('addedBy', 'text')
        .addColumn('addedAt', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema.createIndex('feedDue').on('feed').columns(['nextPollAt']).execute()
      await db.schema.createIndex('feedTeam').on('feed').columns(['team', 'url']).execute()
      await db.schema.createIndex('feedHost').on('feed').columns(['host']).execute()
      await db.schema
        .createTable('entry')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('feed', 'text', (column) => column.notNull().references('feed.id').onDelete('cascade'))
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('guid', 'text', (column) => column.notNull())
        .addColumn('sameAs', 'text', (column) => column.notNull())
        .addColumn('url', 'text')
        .addColumn('title', 'text', (column) => column.notNull())
        .addColumn('publishedAt', 'bigint')
        .addColumn('summary', 'text')
        .addColumn('content', 'text')
        .addColumn('author', 'text')
        .addColumn('seenAt', 'bigint', (column) => column.notNull())
        .addColumn('isBackfill', 'bigint', (column) => column.notNull())
        .addColumn('handledAt', 'bigint')
        .execute()
      await db.schema.createIndex('entrySame').on('entry').columns(['feed', 'sameAs']).execute()
      await db.schema.createIndex('entryToRead').on('entry').columns(['feed', 'handledAt']).execute()
    },
  },
  '2026-11-25-feed-2': {
    up: async (db) => {
      await db.schema.alterTable('entry').addColumn('words', 'text').execute()
      await db.schema
        .alterTable('entry')
        .addColumn('changes', 'bigint', (column) => column.notNull().defaultTo(0))
        .execute()
      await db.schema.alterTable('entry').addColumn('changedAt', 'bigint').execute()
    },
  },
}
