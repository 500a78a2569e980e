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
  '2026-11-25-article-2': {
    up: async (db) => {
      await db.schema
        .alterTable('article')
        .addColumn('version', 'bigint', (column) => column.notNull().defaultTo(1))
        .execute()
      await db.schema.alterTable('article').addColumn('follows', 'text').execute()
      await db.schema
        .createTable('articleSketch')
        .addColumn('article', 'text', (column) => column.notNull().references('article.id').onDelete('cascade'))
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('value', 'bigint', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema.createIndex('articleSketchValue').on('articleSketch').columns(['value', 'at']).execute()
      await db.schema.createIndex('articleSketchArticle').on('articleSketch').columns(['article']).execute()
      await db.schema.createIndex('articleSketchAt').on('articleSketch').columns(['at']).execute()
      await db.schema
        .createTable('articleCopy')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('original', 'text', (column) => column.notNull().references('article.id').onDelete('cascade'))
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('url', 'text', (column) => column.notNull())
        .addColumn('title', 'text', (column) => column.notNull())
        .addColumn('publisher', 'text')
        .addColumn('publishedAt', 'bigint')
        .addColumn('seenAt', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema.createIndex('articleCopyOriginal').on('articleCopy').columns(['original']).execute()
      await db.schema.createIndex('articleCopyUrl').on('articleCopy').columns(['url']).execute()
    },
  },
}
