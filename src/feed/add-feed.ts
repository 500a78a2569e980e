import type { Clock } from '../base/clock.ts'
import { AppError } from '../base/errors.ts'
import type { TeamId } from '../base/scope.ts'
import { decodeText } from '../base/web/decode-text.ts'
import type { WebAnswer, WebFetch } from '../base/web/open-web.ts'
import { refusalInWords } from '../base/web/refusal.ts'
import type { Robots } from '../base/web/robots.ts'
import { discoverFeeds } from './discover-feeds.ts'
import type { Feed } from './feed.ts'
import type { FeedStore } from './feed-store.ts'
import { NotAFeedError } from './parse-feed.ts'
import type { FeedParser } from './poll-feed.ts'

/** The site answered, but not with a feed that we may read. */
export class FeedRefusedError extends AppError {
  override readonly name = 'FeedRefusedError'
  readonly code = 'feed/refused'
  readonly explanation: string
  readonly retry = 'never'

  constructor(words: string, options?: ErrorOptions) {
    super('feed refused', options)
    this.explanation = `${words} Check the address, or try another feed of that site.`
  }
}

export type AddFeedDeps = {
  readonly store: FeedStore
  readonly fetch: WebFetch
  readonly robots: Robots
  readonly parse: FeedParser
  readonly clock: Clock
}

export type FeedWish = {
  /** Of a feed, or of a site that names its feeds. A missing `https://` is added. */
  readonly url: string
  readonly team: TeamId
  /** The member who asks. */
  readonly addedBy: string | null
}

/** `addFeed` with its parts in place. */
export type AddFeed = (wish: FeedWish) => Promise<Feed>

/**
 * Follows the feed at an address, or the one that the site there offers, once it has been read;
 * a feed that the team follows already is given back as it is.
 *
 * @throws {NotAFeedError} if neither is a feed.
 * @throws {FeedRefusedError} if the site does not let us have it.
 * @throws {AddressRefusedError} and {SiteUnreachableError} as the fetch does.
 */
export async function addFeed({ url, team, addedBy }: FeedWish, deps: AddFeedDeps): Promise<Feed> {
  const { store, clock } = deps
  const wanted = withScheme(url)
  const known = await store.byUrl(team, wanted)
  if (known !== null) return known

  const found = await findFeed(wanted, deps)
  return (await store.byUrl(team, found.url)) ?? (await store.add({ ...found, team, addedBy }, clock.now()))
}

type FoundFeed = { readonly url: string; readonly title: string | null }

async function findFeed(address: string, deps: AddFeedDeps): Promise<FoundFeed> {
  const answer = await fetchUsable(address, deps)
  try {
    return await readFeed(answer, address, deps)
  } catch (error) {
    if (!(error instanceof NotAFeedError)) throw error
    const html = decodeText(answer.body, { contentType: answer.headers['content-type'] ?? null })
    const named = discoverFeeds(html, answer.url)
    for (const url of named.length > 0 ? named : usualPlaces(answer.url)) {
      const feed = await fetchUsable(url, deps)
        .then((found) => readFeed(found, url, deps))
        .catch(() => null)
      if (feed !== null) return feed
    }
    throw error
  }
}

/** Where sites keep a feed that they do not name; looked for where somebody gave the site's front page. */
const USUAL_PLACES = ['/feed', '/rss.xml', '/feed.xml', '/atom.xml']

function usualPlaces(page: string): readonly string[] {
  return new URL(page).pathname === '/' ? USUAL_PLACES.map((path) => new URL(path, page).href) : []
}

async function fetchUsable(address: string, { fetch, robots }: AddFeedDeps): Promise<WebAnswer> {
  // What is no web address is refused by the fetch, in words.
  if (/^https?:/i.test(address) && URL.canParse(address) && !(await robots(address))) {
    throw new FeedRefusedError('That site asks robots to stay away from this address (robots.txt).')
  }
  const answer = await fetch(address)
  const refusal = refusalInWords(answer)
  if (refusal !== null) throw new FeedRefusedError(refusal)
  return answer
}

async function readFeed(answer: WebAnswer, asked: string, { parse }: AddFeedDeps): Promise<FoundFeed> {
  const feed = await parse(answer.body, { url: answer.url, contentType: answer.headers['content-type'] ?? null })
  // An address that moved for good is followed at its new place; one that moved for now keeps its own.
  return { url: answer.movedTo ?? new URL(asked).href, title: feed.title }
}

/** `wire.example/rss` and `feed://wire.example/rss` are what people paste. */
function withScheme(address: string): string {
  const plain = address
    .trim()
    .replace(/^<(.{1,4000})>$/, '$1')
    .replace(/^feed:\/\//i, 'http://')
    .replace(/^feed:(?=https?:)/i, '')
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(plain) && !/^[\w.-]+:\d/.test(plain) ? plain : `https://${plain}`
  return URL.parse(whole)?.href ?? whole
}
