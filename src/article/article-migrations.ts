import type { Migrations } from '../base/database/migrations.ts'

export const articleMigrations: Migrations = {
  '2026-11-25-article-1': {
    up: async (db) => {
      await db.schema
        .createTable('article')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('url', 'text', (column) => column.notNull())
        .addColumn('title', 'text', (column) => column.notNull())
        .addColumn('text', 'text', (column) => column.notNull())
        .addColumn('publisher', 'text')
        .addColumn('author', 'text')
        .addColumn('language', 'text')
        .addColumn('publishedAt', 'bigint')
        .addColumn('fetchedAt', 'bigint', (column) => column.notNull())
        .addColumn('dateline', 'text')
        .addColumn('ownWordsOf', 'text')
        .addColumn('isBackfill', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema.createIndex('articleUrl').on('article').columns(['url', 'team']).execute()
      await db.schema
        .createTable('articleOfEntry')
        .addColumn('entry', 'text', (column) => column.primaryKey())
        .addColumn('article', 'text', (column) => column.notNull().references('article.id').onDelete('cascade'))
        .execute()
      await db.schema.createIndex('articleOfEntryArticle').on('articleOfEntry').columns(['article']).execute()
    },
  },
}
