import type { Migrations } from '../../base/database/migrations.ts'

export const positionMigrations: Migrations = {
  '2026-11-25-position-1': {
    up: async (db) => {
      await db.schema
        .createTable('topic')
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('recordedAt', 'bigint', (column) => column.notNull())
        .addColumn('supersededAt', 'bigint')
        .addColumn('definition', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('topicKey', ['team', 'id', 'recordedAt'])
        .execute()
      await db.schema
        .createTable('facet')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('statement', 'bigint', (column) => column.notNull())
        .addColumn('article', 'text', (column) => column.notNull())
        .addColumn('speaker', 'text', (column) => column.notNull())
        .addColumn('topic', 'text', (column) => column.notNull())
        .addColumn('proposition', 'text', (column) => column.notNull())
        .addColumn('saidOn', 'text', (column) => column.notNull())
        .addColumn('place', 'text', (column) => column.notNull())
        .addColumn('sameAs', 'text', (column) => column.notNull())
        .addColumn('isCovered', 'bigint', (column) => column.notNull())
        .addColumn('facet', 'text', (column) => column.notNull())
        .addColumn('confidence', 'double precision', (column) => column.notNull())
        .addColumn('recordedAt', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema.createIndex('facetThread').on('facet').columns(['speaker', 'topic', 'proposition']).execute()
      await db.schema.createIndex('facetStatement').on('facet').column('statement').execute()
      await db.schema
        .createTable('positionChange')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('speaker', 'text', (column) => column.notNull())
        .addColumn('topic', 'text', (column) => column.notNull())
        .addColumn('proposition', 'text', (column) => column.notNull())
        .addColumn('label', 'text', (column) => column.notNull())
        .addColumn('rule', 'text', (column) => column.notNull())
        .addColumn('stance', 'text', (column) => column.notNull())
        .addColumn('delta', 'text', (column) => column.notNull())
        .addColumn('why', 'text', (column) => column.notNull())
        .addColumn('statement', 'bigint', (column) => column.notNull())
        .addColumn('article', 'text', (column) => column.notNull())
        .addColumn('evidence', 'text', (column) => column.notNull())
        .addColumn('earlier', 'bigint')
        .addColumn('saidOn', 'text', (column) => column.notNull())
        .addColumn('recordedAt', 'bigint', (column) => column.notNull())
        .addColumn('supersededAt', 'bigint')
        .addColumn('method', 'text', (column) => column.notNull())
        .addColumn('confidence', 'double precision', (column) => column.notNull())
        .execute()
      await db.schema
        .createIndex('positionChangeThread')
        .on('positionChange')
        .columns(['speaker', 'topic', 'proposition'])
        .execute()
      await db.schema.createIndex('positionChangeRecent').on('positionChange').columns(['team', 'recordedAt']).execute()
      await db.schema
        .createIndex('positionChangeArticle')
        .on('positionChange')
        .columns(['article', 'speaker'])
        .execute()
      await db.schema.createIndex('positionChangeStatement').on('positionChange').column('statement').execute()
    },
  },
  '2026-11-28-position-taxonomy': {
    up: async (db) => {
      await db.schema
        .createTable('bookChange')
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('number', 'bigint', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('memberId', 'text', (column) => column.notNull())
        .addColumn('memberName', 'text', (column) => column.notNull())
        .addColumn('words', 'text', (column) => column.notNull())
        .addColumn('edits', 'text', (column) => column.notNull())
        .addColumn('rereadFrom', 'bigint')
        .addColumn('doneAt', 'bigint')
        .addPrimaryKeyConstraint('bookChangeKey', ['team', 'number'])
        .execute()
      // A view is one by the team's book as well as by what it put right.
      await db.schema.alterTable('ownReading').renameTo('facetView').execute()
      await db.schema.alterTable('facet').renameColumn('isCorrected', 'isView').execute()
      await db.schema
        .createTable('threadToReplay')
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('speaker', 'text', (column) => column.notNull())
        .addColumn('topic', 'text', (column) => column.notNull())
        .addColumn('proposition', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('threadToReplayKey', ['team', 'speaker', 'topic', 'proposition'])
        .execute()
      await db.schema
        .alterTable('positionChange')
        .addColumn('isReread', 'bigint', (column) => column.notNull().defaultTo(0))
        .execute()
    },
  },
  '2026-11-28-position-thread-index': {
    up: async (db) => {
      // Whether a thread is what is kept of it is told from the index alone, without its long rows.
      await db.schema.dropIndex('facetThread').execute()
      await db.schema
        .createIndex('facetThread')
        .on('facet')
        .columns(['speaker', 'topic', 'proposition', 'team', 'isView', 'statement'])
        .execute()
    },
  },
  '2026-11-28-position-home-moves': {
    up: async (db) => {
      // The last moves are looked for whenever somebody looks at their page; one label in thirty is one.
      await db.schema.createIndex('positionChangeMoves').on('positionChange').columns(['label', 'saidOn']).execute()
    },
  },
}
