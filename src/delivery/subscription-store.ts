import type { Database, Reads, Writes } from '../base/database/database.ts'
import { keyOf } from '../base/id.ts'
import { PUBLIC, type TeamId, visibleTo } from '../base/scope.ts'
import type { Block } from '../chat/blocks.ts'
import { directMessageTo, partsOfPlace } from '../chat/messenger.ts'
import type { Request } from '../chat/request.ts'
import { uncover } from './cover-again.ts'
import { LEFT, type Place } from './delivery.ts'
import { nextSlots, type Slot, spanMs } from './due-slots.ts'
import { type Edited, editSubscription, pauseSubscription, resumeSubscription, undoEdit } from './edit-subscription.ts'
import { endOwed } from './end-owed.ts'
import { forgetNumbers, giveNumber } from './give-number.ts'
import { refuseOpen } from './owe.ts'
import { revive, tryAgain } from './revive-subscription.ts'
import { unsettled } from './slot-store.ts'
import {
  type AlertSubscription,
  type DigestSubscription,
  isPaused,
  type Subscription,
  type SubscriptionId,
} from './subscription.ts'
import { type SubscriptionRow, subscriptionOf, type Wish, wantedOf, wishKey } from './subscription-row.ts'

export type { Wish } from './subscription-row.ts'

/** More slots than this no day has that anybody asked for. */
const SLOTS_OF_A_DAY = 24

/** That the clock went back is seen at the next tick; what was recorded since then lies within this time. */
const SEEN_WITHIN_MS = 3_600_000

