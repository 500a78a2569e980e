import type { Clock } from '../base/clock.ts'
import { AppError } from '../base/errors.ts'
import { addressForLog, type Log } from '../base/log.ts'
import type { WebAnswer, WebFetch } from '../base/web/open-web.ts'
import { refusalInWords } from '../base/web/refusal.ts'
import type { Robots } from '../base/web/robots.ts'
import { SiteUnreachableError } from '../base/web/web-errors.ts'
import type { EntryId, FeedId } from './feed.ts'
import type { PolledFeed } from './feed-rows.ts'
import type { FeedStore, PollNote } from './feed-store.ts'
import type { ParsedFeed } from './normalise-feed.ts'
import type { FeedHints } from './parse-feed.ts'
import { backOff, learnInterval, maxAgeMs, retryAfterMs, waitInWords, withJitter } from './poll-schedule.ts'

/** Reads a feed's bytes; in the service this happens in another thread. */
export type FeedParser = (bytes: Uint8Array, hints: FeedHints) => Promise<ParsedFeed>

export type PollDeps = {
  readonly store: FeedStore
  readonly fetch: WebFetch
  readonly robots: Robots
  readonly parse: FeedParser
  readonly clock: Clock
  readonly log: Log
  /** 0 to 1, for the jitter. */
  readonly random: () => number
}

/** A fetch brings this many entries at most, the newest (STORAGE.md, other doors). */
const ENTRIES_AT_MOST = 200

/** A server may say "unchanged" for ever by mistake: once a day the feed is asked for without a condition. */
const UNCONDITIONAL_AFTER_MS = 24 * 3_600_000

/** A redirect for good is believed after this many equal answers. */
const MOVED_AFTER = 3

const CLOSED_TO_ROBOTS = 'That site asks robots to stay away from this address (robots.txt).'

/** A host that gives no answer is left alone for all of its feeds, but not for long: it may be one address of it. */
const SILENT_HOST_WAIT_MS = 2 * 60_000

/** A publisher who does not want robots is asked again after this time. */
const NOT_WANTED_WAIT_MS = 24 * 3_600_000

/**
 * Asks the publisher once what is new in the feed, and returns its entries that wait to be read:
 * those that were new just now, and those that an interrupted run left behind.
 *
 * What goes wrong with the site is no error here: the feed's row says in plain words what it was
 * and when we ask again. Entries found by the first poll are marked as backfill.
 *
 * @see RFC 9110, section 13 (conditional requests)
 */
export async function pollFeed(id: FeedId, deps: PollDeps): Promise<readonly EntryId[]> {
  const feed = await deps.store.get(id)
  if (feed === null || feed.state === 'gone') return []
  try {
    const found = await askPublisher(feed, deps)
    const at = deps.clock.now()
    if (isQuiet(feed, found)) await deps.store.recordQuiet({ feed: id, at, nextPollAt: found.note.nextPollAt })
    else await deps.store.recordPoll(feed, found.note, found.items, at)
    deps.log.info({ feedId: id, address: addressForLog(feed.url), items: found.items.length }, 'feed polled')
  } catch (error) {
    if (!(error instanceof AppError) || isOurs(error)) throw error
    if (error instanceof SiteUnreachableError) {
      const until = new Date(deps.clock.now().getTime() + withJitter(SILENT_HOST_WAIT_MS, deps.random))
      await deps.store.restHost(new URL(feed.url).host, until)
    }
    await recordFailure(feed, error.explanation, null, deps, error)
  }
  return await deps.store.unhandled(id)
}

/** Faults of our own house are the queue's business, not the publisher's. */
function isOurs(error: AppError): boolean {
  return !/^(?:web|feed|base)\//.test(error.code)
}

type Found = { readonly note: PollNote; readonly items: ParsedFeed['items'] }

async function askPublisher(feed: PolledFeed, deps: PollDeps): Promise<Found> {
  const { clock } = deps
  if (!(await deps.robots(feed.url))) {
    return failed(feed, CLOSED_TO_ROBOTS, NOT_WANTED_WAIT_MS, deps)
  }
  const answer = await deps.fetch(feed.url, { headers: conditionsOf(feed, clock.now()) })
  const now = clock.now()
  const isElsewhere = answer.url !== feed.url && !(await deps.robots(answer.url))
  if (isElsewhere) return failed(feed, CLOSED_TO_ROBOTS, NOT_WANTED_WAIT_MS, deps)
  const moved = movedNote(feed, answer)
  if (answer.status === 304 || answer.status === 204) {
    const waitMs = Math.max(feed.intervalMs, Math.min(maxAgeMs(answer.headers, now) ?? 0, feed.intervalMs * 2))
    return { note: { ...moved, ...healthy(feed.intervalMs, waitMs, deps) }, items: [] }
  }
  const refusal = refusalInWords(answer)
  if (refusal !== null) return await refused(feed, answer, refusal, deps)

  const parsed = await deps.parse(answer.body, { url: answer.url, contentType: answer.headers['content-type'] ?? null })
  const items = newest(parsed.items.filter(hasSomething))
  const dates = items.flatMap((item) =>
    item.published === null || Date.parse(item.published) > now.getTime() ? [] : [new Date(item.published)],
  )
  const intervalMs = learnInterval(dates, { ttlMinutes: parsed.ttlMinutes, maxAgeMs: maxAgeMs(answer.headers, now) })
  return {
    items,
    note: {
      ...moved,
      ...healthy(intervalMs, intervalMs, deps),
      title: parsed.title ?? feed.title,
      etag: legalEtag(answer.headers.etag),
      lastModified: legalDate(answer.headers['last-modified']),
      lastReadAt: now,
    },
  }
}

