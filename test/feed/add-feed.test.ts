import { expect, test } from 'vitest'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import { openWeb } from '../../src/base/web/open-web.ts'
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
  return {
    site,
    store,
    add: (path: string, team: TeamId = OURS) =>
      addFeed(
        { url: `${site.url}${path}`, team, addedBy: 'mira' },
        { store, fetch: web.fetch, parse: parseFeed, clock: handClock() },
      ),
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
