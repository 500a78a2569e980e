import type { Migrations } from '../base/database/migrations.ts'
import { keyOnly, rowId } from '../base/database/schema.ts'
import { textIndex } from '../base/database/text-index.ts'

/** The name of the full-text index over `statement`. */
export const STATEMENT_TEXT = 'statementText'

export const statementMigrations: Migrations = {
  '2026-11-25-statement-1': {
    up: async (db, kind) => {
      await db.schema
        .createTable('statement')
        .addColumn('id', rowId(kind), (column) => column.primaryKey().notNull())
        .addColumn('key', 'text', (column) => column.notNull().unique())
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('on', 'text', (column) => column.notNull())
        .addColumn('recordedAt', 'bigint', (column) => column.notNull())
        .addColumn('speaker', 'text')
        .addColumn('speakerName', 'text')
        .addColumn('speakerText', 'text', (column) => column.notNull())
        .addColumn('speakerSpan', 'text')
        .addColumn('reason', 'text', (column) => column.notNull())
        .addColumn('topics', 'text', (column) => column.notNull())
        .addColumn('content', 'text', (column) => column.notNull())
        .addColumn('contentSpans', 'text', (column) => column.notNull())
        .addColumn('sameAs', 'text', (column) => column.notNull())
        .addColumn('context', 'text', (column) => column.notNull())
        .addColumn('contextStart', 'bigint', (column) => column.notNull())
        .addColumn('form', 'text', (column) => column.notNull())
        .addColumn('cue', 'text', (column) => column.notNull())
        .addColumn('cueSpan', 'text')
        .addColumn('holder', 'text', (column) => column.notNull())
        .addColumn('saidOn', 'text')
        .addColumn('event', 'text')
        .addColumn('confidence', 'double precision', (column) => column.notNull())
        .addColumn('article', 'text', (column) => column.notNull())
        .addColumn('articleUrl', 'text', (column) => column.notNull())
        .addColumn('articleTitle', 'text', (column) => column.notNull())
        .addColumn('publisher', 'text')
        .addColumn('publishedAt', 'bigint')
        .execute()
      // Index order = question order; the id is the silent last column (STORAGE.md, rule 2).
      const indexes = { statementSpeaker: ['speaker', 'team', 'id'], statementTeam: ['team', 'id'] }
      for (const [name, columns] of Object.entries(indexes)) {
        await db.schema.createIndex(name).on('statement').columns(columns).execute()
      }
      await db.schema.createIndex('statementArticle').on('statement').column('article').execute()
      await db.schema.createIndex('statementRecorded').on('statement').columns(['team', 'recordedAt']).execute()

      await keyOnly(db.schema.createTable('statementTopic'), kind)
        .addColumn('topic', 'text', (column) => column.notNull())
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('statement', 'bigint', (column) => column.notNull())
        .addColumn('speaker', 'text')
        .addPrimaryKeyConstraint('statementTopicKey', ['topic', 'team', 'statement'])
        .execute()
      await db.schema
        .createIndex('statementTopicSpeaker')
        .on('statementTopic')
        .columns(['speaker', 'topic', 'team', 'statement'])
        .execute()

      await keyOnly(db.schema.createTable('statementView'), kind)
        .addColumn('statement', 'bigint', (column) => column.notNull())
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('topics', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('statementViewKey', ['statement', 'team'])
        .execute()

      await keyOnly(db.schema.createTable('statementCount'), kind)
        .addColumn('speaker', 'text', (column) => column.notNull())
        .addColumn('topic', 'text', (column) => column.notNull())
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('month', 'text', (column) => column.notNull())
        .addColumn('count', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('statementCountKey', ['speaker', 'topic', 'team', 'month'])
        .execute()

      await textIndex(kind, STATEMENT_TEXT).create(db)
    },
  },
  '2026-11-28-statement-2': {
    up: async (db) => {
      await db.schema
        .createTable('givenSpeaker')
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('statement', 'bigint', (column) => column.notNull())
        .addColumn('speaker', 'text')
        .addPrimaryKeyConstraint('givenSpeakerKey', ['team', 'statement'])
        .execute()
      await db.schema.createIndex('givenSpeakerStatement').on('givenSpeaker').column('statement').execute()
    },
  },
  '2026-11-28-statement-3': {
    up: async (db) => {
      // What a team's own book reads, and what its people put right, are two things: one may change without the other.
      await db.schema.alterTable('statementView').addColumn('read', 'text').execute()
      await db.schema.alterTable('statementView').addColumn('corrected', 'text').execute()
      await db
        .updateTable('statementView')
        .set((row) => ({ corrected: row.ref('topics') }))
        .execute()
      await db.schema.alterTable('statementView').dropColumn('topics').execute()
    },
  },
  '2026-11-28-statement-4': {
    up: async (db) => {
      // Cards name the other outlets that have the same words.
      await db.schema.createIndex('statementSameAs').on('statement').columns(['sameAs', 'team']).execute()
    },
  },
  '2026-11-28-statement-windows-1': {
    up: async (db) => {
      // What was old when we came to know it, and what is seen otherwise since: digests ask both by time.
      await db.schema
        .alterTable('statement')
        .addColumn('isBackfill', 'bigint', (column) => column.notNull().defaultTo(0))
        .execute()
      await db.schema
        .createTable('statementTouch')
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('statement', 'bigint', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('statementTouchKey', ['team', 'statement'])
        .execute()
      await db.schema.createIndex('statementTouchAt').on('statementTouch').columns(['team', 'at']).execute()
      await db.schema.createIndex('statementTouchOf').on('statementTouch').column('statement').execute()
    },
  },
}
