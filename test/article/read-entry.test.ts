import { expect, test } from 'vitest'
import { feeds as feedsCommand } from '../../commands/feeds.ts'
import { articleMigrations } from '../../src/article/article-migrations.ts'
import { articleStore } from '../../src/article/article-store.ts'
import { keptPages, keptPagesMigrations } from '../../src/article/kept-pages.ts'
import { readEntry } from '../../src/article/read-entry.ts'
import { readFeedWords } from '../../src/article/read-feed-words.ts'
import { readPage } from '../../src/article/read-page.ts'
import { siteReservations } from '../../src/article/reservations.ts'
import { silentLog } from '../../src/base/log.ts'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import { openWeb } from '../../src/base/web/open-web.ts'
import { robots } from '../../src/base/web/robots.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { feedMigrations } from '../../src/feed/feed-migrations.ts'
import { feedStore } from '../../src/feed/feed-store.ts'
import { parseFeed } from '../../src/feed/parse-feed.ts'
import { pollFeed } from '../../src/feed/poll-feed.ts'
import { handClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'
import { type Published, page, publisher, rss } from '../support/publisher.ts'
import { request } from '../support/requests.ts'

async function newsroom(pages: Record<string, Published> = {}) {
  const site = await publisher(pages)
  const db = await testDatabase({ ...feedMigrations, ...articleMigrations, ...keptPagesMigrations })
  const clock = handClock()
  const web = openWeb({ allowPrivate: true, userAgent: 'Onrecord test', spacingMs: 0 })
  const feeds = feedStore(db)
  const articles = articleStore(db)
  const shared = { fetch: web.fetch, robots: robots('onrecord', { fetch: web.fetch, clock }), clock, log: silentLog }
  const kept = keptPages(db)
  const isReserved = siteReservations({ fetch: web.fetch, clock })
  return {
    site,
    clock,
    articles,
    /** Polls the feed for a team and reads all of its entries. */
    read: async (team: TeamId = PUBLIC) => {
      const feed = await feeds.add({ url: `${site.url}/rss.xml`, team, addedBy: null, title: null }, clock.now())
      const entries = await pollFeed(feed.id, { ...shared, store: feeds, parse: parseFeed, random: () => 0.5 })
      const ids = []
      for (const entry of entries) {
        ids.push(
          ...(await readEntry(entry, {
            ...shared,
            feeds,
            articles,
            isReserved,
            keptPages: kept,
            readPage: async (...given) => readPage(...given),
            readFeedWords: async (words) => readFeedWords(words),
          })),
        )
      }
      return {
        entries,
        articles: await Promise.all(
          [...new Set(ids)].map(async (id) => (await articles.get(id)) ?? expect.fail('no such article')),
        ),
      }
    },
    /** What somebody reads who asks for the feeds. */
    seen: async () => {
      const desk = { ...feeds, keptPages: kept.wordsOf, add: () => expect.fail('not asked for') }
      const answer = await feedsCommand.run({}, { feeds: desk }, request({ team: PUBLIC }))
      return plainText('blocks' in answer ? answer.blocks : answer)
    },
    [Symbol.asyncDispose]: async () => {
      await web[Symbol.asyncDispose]()
      await site[Symbol.asyncDispose]()
      await db[Symbol.asyncDispose]()
    },
  }
}

const WORDS = [
  'ARDENNA, November 16. /VNA/. Valdoran Foreign Minister Ilka Brandt said on Monday that the border crossings would open before the winter.',
  '"We will open all four crossings by the first of December, and we will do so together with our neighbours," Brandt told reporters after the talks.',
  'The minister added that customs officers from both countries had been trained for six months and that the scanners had been delivered.',
]
const DAY = 'Mon, 16 Nov 2026 09:00:00 GMT'

function feedOf(site: string, more: object = {}): string {
  return rss([
    {
      title: 'Crossings to open',
      link: `${site}/a.html`,
      guid: 'a',
      date: DAY,
      words:
        'The border crossings open before the winter, says the foreign minister of Valdora, who met her neighbours.',
      ...more,
    },
  ])
}

test('the page behind an entry becomes an article, its dateline taken out as data', async () => {
  await using room = await newsroom({ '/a.html': { body: page('Crossings to open', WORDS) } })
  room.site.pages['/rss.xml'] = { body: feedOf(room.site.url) }

  const [article] = (await room.read()).articles

  expect(article?.text.startsWith('Valdoran Foreign Minister Ilka Brandt said on Monday')).toBe(true)
  expect(article?.dateline).toEqual({ place: 'Ardenna', on: '2026-11-16', agency: 'VNA' })
  expect(article?.text).not.toContain('All rights reserved')
  expect(article?.publishedAt?.toISOString()).toBe('2026-11-16T09:00:00.000Z')
  expect(article?.isBackfill).toBe(true)
})

test('an entry that is read twice is one article', async () => {
  await using room = await newsroom({ '/a.html': { body: page('Crossings to open', WORDS) } })
  room.site.pages['/rss.xml'] = { body: feedOf(room.site.url) }

  const first = await room.read()

  expect(first.articles.length).toBe(1)
  expect((await room.read()).entries).toEqual([])
})

test('two entries that lead to one canonical address are one article', async () => {
  await using room = await newsroom()
  const body = page('Crossings to open', WORDS, `<link rel="canonical" href="${room.site.url}/a.html">`)
  Object.assign(room.site.pages, {
    '/a.html': { body },
    '/a.html?utm_source=feed': { body },
    '/rss.xml': {
      body: rss([
        { title: 'One', link: `${room.site.url}/a.html`, guid: '1' },
        { title: 'Two', link: `${room.site.url}/a.html?utm_source=feed`, guid: '2' },
      ]),
    },
  })

  expect((await room.read()).articles.length).toBe(1)
})

test('a feed that carries whole articles is read without fetching their pages', async () => {
  await using room = await newsroom()
  const whole = [
    ...WORDS,
    ...WORDS.map((text) => text.replace('Brandt', 'The minister').replace('said', 'stressed')),
    `${'The delegations will meet again in spring to look at the figures of the first months. '.repeat(16)}`,
  ]
  room.site.pages['/rss.xml'] = {
    body: feedOf(room.site.url, { whole: whole.map((text) => `<p>${text}</p>`).join('') }),
  }

  const [article] = (await room.read()).articles

  expect(article?.text).toContain('"We will open all four crossings by the first of December')
  expect(room.site.requests.map((request) => request.path)).toEqual(['/rss.xml'])
})

test.each([
  ['a wall against programs', { status: 403, body: '<title>Just a moment...</title>' }],
  ['a page that is gone', { status: 404 }],
  [
    'a consent form',
    { body: '<html><body><h1>Before you continue</h1><p>We use cookies. Please choose.</p></body></html>' },
  ],
  ['a page for subscribers', { status: 402 }],
  ['a page that wants a password', { status: 401 }],
  ['a reservation against mining', { headers: { 'tdm-reservation': '1' }, body: page('Crossings to open', WORDS) }],
  [
    'a reservation against mining in its head',
    { body: page('Crossings to open', WORDS, '<meta content="1" name="TDM-Reservation">') },
  ],
  ['a header that keeps robots away', { headers: { 'x-robots-tag': 'noindex' }, body: page('Crossings', WORDS) }],
  [
    'a header that keeps our robot away',
    { headers: { 'x-robots-tag': 'otherbot: nofollow, Onrecord: none' }, body: page('Crossings', WORDS) },
  ],
  ['a header against machines that learn', { headers: { 'x-robots-tag': 'noarchive, noai' }, body: page('C', WORDS) }],
])('behind %s the words of the feed are used', async (_, answer) => {
  await using room = await newsroom({ '/a.html': answer })
  room.site.pages['/rss.xml'] = { body: feedOf(room.site.url) }

  const [article] = (await room.read()).articles

  expect(article?.text).toBe(
    'The border crossings open before the winter, says the foreign minister of Valdora, who met her neighbours.',
  )
})

test('a page that robots may not read gives way to the words of the feed', async () => {
  await using room = await newsroom({
    '/a.html': { body: page('Crossings to open', WORDS) },
    '/robots.txt': { body: 'User-agent: *\nDisallow: /*.html$' },
  })
  room.site.pages['/rss.xml'] = { body: feedOf(room.site.url) }

  const [article] = (await room.read()).articles

  expect(article?.text).toContain('who met her neighbours')
  expect(room.site.requests.some((request) => request.path === '/a.html')).toBe(false)
})

test('a site with a passing problem is asked again before its page is given up', async () => {
  await using room = await newsroom({ '/a.html': { status: 502 } })
  room.site.pages['/rss.xml'] = { body: feedOf(room.site.url) }

  await expect(room.read()).rejects.toThrow('page not available')
  room.clock.advance({ minutes: 11 })

  expect((await room.read()).articles[0]?.text).toContain('who met her neighbours')
})

test('an entry without words or page is no article, and is not read again', async () => {
  await using room = await newsroom({ '/rss.xml': { body: rss([{ title: 'Photo of the day', guid: 'p' }]) } })

  expect((await room.read()).articles).toEqual([])
  expect((await room.read()).entries).toEqual([])
})

test('what a team reads through its private feed is its own, and no other team finds it', async () => {
  await using room = await newsroom({ '/a.html': { body: page('Crossings to open', WORDS) } })
  room.site.pages['/rss.xml'] = { body: feedOf(room.site.url) }
  const [own, other] = [11 as TeamId, 12 as TeamId]

  const [article] = (await room.read(own)).articles

  expect(article?.team).toBe(own)
  expect(await room.articles.byUrl(other, `${room.site.url}/a.html`)).toBeNull()
  expect((await room.articles.byUrl(own, `${room.site.url}/a.html`))?.id).toBe(article?.id)
})

test('an article that is public already is not stored again for a team', async () => {
  await using room = await newsroom({ '/a.html': { body: page('Crossings to open', WORDS) } })
  room.site.pages['/rss.xml'] = { body: feedOf(room.site.url) }

  const [shared] = (await room.read()).articles

  expect((await room.read(11 as TeamId)).articles[0]?.id).toBe(shared?.id)
})

test('a date that is still to come counts as the day it was seen', async () => {
  await using room = await newsroom({ '/a.html': { body: page('Crossings to open', WORDS) } })
  room.site.pages['/rss.xml'] = { body: feedOf(room.site.url, { date: 'Thu, 16 Nov 2028 09:00:00 GMT' }) }

  expect((await room.read()).articles[0]?.publishedAt).toEqual(room.clock.now())
})

test('an entry that its publisher corrects is read again: a new version of its article, while the old one stays', async () => {
  await using room = await newsroom({ '/a.html': { body: page('Crossings to open', WORDS) } })
  room.site.pages['/rss.xml'] = { body: feedOf(room.site.url) }
  const [first] = (await room.read()).articles
  const corrected = WORDS.map((text) => text.replace('all four crossings', 'three of the crossings'))
  Object.assign(room.site.pages, {
    '/a.html': { body: page('Crossings to open', corrected) },
    '/rss.xml': {
      body: feedOf(room.site.url, { words: 'Three of the crossings open before the winter. (Corrects number)' }),
    },
  })

  const [second] = (await room.read()).articles

  expect(second?.text).toContain('three of the crossings')
  expect(second?.url).toBe(first?.url)
  expect((await room.articles.get(first?.id ?? expect.fail('no article')))?.text).toContain('all four crossings')
  expect(await room.articles.earlierThan(second?.id ?? expect.fail('no article'))).toEqual([first?.id])
})

test('an entry whose publisher changes it without changing the article brings nothing new', async () => {
  await using room = await newsroom({ '/a.html': { body: page('Crossings to open', WORDS) } })
  room.site.pages['/rss.xml'] = { body: feedOf(room.site.url) }
  const [first] = (await room.read()).articles
  room.site.pages['/rss.xml'] = { body: feedOf(room.site.url, { title: 'Crossings to open before the winter' }) }

  expect((await room.read()).articles.map(({ id }) => id)).toEqual([first?.id])
  room.site.pages['/rss.xml'] = { body: feedOf(room.site.url, { date: 'Mon, 16 Nov 2026 09:30:00 GMT' }) }
  expect((await room.read()).entries).toEqual([])
})

test('a feed that changes its entries at every poll does not make us read them at every poll', async () => {
  await using room = await newsroom({ '/a.html': { body: page('Crossings to open', WORDS) } })
  const poll = async (words: string) => {
    room.site.pages['/rss.xml'] = { body: feedOf(room.site.url, { words }) }
    return (await room.read()).entries.length
  }

  expect([await poll('Seen by 1 reader'), await poll('Seen by 2 readers'), await poll('Seen by 3 readers')]).toEqual([
    1, 1, 0,
  ])
  room.clock.advance({ minutes: 61 })
  expect(await poll('Seen by 4 readers')).toBe(1)
})

test('a link of an aggregator or of AMP is read at its publisher, whose address the article has', async () => {
  await using room = await newsroom()
  Object.assign(room.site.pages, {
    '/amp.html': {
      body: page('Crossings', ['A few words.'], `<link rel="canonical" href="${room.site.url}/a.html">`).replace(
        '<html',
        '<html amp',
      ),
    },
    '/a.html': { body: page('Crossings to open', WORDS) },
    '/rss.xml': { body: feedOf(room.site.url, { link: `${room.site.url}/amp.html` }) },
  })

  const [article] = (await room.read()).articles

  expect(article?.url).toBe(`${room.site.url}/a.html`)
  expect(article?.text).toContain('all four crossings')
})

test.each([
  ['for another robot', { 'x-robots-tag': 'otherbot: noindex' }],
  [
    'about pictures and archives',
    { 'x-robots-tag': 'max-image-preview: none, noarchive, unavailable_after: 1 Jan 2030' },
  ],
  ['that nothing is reserved', { 'tdm-reservation': '0' }],
])('a header %s keeps nothing from us', async (_, headers) => {
  await using room = await newsroom({ '/a.html': { headers, body: page('Crossings to open', WORDS) } })
  room.site.pages['/rss.xml'] = { body: feedOf(room.site.url) }

  expect((await room.read()).articles[0]?.text).toContain('all four crossings')
})

const RESERVED = JSON.stringify([
  { location: '/archive', 'tdm-reservation': 0 },
  { location: '/*.html', 'tdm-reservation': 1 },
])

test('a site that reserves its pages against mining is asked once a day, and its pages are not used', async () => {
  await using room = await newsroom({
    '/a.html': { body: page('Crossings to open', WORDS) },
    '/b.html': { body: page('Crossings to open', WORDS) },
    '/.well-known/tdmrep.json': { body: RESERVED },
  })
  const items = ['a', 'b'].map((name) => ({
    title: name,
    guid: name,
    link: `${room.site.url}/${name}.html`,
    words: WORDS[0] ?? '',
  }))
  room.site.pages['/rss.xml'] = { body: rss(items) }

  const { articles } = await room.read()

  expect(articles.map(({ text }) => text).join()).not.toContain('all four crossings')
  expect(room.site.requests.filter(({ path }) => path === '/.well-known/tdmrep.json').length).toBe(1)
})

test.each([
  ['for one page', { headers: { 'tdm-reservation': '0' } }, RESERVED],
  ['by a file that nobody can read', {}, '<html>not found</html>'],
  ['by a file of another form', {}, '{"location": "/", "tdm-reservation": 1}'],
])('a page that its publisher opens %s is used', async (_, answer, file) => {
  await using room = await newsroom({
    '/a.html': { ...answer, body: page('Crossings to open', WORDS) },
    '/.well-known/tdmrep.json': { body: file },
  })
  room.site.pages['/rss.xml'] = { body: feedOf(room.site.url) }

  expect((await room.read()).articles[0]?.text).toContain('all four crossings')
})

test.each([
  [
    'holds the address of its publisher',
    (url: string) => `https://www.google.com/url?rct=j&url=${encodeURIComponent(url)}`,
    null,
  ],
  ['sends on with a status', () => '/go', { status: 302, headers: { location: '/a.html' } }],
  [
    'sends on with a page',
    () => '/go',
    { body: '<meta http-equiv="refresh" content="0; url=/a.html"><p>One moment.</p>' },
  ],
])(
  'a link of an aggregator that %s is read at the publisher, whose address the article has',
  async (_, link, answer) => {
    await using room = await newsroom({ '/a.html': { body: page('Crossings to open', WORDS) } })
    if (answer !== null) room.site.pages['/go'] = answer
    const address = new URL(link(`${room.site.url}/a.html`), room.site.url).href
    room.site.pages['/rss.xml'] = { body: feedOf(room.site.url, { link: address.replaceAll('&', '&amp;') }) }

    const [article] = (await room.read()).articles

    expect(article?.url).toBe(`${room.site.url}/a.html`)
    expect(article?.text).toContain('all four crossings')
  },
)

test('a publisher who keeps robots away is obeyed behind the link of an aggregator too', async () => {
  await using room = await newsroom({
    '/a.html': { body: page('Crossings to open', WORDS) },
    '/go': { status: 302, headers: { location: '/a.html' } },
    '/robots.txt': { body: 'User-agent: *\nDisallow: /a.html' },
  })
  room.site.pages['/rss.xml'] = { body: feedOf(room.site.url, { link: `${room.site.url}/go` }) }

  expect((await room.read()).articles[0]?.text).toContain('who met her neighbours')
})

test('of an aggregator whose page is not to be had the publisher is named, not the aggregator', async () => {
  await using room = await newsroom({ '/a.html': { status: 403 } })
  const link = `https://www.google.com/url?url=${encodeURIComponent(`${room.site.url}/a.html`)}`
  room.site.pages['/rss.xml'] = { body: feedOf(room.site.url, { link }) }

  const [article] = (await room.read()).articles

  expect([article?.url, article?.publisher]).toEqual([`${room.site.url}/a.html`, '127.0.0.1'])
})

test.each<[string, Record<string, Published>, RegExp]>([
  ['by robots.txt', { '/robots.txt': { body: 'User-agent: *\nDisallow: /*.html$' } }, /alone: .*robots\.txt/],
  ['by X-Robots-Tag', { '/a.html': { headers: { 'x-robots-tag': 'noindex' }, body: 'x' } }, /alone: .*X-Robots-Tag/],
  ['by a reservation', { '/.well-known/tdmrep.json': { body: RESERVED } }, /alone: .*text and data mining/],
  [
    'by a wall against programs',
    { '/a.html': { status: 403, body: '<title>Just a moment...</title>' } },
    /alone: .*bot wall, 403/,
  ],
])(
  'that a publisher keeps pages from us %s is seen in the list of feeds, until one is given',
  async (_, pages, words) => {
    const open = { body: page('Crossings to open', WORDS) }
    await using room = await newsroom({ '/a.html': open, ...pages })
    room.site.pages['/rss.xml'] = { body: feedOf(room.site.url) }
    await room.read()
    expect(await room.seen()).toMatch(words)
    room.clock.advance({ hours: 25 })
    Object.assign(room.site.pages, {
      '/a.html': open,
      '/robots.txt': { status: 404 },
      '/.well-known/tdmrep.json': { status: 404 },
    })
    room.site.pages['/rss.xml'] = { body: feedOf(room.site.url, { guid: 'later', title: 'Crossings to open soon' }) }

    await room.read()

    expect(await room.seen()).not.toContain('alone')
  },
)

test('a page that is gone says nothing about the others of its publisher', async () => {
  await using room = await newsroom({ '/a.html': { status: 404 } })
  room.site.pages['/rss.xml'] = { body: feedOf(room.site.url) }

  await room.read()

  expect(await room.seen()).not.toContain('alone')
})
