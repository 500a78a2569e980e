import type { Migrations } from '../base/database/migrations.ts'

export const deliveryMigrations: Migrations = {
  '2026-11-25-delivery-1': {
    up: async (db) => {
      await db.schema
        .createTable('subscription')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('number', 'bigint', (column) => column.notNull())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('filter', 'text', (column) => column.notNull())
        .addColumn('details', 'text', (column) => column.notNull())
        .addColumn('createdBy', 'text', (column) => column.notNull())
        .addColumn('createdAt', 'bigint', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('explanation', 'text')
        .addColumn('checkedUntil', 'bigint', (column) => column.notNull())
        .addColumn('coveredUntil', 'bigint', (column) => column.notNull())
        .addUniqueConstraint('subscriptionNumber', ['team', 'number'])
        .execute()

      await db.schema
        .createTable('slot')
        .addColumn('subscription', 'text', (column) => column.notNull())
        .addColumn('on', 'text', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('dueAt', 'bigint', (column) => column.notNull())
        .addColumn('fate', 'text', (column) => column.notNull())
        .addColumn('isLate', 'bigint', (column) => column.notNull())
        .addColumn('delivery', 'text')
        .addColumn('coversFrom', 'bigint', (column) => column.notNull())
        .addColumn('coversUntil', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('slotKey', ['subscription', 'on', 'name'])
        .execute()

      await db.schema
        .createTable('delivery')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('subscription', 'text')
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('rank', 'bigint', (column) => column.notNull())
        .addColumn('blocks', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('tries', 'bigint', (column) => column.notNull())
        .addColumn('refusals', 'bigint', (column) => column.notNull())
        .addColumn('notBefore', 'bigint', (column) => column.notNull())
        .addColumn('sendingSince', 'bigint')
        .addColumn('receipt', 'text')
        .addColumn('code', 'text')
        .addColumn('createdAt', 'bigint', (column) => column.notNull())
        .addColumn('sentAt', 'bigint')
        .execute()
      // The sender's question: what of this platform is to be sent or looked for now, alerts first.
      await db.schema.createIndex('deliveryOpen').on('delivery').columns(['platform', 'state', 'notBefore']).execute()
    },
  },
  '2026-11-25-delivery-2': {
    up: async (db) => {
      await db.schema
        .alterTable('delivery')
        .addColumn('looks', 'bigint', (column) => column.notNull().defaultTo(0))
        .execute()
      await db.schema.alterTable('delivery').addColumn('bundle', 'text').execute()
      // What a digest told of, as JSON; and by which message a slot is asked for.
      await db.schema
        .alterTable('slot')
        .addColumn('told', 'text', (column) => column.notNull().defaultTo('[]'))
        .execute()
      await db.schema.createIndex('slotDelivery').on('slot').column('delivery').execute()
      await db.schema
        .createTable('quiet')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('details', 'text', (column) => column.notNull())
        .addColumn('until', 'bigint')
        .addColumn('createdBy', 'text', (column) => column.notNull())
        .execute()
      await db.schema.createIndex('quietPlace').on('quiet').columns(['team', 'channel']).execute()
      // What stands or is owed in one place: its hour's alerts, what is held for it, why.
      await db.schema.createIndex('deliveryPlace').on('delivery').columns(['channel', 'createdAt']).execute()
    },
  },
  '2026-11-25-delivery-3': {
    up: async (db) => {
      await db.schema.alterTable('delivery').addColumn('triedSince', 'bigint').execute()
    },
  },
  '2026-11-28-delivery-4': {
    up: async (db) => {
      // When a subscription ended or stopped: an undo finds it as it was, and `/why` can tell.
      await db.schema.alterTable('subscription').addColumn('endedAt', 'bigint').execute()
    },
  },
  '2026-11-28-delivery-5': {
    up: async (db) => {
      // What left together in one message.
      await db.schema.createIndex('deliveryBundle').on('delivery').column('bundle').execute()
      // A quiet that was ended can be taken back, and /why tells of it.
      await db.schema
        .alterTable('quiet')
        .addColumn('createdAt', 'bigint', (column) => column.notNull().defaultTo(0))
        .execute()
      await db.schema.alterTable('quiet').addColumn('endedAt', 'bigint').execute()
    },
  },
  '2026-11-28-delivery-6': {
    up: async (db) => {
      // Why the platform refused it, in words: /why says them a month later, too.
      await db.schema.alterTable('delivery').addColumn('explanation', 'text').execute()
    },
  },
  '2026-11-28-delivery-fates-1': {
    up: async (db) => {
      // The fates of a day are counted at each look of the metrics.
      await db.schema.createIndex('slotDueAt').on('slot').column('dueAt').execute()
    },
  },
  '2026-11-28-delivery-amend-1': {
    up: async (db) => {
      // Of an alert, what it is about; of a correction, the message that it puts right.
      for (const column of ['brief', 'amends', 'amended'] as const)
        await db.schema.alterTable('delivery').addColumn(column, 'text').execute()
      await db.schema.createIndex('deliveryAmends').on('delivery').column('amends').execute()
      await db.schema
        .createTable('toldStatement')
        .addColumn('delivery', 'text', (column) => column.notNull())
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('statement', 'bigint', (column) => column.notNull())
        .addColumn('about', 'text', (column) => column.notNull())
        .addColumn('how', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('toldStatementKey', ['delivery', 'statement', 'about'])
        .execute()
      // Which messages told this?
      await db.schema.createIndex('toldStatementOf').on('toldStatement').columns(['statement', 'team']).execute()
      await db.schema
        .createTable('amendment')
        .addColumn('delivery', 'text', (column) => column.primaryKey())
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('because', 'text', (column) => column.notNull())
        .addColumn('statements', 'text', (column) => column.notNull())
        .addColumn('dueAt', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema.createIndex('amendmentDue').on('amendment').column('dueAt').execute()
    },
  },
  '2026-11-28-delivery-subscriptions-1': {
    up: async (db) => {
      const columns = [
        ['pausedAt', 'bigint'],
        ['pausedUntil', 'bigint'],
        ['editedAt', 'bigint'],
        ['before', 'text'],
      ] as const
      for (const [name, type] of columns) await db.schema.alterTable('subscription').addColumn(name, type).execute()
      await db.schema
        .alterTable('subscription')
        .addColumn('edits', 'bigint', (column) => column.notNull().defaultTo(0))
        .execute()
      // Until it is edited, a subscription's id is the key of what it asks for.
      await db.schema
        .alterTable('subscription')
        .addColumn('wish', 'text', (column) => column.notNull().defaultTo(''))
        .execute()
      await db
        .updateTable('subscription')
        .set((row) => ({ wish: row.ref('id') }))
        .execute()
      await db.schema.createIndex('subscriptionWish').on('subscription').columns(['team', 'wish']).execute()
    },
  },
  '2026-11-28-delivery-audience-1': {
    up: async (db) => {
      await db.schema
        .createTable('placeAudience')
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('audience', 'text', (column) => column.notNull())
        .addColumn('allowedAt', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('placeAudienceKey', ['team', 'platform', 'channel'])
        .execute()
    },
  },
  '2026-11-28-delivery-alerts-1': {
    up: async (db) => {
      // What an alert is made of, and who of its channel wants which part of it.
      await db.schema
        .createTable('alertPart')
        .addColumn('alert', 'text', (column) => column.notNull())
        .addColumn('speaker', 'text', (column) => column.notNull())
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('delivery', 'text', (column) => column.notNull())
        .addColumn('turn', 'bigint', (column) => column.notNull())
        .addColumn('said', 'text', (column) => column.notNull())
        .addColumn('blocks', 'text', (column) => column.notNull())
        .addColumn('tells', 'text', (column) => column.notNull())
        .addColumn('isShown', 'bigint', (column) => column.notNull())
        .addColumn('wantedBy', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('alertPartKey', ['alert', 'speaker'])
        .execute()
      await db.schema.createIndex('alertPartDelivery').on('alertPart').column('delivery').execute()
      // Alerts that could not be written: whoever misses one reads of it.
      await db.schema
        .createTable('alertFault')
        .addColumn('alert', 'text', (column) => column.primaryKey())
        .addColumn('team', 'bigint', (column) => column.notNull())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('tries', 'bigint', (column) => column.notNull())
        .addColumn('failedAt', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema.createIndex('alertFaultPlace').on('alertFault').columns(['team', 'channel']).execute()
    },
  },
  '2026-11-28-delivery-windows-1': {
    up: async (db) => {
      await db.schema
        .createTable('slotTry')
        .addColumn('subscription', 'text', (column) => column.primaryKey())
        .addColumn('on', 'text', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('tries', 'bigint', (column) => column.notNull())
        .addColumn('notBefore', 'bigint', (column) => column.notNull())
        .execute()
      // What a subscription was told since an instant; each digest asks it.
      await db.schema.createIndex('slotCovers').on('slot').columns(['subscription', 'coversUntil']).execute()
    },
  },
  '2026-11-28-delivery-sender-1': {
    up: async (db) => {
      // When a wait was written down: a clock that has gone back since then makes no wait longer than was asked for.
      await db.schema.alterTable('delivery').addColumn('waitsSince', 'bigint').execute()
      await db.schema.alterTable('delivery').addColumn('firstTriedAt', 'bigint').execute()
      await db.schema
        .alterTable('delivery')
        .addColumn('resent', 'bigint', (column) => column.notNull().defaultTo(0))
        .execute()
    },
  },
  '2026-11-28-delivery-ledger-1': {
    up: async (db) => {
      // The oldest messages are let go of day by day.
      await db.schema.createIndex('deliveryCreated').on('delivery').column('createdAt').execute()
      // A number that was given once is not free again when its subscription is gone.
      await db.schema
        .createTable('givenNumber')
        .addColumn('team', 'bigint', (column) => column.primaryKey())
        .addColumn('last', 'bigint', (column) => column.notNull())
        .execute()
      await db
        .insertInto('givenNumber')
        .columns(['team', 'last'])
        .expression(
          db
            .selectFrom('subscription')
            .select((row) => ['team', row.fn.max('number').as('last')])
            .groupBy('team'),
        )
        .execute()
    },
  },
}
