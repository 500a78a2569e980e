import { expect, test } from 'vitest'
import type { Clock } from '../../src/base/clock.ts'
import type { Database } from '../../src/base/database/database.ts'
import { silentLog } from '../../src/base/log.ts'
import { PUBLIC } from '../../src/base/scope.ts'
import { openWeb } from '../../src/base/web/open-web.ts'
import { robots } from '../../src/base/web/robots.ts'
import { chatMigrations } from '../../src/chat/chat-migrations.ts'
import { feedMigrations } from '../../src/feed/feed-migrations.ts'
import { feedStore } from '../../src/feed/feed-store.ts'
import { parseFeed } from '../../src/feed/parse-feed.ts'
import { pollFeed } from '../../src/feed/poll-feed.ts'
import { handClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'
import { type Published, publisher, rss } from '../support/publisher.ts'

async function following(pages: Record<string, Published>) {
  const site = await publisher(pages)
  const db = await testDatabase({ ...chatMigrations, ...feedMigrations })
  const clock = handClock()
  const poller = openPoller(db, clock)
  const feed = await poller.store.add(
    { url: `${site.url}/rss.xml`, team: PUBLIC, addedBy: null, title: null },
    clock.now(),
  )
  return {
    site,
    clock,
    store: poller.store,
    poll: () => pollFeed(feed.id, poller),
    feed: async () => (await poller.store.get(feed.id)) ?? expect.fail('the feed is gone'),
    entries: async (ids: readonly Parameters<typeof poller.store.entry>[0][]) =>
      await Promise.all(ids.map((id) => poller.store.entry(id))),
    [Symbol.asyncDispose]: async () => {
      await poller.web[Symbol.asyncDispose]()
      await site[Symbol.asyncDispose]()
      await db[Symbol.asyncDispose]()
    },
  }
}

function openPoller(db: Database, clock: Clock) {
  const web = openWeb({ allowPrivate: true, userAgent: 'Onrecord test', spacingMs: 0 })
  return {
    web,
    store: feedStore(db),
    fetch: web.fetch,
    robots: robots('onrecord', { fetch: web.fetch, clock }),
    parse: parseFeed,
    clock,
    log: silentLog,
    random: () => 0.5,
  }
}

const DAY = 'Mon, 16 Nov 2026 09:00:00 GMT'
const two = rss([
  { title: 'Talks open', link: 'https://wire.example/1', guid: 'a', date: DAY },
  { title: 'Talks end', link: 'https://wire.example/2', guid: 'b', date: DAY },
])

test('the first poll brings all entries, marked as backfill so that nobody is alerted about them', async () => {
  await using it = await following({ '/rss.xml': { body: two } })

  const entries = await it.entries(await it.poll())

  expect(entries.map((entry) => entry?.title).toSorted()).toEqual(['Talks end', 'Talks open'])
  expect(entries.every((entry) => entry?.isBackfill)).toBe(true)
})

test('an entry that appears later is news, and an old one never comes twice', async () => {
  await using it = await following({ '/rss.xml': { body: two } })
  const first = await it.poll()
  it.site.pages['/rss.xml'] = {
    body: rss([
      { title: 'Talks resume', link: 'https://wire.example/3', guid: 'c', date: DAY },
      { title: 'Talks open', guid: 'a' },
    ]),
  }

  const second = await it.poll()

  const fresh = second.filter((id) => !first.includes(id))
  expect((await it.entries(fresh)).map((entry) => [entry?.title, entry?.isBackfill])).toEqual([['Talks resume', false]])
})

test('a poll that was interrupted hands its entries on when it runs again', async () => {
  await using it = await following({ '/rss.xml': { body: two } })

  const first = await it.poll()

  expect(await it.poll()).toEqual(first)
})

test('new guids for the same items are no new entries', async () => {
  await using it = await following({ '/rss.xml': { body: two } })
  const first = await it.poll()
  it.site.pages['/rss.xml'] = { body: two.replaceAll('>a<', '>x<').replaceAll('>b<', '>y<') }

  expect(await it.poll()).toEqual(first)
})

test('a feed that has not changed is asked by its tag and gives nothing to parse', async () => {
  await using it = await following({ '/rss.xml': { body: two, headers: { etag: '"v1"', 'last-modified': DAY } } })
  await it.poll()
  it.site.pages['/rss.xml'] = { status: 304 }

  await it.poll()

  expect(it.site.requests[1]?.headers['if-none-match']).toBe('"v1"')
  expect(it.site.requests[1]?.headers['if-modified-since']).toBe(DAY)
  expect((await it.feed()).state).toBe('active')
})

test('a server that says "unchanged" for ever is asked without a condition once a day', async () => {
  await using it = await following({ '/rss.xml': { body: two, headers: { etag: '"v1"' } } })
  await it.poll()
  it.clock.advance({ hours: 25 })

  await it.poll()

  expect(it.site.requests[1]?.headers['if-none-match']).toBeUndefined()
})

test('a tag that is no legal tag is not sent back', async () => {
  await using it = await following({ '/rss.xml': { body: two, headers: { etag: `"${'x'.repeat(400)}"` } } })
  await it.poll()

  await it.poll()

  expect(it.site.requests[1]?.headers['if-none-match']).toBeUndefined()
})

test.each([
  [401, 'password'],
  [403, 'does not let us in'],
  [404, 'nothing at that address'],
  [429, 'too often'],
  [451, 'legal reasons'],
  [500, 'problem of its own'],
  [999, 'do not understand'],
])('a site that answers %i is said to be failing in plain words, and is asked again later', async (status, words) => {
  await using it = await following({ '/rss.xml': { status } })

  expect(await it.poll()).toEqual([])

  const feed = await it.feed()
  expect(feed.state).toBe('failing')
  expect(feed.failure).toContain(words)
  expect(feed.failure).toMatch(/I will ask again in \d+ minutes\.$/)
  expect(feed.nextPollAt.getTime()).toBeGreaterThan(it.clock.now().getTime())
})

test('a bot wall is named as one', async () => {
  await using it = await following({ '/rss.xml': { status: 403, body: '<title>Just a moment...</title>' } })

  await it.poll()

  expect((await it.feed()).failure).toContain('bot wall')
})

test('a page where a feed should be is named as one', async () => {
  await using it = await following({ '/rss.xml': { body: '<!doctype html><html><body><p>Welcome</p></body></html>' } })

  await it.poll()

  expect((await it.feed()).failure).toContain('a web page, not a feed')
})

test('a publisher who has ended a feed is never asked again', async () => {
  await using it = await following({ '/rss.xml': { status: 410 } })
  await it.poll()

  await it.poll()

  expect((await it.feed()).state).toBe('gone')
  expect(it.site.requests.length).toBe(1)
  expect(await it.store.due(new Date('2030-01-01'), 10)).toEqual([])
})

test('failures double the wait, and the first success ends them', async () => {
  await using it = await following({ '/rss.xml': { status: 500 } })
  const waits: number[] = []
  for (let turn = 0; turn < 3; turn += 1) {
    await it.poll()
    waits.push((await it.feed()).nextPollAt.getTime() - it.clock.now().getTime())
  }
  it.site.pages['/rss.xml'] = { body: two }

  await it.poll()

  expect(waits.map((wait) => wait / 60_000)).toEqual([15, 30, 60])
  expect(await it.feed()).toMatchObject({ state: 'active', failure: null, failures: 0 })
})

test.each([
  ['120', 15],
  ['7200', 120],
  ['99999999999', 24 * 60],
  ['Fri, 20 Nov 2026 10:00:00 GMT', 120],
  ['Fri, 20 Nov 2020 10:00:00 GMT', 15],
])('Retry-After %s is obeyed, within a day', async (header, minutes) => {
  await using it = await following({ '/rss.xml': { status: 503, headers: { 'retry-after': header } } })

  await it.poll()

  expect(((await it.feed()).nextPollAt.getTime() - it.clock.now().getTime()) / 60_000).toBe(minutes)
})

test('a host that has enough is left alone for all of its feeds', async () => {
  await using it = await following({ '/rss.xml': { status: 429, headers: { 'retry-after': '3600' } } })
  const other = await it.store.add(
    { url: `${it.site.url}/other.xml`, team: PUBLIC, addedBy: null, title: null },
    it.clock.now(),
  )

  await it.poll()

  expect((await it.store.get(other.id))?.nextPollAt).toEqual(new Date(it.clock.now().getTime() + 3_600_000))
})

test('a feed that moved for good is followed to its new address after three equal answers, and not before', async () => {
  await using it = await following({ '/new.xml': { body: two } })
  it.site.pages['/rss.xml'] = { status: 301, headers: { location: '/new.xml' } }
  const urls: string[] = []

  for (let turn = 0; turn < 3; turn += 1) {
    await it.poll()
    urls.push(new URL((await it.feed()).url).pathname)
  }

  expect(urls).toEqual(['/rss.xml', '/rss.xml', '/new.xml'])
})

test('a feed that moved for now keeps its address', async () => {
  await using it = await following({ '/new.xml': { body: two } })
  it.site.pages['/rss.xml'] = { status: 302, headers: { location: '/new.xml' } }

  for (let turn = 0; turn < 4; turn += 1) await it.poll()

  expect(new URL((await it.feed()).url).pathname).toBe('/rss.xml')
})

test('a publisher who asks robots to stay away is not asked for the feed', async () => {
  await using it = await following({ '/rss.xml': { body: two }, '/robots.txt': { body: 'User-agent: *\nDisallow: /' } })

  await it.poll()

  expect((await it.feed()).failure).toContain('robots.txt')
  expect(it.site.requests).toEqual([])
})

test('every request says who asks', async () => {
  await using it = await following({ '/rss.xml': { body: two } })

  await it.poll()

  expect(it.site.requests[0]?.headers['user-agent']).toBe('Onrecord test')
})

test('a feed that is cut in the middle gives the items before the cut', async () => {
  await using it = await following({ '/rss.xml': { body: two.slice(0, two.indexOf('Talks end')) } })

  expect((await it.entries(await it.poll())).map((entry) => entry?.title)).toEqual(['Talks open'])
})

test('of a flood of items only the newest two hundred are taken', async () => {
  const flood = rss(
    Array.from({ length: 1_000 }, (_, index) => ({
      title: `Item ${index}`,
      guid: `g${index}`,
      date: new Date(Date.UTC(2026, 0, 1, 0, index)).toUTCString(),
    })),
  )
  await using it = await following({ '/rss.xml': { body: flood } })

  const entries = await it.entries(await it.poll())

  expect(entries.length).toBe(200)
  expect(entries.some((entry) => entry?.title === 'Item 999')).toBe(true)
  expect(entries.some((entry) => entry?.title === 'Item 799')).toBe(false)
})
