import { expect, test } from 'vitest'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import { checkAddress } from '../../src/base/web/address.ts'
import { openWeb } from '../../src/base/web/open-web.ts'
import { robots } from '../../src/base/web/robots.ts'
import { addFeed } from '../../src/feed/add-feed.ts'
import { feedMigrations } from '../../src/feed/feed-migrations.ts'
import { feedStore } from '../../src/feed/feed-store.ts'
import { parseFeed } from '../../src/feed/parse-feed.ts'
import { handClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'
import { type Published, publisher, rss } from '../support/publisher.ts'

const [OURS, THEIRS] = [21 as TeamId, 22 as TeamId]

async function desk(pages: Record<string, Published>, { allowPrivate = true } = {}) {
  const site = await publisher(pages)
  const db = await testDatabase(feedMigrations)
  const web = openWeb({ allowPrivate, userAgent: 'Onrecord test', spacingMs: 0 })
  const store = feedStore(db)
  const clock = handClock()
  const deps = {
    store,
    fetch: web.fetch,
    robots: robots('Onrecord', { fetch: web.fetch, clock }),
    parse: parseFeed,
    clock,
  }
  return {
    site,
    store,
    add: (path: string, team: TeamId = OURS) => addFeed({ url: `${site.url}${path}`, team, addedBy: 'mira' }, deps),
    /** As somebody typed it. */
    type: (url: string) => addFeed({ url, team: OURS, addedBy: 'mira' }, deps),
    [Symbol.asyncDispose]: async () => {
      await web[Symbol.asyncDispose]()
      await site[Symbol.asyncDispose]()
      await db[Symbol.asyncDispose]()
    },
  }
}

const FEED = { body: rss([{ title: 'Talks open', guid: 'a' }]) }

test('a feed is followed once it has been read, under its own title', async () => {
  await using it = await desk({ '/rss.xml': FEED })

  const feed = await it.add('/rss.xml')

  expect([feed.title, feed.addedBy]).toEqual(['Valdoran Wire', 'mira'])
})

test('a feed that the team follows already is not added again', async () => {
  await using it = await desk({ '/rss.xml': FEED })
  const first = await it.add('/rss.xml')

  const second = await it.add('/rss.xml')

  expect(second.id).toBe(first.id)
  expect((await it.store.feedsOf(OURS)).length).toBe(1)
})

test('of a site the feed that it names is followed, and not its comments', async () => {
  const head =
    '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments.xml"><link rel="alternate" type="application/atom+xml" href="news/rss.xml">'
  await using it = await desk({
    '/': { body: `<html><head>${head}</head><body>News</body></html>` },
    '/news/rss.xml': FEED,
  })

  expect(new URL((await it.add('/')).url).pathname).toBe('/news/rss.xml')
})

test('a page without a feed is refused in one sentence that says what to give instead', async () => {
  await using it = await desk({ '/': { body: '<html><body>News</body></html>' } })

  await expect(it.add('/')).rejects.toMatchObject({
    code: 'feed/not-a-feed',
    explanation: expect.stringContaining('RSS or Atom'),
  })
  expect(await it.store.feedsOf(OURS)).toEqual([])
})

test('a site that lets us not in is refused with the reason', async () => {
  await using it = await desk({ '/rss.xml': { status: 403 } })

  await expect(it.add('/rss.xml')).rejects.toMatchObject({
    explanation: expect.stringContaining('does not let us in (403)'),
  })
})

test('a word that is no address is told so, and not that it leads into a private network', () => {
  expect(() => checkAddress('https://not-an-address', { allowPrivate: false })).toThrow(
    expect.objectContaining({ explanation: expect.stringContaining('That is a word, and no web address') }),
  )
  expect(() => checkAddress('http://localhost/feed', { allowPrivate: false })).toThrow(
    expect.objectContaining({ explanation: expect.stringContaining('private network') }),
  )
})

test('an address in a private network is refused before anything is sent', async () => {
  await using it = await desk({ '/rss.xml': FEED }, { allowPrivate: false })

  await expect(it.add('/rss.xml')).rejects.toMatchObject({ code: 'web/address-refused' })
  expect(it.site.requests).toEqual([])
})

test('two teams that add the same address each have their own feed, and neither learns of the other', async () => {
  await using it = await desk({ '/rss.xml': FEED })

  const ours = await it.add('/rss.xml', OURS)
  const theirs = await it.add('/rss.xml', THEIRS)

  expect((await it.store.feedsOf(OURS)).map((feed) => feed.id)).toEqual([ours.id])
  expect((await it.store.feedsOf(THEIRS)).map((feed) => feed.id)).toEqual([theirs.id])
})

test('a public feed is seen by every team and removed by none of them', async () => {
  await using it = await desk({ '/rss.xml': FEED })
  const feed = await it.add('/rss.xml', PUBLIC)

  expect((await it.store.feedsOf(THEIRS)).map(({ id }) => id)).toEqual([feed.id])
  expect(await it.store.remove(THEIRS, feed.id)).toBe(false)
  expect(await it.store.remove(PUBLIC, feed.id)).toBe(true)
})

test.each([
  ['without its scheme', (host: string) => host],
  ['for a feed reader', (host: string) => `feed://${host}`],
  ['with brackets around it', (host: string) => ` <http://${host}> `],
])('an address that is written %s is understood', async (_, write) => {
  await using it = await desk({ '/rss.xml': FEED })
  const host = `${new URL(it.site.url).host}/rss.xml`

  // A loopback server speaks no TLS: without a scheme the secure one is tried, and said to be the matter.
  const feed = await it.type(write(host)).catch((error: unknown) => error)

  expect(feed).toMatchObject(write(host) === host ? { problem: 'tls' } : { title: 'Valdoran Wire' })
})

test('of a site that names no feed the one that it links for its readers is followed', async () => {
  await using it = await desk({
    '/': {
      body: '<body><a href="/about">About</a> <a href="/feeds/comments">Comments</a> <a href="news/rss/">RSS</a></body>',
    },
    '/news/rss/': FEED,
  })

  expect(new URL((await it.add('/')).url).pathname).toBe('/news/rss/')
})

test('of a site that neither names nor links a feed the usual places are tried', async () => {
  await using it = await desk({ '/': { body: '<body>News</body>' }, '/feed.xml': FEED })

  expect(new URL((await it.add('/')).url).pathname).toBe('/feed.xml')
})

test('for a page inside a site nothing is guessed', async () => {
  await using it = await desk({ '/news/1.html': { body: '<body>News</body>' }, '/feed': FEED })

  await expect(it.add('/news/1.html')).rejects.toMatchObject({ code: 'feed/not-a-feed' })
  expect(it.site.requests.map(({ path }) => path)).toEqual(['/news/1.html'])
})

test('a feed that robots may not read is refused when it is added, and not asked for', async () => {
  await using it = await desk({ '/rss.xml': FEED, '/robots.txt': { body: 'User-agent: *\nDisallow: /rss' } })

  await expect(it.add('/rss.xml')).rejects.toMatchObject({ explanation: expect.stringContaining('robots.txt') })
  expect(it.site.requests).toEqual([])
})

test('a feed that has moved for good is followed at its new place, one that moved for now at its old one', async () => {
  await using it = await desk({ '/new.xml': FEED })
  it.site.pages['/moved.xml'] = { status: 301, headers: { location: '/new.xml' } }
  it.site.pages['/away.xml'] = { status: 302, headers: { location: '/new.xml' } }

  const places = [await it.add('/away.xml'), await it.add('/moved.xml')].map(({ url }) => new URL(url).pathname)

  expect(places).toEqual(['/away.xml', '/new.xml'])
})
