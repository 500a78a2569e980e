import type { Brand } from '../base/id.ts'
import type { TeamId } from '../base/scope.ts'

export type FeedId = Brand<string, 'FeedId'>
export type EntryId = Brand<string, 'EntryId'>

/** An address that lists entries (RSS, Atom, JSON Feed), followed by one team or, with team 0, by everybody. */
export type Feed = {
  readonly id: FeedId
  readonly team: TeamId
  /** May hold a secret of its team: shown to that team only, never logged as it stands. */
  readonly url: string
  readonly title: string | null
  /** `gone`: the publisher said that it will not come back (410); it is not asked any more. */
  readonly state: 'active' | 'failing' | 'gone'
  /** For people: why the last poll brought nothing, and what follows; `null` while all is well. */
  readonly failure: string | null
  readonly etag: string | null
  readonly lastModified: string | null
  readonly nextPollAt: Date
  readonly lastPolledAt: Date | null
  /** The member who added it; `null` for feeds of the configuration. */
  readonly addedBy: string | null
  readonly addedAt: Date
}

/** One listing in a feed. The same `guid` in the same feed is the same entry. */
export type Entry = {
  readonly id: EntryId
  readonly feed: FeedId
  readonly team: TeamId
  readonly guid: string
  /** Absolute, http or https. */
  readonly url: string | null
  /** Clean text, without markup. */
  readonly title: string
  /** As the publisher says; never made up, and possibly in the future. */
  readonly publishedAt: Date | null
  /** Markup as the publisher sent it, bounded. */
  readonly summary: string | null
  /** Markup as the publisher sent it, bounded: often the whole article. */
  readonly content: string | null
  readonly author: string | null
  readonly seenAt: Date
  /** It was there when the feed was first read: on record, but no news. Nobody is alerted about it. */
  readonly isBackfill: boolean
}
