import { expect, test } from 'vitest'
import { silentLog } from '../../src/base/log.ts'
import { PUBLIC } from '../../src/base/scope.ts'
import { openWeb } from '../../src/base/web/open-web.ts'
import { robots } from '../../src/base/web/robots.ts'
import type { FeedId } from '../../src/feed/feed.ts'
import { feedMigrations } from '../../src/feed/feed-migrations.ts'
import { feedStore } from '../../src/feed/feed-store.ts'
import { parseFeed } from '../../src/feed/parse-feed.ts'
import { pollFeed } from '../../src/feed/poll-feed.ts'
import { handClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'
import { type Published, publisher, rss } from '../support/publisher.ts'

async function desk(pages: Record<string, Published>) {
  const stack = new AsyncDisposableStack()
  const site = stack.use(await publisher(pages))
  const db = stack.use(await testDatabase(feedMigrations))
  const web = stack.use(openWeb({ allowPrivate: true, userAgent: 'test', spacingMs: 0, headersMs: 300 }))
  const [clock, store] = [handClock(), feedStore(db)]
  const mayRead = robots('Onrecord', { fetch: web.fetch, clock })
  const deps = { store, fetch: web.fetch, robots: mayRead, parse: parseFeed, clock, log: silentLog, random: () => 0.5 }
  return {
    add: async (path: string) =>
      (await store.add({ url: `${site.url}${path}`, team: PUBLIC, addedBy: null, title: null }, clock.now())).id,
    poll: (id: FeedId) => pollFeed(id, deps),
    feed: async (id: FeedId) => (await store.get(id)) ?? expect.fail('no feed'),
    waits: async (id: FeedId) => ((await store.get(id))?.nextPollAt.getTime() ?? 0) - clock.now().getTime(),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}
const FEED = { body: rss([{ title: 'Talks', guid: 'a' }]) }

test('a host that is closed for an hour (503 with Retry-After) is left alone for all of its feeds', async () => {
  await using at = await desk({ '/a.xml': { status: 503, headers: { 'retry-after': '3600' } }, '/b.xml': FEED })
  const [a, b] = [await at.add('/a.xml'), await at.add('/b.xml')]
  await at.poll(a)
  expect(await at.waits(b)).toBe(3_600_000)
})

test('a host that does not answer for one feed is not asked for the others at once', async () => {
  await using at = await desk({ '/a.xml': () => undefined, '/b.xml': FEED })
  const [a, b] = [await at.add('/a.xml'), await at.add('/b.xml')]
  await at.poll(a)
  expect(await at.waits(b)).toBeGreaterThan(0)
})

test('a feed that is sent on to an address from which robots are kept is not read there', async () => {
  await using at = await desk({
    '/a.xml': { status: 302, headers: { location: '/closed/b.xml' } },
    '/closed/b.xml': FEED,
    '/robots.txt': { body: 'User-agent: *\nDisallow: /closed' },
  })
  const a = await at.add('/a.xml')
  await at.poll(a)
  expect((await at.feed(a)).failure).toContain('robots.txt')
})
