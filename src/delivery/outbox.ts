import type { Database, Writes } from '../base/database/database.ts'
import type { TeamId } from '../base/scope.ts'
import type { Block } from '../chat/blocks.ts'
import { directMessageTo } from '../chat/messenger.ts'
import type { Platform } from '../chat/request.ts'
import type { Amends, Delivery, DeliveryId, DeliveryState } from './delivery.ts'
import { amendsColumns, type DeliveryTable, deliveryOf } from './delivery-row.ts'
import { headsOf } from './heads-of.ts'

/** What a tick lets go of at most; the next one follows soon. */
const HELD_AT_ONCE = 2_000

/** A message that may leave, and whether its channel took one lately. */
export type OpenDelivery = Delivery & { readonly isProven: boolean }

/** A channel that took a message within this time is likely to take the next one. */
const LATELY_MS = 7 * 86_400_000

type Later = {
  readonly at: Date
  readonly notBefore: Date
  readonly code: string
  /** Why it waits, in the platform's words for people, where it gave any. */
  readonly explanation?: string | undefined
}

/** What the sender reads and writes. Each change of state is one transaction. */
export function outbox(db: Database) {
  return {
    transaction: db.transaction,

    /**
     * What may leave now: the first message of each channel (notices, alerts, digests, each the oldest
     * first), unless the platform asked that channel to wait. Teams take turns within a rank.
     */
    open: async (platform: Platform, at: Date, atMost: number): Promise<readonly OpenDelivery[]> => {
      const now = at.getTime()
      const rows = await headsOf(db.reads, platform, at)
        .selectAll()
        .select((head) =>
          head
            .exists(
              head
                .selectFrom('delivery as before')
                .select('before.id')
                .whereRef('before.channel', '=', 'head.channel')
                .whereRef('before.team', '=', 'head.team')
                .where('before.platform', '=', platform)
                .where('before.createdAt', '>', now - LATELY_MS)
                .where('before.state', '=', 'sent'),
            )
            .as('isProven'),
        )
        .where('inChannel', '=', 1)
        .where('waitsUntil', '<=', now)
        .where('restsUntil', '<=', now)
        .orderBy('rank')
        .orderBy('inTeam')
        .orderBy('createdAt')
        .orderBy('id')
        .limit(atMost)
        .execute()
      return rows.map((row) => ({ ...deliveryOf(row), isProven: Boolean(row.isProven) && row.refusals === 0 }))
    },

    /** When the next message is to be sent or looked for; `null` if none is open. */
    nextAt: async (platform: Platform, at: Date): Promise<Date | null> => {
      const row = await headsOf(db.reads, platform, at)
        .select((head) =>
          head.fn
            .min<number | null>(
              head
                .case()
                .when('restsUntil', '>', head.ref('waitsUntil'))
                .then(head.ref('restsUntil'))
                .else(head.ref('waitsUntil'))
                .end(),
            )
            .as('at'),
        )
        .where('inChannel', '=', 1)
        .executeTakeFirst()
      return row?.at === null || row === undefined ? null : new Date(row.at)
    },

    /**
     * Said before a post is tried, so that a crash in between is known: whoever finds it looks for it at `lookAt`. The
     * message as it stands; `null` if it is no more as it was seen: of several processes one gets it.
     */
    begin: (
      seen: Pick<Delivery, 'id' | 'tries' | 'notBefore'>,
      { at, lookAt }: { readonly at: Date; readonly lookAt: Date },
    ): Promise<Delivery | null> =>
      db.transaction(async (tx) => {
        const row = await tx
          .updateTable('delivery')
          .set((row) => ({
            state: 'sending',
            sendingSince: at.getTime(),
            triedSince: row.fn.coalesce('triedSince', row.val(at.getTime())),
            firstTriedAt: row.fn.coalesce('firstTriedAt', row.val(at.getTime())),
            ...{ notBefore: lookAt.getTime(), waitsSince: at.getTime() },
            looks: 0,
            tries: row('tries', '+', 1),
          }))
          .where('id', '=', seen.id)
          .where('state', 'in', ['due', 'sending'])
          .where('tries', '=', seen.tries)
          .where('notBefore', '=', seen.notBefore.getTime())
          .returningAll()
          .executeTakeFirst()
        return row === undefined ? null : deliveryOf(row)
      }),

    sent: (id: DeliveryId, receipt: string, at: Date) =>
      db.transaction((tx) =>
        change(tx, id, { state: 'sent', receipt, code: null, explanation: null, sentAt: at.getTime() }),
      ),

    /** Not there for certain: to be posted (again) at `notBefore`. */
    postpone: (id: DeliveryId, later: Later) =>
      db.transaction((tx) => changeOpen(tx, id, { ...NOTHING_THERE, ...waitOf(later), state: 'due' })),

    /** Maybe there: to be looked for at `notBefore`. */
    lookLater: (id: DeliveryId, later: Later): Promise<void> =>
      db.transaction(async (tx) => {
        await openOf(tx, id)
          .set((row) => ({ ...waitOf(later), looks: row('looks', '+', 1) }))
          .execute()
      }),

    /** Begun while the clock was ahead: from now on it counts anew. */
    beganNow: (id: DeliveryId, later: Later) =>
      db.transaction((tx) => changeOpen(tx, id, { ...waitOf(later), sendingSince: later.at.getTime() })),

    /** Refused, to be tried again: counts towards giving up. Where parts of it stand, somebody looks first which. */
    refusedOnce: (id: DeliveryId, later: Later, isPartThere = false): Promise<void> =>
      db.transaction(async (tx) => {
        await openOf(tx, id)
          .set((row) => ({
            ...waitOf(later),
            ...(isPartThere ? {} : NOTHING_THERE),
            state: 'due',
            refusals: row('refusals', '+', 1),
          }))
          .execute()
      }),

    /** The platform does not edit it: what is put right is said below it, as a message of its own from here on. */
    replyInstead: (
      id: DeliveryId,
      { at, amends, blocks }: { readonly at: Date; readonly amends: Amends; readonly blocks: readonly Block[] },
      notBefore: (tx: Writes) => Promise<Date>,
    ): Promise<void> =>
      db.transaction(async (tx) => {
        await openOf(tx, id)
          .set({
            ...amendsColumns({ ...amends, way: 'reply' }),
            ...{ blocks: JSON.stringify(blocks), state: 'due', tries: 0, refusals: 0, firstTriedAt: null },
            ...{ ...NOTHING_THERE, notBefore: (await notBefore(tx)).getTime(), waitsSince: at.getTime() },
          })
          .execute()
      }),

    /**
     * What a person found out about a message of which nobody knew: that it is there, or that it is missing, so that
     * it is sent as if it had never been tried. `false` if its fate is known.
     */
    settle: (id: DeliveryId, found: 'there' | 'missing', at: Date): Promise<boolean> =>
      db.transaction(async (tx) => {
        const { numUpdatedRows } = await tx
          .updateTable('delivery')
          .set((row) =>
            found === 'there'
              ? { state: 'sent', sentAt: row.ref('sendingSince'), explanation: null }
              : {
                  ...NOTHING_THERE,
                  ...{ state: 'due', code: null, explanation: null, refusals: 0, tries: 0, firstTriedAt: null },
                  ...{ notBefore: at.getTime(), waitsSince: at.getTime(), resent: row('resent', '+', 1) },
                },
          )
          .where('id', '=', id)
          .where('state', '=', 'unknown')
          .executeTakeFirst()
        return numUpdatedRows > 0n
      }),

    /** The end without a message; what else has to be written at once comes in `also`. */
    giveUp: (
      id: DeliveryId,
      state: 'refused' | 'unknown',
      { code, explanation = null }: { readonly code: string; readonly explanation?: string | null },
      also?: (tx: Writes) => Promise<void>,
    ) =>
      db.transaction(async (tx) => {
        const { numUpdatedRows } = await openOf(tx, id)
          // What was to be looked for later is not: whoever owes it again finds it free.
          .set((row) => ({ state, code, explanation, notBefore: row.fn.coalesce('sendingSince', 'notBefore') }))
          .executeTakeFirst()
        if (numUpdatedRows > 0n) await also?.(tx)
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

    /** Takes away what a team, or one person in private, got or is owed. */
    forget: async (tx: Writes, whose: { readonly team: TeamId } | { readonly member: string }): Promise<number> => {
      const ids = tx.selectFrom('delivery').select('id')
      const theirs =
        'team' in whose ? ids.where('team', '=', whose.team) : ids.where('channel', '=', directMessageTo(whose.member))
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

const NOTHING_THERE = { sendingSince: null, triedSince: null }

function waitOf({ at, notBefore, code, explanation }: Later) {
  return { notBefore: notBefore.getTime(), waitsSince: at.getTime(), code, explanation: explanation ?? null }
}

type Change = Partial<
  Pick<
    DeliveryTable,
    'state' | 'receipt' | 'code' | 'explanation' | 'sentAt' | 'notBefore' | 'waitsSince' | 'sendingSince' | 'triedSince'
  >
>

async function change(tx: Writes, id: DeliveryId, values: Change): Promise<void> {
  await tx.updateTable('delivery').set(values).where('id', '=', id).execute()
}

/** Once its fate is known, whoever comes late changes nothing. */
async function changeOpen(tx: Writes, id: DeliveryId, values: Change): Promise<void> {
  await openOf(tx, id).set(values).execute()
}

function openOf(tx: Writes, id: DeliveryId) {
  return tx.updateTable('delivery').where('id', '=', id).where('state', 'in', ['due', 'sending'])
}
