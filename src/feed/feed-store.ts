import type { Compilable } from 'kysely'
import type { Database, Reads, Writes } from '../base/database/database.ts'
import { writeAll } from '../base/database/write-all.ts'
import { keyOf } from '../base/id.ts'
import { PUBLIC, type TeamId, visibleTo } from '../base/scope.ts'
import { askTogether } from './ask-together.ts'
import { type EntryChanges, entryChanges, entryWrites } from './entry-writes.ts'
import type { Entry, EntryId, Feed, FeedId } from './feed.ts'
import { entryOf, type FeedTable, feedOf, type PolledFeed } from './feed-rows.ts'
import type { ParsedItem } from './normalise-feed.ts'
import { quietPolls } from './quiet-polls.ts'
import { writeTogether } from './write-together.ts'

/** What one poll changes about its feed. */
export type PollNote = {
  readonly url?: string
  readonly title?: string | null
  readonly state: Feed['state']
  readonly failure: string | null
  readonly failures: number
  readonly etag?: string | null
  readonly lastModified?: string | null
  readonly movedTo?: string | null
  readonly movedTimes?: number
  readonly intervalMs?: number
  readonly nextPollAt: Date
  readonly lastReadAt?: Date
}

/** Entries handed on by one poll at most; the others follow at the next. */
const UNHANDLED_AT_MOST = 200

/** Some dozens of rows at most hold up nobody else who writes (STORAGE.md, rule 7). */
const POLLS_AT_ONCE = 8

/** First guess of a feed's rhythm. */
const FIRST_INTERVAL_MS = 15 * 60_000

/** The SQL of feeds and their entries. */
export function feedStore(db: Database) {
  const recordQuiet = quietPolls(db)
  const writePoll = writeTogether(db, { atOnce: POLLS_AT_ONCE, write: writePolls })
  const feedById = askTogether((ids: readonly FeedId[]) => feedsAmong(db.reads, ids))
  const waitingOf = askTogether((ids: readonly FeedId[]) => waitingAmong(db.reads, ids))

  return {
    /** Follows an address; a team that follows it already keeps what it has. Nothing is fetched here. */
    add: (
      feed: {
        readonly url: string
        readonly team: TeamId
        readonly addedBy: string | null
        readonly title: string | null
      },
      now: Date,
    ) => db.transaction((tx) => insertFeed(tx, feed, now)),

    /** Ends following it and forgets its entries; articles that were read through it stay. `false` if the team has no such feed. */
    remove: (team: TeamId, id: FeedId): Promise<boolean> =>
      db.transaction(async (tx) => {
        const gone = await tx.deleteFrom('feed').where('id', '=', id).where('team', '=', team).executeTakeFirst()
        return gone.numDeletedRows > 0n
      }),

    /** Takes away a team's own feeds and their entries; part of `forget`. */
    forgetTeam: async (tx: Writes, team: TeamId): Promise<number> =>
      Number((await tx.deleteFrom('feed').where('team', '=', team).executeTakeFirst()).numDeletedRows),

    /** Forgets who added feeds; the feeds stay. Part of `forget`. */
    forgetMember: async (tx: Writes, member: string): Promise<number> => {
      const feeds = tx.updateTable('feed').set({ addedBy: null }).where('addedBy', '=', member)
      return Number((await feeds.executeTakeFirst()).numUpdatedRows)
    },

    get: async (id: FeedId): Promise<PolledFeed | null> => (await feedById(id)) ?? null,

    /** The team's own feeds and the public ones, by title. */
    feedsOf: async (team: TeamId): Promise<readonly Feed[]> => {
      const rows = await db.reads
        .selectFrom('feed')
        .selectAll()
        .where('team', 'in', visibleTo(team))
        .orderBy('title')
        .orderBy('id')
        .execute()
      return rows.map(feedOf)
    },

    /** Whether a team reads feeds that nobody else sees. */
    hasOwn: async (team: TeamId): Promise<boolean> => {
      const row = await db.reads.selectFrom('feed').select('id').where('team', '=', team).limit(1).executeTakeFirst()
      return team !== PUBLIC && row !== undefined
    },

    /** How many feeds are in which state. */
    counts: async (): Promise<ReadonlyMap<string, number>> => {
      const rows = await db.reads
        .selectFrom('feed')
        .select((row) => ['state', row.fn.countAll<number>().as('count')])
        .groupBy('state')
        .execute()
      return new Map(rows.map(({ state, count }) => [state, count]))
    },

    /** The feed that the team, or everybody, follows at this address. */
    byUrl: async (team: TeamId, url: string): Promise<Feed | null> => {
      const row = await db.reads
        .selectFrom('feed')
        .selectAll()
        .where('team', 'in', visibleTo(team))
        .where('url', '=', url)
        .executeTakeFirst()
      return row === undefined ? null : feedOf(row)
    },

    /** Whether anybody follows any other feed than this one. */
    followsOtherThan: async (url: string): Promise<boolean> => {
      const row = await db.reads.selectFrom('feed').select('id').where('url', '!=', url).limit(1).executeTakeFirst()
      return row !== undefined
    },

    /** Feeds whose next poll is due, the longest waiting first; those of teams that left rest. */
    due: async (now: Date, atMost: number): Promise<readonly FeedId[]> => {
      const rows = await db.reads
        .selectFrom('feed')
        .select('id')
        .where('nextPollAt', '<=', now.getTime())
        .where('state', '<>', 'gone')
        .where('team', 'not in', db.reads.selectFrom('team').select('id').where('leftAt', 'is not', null))
        .orderBy('nextPollAt')
        .limit(atMost)
        .execute()
      return rows.map((row) => row.id as FeedId)
    },

    /** When the next feed is due; `null` if none is followed. */
    nextDueAt: async (): Promise<Date | null> => {
      const row = await db.reads
        .selectFrom('feed')
        .select((feed) => feed.fn.min('nextPollAt').as('at'))
        .where('state', '<>', 'gone')
        .executeTakeFirst()
      return row?.at == null ? null : new Date(row.at)
    },

    /** Writes down what a poll brought: its entries, if new, and what it says about the feed. All or nothing. */
    recordPoll: async (feed: PolledFeed, note: PollNote, items: readonly ParsedItem[], now: Date): Promise<void> => {
      // A feed is polled once at a time, so what is known of it stays so until it is written.
      const changes = await entryChanges(db.reads, feed, items, now)
      await writePoll({ feed: feed.id, note, changes, now })
    },

    /** Writes down that a working feed has nothing new and when it is asked next; many such polls in one transaction. */
    recordQuiet,

    /** Nobody asks this host before then: it said that it has enough. */
    restHost: (host: string, until: Date): Promise<void> =>
      db.transaction(async (tx) => {
        await tx
          .updateTable('feed')
          .set({ nextPollAt: until.getTime() })
          .where('host', '=', host)
          .where('nextPollAt', '<', until.getTime())
          .execute()
      }),

    /** Entries of the feed that wait to be read, the oldest first. */
    unhandled: async (id: FeedId): Promise<readonly EntryId[]> => (await waitingOf(id)) ?? [],

    /** Whether the entry is still to be read, for the first time or again. */
    isWaiting: async (id: EntryId): Promise<boolean> => {
      const row = await db.reads
        .selectFrom('entry')
        .select('id')
        .where('id', '=', id)
        .where('handledAt', 'is', null)
        .executeTakeFirst()
      return row !== undefined
    },

    entry: async (id: EntryId): Promise<Entry | null> => {
      const row = await db.reads.selectFrom('entry').selectAll().where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : entryOf(row)
    },
  }
}