export function subscriptionStore(db: Database) {
  return {
    /** Keeps a wish; the same wish for the same place is kept once, and revives one that was stopped. */
    add: (wish: Wish, at: Date): Promise<Subscription> => db.transaction((tx) => insertOrRevive(tx, wish, at)),

    /** Ends one, and takes what is owed for it off the list; `false` if the team has none of that number. */
    remove: (team: TeamId, number: number, at: Date): Promise<boolean> =>
      db.transaction(async (tx) => {
        const row = await tx
          .updateTable('subscription')
          .set({ state: 'ended', endedAt: at.getTime() })
          .where('team', '=', team)
          .where('number', '=', number)
          .where('state', '!=', 'ended')
          .returning(['id', 'platform'])
          .executeTakeFirst()
        if (row === undefined) return false
        await endOwed(tx, { id: row.id as SubscriptionId, team, platform: row.platform }, at)
        return true
      }),

    /** Takes back an unsubscription: the very subscription goes on as it was, where it was. */
    revive: (id: SubscriptionId, at: Date): Promise<boolean> => db.transaction((tx) => revive(tx, id, at)),

    /** Tries a place again that had refused: its subscription goes on, and `line` is owed to it, which shows whether it does. */
    again: (id: SubscriptionId, line: readonly Block[], at: Date): Promise<boolean> =>
      db.transaction((tx) => tryAgain(tx, id, line, at)),

    /** Makes it what `wish` says; its number, its undo and how far its digests have come stay. */
    edit: (id: SubscriptionId, wish: Wish, at: Date): Promise<Edited> =>
      db.transaction((tx) => editSubscription(tx, id, wish, at)),

    /** Takes back that very edit; `null` if another came after it, or none was made. */
    undoEdit: (id: SubscriptionId, number: number, at: Date): Promise<Edited | null> =>
      db.transaction((tx) => undoEdit(tx, id, number, at)),

    /** Lets it rest; `null`: until `resume`. */
    pause: (id: SubscriptionId, until: Date | null, at: Date): Promise<void> =>
      db.transaction((tx) => pauseSubscription(tx, id, until, at)),

    /** Ends its rest; `false` if there is none. */
    resume: (id: SubscriptionId, at: Date): Promise<boolean> => db.transaction((tx) => resumeSubscription(tx, id, at)),

    /** Keeps all these wishes, or none. */
    addAll: (wishes: readonly Wish[], at: Date): Promise<void> =>
      db.transaction(async (tx) => {
        for (const wish of wishes) await insertOrRevive(tx, wish, at)
      }),

    /** The next of its slots that will be dealt with: what an edit makes of a slot that was is no new promise. */
    nextSlots: async (subscription: DigestSubscription, after: Date, count: number): Promise<readonly Slot[]> => {
      const ahead = nextSlots(subscription.schedule, after, count + SLOTS_OF_A_DAY)
      return (await unsettled(db.reads, subscription.id, ahead)).slice(0, count)
    },

    /** A team's subscriptions, in the order in which they were made; those of one channel, its threads included, if it is given. */
    list: async (team: TeamId, channel?: string): Promise<readonly Subscription[]> => {
      const rows = await listed(db.reads, team, channel).where('state', '!=', 'ended').execute()
      return rows.map(subscriptionOf)
    },

    /**
     * What one person made, wherever it goes, in the order in which it was made: in the asker's team. Outside any
     * team, where private messages on Discord are, what they made in any.
     */
    listOf: async (asker: Asker): Promise<readonly Subscription[]> => {
      const own = db.reads
        .selectFrom('subscription')
        .selectAll()
        .where((row) => row.and(ownOf(asker)))
        .where('state', '!=', 'ended')
        .orderBy('team')
        .orderBy('number')
      const rows = asker.team === PUBLIC ? own : own.where('team', '=', asker.team)
      return (await rows.execute()).map(subscriptionOf)
    },

    /** `list` with those that were ended and are still kept. */
    listAll: async (team: TeamId, channel?: string): Promise<readonly Subscription[]> =>
      (await listed(db.reads, team, channel).execute()).map(subscriptionOf),

    /**
     * By its id: of the asker's team. Outside any team, where private messages on Discord are, whoever made
     * it finds it too.
     */
    get: async (id: SubscriptionId, asker: Asker): Promise<Subscription | null> => {
      const row = await db.reads
        .selectFrom('subscription')
        .selectAll()
        .where('id', '=', id)
        .where((row) =>
          row.or([row('team', '=', asker.team), ...(asker.team === PUBLIC ? [row.and(ownOf(asker))] : [])]),
        )
        .executeTakeFirst()
      return row === undefined ? null : subscriptionOf(row)
    },

    /** Lets go of what was ended before that instant: nobody undoes it any more. */
    dropEndedBefore: (at: Date): Promise<void> =>
      db.transaction(async (tx) => {
        await tx.deleteFrom('subscription').where('state', '=', 'ended').where('endedAt', '<', at.getTime()).execute()
      }),

    /**
     * For the service's own work: the active digests, and how far each has come. A mark that lies
     * ahead of the clock was made while the clock was wrong, and is set back.
     */
    activeDigests: async (now: Date): Promise<readonly (DigestSubscription & Progress)[]> => {
      let rows = await activeOf(db.reads, 'digest', now)
      if (rows.some(({ checkedUntil, coveredUntil }) => Math.max(checkedUntil, coveredUntil) > now.getTime())) {
        await db.transaction((tx) => rewind(tx, now))
        rows = await activeOf(db.reads, 'digest', now)
      }
      return rows.map((row) => ({
        ...(subscriptionOf(row) as DigestSubscription),
        // What came due while it rested was not missed.
        checkedUntil: new Date(Math.max(row.checkedUntil, row.pausedUntil ?? 0)),
        coveredUntil: new Date(row.coveredUntil),
        wish: row.wish,
      }))
    },

    /** For the service's own work: who may have to be alerted. */
    activeAlerts: async (now: Date): Promise<readonly AlertSubscription[]> =>
      (await activeOf(db.reads, 'alerts', now)).map((row) => subscriptionOf(row) as AlertSubscription),

    /** Those whose place refused after `since`: what they want is kept until somebody checks it again. */
    stoppedAlerts: async (since: Date): Promise<readonly AlertSubscription[]> => {
      // For a team that has left nothing is written.
      const left = db.reads.selectFrom('team').select('id').where('leftAt', 'is not', null)
      const rows = await db.reads
        .selectFrom('subscription')
        .selectAll()
        .where('kind', '=', 'alerts')
        .where('state', '=', 'stopped')
        .where('endedAt', '>', since.getTime())
        .where('team', 'not in', left)
        .orderBy('createdAt')
        .execute()
      return rows.map((row) => subscriptionOf(row) as AlertSubscription)
    },

    /**
     * The bot was removed from a team: ends all that it is subscribed to, with the reason, and takes off the list what
     * it is owed. What digests would have told of is in the next one, if it comes back.
     */
    stopAll: (team: TeamId, explanation: string, at: Date): Promise<void> =>
      db.transaction(async (tx) => {
        const stopped = await tx
          .updateTable('subscription')
          .set({ state: 'stopped', explanation, endedAt: at.getTime() })
          .where('team', '=', team)
          .where('state', '=', 'active')
          .returning('id')
          .execute()
        await refuseOpen(tx, { team }, LEFT)
        await uncover(
          tx,
          stopped.map(({ id }) => id as SubscriptionId),
        )
      }),

    /** Takes away all that a team asked for. */
    forget: async (tx: Writes, team: TeamId): Promise<number> => {
      await forgetNumbers(tx, team)
      return Number((await tx.deleteFrom('subscription').where('team', '=', team).executeTakeFirst()).numDeletedRows)
    },

    /** Takes away all that one person asked for, or gets in private; what is still owed for it leaves no more. */
    forgetMember: async (tx: Writes, member: string, at: Date): Promise<number> => {
      const gone = await tx
        .deleteFrom('subscription')
        .where((row) => row.or([row('createdBy', '=', member), row('channel', '=', directMessageTo(member))]))
        .returning(['id', 'team', 'platform'])
        .execute()
      for (const { id, team, platform } of gone) {
        await endOwed(tx, { id: id as SubscriptionId, team: team as TeamId, platform }, at, { forGood: true })
      }
      return gone.length
    },
  }
}

