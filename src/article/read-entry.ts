import type { Clock } from '../base/clock.ts'
import { AppError } from '../base/errors.ts'
import { addressForLog, type Log } from '../base/log.ts'
import { decodeText } from '../base/web/decode-text.ts'
import type { WebAnswer, WebFetch } from '../base/web/open-web.ts'
import { refusalInWords } from '../base/web/refusal.ts'
import type { Robots } from '../base/web/robots.ts'
import type { Entry, EntryId } from '../feed/feed.ts'
import type { FeedStore } from '../feed/feed-store.ts'
import type { ArticleId } from './article.ts'
import type { ArticleStore, NewArticle } from './article-store.ts'
import { splitDateline } from './dateline.ts'
import { findLanguage } from './find-language.ts'
import type { KeptPages } from './kept-pages.ts'
import { leadsTo } from './leads-to.ts'
import { publisherLink } from './publisher-link.ts'
import type { FeedWords } from './read-feed-words.ts'
import type { PageHints, ReadPage } from './read-page.ts'
import { reservationOf } from './reservations.ts'

export type ReadEntryDeps = {
  readonly feeds: FeedStore
  readonly articles: ArticleStore
  readonly fetch: WebFetch
  readonly robots: Robots
  /** Whether a site reserves an address against mining, as a whole; where not given, its pages alone are asked. */
  readonly isReserved?: (address: string) => Promise<boolean>
  /** Where it is noted that a publisher keeps the pages behind a feed from us; where not given, nowhere. */
  readonly keptPages?: Pick<KeptPages, 'note'>
  /** In the service both readers work in another thread. */
  readonly readPage: (bytes: Uint8Array, hints: PageHints) => Promise<ReadPage>
  readonly readFeedWords: (entry: Pick<Entry, 'title' | 'summary' | 'content'>) => Promise<FeedWords>
  readonly clock: Clock
  readonly log: Log
}

/** The page could not be had this time; the feed's own words may do later. */
export class ArticleUnavailableError extends AppError {
  override readonly name = 'ArticleUnavailableError'
  readonly code = 'article/unavailable'
  readonly explanation: string
  readonly retry = 'later'

  constructor(words: string, options?: ErrorOptions) {
    super('page not available', options)
    this.explanation = `${words} I will try again.`
  }
}

/** A page that cannot be had for this long is given up, and the feed's own words are used. */
const PATIENCE_MS = 10 * 60_000

/** Fewer words of a feed are a headline, not an article. */
const WORDS_NEEDED = 12

/** A page that has less than this share of the feed's words shows a consent form, a paywall or another story. */
const SHARE_OF_FEED = 0.6

/**
 * Reads the article behind an entry and returns its id, or nothing where there is no text.
 *
 * A feed that carries whole articles is believed without fetching the page. A page that the
 * publisher keeps from us gives way to the feed's own words.
 *
 * @throws {ArticleUnavailableError} while the site has a problem that may pass.
 */
export async function readEntry(id: EntryId, deps: ReadEntryDeps): Promise<readonly ArticleId[]> {
  const { feeds, articles, clock, log } = deps
  const done = await articles.ofEntry(id)
  // What its publisher changed waits again, and may be a new version.
  if (done !== null && !(await feeds.isWaiting(id))) return [done]
  const found = await feeds.entry(id)
  if (found === null) return []
  const entry = { ...found, url: found.url === null ? null : publisherLink(found.url) }

  const words = await deps.readFeedWords(entry)
  const page = words.isWhole || entry.url === null ? null : await readItsPage(entry, deps)
  const article = choose(entry, words, page, clock.now())
  if (article === null) log.info({ entryId: id }, 'entry has no text')
  const stored = await articles.addForEntry(id, article, clock.now())
  return stored === null ? [] : [stored]
}

/** For people: how a publisher keeps pages from us. */
const KEPT = {
  robots: 'Its publisher keeps the pages behind it from robots (robots.txt).',
  'x-robots-tag': 'Its publisher keeps the pages behind it from robots (X-Robots-Tag).',
  reserved: 'Its publisher reserves the pages behind it against text and data mining.',
} as const

/** What these say of one page they say of all; a single page may be gone or broken. */
const KEPT_BY_STATUS = new Set([200, 401, 402, 403, 451])

type Page = ReadPage & { readonly url: string }