/** Nothing changes but the times: a working feed went on working, and said "unchanged". */
function isQuiet(feed: PolledFeed, { note, items }: Found): boolean {
  return (
    items.length === 0 &&
    note.lastReadAt === undefined &&
    note.state === 'active' &&
    feed.state === 'active' &&
    feed.failures === 0 &&
    note.url === undefined &&
    (note.movedTo ?? null) === feed.movedTo &&
    (note.movedTimes ?? 0) === feed.movedTimes
  )
}

function conditionsOf(feed: PolledFeed, now: Date): Record<string, string> {
  const accept = {
    accept:
      'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5',
  }
  const isStale = feed.lastReadAt === null || now.getTime() - feed.lastReadAt.getTime() > UNCONDITIONAL_AFTER_MS
  if (isStale) return accept
  return {
    ...accept,
    ...(feed.etag === null ? {} : { 'if-none-match': feed.etag }),
    ...(feed.lastModified === null ? {} : { 'if-modified-since': feed.lastModified }),
  }
}

function healthy(intervalMs: number, waitMs: number, { clock, random }: PollDeps): PollNote {
  const nextPollAt = new Date(clock.now().getTime() + withJitter(waitMs, random))
  return { state: 'active', failure: null, failures: 0, intervalMs, nextPollAt }
}

function movedNote(feed: PolledFeed, answer: WebAnswer): Pick<PollNote, 'url' | 'movedTo' | 'movedTimes'> {
  const { movedTo } = answer
  if (movedTo === null || answer.status >= 400) return { movedTo: null, movedTimes: 0 }
  const movedTimes = movedTo === feed.movedTo ? feed.movedTimes + 1 : 1
  if (movedTimes < MOVED_AFTER) return { movedTo, movedTimes }
  return { url: movedTo, movedTo: null, movedTimes: 0 }
}

async function refused(feed: PolledFeed, answer: WebAnswer, words: string, deps: PollDeps): Promise<Found> {
  const { clock, store } = deps
  const now = clock.now()
  if (answer.status === 410) {
    const note: PollNote = {
      state: 'gone',
      failure: `${words} I have stopped asking.`,
      failures: feed.failures + 1,
      nextPollAt: now,
    }
    return { note, items: [] }
  }
  const asked = answer.status === 429 || answer.status === 503 ? retryAfterMs(answer.headers['retry-after'], now) : null
  const found = failed(feed, words, asked, deps)
  // Too many requests, or closed until then: that is said for the host and not for one address.
  if (answer.status === 429 || asked !== null) await store.restHost(new URL(feed.url).host, found.note.nextPollAt)
  return found
}

function failed(feed: PolledFeed, words: string, atLeastMs: number | null, { clock, random, log }: PollDeps): Found {
  const waitMs = Math.max(withJitter(backOff(feed.intervalMs, feed.failures), random), atLeastMs ?? 0)
  log.warn({ feedId: feed.id, address: addressForLog(feed.url), failures: feed.failures + 1 }, 'feed not read')
  return {
    items: [],
    note: {
      state: 'failing',
      failure: `${words} I will ask again ${waitInWords(waitMs)}.`,
      failures: feed.failures + 1,
      nextPollAt: new Date(clock.now().getTime() + waitMs),
    },
  }
}

async function recordFailure(
  feed: PolledFeed,
  words: string,
  atLeastMs: number | null,
  deps: PollDeps,
  error: Error,
): Promise<void> {
  const { note } = failed(feed, words, atLeastMs, deps)
  await deps.store.recordPoll(feed, note, [], deps.clock.now())
  deps.log.info({ feedId: feed.id, error }, 'why the feed was not read')
}

/** An item that says nothing and leads nowhere is no entry. */
function hasSomething(item: ParsedFeed['items'][number]): boolean {
  return item.title !== '' || item.link !== null || item.summary !== undefined || item.content !== undefined
}

/** The newest by date; what has no date keeps the publisher's order, which is the newest first. */
function newest(items: ParsedFeed['items']): ParsedFeed['items'] {
  if (items.length <= ENTRIES_AT_MOST) return items
  const isDated = items.every((item) => item.published !== null)
  const sorted = isDated
    ? items.toSorted((a, b) => (b.published as string).localeCompare(a.published as string))
    : items
  return sorted.slice(0, ENTRIES_AT_MOST)
}

/** @see RFC 9110, section 8.8.3 */
function legalEtag(etag: string | undefined): string | null {
  return etag !== undefined && /^(?:W\/)?"[\x21\x23-\x7e]{0,250}"$/.test(etag) ? etag : null
}

function legalDate(date: string | undefined): string | null {
  return date !== undefined && date.length <= 40 && !Number.isNaN(Date.parse(date)) ? date : null
}
