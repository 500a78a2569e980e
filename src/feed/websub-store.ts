import { randomBytes } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Database, Writes } from '../base/database/database.ts'
import type { TeamId } from '../base/scope.ts'
import type { Feed, FeedId } from './feed.ts'
import type { HubOffer } from './websub-offer.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    websub: WebsubTable
  }
}

type WebsubTable = {
  /** The last part of the callback's path: whoever knows it is the hub, or was told by it. */
  token: string
  feed: string
  team: number
  hub: string
  topic: string
  callback: string
  secret: string
  wanted: 'subscribe' | 'unsubscribe'
  madeAt: number
  /** Requests since the hub last confirmed one. */
  tries: number
  /** When the hub is asked: for the first time, again, or to renew. */
  nextAskAt: number
  askedAt: number | null
  /** The end of the lease that the hub confirmed. */
  aliveUntil: number | null
  pushedAt: number | null
  /** Polls in a row that found news of which the hub had not told. */
  missed: number
}

/** What we asked a hub for about one feed. */
export type WebsubSubscription = Readonly<Selectable<WebsubTable>>

/** 256 bits each: nobody guesses them. */
const SECRET_BYTES = 32

/** A publisher who names another hub at every poll does not make us write to each. */
const OTHER_HUB_AFTER_MS = 24 * 3_600_000

/** However often a hub tells, a feed is asked no more often than this. */
const SHORTEST_MS = 60_000

/** The SQL of subscriptions at hubs. */
export function websubStore(db: Database) {
  const of = async (feed: FeedId): Promise<WebsubSubscription | null> => {
    const own = db.reads.selectFrom('websub').selectAll().where('feed', '=', feed).where('wanted', '=', 'subscribe')
    return (await own.executeTakeFirst()) ?? null
  }
  const change = (token: string, values: Partial<WebsubTable>): Promise<void> =>
    db.transaction(async (tx) => {
      await tx.updateTable('websub').set(values).where('token', '=', token).execute()
    })

  return {
    of,
    change,

    byToken: async (token: string): Promise<WebsubSubscription | null> =>
      (await db.reads.selectFrom('websub').selectAll().where('token', '=', token).executeTakeFirst()) ?? null,

    /** Takes note of the hub that a feed offers: it is asked soon. Another one than before takes its place. */
    offered: async (feed: Pick<Feed, 'id' | 'team'>, { hub, topic }: HubOffer, base: string, now: Date) => {
      const own = await of(feed.id)
      if (own !== null && own.hub === hub && own.topic === topic) return
      const at = now.getTime()
      if (own !== null && at - own.madeAt < OTHER_HUB_AFTER_MS) return
      await db.transaction(async (tx) => {
        const ending = { wanted: 'unsubscribe', tries: 0, nextAskAt: at } as const
        await tx
          .updateTable('websub')
          .set(ending)
          .where('feed', '=', feed.id)
          .where('wanted', '=', 'subscribe')
          .execute()
        await tx
          .insertInto('websub')
          .values({ ...newRow(base), ...{ feed: feed.id, team: feed.team, hub, topic, madeAt: at, nextAskAt: at } })
          .execute()
      })
    },

    /** Subscriptions whose feed nobody follows any more, or that is gone, are to be ended. */
    endOrphans: async (now: Date): Promise<void> => {
      const orphans = await db.reads
        .selectFrom('websub')
        .leftJoin('feed', 'feed.id', 'websub.feed')
        .select('websub.token')
        .where('websub.wanted', '=', 'subscribe')
        .where((where) => where.or([where('feed.id', 'is', null), where('feed.state', '=', 'gone')]))
        .limit(50)
        .execute()
      for (const { token } of orphans) {
        await change(token, { wanted: 'unsubscribe', tries: 0, nextAskAt: now.getTime() })
      }
    },

    /** Whose hub is to be asked now, the longest waiting first. */
    due: async (now: Date, atMost: number): Promise<readonly WebsubSubscription[]> =>
      await db.reads
        .selectFrom('websub')
        .selectAll()
        .where('nextAskAt', '<=', now.getTime())
        .orderBy('nextAskAt')
        .limit(atMost)
        .execute(),

    drop: (token: string): Promise<void> =>
      db.transaction(async (tx) => {
        await tx.deleteFrom('websub').where('token', '=', token).execute()
      }),

    /** The hub told of news: their feed is due, unless it or its host has to be left alone. Whether it is due now. */
    pushed: ({ token, feed }: Pick<WebsubSubscription, 'token' | 'feed'>, now: Date): Promise<boolean> =>
      db.transaction(async (tx) => {
        const at = now.getTime()
        await tx.updateTable('websub').set({ pushedAt: at, missed: 0 }).where('token', '=', token).execute()
        return await bringForward(tx, feed, at, at)
      }),

    /** The hub told of news while the feed was being read, perhaps too late for that poll. */
    pollAgain: (feed: FeedId, startedAt: Date, now: Date): Promise<boolean> =>
      db.transaction((tx) => bringForward(tx, feed, startedAt.getTime() + SHORTEST_MS, now.getTime())),

    /** Asks a working feed no sooner than then. */
    slowDown: (feed: FeedId, nextPollAt: Date): Promise<void> =>
      db.transaction(async (tx) => {
        await tx
          .updateTable('feed')
          .set({ nextPollAt: nextPollAt.getTime() })
          .where('id', '=', feed)
          .where('state', '=', 'active')
          .where('nextPollAt', '<', nextPollAt.getTime())
          .execute()
      }),

    /** Whether the feed has news that were first seen then or later. */
    hasNewsSince: async (feed: FeedId, at: Date): Promise<boolean> => {
      const news = db.reads.selectFrom('entry').select('id').where('feed', '=', feed).where('isBackfill', '=', 0)
      return (await news.where('seenAt', '>=', at.getTime()).limit(1).executeTakeFirst()) !== undefined
    },

    /** Hubs that know us under another address are asked anew. */
    movedTo: (base: string, now: Date): Promise<void> =>
      db.transaction(async (tx) => {
        const rows = tx.selectFrom('websub').select(['token', 'callback']).where('wanted', '=', 'subscribe')
        for (const { token, callback } of await rows.execute()) {
          const ours = callbackOf(base, token)
          if (callback === ours) continue
          const anew = { callback: ours, aliveUntil: null, nextAskAt: now.getTime() }
          await tx.updateTable('websub').set(anew).where('token', '=', token).execute()
        }
      }),

    /** Takes away what is kept for a team's feeds; part of `forget`. Their hubs are answered that nobody is there. */
    forget: async (tx: Writes, team: TeamId): Promise<number> =>
      Number((await tx.deleteFrom('websub').where('team', '=', team).executeTakeFirst()).numDeletedRows),
  }
}