/** The page, or `null` where its publisher or its content gives no article. */
async function readItsPage(entry: Entry, deps: ReadEntryDeps): Promise<Page | null> {
  const { clock, log } = deps
  const url = entry.url as string
  const refuse = async (reason: string, kept?: string) => {
    log.info({ entryId: entry.id, address: addressForLog(url), reason }, 'page not used')
    if (kept !== undefined) await deps.keptPages?.note(entry.feed, kept)
    return null
  }
  try {
    const answer = await fetchArticle(url, deps)
    if (answer === null) return await refuse('robots.txt', KEPT.robots)
    const reserved = reservationOf(answer) ?? ((await deps.isReserved?.(answer.url)) ? 'reserved' : 'open')
    if (reserved !== 'open') return await refuse(reserved, KEPT[reserved])
    const refusal = refusalInWords(answer)
    if (refusal !== null && (answer.status === 429 || answer.status >= 500)) throw new ArticleUnavailableError(refusal)
    if (refusal !== null) return await refuse(refusal, KEPT_BY_STATUS.has(answer.status) ? refusal : undefined)
    const page = await deps.readPage(answer.body, {
      url: answer.url,
      contentType: answer.headers['content-type'] ?? null,
      publishedAt: entry.publishedAt,
    })
    await deps.keptPages?.note(entry.feed, null)
    return { ...page, url: page.canonicalUrl ?? answer.url }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const isStillHope = error.retry === 'later' && clock.now().getTime() - entry.seenAt.getTime() < PATIENCE_MS
    if (isStillHope) throw error
    return await refuse(error.code)
  }
}

/** Aggregators and AMP stand before the publisher; nobody honest puts more in the way. */
const SENT_ON_AT_MOST = 2

/** The page, or the publisher's own one that it leads to; `null` where robots may not read it. */
async function fetchArticle(url: string, { robots, fetch }: ReadEntryDeps): Promise<WebAnswer | null> {
  if (!(await robots(url))) return null
  let answer = await fetch(url, { headers: PAGES })
  // A link of an aggregator may end at a publisher who was not asked before.
  if (answer.url !== url && !(await robots(answer.url).catch(() => false))) return null
  for (let sent = 0; sent < SENT_ON_AT_MOST && answer.status === 200; sent += 1) {
    const html = decodeText(answer.body.subarray(0, HEAD_BYTES), {
      contentType: answer.headers['content-type'] ?? null,
    })
    const target = leadsTo(html, answer.url)
    if (target === null || !(await robots(target).catch(() => false))) break
    // A publisher who does not answer there leaves us the page that we have.
    const own = await fetch(target, { headers: PAGES }).catch(() => null)
    if (own === null || refusalInWords(own) !== null) break
    answer = own
  }
  return answer
}

const PAGES = { accept: 'text/html, application/xhtml+xml;q=0.9, */*;q=0.5' }
const HEAD_BYTES = 100_000

function choose(entry: Entry, words: FeedWords, page: Page | null, now: Date): NewArticle | null {
  const own = words.paragraphs.join('\n\n')
  const isPageBetter = page !== null && page.text.length >= own.length * SHARE_OF_FEED
  if (isPageBetter) return fromPage(entry, page, now)
  if (own.split(/\s+/).length < WORDS_NEEDED) return null
  return fromFeed(entry, words, page, now)
}

function fromPage(entry: Entry, page: Page, now: Date): NewArticle {
  return {
    team: entry.team,
    url: page.url,
    title: page.title === '' ? entry.title : page.title,
    text: page.text,
    publisher: page.publisher ?? hostOf(page.url),
    author: page.byline ?? entry.author,
    language: page.language ?? null,
    publishedAt: notInFuture(page.published === undefined ? entry.publishedAt : new Date(page.published), now),
    fetchedAt: now,
    dateline: page.dateline ?? null,
    ownWordsOf: null,
    isBackfill: entry.isBackfill,
  }
}

function fromFeed(entry: Entry, words: FeedWords, page: Page | null, now: Date): NewArticle {
  const publishedAt = notInFuture(entry.publishedAt, now)
  const { paragraphs, dateline } = splitDateline(words.paragraphs, publishedAt)
  const text = paragraphs.join('\n\n')
  const url = page?.url ?? entry.url ?? `urn:onrecord:entry:${entry.id}`
  return {
    team: entry.team,
    url,
    title: entry.title,
    text,
    publisher: page?.publisher ?? (entry.url === null ? null : hostOf(entry.url)),
    author: entry.author,
    language: findLanguage(text, page?.language ?? null),
    publishedAt,
    fetchedAt: now,
    dateline,
    ownWordsOf: null,
    isBackfill: entry.isBackfill,
  }
}

/** A date to come is a mistake or an embargo; the day it was seen is the best that is known. */
function notInFuture(date: Date | null, now: Date): Date | null {
  return date !== null && date.getTime() > now.getTime() ? now : date
}

function hostOf(url: string): string | null {
  return URL.parse(url)?.hostname.replace(/^www\./, '') ?? null
}