/** Who asks, as the door vouches for it. */
export type Asker = Pick<Request, 'team' | 'platform' | 'member'>

/** Columns of what somebody made. */
export function ownOf({ platform, member }: Asker) {
  return { platform, createdBy: member.id }
}

export type SubscriptionStore = ReturnType<typeof subscriptionStore>

/** How far a digest has come, and what it was when that was read. */
export type Progress = { readonly checkedUntil: Date; readonly coveredUntil: Date; readonly wish: string }

/** Whether it is still what it was, goes on and does not rest: a person may have changed it meanwhile. */
export async function isAsRead(
  tx: Writes,
  { id, wish }: Pick<Subscription, 'id'> & Pick<Progress, 'wish'>,
  at: Date,
): Promise<boolean> {
  const row = await tx.selectFrom('subscription').selectAll().where('id', '=', id).executeTakeFirst()
  return row !== undefined && row.wish === wish && row.state === 'active' && !isPaused(subscriptionOf(row), at)
}

/** Ends what stands in a place that refuses for good; the rows stay, with the reason. Those that had not ended before. */
export async function stopPlace(
  tx: Writes,
  { team, platform, channel }: Place,
  { explanation, at }: { readonly explanation: string; readonly at: Date },
): Promise<readonly Subscription[]> {
  const rows = await tx
    .updateTable('subscription')
    .set({ state: 'stopped', explanation, endedAt: at.getTime() })
    .where('team', '=', team)
    .where('platform', '=', platform)
    .where('channel', '=', channel)
    .where('state', '=', 'active')
    .returningAll()
    .execute()
  return rows.map(subscriptionOf).toSorted((one, other) => one.number - other.number)
}

/** Slots and statements that were dealt with are known by their rows, so a little too far back repeats nothing. */
async function rewind(tx: Writes, now: Date): Promise<void> {
  const [at, before] = [now.getTime(), now.getTime() - SEEN_WITHIN_MS]
  await tx.updateTable('subscription').set({ checkedUntil: at }).where('checkedUntil', '>', at).execute()
  await tx.updateTable('subscription').set({ coveredUntil: before }).where('coveredUntil', '>', at).execute()
}

