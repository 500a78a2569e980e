import type { Selectable } from 'kysely'
import type { Database, Writes } from '../base/database/database.ts'
import type { TeamId } from '../base/scope.ts'
import type { Told } from '../brief/told.ts'
import type { Block } from '../chat/blocks.ts'
import type { Platform } from '../chat/request.ts'
import type { Amends, Delivery, DeliveryId, DeliveryState } from './delivery.ts'
import { headsOf } from './heads-of.ts'
import type { SubscriptionId } from './subscription.ts'
import { writeTold } from './told-store.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    delivery: DeliveryTable
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
  triedSince: number | null
  looks: number
  receipt: string | null
  code: string | null
  explanation: string | null
  bundle: string | null
  brief: string | null
  /** Of a correction: the message that it puts right. */
  amends: string | null
  /** JSON: the rest of `Amends`. */
  amended: string | null
  createdAt: number
  sentAt: number | null
}

export type NewDelivery = Pick<
  Delivery,
  'id' | 'team' | 'platform' | 'channel' | 'subscription' | 'kind' | 'blocks'
> & {
  readonly brief?: string
  readonly amends?: Amends
  /** By which statements it is found once one of them turns out to be otherwise. */
  readonly tells?: readonly Told[]
}

const RANK: Readonly<Record<Delivery['kind'], number>> = { notice: 0, alert: 1, digest: 2, correction: 3 }

/** Why and until when a message waits from the beginning. */
export type Wait = { readonly notBefore: Date; readonly heldFor?: string }

