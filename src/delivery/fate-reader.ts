import type { Database, Reads } from '../base/database/database.ts'
import { PUBLIC, type TeamId } from '../base/scope.ts'
import { type AlertFault, alertFaults } from './alert-faults.ts'
import { partsIn, partsOfAlert } from './alert-parts.ts'
import type { Delivery, DeliveryId, Place } from './delivery.ts'
import { deliveryOf } from './delivery-row.ts'
import { type SettledSlot, settledSlots } from './slot-store.ts'
import { correctionsOf } from './standing.ts'
import type { Subscription, SubscriptionId } from './subscription.ts'
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
    messageOf: (team: TeamId, id: DeliveryId): Promise<Delivery | null> => messageOf(db.reads, team, id),

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

    /** The alerts that a place should have and could not be written, the newest first. */
    faultsIn: (place: Place, atMost: number): Promise<readonly AlertFault[]> => alertFaults(db).in(place, atMost),

    /** By which subscriptions of its channel an alert came. */
    wantedBy: async ({ id, team }: Pick<Delivery, 'id' | 'team'>): Promise<readonly SubscriptionId[]> => [
      ...new Set((await partsIn(db.reads, team, [id])).flatMap(({ wantedBy }) => wantedBy)),
    ],

    /** The message in which a subscription gets what it wants of an alert; `null` if there is none. */
    alertFor: async ({ id, team }: Pick<Subscription, 'id' | 'team'>, alert: DeliveryId): Promise<Delivery | null> => {
      const parts = await partsOfAlert(db.reads, { alert, team })
      // What each subscription wanted is not kept for ever.
      if (parts.length === 0) return await messageOf(db.reads, team, alert)
      const part = parts.find(({ wantedBy }) => wantedBy.includes(id))
      return part === undefined ? null : await messageOf(db.reads, team, part.delivery)
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

async function messageOf(reads: Reads, team: TeamId, id: DeliveryId): Promise<Delivery | null> {
  const row = await reads
    .selectFrom('delivery')
    .selectAll()
    .where('id', '=', id)
    .where('team', '=', team)
    .executeTakeFirst()
  return row === undefined ? null : deliveryOf(row)
}

export type FateReader = ReturnType<typeof fateReader>
