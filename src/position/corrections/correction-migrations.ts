import type { Migrations } from '../../base/database/migrations.ts'

export const correctionMigrations: Migrations = {
  '2026-11-28-correction-1': {
    up: async (db) => {
      await db.schema
        .createTable('correction')
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('number', 'bigint', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('what', 'text', (column) => column.notNull())
        .addColumn('statement', 'bigint')
        .addColumn('why', 'text', (column) => column.notNull())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('memberId', 'text', (column) => column.notNull())
        .addColumn('memberName', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('undoneAt', 'bigint')
        .addColumn('undoneById', 'text', (column) => column.notNull())
        .addColumn('undoneByName', 'text', (column) => column.notNull())
        .addColumn('changes', 'text', (column) => column.notNull())
        .addColumn('settledAt', 'bigint')
        .addPrimaryKeyConstraint('correctionKey', ['team', 'number'])
        .execute()
      await db.schema.createIndex('correctionStatement').on('correction').column('statement').execute()

      // A team's own reading of a statement stands, for that team, in the place of everybody's.
      await db.schema
        .createTable('ownReading')
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('statement', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('ownReadingKey', ['team', 'statement'])
        .execute()
      await db.schema
        .createTable('ownThread')
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('speaker', 'text', (column) => column.notNull())
        .addColumn('topic', 'text', (column) => column.notNull())
        .addColumn('proposition', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('ownThreadKey', ['team', 'speaker', 'topic', 'proposition'])
        .execute()
      await db.schema
        .alterTable('facet')
        .addColumn('isCorrected', 'bigint', (column) => column.notNull().defaultTo(0))
        .execute()
      await db.schema.alterTable('facet').addColumn('ruling', 'text').execute()
      await db.schema
        .alterTable('positionChange')
        .addColumn('status', 'text', (column) => column.notNull().defaultTo('proposed'))
        .execute()
      await db.schema.createIndex('facetProposition').on('facet').column('proposition').execute()
    },
  },
}
