import { expect } from 'vitest'
import type { DatabaseKind } from '../../src/base/database/database.ts'
import { openLog } from '../../src/base/log.ts'
import type { TeamId } from '../../src/base/scope.ts'
import { openWeb } from '../../src/base/web/open-web.ts'
import { robots } from '../../src/base/web/robots.ts'
import { chatMigrations } from '../../src/chat/chat-migrations.ts'
import type { EntryId, FeedId } from '../../src/feed/feed.ts'
import { feedMigrations } from '../../src/feed/feed-migrations.ts'
import { feedStore } from '../../src/feed/feed-store.ts'
import { parseFeed } from '../../src/feed/parse-feed.ts'
import { pollWithWebsub } from '../../src/feed/poll-with-websub.ts'
import { askHubs } from '../../src/feed/websub-ask.ts'
import { openWebsubEndpoint } from '../../src/feed/websub-endpoint.ts'
import { websubMigrations } from '../../src/feed/websub-migrations.ts'
import { openHubLine } from '../../src/feed/websub-post.ts'
import { websubStore } from '../../src/feed/websub-store.ts'
import { handClock } from './clock.ts'
import { testDatabase } from './database.ts'
import { type HubRequest, websubHub } from './hub.ts'
import { publisher, rss } from './publisher.ts'

export const TEAM = 41 as TeamId
const SCHEMA = { ...chatMigrations, ...feedMigrations, ...websubMigrations }
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE

/** What a feed says of its hub. */
export type Offer = (site: string, hub: string) => string
export const byAtomLinks: Offer = (site, hub) =>
  `<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="${hub}"/><atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="${site}/rss.xml"/>`

/** A feed with a hub, followed by one team, and our end of the line to that hub. */
export async function websubRoom({
  kind = 'sqlite',
  allowPrivate = true,
  offer = byAtomLinks,
  titles = ['Talks open'],
}: {
  kind?: DatabaseKind
  allowPrivate?: boolean
  offer?: Offer
  titles?: readonly string[]
} = {}) {
  const stack = new AsyncDisposableStack()
  const hub = stack.use(await websubHub())
  const site = stack.use(await publisher())
  const db = stack.use(await testDatabase(SCHEMA, kind))
  const web = stack.use(openWeb({ allowPrivate: true, userAgent: 'Onrecord test', spacingMs: 0 }))
  const line = stack.use(openHubLine({ allowPrivate, userAgent: 'Onrecord test', answerMs: 1_000 }))
  const clock = handClock()
  const [feeds, store] = [feedStore(db), websubStore(db)]
  const woken: FeedId[] = []
  const logged: string[] = []
  const log = openLog('info', (line) => logged.push(line))
  const onNews = async (id: FeedId) => void woken.push(id)
  const endpoint = stack.use(await openWebsubEndpoint({ port: 0, store, onNews, clock, log }))
  const callbacks = `http://127.0.0.1:${endpoint.port}/websub`
  const publish = (...names: readonly string[]) => {
    const items = names.map((title) => ({ title, guid: title, date: 'Fri, 20 Nov 2026 07:00:00 GMT' }))
    site.pages['/rss.xml'] = { body: rss(items, offer(site.url, hub.url)) }
  }
  publish(...titles)
  const add = (path: string) =>
    feeds.add({ url: `${site.url}${path}`, team: TEAM, addedBy: null, title: null }, clock.now())
  const { id } = await add('/rss.xml')
  const poll = (feed: FeedId = id): Promise<readonly EntryId[]> =>
    pollWithWebsub(
      feed,
      {
        ...{ store: feeds, fetch: web.fetch, parse: parseFeed, clock, log, random: () => 0.5 },
        robots: robots('onrecord', { fetch: web.fetch, clock }),
      },
      { websub: store, callbacks },
    )
  const ask = () => askHubs({ store, post: line.post, clock, log, random: () => 0.5 })
  const asked = (index = 0): HubRequest => hub.requests[index] ?? expect.fail('the hub was not asked')
  return {
    ...{ hub, site, db, clock, feeds, store, id, woken, logged, callbacks, publish, add, poll, ask, asked },
    /** In how many minutes the feed is asked again. */
    waits: async (feed: FeedId = id) =>
      (((await feeds.get(feed))?.nextPollAt.getTime() ?? 0) - clock.now().getTime()) / MINUTE,
    titles: async (ids: readonly EntryId[]) => (await Promise.all(ids.map(feeds.entry))).map((entry) => entry?.title),
    subscription: () => store.of(id),
    /** Polls once and lets the hub confirm what follows. */
    subscribe: async () => {
      await poll()
      await ask()
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}