/** Moves a digest on; neither mark goes back by this. */
export async function advance(tx: Writes, id: SubscriptionId, to: Partial<Omit<Progress, 'wish'>>): Promise<void> {
  if (to.checkedUntil !== undefined) {
    const checkedUntil = to.checkedUntil.getTime()
    await tx
      .updateTable('subscription')
      .set({ checkedUntil })
      .where('id', '=', id)
      .where('checkedUntil', '<', checkedUntil)
      .execute()
  }
  if (to.coveredUntil !== undefined) {
    const coveredUntil = to.coveredUntil.getTime()
    await tx
      .updateTable('subscription')
      .set({ coveredUntil })
      .where('id', '=', id)
      .where('coveredUntil', '<', coveredUntil)
      .execute()
  }
}

async function insertOrRevive(tx: Writes, wish: Wish, at: Date): Promise<Subscription> {
  const { team, platform, createdBy } = wish
  const wanted = wantedOf(wish)
  const key = wishKey(wish, wanted)
  const alike = await tx
    .selectFrom('subscription')
    .selectAll()
    .where('team', '=', team)
    .where('wish', '=', key)
    .execute()
  const known = alike.find(({ state }) => state !== 'ended') ?? alike[0]
  if (known !== undefined && known.state !== 'ended') {
    const going = { state: 'active', explanation: null, endedAt: null } as const
    // What was due while it was stopped was not missed by us.
    const since = known.state === 'stopped' ? { checkedUntil: Math.max(known.checkedUntil, at.getTime()) } : {}
    // Who asks again for what rests wants it now.
    const awake = isPaused(subscriptionOf(known), at) ? { pausedUntil: at.getTime() } : {}
    await tx
      .updateTable('subscription')
      .set({ ...going, ...since, ...awake })
      .where('id', '=', known.id)
      .execute()
    return subscriptionOf({ ...known, ...going, ...since, ...awake })
  }
  const number = known?.number ?? (await giveNumber(tx, team))
  const row: SubscriptionRow = {
    // The key alone may be that of one which has become something else since.
    id: known?.id ?? ((await isTaken(tx, key)) ? keyOf(key, number) : key),
    team,
    number,
    platform,
    ...wanted,
    wish: key,
    createdBy,
    createdAt: at.getTime(),
    state: 'active',
    explanation: null,
    endedAt: null,
    pausedAt: null,
    pausedUntil: null,
    edits: 0,
    editedAt: null,
    before: null,
    checkedUntil: at.getTime(),
    coveredUntil: at.getTime() - (wish.kind === 'digest' ? spanMs(wish.schedule) : 0),
  }
  if (known === undefined) await tx.insertInto('subscription').values(row).execute()
  // Made again after it was ended: a new wish under its old number.
  else await tx.updateTable('subscription').set(row).where('id', '=', known.id).execute()
  return subscriptionOf(row)
}

/** For the service's own work, whoever it belongs to; one that was ended, too. */
export async function subscriptionById(reads: Reads, id: SubscriptionId): Promise<Subscription | null> {
  const row = await reads.selectFrom('subscription').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : subscriptionOf(row)
}

async function isTaken(tx: Writes, id: string): Promise<boolean> {
  return (await tx.selectFrom('subscription').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
}

function listed(reads: Reads, team: TeamId, channel?: string) {
  const all = reads.selectFrom('subscription').selectAll().where('team', 'in', visibleTo(team)).orderBy('number')
  if (channel === undefined) return all
  // A thread is asked for in its channel: people look for it there.
  const { within } = partsOfPlace(channel)
  return all.where((row) => row.or([row('channel', '=', channel), row('channel', 'like', `${within}/%`)]))
}

function activeOf(reads: Reads, kind: Subscription['kind'], now: Date): Promise<SubscriptionRow[]> {
  return reads
    .selectFrom('subscription')
    .selectAll()
    .where('kind', '=', kind)
    .where('state', '=', 'active')
    .where((row) => row.or([row('pausedAt', 'is', null), row('pausedUntil', '<=', now.getTime())]))
    .orderBy('createdAt')
    .execute()
}
