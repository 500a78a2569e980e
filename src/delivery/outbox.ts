import type { Selectable } from 'kysely'
import type { Database, Writes } from '../base/database/database.ts'
import type { TeamId } from '../base/scope.ts'
import type { Platform } from '../chat/request.ts'
import type { Delivery, DeliveryId, DeliveryState, SlotFate } from './delivery.ts'
import type { SubscriptionId } from './subscription.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    delivery: DeliveryTable
    slot: SlotTable
  }
}

type DeliveryTable = {
  id: string
  team: number
  platform: Platform
  channel: string
  subscription: string | null
  kind: Delivery['kind']
  /** Alerts leave before digests. */
  rank: number
  blocks: string
  state: DeliveryState
  tries: number
  refusals: number
  notBefore: number
  sendingSince: number | null
  receipt: string | null
  code: string | null
  createdAt: number
  sentAt: number | null
}

type SlotTable = {
  subscription: string
  on: string
  name: string
  dueAt: number
  fate: SlotFate
  isLate: number
  delivery: string | null
  coversFrom: number
  coversUntil: number
}

export type NewDelivery = Pick<Delivery, 'id' | 'team' | 'platform' | 'channel' | 'subscription' | 'kind' | 'blocks'>

const RANK: Readonly<Record<Delivery['kind'], number>> = { notice: 0, alert: 1, digest: 2 }

/** Puts a message on the list, in the transaction that owes it; `false` if it was owed already. */
export async function owe(tx: Writes, message: NewDelivery, at: Date): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('delivery')
    .values({
      ...message,
      blocks: JSON.stringify(message.blocks),
      rank: RANK[message.kind],
      state: 'due',
      tries: 0,
      refusals: 0,
      notBefore: at.getTime(),
      sendingSince: null,
      receipt: null,
      code: null,
      createdAt: at.getTime(),
      sentAt: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Takes what a subscription is still owed off the list. */
export async function refuseOpen(tx: Writes, subscription: SubscriptionId, code: string): Promise<void> {
  await tx
    .updateTable('delivery')
    .set({ state: 'refused', code })
    .where('subscription', '=', subscription)
    .where('state', '=', 'due')
    .execute()
}

/** What the sender reads and writes. Each change of state is one transaction. */
export function outbox(db: Database) {
  return {
    /** To be sent, or to be looked for after a lost answer: notices, alerts, digests, each the oldest first. */
    open: async (platform: Platform, at: Date, atMost: number): Promise<readonly Delivery[]> => {
      const rows = await db.reads
        .selectFrom('delivery')
        .selectAll()
        .where('platform', '=', platform)
        .where('state', 'in', ['due', 'sending'])
        .where('notBefore', '<=', at.getTime())
        .orderBy('rank')
        .orderBy('createdAt')
        .orderBy('id')
        .limit(atMost)
        .execute()
      return rows.map(deliveryOf)
    },

    /** How many are to be sent or looked for by then. */
    openUntil: async (platform: Platform, at: Date): Promise<number> => {
      const row = await db.reads
        .selectFrom('delivery')
        .select((delivery) => delivery.fn.countAll<number>().as('count'))
        .where('platform', '=', platform)
        .where('state', 'in', ['due', 'sending'])
        .where('notBefore', '<=', at.getTime())
        .executeTakeFirst()
      return row?.count ?? 0
    },

    /** Said before a post is tried, so that a crash in between is known. */
    begin: (id: DeliveryId, at: Date): Promise<void> =>
      db.transaction(async (tx) => {
        await tx
          .updateTable('delivery')
          .set((row) => ({ state: 'sending', sendingSince: at.getTime(), tries: row('tries', '+', 1) }))
          .where('id', '=', id)
          .execute()
      }),

    sent: (id: DeliveryId, receipt: string, at: Date) =>
      db.transaction((tx) => change(tx, id, { state: 'sent', receipt, code: null, sentAt: at.getTime() })),

    /** Not there for certain: to be posted (again) at `notBefore`. */
    postpone: (id: DeliveryId, { notBefore, code }: { notBefore: Date; code: string }) =>
      db.transaction((tx) =>
        change(tx, id, { state: 'due', sendingSince: null, notBefore: notBefore.getTime(), code }),
      ),

    /** Maybe there: stays `sending`, to be looked for at `notBefore`. */
    lookLater: (id: DeliveryId, { notBefore, code }: { notBefore: Date; code: string }) =>
      db.transaction((tx) => change(tx, id, { notBefore: notBefore.getTime(), code })),

    /** Refused, to be tried again: counts towards giving up. */
    refusedOnce: (id: DeliveryId, { notBefore, code }: { notBefore: Date; code: string }): Promise<void> =>
      db.transaction(async (tx) => {
        await change(tx, id, { state: 'due', sendingSince: null, notBefore: notBefore.getTime(), code })
        await tx
          .updateTable('delivery')
          .set((row) => ({ refusals: row('refusals', '+', 1) }))
          .where('id', '=', id)
          .execute()
      }),

    /** The end without a message; what else has to be written at once comes in `also`. */
    giveUp: (id: DeliveryId, state: 'refused' | 'unknown', code: string, also?: (tx: Writes) => Promise<void>) =>
      db.transaction(async (tx) => {
        await change(tx, id, { state, code })
        await also?.(tx)
      }),

    /** A team's latest messages, the newest first: for people who ask why, or whether. */
    recent: async (team: TeamId, atMost: number): Promise<readonly Delivery[]> => {
      const rows = await db.reads
        .selectFrom('delivery')
        .selectAll()
        .where('team', '=', team)
        .orderBy('createdAt', 'desc')
        .limit(atMost)
        .execute()
      return rows.map(deliveryOf)
    },

    /** How many messages are in which state: for the doctor and the metrics. */
    counts: async (): Promise<ReadonlyMap<DeliveryState, number>> => {
      const rows = await db.reads
        .selectFrom('delivery')
        .select((row) => ['state', row.fn.countAll<number>().as('count')])
        .groupBy('state')
        .execute()
      return new Map(rows.map((row) => [row.state, row.count]))
    },

    forget: async (
      tx: Writes,
      whose: { readonly team: TeamId } | { readonly subscription: SubscriptionId },
    ): Promise<number> => {
      const rows = tx.deleteFrom('delivery')
      const theirs =
        'team' in whose ? rows.where('team', '=', whose.team) : rows.where('subscription', '=', whose.subscription)
      return Number((await theirs.executeTakeFirst()).numDeletedRows)
    },
  }
}

export type Outbox = ReturnType<typeof outbox>

async function change(
  tx: Writes,
  id: DeliveryId,
  values: Partial<Pick<DeliveryTable, 'state' | 'receipt' | 'code' | 'sentAt' | 'notBefore' | 'sendingSince'>>,
): Promise<void> {
  await tx.updateTable('delivery').set(values).where('id', '=', id).execute()
}

function deliveryOf(row: Selectable<DeliveryTable>): Delivery {
  const { rank: _, ...rest } = row
  return {
    ...rest,
    id: row.id as DeliveryId,
    team: row.team as TeamId,
    subscription: row.subscription as SubscriptionId | null,
    blocks: JSON.parse(row.blocks),
    notBefore: new Date(row.notBefore),
    sendingSince: row.sendingSince === null ? null : new Date(row.sendingSince),
    createdAt: new Date(row.createdAt),
    sentAt: row.sentAt === null ? null : new Date(row.sentAt),
  }
}
