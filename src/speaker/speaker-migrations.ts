import type { Migrations } from '../base/database/migrations.ts'

/** What teams add to the roster: further names of speakers it has, and speakers it lacks. */
export const speakerMigrations: Migrations = {
  '2026-11-25-speaker-1': {
    up: async (db) => {
      await db.schema
        .createTable('speakerAlias')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('speaker', 'text', (column) => column.notNull())
        .addColumn('alias', 'text', (column) => column.notNull())
        .addColumn('addedBy', 'text')
        .addColumn('addedAt', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema.createIndex('speakerAliasByTeam').on('speakerAlias').columns(['team', 'addedAt']).execute()
      await db.schema
        .createTable('teamSpeaker')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('speaker', 'text', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('country', 'text')
        .addColumn('gender', 'text')
        .addColumn('aliases', 'text', (column) => column.notNull())
        .addColumn('offices', 'text', (column) => column.notNull())
        .addColumn('addedBy', 'text')
        .addColumn('addedAt', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema.createIndex('teamSpeakerByTeam').on('teamSpeaker').columns(['team', 'addedAt']).execute()
    },
  },
  '2026-11-28-speaker-2': {
    up: async (db) => {
      await db.schema
        .createTable('speakerMerge')
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('speaker', 'text', (column) => column.notNull())
        .addColumn('into', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('speakerMergeKey', ['team', 'speaker'])
        .execute()
    },
  },
  '2026-11-28-speaker-3': {
    up: async (db) => {
      await db.schema
        .createTable('teamOffice')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('speaker', 'text', (column) => column.notNull())
        // Which of the speaker's offices, and JSON: what it is by this word. The latest word counts.
        .addColumn('tenure', 'text', (column) => column.notNull())
        .addColumn('office', 'text', (column) => column.notNull())
        .addColumn('addedBy', 'text')
        .addColumn('addedAt', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema.createIndex('teamOfficeByTeam').on('teamOffice').columns(['team', 'addedAt']).execute()
    },
  },
}
