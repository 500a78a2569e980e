import type { Database } from '../base/database/database.ts'
import { PUBLIC, type TeamId } from '../base/scope.ts'
import type { Delivery, DeliveryId } from './delivery.ts'
import { deliveryOf, type Place } from './outbox.ts'
import { type SettledSlot, settledSlots } from './slot-store.ts'
import { correctionsOf } from './standing.ts'
import type { SubscriptionId } from './subscription.ts'
import { type Asker, ownOf } from './subscription-store.ts'

/** What became of what was promised, for whoever asks why; who may see it, the asker decides. */
export function fateReader(db: Database) {
  return {
    /** The slot of that day and name; `null` if it was never dealt with. */
    slot: async (subscription: SubscriptionId, on: string, name: string): Promise<SettledSlot | null> =>
      (await settledSlots(db.reads, subscription, { on, name }))[0] ?? null,

    /** The newest first. */
    slots: (subscription: SubscriptionId, atMost: number): Promise<readonly SettledSlot[]> =>
      settledSlots(db.reads, subscription, { atMost }),

    /** Of the asker's team; outside any team, what came of a subscription that the asker made, by itself or with others. */
    message: async (id: DeliveryId, asker: Asker): Promise<Delivery | null> => {
      const own = db.reads
        .selectFrom('subscription')
        .select('id')
        .where((row) => row.and(ownOf(asker)))
      const together = db.reads
        .selectFrom('delivery as one')
        .select('one.bundle')
        .where('one.bundle', '=', id)
        .where('one.subscription', 'in', own)
      const row = await db.reads
        .selectFrom('delivery')
        .selectAll()
        .where('id', '=', id)
        .where((row) =>
          row.or([
            row('team', '=', asker.team),
            ...(asker.team === PUBLIC ? [row('subscription', 'in', own), row('id', 'in', together)] : []),
          ]),
        )
        .executeTakeFirst()
      return row === undefined ? null : deliveryOf(row)
    },

    /** Of one team, for what its slots and alerts led to. */
    messageOf: async (team: TeamId, id: DeliveryId): Promise<Delivery | null> => {
      const row = await db.reads
        .selectFrom('delivery')
        .selectAll()
        .where('id', '=', id)
        .where('team', '=', team)
        .executeTakeFirst()
      return row === undefined ? null : deliveryOf(row)
    },

    /** What left in one message, the oldest first. */
    bundledIn: async (id: DeliveryId, team: TeamId): Promise<readonly Delivery[]> => {
      const rows = await db.reads
        .selectFrom('delivery')
        .selectAll()
        .where('bundle', '=', id)
        .where('team', '=', team)
        .orderBy('createdAt')
        .orderBy('id')
        .execute()
      return rows.map(deliveryOf)
    },

    /** What was owed to put a message right, the oldest first. */
    correctionsOf: async ({ id, team }: Pick<Delivery, 'id' | 'team'>): Promise<readonly Delivery[]> =>
      (await correctionsOf(db.reads, id)).filter((one) => one.team === team),

    /** What came to be owed to a place, without what put such messages right, the newest first. */
    messagesIn: async ({ team, platform, channel }: Place, atMost: number): Promise<readonly Delivery[]> => {
      const rows = await db.reads
        .selectFrom('delivery')
        .selectAll()
        .where('channel', '=', channel)
        .where('platform', '=', platform)
        .where('team', '=', team)
        .where('kind', '!=', 'correction')
        .orderBy('createdAt', 'desc')
        .orderBy('id')
        .limit(atMost)
        .execute()
      return rows.map(deliveryOf)
    },
  }
}

export type FateReader = ReturnType<typeof fateReader>