/** Puts a message on the list, in the transaction that owes it; `false` if it was owed already. */
export async function owe(
  tx: Writes,
  { tells = [], brief, amends, ...message }: NewDelivery,
  at: Date,
  wait?: Wait,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('delivery')
    .values({
      ...message,
      ...{ brief: brief ?? null, ...amendsColumns(amends ?? null) },
      blocks: JSON.stringify(message.blocks),
      rank: RANK[message.kind],
      state: wait?.heldFor === undefined ? 'due' : 'held',
      tries: 0,
      refusals: 0,
      notBefore: (wait?.notBefore ?? at).getTime(),
      sendingSince: null,
      triedSince: null,
      looks: 0,
      receipt: null,
      code: wait?.heldFor ?? null,
      explanation: null,
      bundle: null,
      createdAt: at.getTime(),
      sentAt: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  const isNew = (numInsertedOrUpdatedRows ?? 0n) > 0n
  if (isNew && tells.length > 0) await writeTold(tx, message, tells)
  return isNew
}

function amendsColumns(amends: Amends | null): Pick<DeliveryTable, 'amends' | 'amended'> {
  if (amends === null) return { amends: null, amended: null }
  const { post, ...amended } = amends
  return { amends: post, amended: JSON.stringify(amended) }
}

/** A channel of a team, on its platform. */
export type Place = Pick<Delivery, 'team' | 'platform' | 'channel'>

/** Takes what a place or a subscription is still owed off the list. */
export async function refuseOpen(
  tx: Writes,
  of: Place | { readonly subscription: SubscriptionId },
  code: string,
): Promise<void> {
  const open = tx.updateTable('delivery').set({ state: 'refused', code }).where('state', 'in', ['due', 'held'])
  const meant =
    'subscription' in of
      ? open.where('subscription', '=', of.subscription)
      : open.where('channel', '=', of.channel).where('platform', '=', of.platform).where('team', '=', of.team)
  await meant.execute()
}

/** What a tick lets go of at most; the next one follows soon. */
const HELD_AT_ONCE = 2_000

/** What the sender reads and writes. Each change of state is one transaction. */
export function outbox(db: Database) {
  return {
    /**
     * What may leave now: the first message of each channel (notices, alerts, digests, each the oldest
     * first), unless the platform asked that channel to wait. Teams take turns within a rank.
     */
    open: async (platform: Platform, at: Date, atMost: number): Promise<readonly Delivery[]> => {
      const now = at.getTime()
      const rows = await headsOf(db.reads, platform)
        .selectAll()
        .where('inChannel', '=', 1)
        .where('notBefore', '<=', now)
        .where('restsUntil', '<=', now)
        .orderBy('rank')
        .orderBy('inTeam')
        .orderBy('createdAt')
        .orderBy('id')
        .limit(atMost)
        .execute()
      return rows.map(deliveryOf)
    },

    /** When the next message is to be sent or looked for; `null` if none is open. */
    nextAt: async (platform: Platform): Promise<Date | null> => {
      const row = await headsOf(db.reads, platform)
        .select((head) =>
          head.fn
            .min<number | null>(
              head
                .case()
                .when('restsUntil', '>', head.ref('notBefore'))
                .then(head.ref('restsUntil'))
                .else(head.ref('notBefore'))
                .end(),
            )
            .as('at'),
        )
        .where('inChannel', '=', 1)
        .executeTakeFirst()
      return row?.at === null || row === undefined ? null : new Date(row.at)
    },

    /** Said before a post is tried, so that a crash in between is known. The message as it stands; `null` if it is owed no more. */
    begin: (id: DeliveryId, at: Date): Promise<Delivery | null> =>
      db.transaction(async (tx) => {
        const row = await tx
          .updateTable('delivery')
          .set((row) => ({
            state: 'sending',
            sendingSince: at.getTime(),
            triedSince: row.fn.coalesce('triedSince', row.val(at.getTime())),
            looks: 0,
            tries: row('tries', '+', 1),
          }))
          .where('id', '=', id)
          .where('state', 'in', ['due', 'sending'])
          .returningAll()
          .executeTakeFirst()
        return row === undefined ? null : deliveryOf(row)
      }),

    sent: (id: DeliveryId, receipt: string, at: Date) =>
      db.transaction((tx) => change(tx, id, { state: 'sent', receipt, code: null, sentAt: at.getTime() })),

    /** Not there for certain: to be posted (again) at `notBefore`. */
    postpone: (id: DeliveryId, { notBefore, code }: { notBefore: Date; code: string }) =>
      db.transaction((tx) =>
        change(tx, id, { state: 'due', sendingSince: null, triedSince: null, notBefore: notBefore.getTime(), code }),
      ),

    /** Maybe there: stays `sending`, to be looked for at `notBefore`. */
    lookLater: (id: DeliveryId, { notBefore, code }: { notBefore: Date; code: string }): Promise<void> =>
      db.transaction(async (tx) => {
        await tx
          .updateTable('delivery')
          .set((row) => ({ notBefore: notBefore.getTime(), code, looks: row('looks', '+', 1) }))
          .where('id', '=', id)
          .execute()
      }),

    /** Refused, to be tried again: counts towards giving up. */
    refusedOnce: (id: DeliveryId, { notBefore, code }: { notBefore: Date; code: string }): Promise<void> =>
      db.transaction(async (tx) => {
        await change(tx, id, {
          state: 'due',
          sendingSince: null,
          triedSince: null,
          notBefore: notBefore.getTime(),
          code,
        })
        await tx
          .updateTable('delivery')
          .set((row) => ({ refusals: row('refusals', '+', 1) }))
          .where('id', '=', id)
          .execute()
      }),

    /** The platform does not edit it: what is put right is said below it, as a message of its own from here on. */
    replyInstead: (
      id: DeliveryId,
      { amends, blocks }: { readonly amends: Amends; readonly blocks: readonly Block[] },
      notBefore: (tx: Writes) => Promise<Date>,
    ): Promise<void> =>
      db.transaction(async (tx) => {
        await tx
          .updateTable('delivery')
          .set({
            ...amendsColumns({ ...amends, way: 'reply' }),
            ...{ blocks: JSON.stringify(blocks), state: 'due', tries: 0, refusals: 0 },
            ...{ sendingSince: null, triedSince: null, notBefore: (await notBefore(tx)).getTime() },
          })
          .where('id', '=', id)
          .execute()
      }),

    /** The end without a message; what else has to be written at once comes in `also`. */
    giveUp: (
      id: DeliveryId,
      state: 'refused' | 'unknown',
      { code, explanation = null }: { readonly code: string; readonly explanation?: string | null },
      also?: (tx: Writes) => Promise<void>,
    ) =>
      db.transaction(async (tx) => {
        await change(tx, id, { state, code, explanation })
        await also?.(tx)
      }),

    /** What was held until now, over all channels, the oldest first. */
    heldUntil: async (at: Date): Promise<readonly Delivery[]> => {
      const rows = await db.reads
        .selectFrom('delivery')
        .selectAll()
        .where('state', '=', 'held')
        .where('notBefore', '<=', at.getTime())
        .orderBy('createdAt')
        .orderBy('id')
        .limit(HELD_AT_ONCE)
        .execute()
      return rows.map(deliveryOf)
    },

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

    /** How long the oldest message that should have left by `now` waits, in seconds, by platform. */
    oldestDue: async (now: Date): Promise<ReadonlyMap<Platform, number>> => {
      const rows = await db.reads
        .selectFrom('delivery')
        .select((row) => ['platform', row.fn.min('notBefore').as('since')])
        .where('state', 'in', ['due', 'sending'])
        .where('notBefore', '<=', now.getTime())
        .groupBy('platform')
        .execute()
      return new Map(rows.map(({ platform, since }) => [platform, (now.getTime() - since) / 1_000]))
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
      const ids = tx.selectFrom('delivery').select('id')
      const theirs =
        'team' in whose ? ids.where('team', '=', whose.team) : ids.where('subscription', '=', whose.subscription)
      const corrections = tx.selectFrom('delivery').select('id').where('amends', 'in', theirs)
      for (const some of [corrections, theirs]) {
        await tx.deleteFrom('toldStatement').where('delivery', 'in', some).execute()
        await tx.deleteFrom('amendment').where('delivery', 'in', some).execute()
      }
      const before = await tx.deleteFrom('delivery').where('id', 'in', corrections).executeTakeFirst()
      const rows = await tx.deleteFrom('delivery').where('id', 'in', theirs).executeTakeFirst()
      return Number(before.numDeletedRows + rows.numDeletedRows)
    },
  }
}

export type Outbox = ReturnType<typeof outbox>

async function change(
  tx: Writes,
  id: DeliveryId,
  values: Partial<
    Pick<
      DeliveryTable,
      'state' | 'receipt' | 'code' | 'explanation' | 'sentAt' | 'notBefore' | 'sendingSince' | 'triedSince'
    >
  >,
): Promise<void> {
  await tx.updateTable('delivery').set(values).where('id', '=', id).execute()
}

export function deliveryOf(row: Selectable<DeliveryTable>): Delivery {
  const { platform, channel, kind, state, tries, refusals, looks, receipt, code, explanation } = row
  return {
    ...{ platform, channel, kind, state, tries, refusals, looks, receipt, code, explanation },
    bundle: row.bundle as DeliveryId | null,
    brief: row.brief,
    amends: row.amends === null ? null : { post: row.amends as DeliveryId, ...JSON.parse(row.amended ?? '{}') },
    id: row.id as DeliveryId,
    team: row.team as TeamId,
    subscription: row.subscription as SubscriptionId | null,
    blocks: JSON.parse(row.blocks),
    notBefore: new Date(row.notBefore),
    sendingSince: row.sendingSince === null ? null : new Date(row.sendingSince),
    triedSince: row.triedSince === null ? null : new Date(row.triedSince),
    createdAt: new Date(row.createdAt),
    sentAt: row.sentAt === null ? null : new Date(row.sentAt),
  }
}