export type FeedStore = ReturnType<typeof feedStore>

/** Marks an entry as read or set aside, in the transaction that stores what came of it. */
export async function markHandled(tx: Writes, id: EntryId, now: Date): Promise<void> {
  // Its words now stand in an article, or were of no use.
  await tx
    .updateTable('entry')
    .set({ handledAt: now.getTime(), content: null, summary: null })
    .where('id', '=', id)
    .execute()
}

async function insertFeed(
  tx: Writes,
  {
    url,
    team,
    addedBy,
    title,
  }: { readonly url: string; readonly team: TeamId; readonly addedBy: string | null; readonly title: string | null },
  now: Date,
): Promise<Feed> {
  const id = keyOf(team, url)
  const row: FeedTable = {
    id,
    team,
    url,
    host: new URL(url).host,
    title,
    state: 'active',
    failure: null,
    failures: 0,
    etag: null,
    lastModified: null,
    movedTo: null,
    movedTimes: 0,
    intervalMs: FIRST_INTERVAL_MS,
    nextPollAt: now.getTime(),
    lastPolledAt: null,
    lastReadAt: null,
    addedBy,
    addedAt: now.getTime(),
  }
  await tx
    .insertInto('feed')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  return feedOf(await tx.selectFrom('feed').selectAll().where('id', '=', id).executeTakeFirstOrThrow())
}

async function feedsAmong(reads: Reads, ids: readonly FeedId[]): Promise<ReadonlyMap<FeedId, PolledFeed>> {
  const rows = await reads.selectFrom('feed').selectAll().where('id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.id as FeedId, feedOf(row)]))
}

/** Of each feed the oldest entries that wait to be read, in their order. */
async function waitingAmong(reads: Reads, ids: readonly FeedId[]): Promise<ReadonlyMap<FeedId, readonly EntryId[]>> {
  const rows = await reads
    .selectFrom((from) =>
      from
        .selectFrom('entry')
        .select(['id', 'feed'])
        .select(({ fn }) =>
          fn
            .agg<number>('row_number')
            .over((rank) => rank.partitionBy('feed').orderBy('seenAt').orderBy('publishedAt').orderBy('id'))
            .as('place'),
        )
        .where('feed', 'in', ids)
        .where('handledAt', 'is', null)
        .as('waiting'),
    )
    .select(['id', 'feed'])
    .where('place', '<=', UNHANDLED_AT_MOST)
    .orderBy('place')
    .execute()
  const waiting = new Map<FeedId, EntryId[]>()
  for (const { id, feed } of rows) {
    const ofFeed = waiting.get(feed as FeedId)
    if (ofFeed === undefined) waiting.set(feed as FeedId, [id as EntryId])
    else ofFeed.push(id as EntryId)
  }
  return waiting
}

type PollWrite = {
  readonly feed: FeedId
  readonly note: PollNote
  readonly changes: EntryChanges
  readonly now: Date
}

async function writePolls(tx: Writes, polls: readonly PollWrite[]): Promise<void> {
  const entries = entryWrites(tx, {
    fresh: polls.flatMap(({ changes }) => changes.fresh),
    changed: polls.flatMap(({ changes }) => changes.changed),
  })
  await writeAll(tx, [...entries, ...polls.map(({ feed, note, now }) => feedUpdate(tx, feed, note, now))])
}

function feedUpdate(tx: Writes, id: FeedId, note: PollNote, now: Date): Compilable {
  const { url, nextPollAt, lastReadAt, ...rest } = note
  return tx
    .updateTable('feed')
    .set({
      ...rest,
      ...(url === undefined ? {} : { url, host: new URL(url).host }),
      ...(lastReadAt === undefined ? {} : { lastReadAt: lastReadAt.getTime() }),
      nextPollAt: nextPollAt.getTime(),
      lastPolledAt: now.getTime(),
    })
    .where('id', '=', id)
}
