import type { Selectable } from 'kysely'
import type { TeamId } from '../base/scope.ts'
import type { Entry, EntryId, Feed, FeedId } from './feed.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    feed: FeedTable
    entry: EntryTable
  }
}

export type FeedTable = {
  id: string
  team: number
  url: string
  host: string
  title: string | null
  state: string
  failure: string | null
  failures: number
  etag: string | null
  lastModified: string | null
  movedTo: string | null
  movedTimes: number
  intervalMs: number
  nextPollAt: number
  lastPolledAt: number | null
  /** When the publisher last gave the feed itself, not just "unchanged". */
  lastReadAt: number | null
  addedBy: string | null
  addedAt: number
}

type EntryTable = {
  id: string
  feed: string
  team: number
  guid: string
  /** Address and title: the same under another guid is the same entry. */
  sameAs: string
  url: string | null
  title: string
  publishedAt: number | null
  summary: string | null
  content: string | null
  author: string | null
  seenAt: number
  isBackfill: number
  handledAt: number | null
  /** Fingerprint of title and words: another one means that the publisher changed the entry. */
  words: string | null
  /** How often that made us read its article again, and when last. */
  changes: number
  changedAt: number | null
}

/** A feed with what only its poller needs to know. */
export type PolledFeed = Feed & {
  readonly failures: number
  readonly movedTo: string | null
  readonly movedTimes: number
  readonly intervalMs: number
  readonly lastReadAt: Date | null
}

/** A row as the noun that the rooms know. */
export function feedOf(row: Selectable<FeedTable>): PolledFeed {
  return {
    id: row.id as FeedId,
    team: row.team as TeamId,
    url: row.url,
    title: row.title,
    state: row.state as Feed['state'],
    failure: row.failure,
    etag: row.etag,
    lastModified: row.lastModified,
    nextPollAt: new Date(row.nextPollAt),
    lastPolledAt: dateOf(row.lastPolledAt),
    addedBy: row.addedBy,
    addedAt: new Date(row.addedAt),
    failures: row.failures,
    movedTo: row.movedTo,
    movedTimes: row.movedTimes,
    intervalMs: row.intervalMs,
    lastReadAt: dateOf(row.lastReadAt),
  }
}

export function entryOf(row: Selectable<EntryTable>): Entry {
  return {
    id: row.id as EntryId,
    feed: row.feed as FeedId,
    team: row.team as TeamId,
    guid: row.guid,
    url: row.url,
    title: row.title,
    publishedAt: dateOf(row.publishedAt),
    summary: row.summary,
    content: row.content,
    author: row.author,
    seenAt: new Date(row.seenAt),
    isBackfill: row.isBackfill === 1,
  }
}

function dateOf(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms)
}
