import { expect, test } from 'vitest'
import { feeds as feedsCommand } from '../../commands/feeds.ts'
import { systemClock } from '../../src/base/clock.ts'
import { readConfig } from '../../src/base/config.ts'
import type { Database } from '../../src/base/database/database.ts'
import { silentLog } from '../../src/base/log.ts'
import { openWeb, type WebOptions } from '../../src/base/web/open-web.ts'
import { robots } from '../../src/base/web/robots.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { chatMigrations } from '../../src/chat/chat-migrations.ts'
import { teamStore } from '../../src/chat/team-store.ts'
import { deliveryMigrations } from '../../src/delivery/delivery-migrations.ts'
import { outbox } from '../../src/delivery/outbox.ts'
import type { FeedId } from '../../src/feed/feed.ts'
import { feedMigrations } from '../../src/feed/feed-migrations.ts'
import { feedStore } from '../../src/feed/feed-store.ts'
import { parseFeed } from '../../src/feed/parse-feed.ts'
import { pollFeed } from '../../src/feed/poll-feed.ts'
import { openPress } from '../../src/service/open-press.ts'
import { tellOwner } from '../../src/service/tell-owner.ts'
import { handClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'
import { type Published, publisher, rss } from '../support/publisher.ts'
import { request } from '../support/requests.ts'
import { freePort } from '../support/service.ts'

const MINUTE = 60_000
const SCHEMA = { ...chatMigrations, ...feedMigrations, ...deliveryMigrations }

/** A publisher, and one team that follows a feed of it. */
async function desk(pages: Record<string, Published> = {}, options: Partial<WebOptions> = {}) {
  const stack = new AsyncDisposableStack()
  const site = stack.use(await publisher(pages))
  const db: Database = stack.use(await testDatabase(SCHEMA))
  const clock = handClock()
  const teams = teamStore(db, { clock })
  const team = await teams.teamOf('slack', 'T1', 'Talvian desk')
  /** The poller as it is after a start: it remembers nothing but what the database holds. */
  const start = () => {
    const web = stack.use(openWeb({ allowPrivate: true, userAgent: 'test', spacingMs: 0, headersMs: 300, ...options }))
    return { fetch: web.fetch, store: feedStore(db), robots: robots('Onrecord', { fetch: web.fetch, clock }) }
  }
  let poller = start()
  let chance = 0.5
  const add = async (url: string) => (await poller.store.add({ url, team, addedBy: 'U1', title: null }, clock.now())).id
  const first = await add(`${site.url}/rss.xml`)
  return {
    site,
    clock,
    add,
    restart: () => {
      poller = start()
    },
    roll: (next: number) => {
      chance = next
    },
    poll: (id: FeedId = first) =>
      pollFeed(id, { ...poller, parse: parseFeed, clock, log: silentLog, random: () => chance }),
    feed: async (id: FeedId = first) => (await poller.store.get(id)) ?? expect.fail('the feed is gone'),
    /** In how many minutes the feed is asked again. */
    waits: async (id: FeedId = first) =>
      ((await poller.store.get(id))?.nextPollAt.getTime() ?? 0) / MINUTE - clock.now().getTime() / MINUTE,
    tellOwner: () => tellOwner(first, { db, feeds: poller.store, teams }, clock),
    notices: async () => await outbox(db).recent(team, 10),
    /** What the team reads when it asks for its feeds. */
    seen: async () => {
      const desk = {
        feedsOf: poller.store.feedsOf,
        remove: poller.store.remove,
        add: () => expect.fail('not asked for'),
      }
      const answer = await feedsCommand.run({}, { feeds: desk }, request({ team }))
      return plainText('blocks' in answer ? answer.blocks : answer)
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

const FEED = { body: rss([{ title: 'Talks open', guid: 'a' }]) }

/** A feed whose items came so many minutes apart. */
function everyMinutes(minutes: number, channel = ''): string {
  const dates = Array.from({ length: 15 }, (_, index) => Date.UTC(2026, 10, 20, 7, 0) - index * minutes * MINUTE)
  const items = dates.map((date, index) => ({
    title: `Item ${index}`,
    guid: `g${index}`,
    date: new Date(date).toUTCString(),
  }))
  return rss(items, channel)
}

test('tag and date of a feed are remembered over a restart', async () => {
  const headers = { etag: 'W/"v1"', 'last-modified': 'Fri, 20 Nov 2026 07:00:00 GMT' }
  await using at = await desk({ '/rss.xml': { ...FEED, headers } })
  await at.poll()
  at.restart()

  await at.poll()

  expect(at.site.requests[1]?.headers).toMatchObject({
    'if-none-match': 'W/"v1"',
    'if-modified-since': 'Fri, 20 Nov 2026 07:00:00 GMT',
  })
})

test.each([
  [1, 5],
  [20, 10],
  [120, 60],
  [3 * 24 * 60, 360],
])('a feed with an item every %i minutes is asked every %i minutes', async (between, wait) => {
  await using at = await desk({ '/rss.xml': { body: everyMinutes(between) } })

  await at.poll()

  expect(await at.waits()).toBe(wait)
})

test.each<[string, string, Record<string, string>, number]>([
  ['nothing', '', {}, 5],
  ['a ttl of an hour', '<ttl>60</ttl>', {}, 60],
  ['a ttl of a minute', '<ttl>1</ttl>', {}, 5],
  ['a ttl of a week', '<ttl>10080</ttl>', {}, 360],
  ['a Cache-Control of two hours', '', { 'cache-control': 'public, max-age=7200' }, 120],
  ['an Expires in three hours', '', { expires: 'Fri, 20 Nov 2026 11:00:00 GMT' }, 180],
  ['an Expires that is over', '', { expires: 'Thu, 01 Jan 1970 00:00:00 GMT' }, 5],
  ['an Expires that is none', '', { expires: '-1' }, 5],
  [
    'both, of which the first counts',
    '',
    { 'cache-control': 'max-age=1200', expires: 'Fri, 20 Nov 2026 11:00:00 GMT' },
    20,
  ],
  ['a ttl and a longer Cache-Control', '<ttl>30</ttl>', { 'cache-control': 'max-age=3600' }, 60],
])('a busy feed that asks for %s is asked accordingly', async (_, channel, headers, wait) => {
  await using at = await desk({ '/rss.xml': { body: everyMinutes(1, channel), headers } })

  await at.poll()

  expect(await at.waits()).toBe(wait)
})

test.each([429, 503])('a site that answers %i says how long to wait, in seconds or by a date', async (status) => {
  await using at = await desk()
  const waits: number[] = []
  for (const wait of ['5400', 'Fri, 20 Nov 2026 11:00:00 GMT']) {
    at.site.pages['/rss.xml'] = { status, headers: { 'retry-after': wait } }
    await at.poll()
    waits.push(await at.waits())
  }

  expect(waits).toEqual([90, 180])
})

test('no two feeds wait equally long, whether they work or fail', async () => {
  await using at = await desk({ '/rss.xml': FEED })
  const waits: number[] = []
  for (const answer of [FEED, { status: 500 }]) {
    at.site.pages['/rss.xml'] = answer
    for (const chance of [0, 1]) {
      at.roll(chance)
      await at.poll()
      waits.push(await at.waits())
    }
  }

  expect(waits).toEqual([13.5, 16.5, 13.5, 33])
})

test('a feed that fails a hundred times is still asked once a day, and is well again at its first answer', async () => {
  await using at = await desk({ '/rss.xml': { status: 500 } })
  for (let turn = 0; turn < 100; turn += 1) await at.poll()
  expect(await at.feed()).toMatchObject({ state: 'failing', failures: 100 })
  expect(await at.waits()).toBe(24 * 60)
  at.site.pages['/rss.xml'] = FEED

  await at.poll()

  expect(await at.feed()).toMatchObject({ state: 'active', failure: null, failures: 0 })
})

test.each<[string, Published, RegExp]>([
  ['wants a password', { status: 401 }, /password there \(401\)/],
  ['lets nobody in', { status: 403 }, /does not let us in \(403\)/],
  ['has nothing there', { status: 404 }, /nothing at that address \(404\)/],
  ['has ended it', { status: 410 }, /for good \(410\)\. I have stopped asking/],
  ['shows a bot wall', { status: 403, body: '<title>Just a moment...</title>' }, /bot wall, 403/],
  [
    'shows a bot wall with a smile',
    { body: '<title>Just a moment...</title>' },
    /challenge instead of its pages \(bot wall\)/,
  ],
  ['has enough', { status: 429 }, /too often \(429\)/],
  ['has a problem', { status: 502 }, /problem of its own \(502\)/],
  ['shows a page', { body: '<html><body><p>Welcome</p></body></html>' }, /a web page, not a feed/],
  ['shows something else', { body: 'Welcome', headers: { 'content-type': 'text/plain' } }, /not a feed/],
  ['never answers', () => undefined, /took too long/],
  ['hangs up', (response) => response.destroy(), /broke off in the middle/],
  ['sends us round in circles', { status: 302, headers: { location: '/rss.xml' } }, /round in circles/],
  [
    'sends us to its neighbours',
    { status: 302, headers: { location: 'http://user:word@127.0.0.1/' } },
    /user name or a password/,
  ],
])('of a site that %s the team reads that in its list of feeds', async (_, answer, words) => {
  await using at = await desk({ '/rss.xml': answer })

  await at.poll()

  expect(await at.seen()).toMatch(words)
  if (!/stopped/.test(words.source)) expect(await at.seen()).toMatch(/I will ask again in \d+ (?:minutes|hours)/)
})

test('of a site that lets robots not in, or cannot say whether it does, the team reads that in its list of feeds', async () => {
  await using shut = await desk({ '/rss.xml': FEED, '/robots.txt': { body: 'User-agent: onrecord\nDisallow: /' } })
  await using broken = await desk({ '/rss.xml': FEED, '/robots.txt': { status: 500 } })
  await shut.poll()
  await broken.poll()

  expect(await shut.seen()).toMatch(/robots to stay away.*robots\.txt.*I will ask again in 24 hours/)
  expect(await broken.seen()).toMatch(/its robots\.txt ends in an error/)
  expect([...shut.site.requests, ...broken.site.requests]).toEqual([])
})

test('a name that does not exist, a wrong certificate and a closed port are told apart', async () => {
  await using at = await desk(
    {},
    { resolve: async () => Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' })) },
  )
  const closed = await freePort()
  const seen: (string | null)[] = []
  for (const url of [
    'http://wire.example/rss',
    at.site.url.replace('http:', 'https:'),
    `http://127.0.0.1:${closed}/`,
  ]) {
    const id = await at.add(url)
    await at.poll(id)
    seen.push((await at.feed(id)).failure)
  }

  expect(seen).toEqual([
    expect.stringContaining('(DNS)'),
    expect.stringContaining('(TLS)'),
    expect.stringContaining('does not take connections'),
  ])
})

test('whoever added a feed is told once that it fails, with the reason that the list shows', async () => {
  await using at = await desk({ '/rss.xml': { status: 403 } })
  for (let hour = 0; hour < 60; hour += 1) {
    await at.poll()
    await at.tellOwner()
    at.clock.advance({ hours: 1 })
  }

  const [notice, ...more] = await at.notices()

  expect(more).toEqual([])
  expect(notice?.channel).toBe('@U1')
  expect(plainText(notice?.blocks ?? [])).toContain('does not let us in (403)')
})

test.each([301, 308])('a feed that has moved for good (%i) is asked at its new place in the end', async (status) => {
  await using at = await desk({ '/new.xml': FEED })
  at.site.pages['/rss.xml'] = { status, headers: { location: '/new.xml' } }
  for (let turn = 0; turn < 4; turn += 1) await at.poll()

  expect(new URL((await at.feed()).url).pathname).toBe('/new.xml')
  expect(at.site.requests.slice(-1).map(({ path }) => path)).toEqual(['/new.xml'])
})

test.each([302, 303, 307])('a feed that has moved for now (%i) is asked where it was', async (status) => {
  await using at = await desk({ '/new.xml': FEED })
  at.site.pages['/rss.xml'] = { status, headers: { location: '/new.xml' } }
  for (let turn = 0; turn < 4; turn += 1) await at.poll()

  expect(new URL((await at.feed()).url).pathname).toBe('/rss.xml')
})

test('a move for good that is part of a detour for now is not believed', async () => {
  await using at = await desk({ '/new.xml': FEED })
  at.site.pages['/rss.xml'] = { status: 302, headers: { location: '/detour' } }
  at.site.pages['/detour'] = { status: 301, headers: { location: '/new.xml' } }
  for (let turn = 0; turn < 4; turn += 1) await at.poll()

  expect(new URL((await at.feed()).url).pathname).toBe('/rss.xml')
})

test('feeds of one host are asked one after the other, with a pause between, over one connection', async () => {
  const spans: { readonly from: number; readonly to: number }[] = []
  const ports = new Set<number | undefined>()
  const serve: Published = (response) => {
    const from = performance.now()
    ports.add(response.socket?.remotePort)
    setTimeout(() => {
      spans.push({ from, to: performance.now() })
      response.end(FEED.body)
    }, 20)
  }
  await using at = await desk({ '/rss.xml': serve, '/2.xml': serve, '/3.xml': serve }, { spacingMs: 80 })
  const others = await Promise.all(['/2.xml', '/3.xml'].map((path) => at.add(`${at.site.url}${path}`)))

  await Promise.all([at.poll(), ...others.map((id) => at.poll(id))])

  const pauses = spans.slice(1).map(({ from }, index) => from - (spans[index]?.to ?? 0))
  expect(spans.length).toBe(3)
  // Timers may be a little early.
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(75)
  expect(ports.size).toBe(1)
})

test.each([
  ['https://bot.example/about', /^Onrecord\/\d\S* \(\+https:\/\/bot\.example\/about\)$/],
  [undefined, /^Onrecord\/\d\S*$/],
])('publishers are told who asks and how to reach the operator: %s', async (contact, agent) => {
  const agents: (string | undefined)[] = []
  const note: Published = (response, { headers }) => {
    agents.push(headers['user-agent'])
    response.end()
  }
  await using site = await publisher({ '/robots.txt': note, '/rss.xml': note })
  const config = readConfig({ ALLOW_PRIVATE_ADDRESSES: 'yes', CONTACT: contact })
  await using press = openPress(config, { clock: systemClock, sample: site.url })

  await press.robots(`${site.url}/rss.xml`)
  await press.fetch(`${site.url}/rss.xml`)

  expect(agents).toEqual([expect.stringMatching(agent), expect.stringMatching(agent)])
})