export type WebsubStore = ReturnType<typeof websubStore>

function newRow(base: string) {
  const token = randomBytes(SECRET_BYTES).toString('base64url')
  return {
    token,
    callback: callbackOf(base, token),
    secret: randomBytes(SECRET_BYTES).toString('base64url'),
    ...({ wanted: 'subscribe', tries: 0, askedAt: null, aliveUntil: null, pushedAt: null, missed: 0 } as const),
  }
}

function callbackOf(base: string, token: string): string {
  return `${base.replace(/\/$/, '')}/${token}`
}

/** Makes a working feed due at `at`, or as soon after it as it and its host may be asked. */
async function bringForward(tx: Writes, id: string, at: number, now: number): Promise<boolean> {
  const feed = await tx.selectFrom('feed').selectAll().where('id', '=', id).executeTakeFirst()
  if (feed === undefined || feed.state !== 'active') return false
  const rest = await tx
    .selectFrom('feed')
    .select((row) => row.fn.max('nextPollAt').as('until'))
    .where('host', '=', feed.host)
    .where('state', '=', 'failing')
    // The one place where a status is kept are the words for people.
    .where('failure', 'like', '%(429)%')
    .executeTakeFirst()
  const soon = Math.max(at, (feed.lastPolledAt ?? 0) + SHORTEST_MS, rest?.until ?? 0)
  await tx.updateTable('feed').set({ nextPollAt: soon }).where('id', '=', id).where('nextPollAt', '>', soon).execute()
  return soon <= now
}
