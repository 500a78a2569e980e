import { expect, test } from 'vitest'
import { silentLog } from '../../src/base/log.ts'
import { PUBLIC } from '../../src/base/scope.ts'
import { openWeb } from '../../src/base/web/open-web.ts'
import { robots } from '../../src/base/web/robots.ts'
import { feedMigrations } from '../../src/feed/feed-migrations.ts'
import { feedStore } from '../../src/feed/feed-store.ts'
import { readOpml, writeOpml } from '../../src/feed/opml.ts'
import { parseFeed } from '../../src/feed/parse-feed.ts'
import { pollFeed } from '../../src/feed/poll-feed.ts'
import { handClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'
import { publisher, rss } from '../support/publisher.ts'

const FEEDS = [
  { url: 'https://wire.example/rss.xml?a=1&b=2', title: 'Wire & Sons "daily"' },
  { url: 'https://ledger.example/feed', title: 'The Ledger' },
]

test('feeds that were written out are read back the same', () => {
  expect(readOpml(writeOpml(FEEDS))).toEqual(FEEDS)
})

test('folders are opened, each address is taken once, and what is no web address is left out', () => {
  const opml = `<?xml version="1.0"?><opml version="2.0"><head><title>x</title></head><body>
    <outline text="News"><outline text="A" type="rss" xmlUrl="https://a.example/feed"/><outline text="Deep"><outline text="B" xmlUrl="https://b.example/feed"/></outline></outline>
    <outline text="A again" xmlUrl="https://a.example/feed"/><outline text="Bad" xmlUrl="file:///etc/passwd"/></body></opml>`

  expect(readOpml(opml)).toEqual([
    { url: 'https://a.example/feed', title: 'A' },
    { url: 'https://b.example/feed', title: 'B' },
  ])
})

test.each(['', 'not xml', '<opml version="2.0"><body></body></opml>', '<rss version="2.0"><channel/></rss>'])(
  'a file without feeds is refused in words: %j',
  (text) => {
    expect(() => readOpml(text)).toThrow(expect.objectContaining({ code: 'feed/not-opml' }))
  },
)

test('the feeds of a list are followed and read, and written out again as the list that they came from', async () => {
  await using site = await publisher({
    '/a.xml': { body: rss([{ title: 'Talks', guid: 'a' }]) },
    '/b.xml': { status: 404 },
  })
  await using db = await testDatabase(feedMigrations)
  await using web = openWeb({ allowPrivate: true, userAgent: 'test', spacingMs: 0 })
  const [store, clock] = [feedStore(db), handClock()]
  const mayRead = robots('Onrecord', { fetch: web.fetch, clock })
  const listed = [
    { url: `${site.url}/a.xml`, title: 'Valdoran Wire' },
    { url: `${site.url}/b.xml`, title: 'The Ledger' },
  ]

  for (const feed of readOpml(writeOpml(listed))) {
    const { id } = await store.add({ ...feed, team: PUBLIC, addedBy: null }, clock.now())
    const deps = {
      store,
      fetch: web.fetch,
      robots: mayRead,
      parse: parseFeed,
      clock,
      log: silentLog,
      random: () => 0.5,
    }
    await pollFeed(id, deps)
  }

  const followed = await store.feedsOf(PUBLIC)
  expect(followed.map(({ title, state }) => [title, state]).toSorted()).toEqual([
    ['The Ledger', 'failing'],
    ['Valdoran Wire', 'active'],
  ])
  expect(readOpml(writeOpml(followed)).toSorted((a, b) => a.url.localeCompare(b.url))).toEqual(listed)
})

test('a list of a hundred thousand empty folders, or one that is nested a thousand deep, is read or refused in a moment', () => {
  const started = performance.now()
  const feed = '<outline xmlUrl="https://a.example/feed" text="A"/>'
  const wrapped = (inside: string) => `<opml version="2.0"><body>${inside}</body></opml>`
  for (const inside of [
    `<outline text="x">${'<outline text="y"/>'.repeat(100_000)}${feed}</outline>`,
    '<outline text="x">'.repeat(1_000) + feed + '</outline>'.repeat(1_000),
  ]) {
    try {
      expect(readOpml(wrapped(inside)).length).toBe(1)
    } catch (error) {
      expect(error).toMatchObject({ code: 'feed/not-opml' })
    }
  }

  expect(performance.now() - started).toBeLessThan(5_000)
})
