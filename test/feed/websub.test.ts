import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DatabaseKind } from '../../src/base/database/database.ts'
import { openLog } from '../../src/base/log.ts'
import type { TeamId } from '../../src/base/scope.ts'
import { openWeb } from '../../src/base/web/open-web.ts'
import { robots } from '../../src/base/web/robots.ts'
import type { EntryId, FeedId } from '../../src/feed/feed.ts'
import { feedMigrations } from '../../src/feed/feed-migrations.ts'
import { feedStore } from '../../src/feed/feed-store.ts'
import { parseFeed } from '../../src/feed/parse-feed.ts'
import { pollWithWebsub } from '../../src/feed/poll-with-websub.ts'
import { askHubs } from '../../src/feed/websub-ask.ts'
import { openWebsubEndpoint } from '../../src/feed/websub-endpoint.ts'
import { websubMigrations } from '../../src/feed/websub-migrations.ts'
import { hubOffer } from '../../src/feed/websub-offer.ts'
import { openHubLine } from '../../src/feed/websub-post.ts'
import { websubStore } from '../../src/feed/websub-store.ts'
import { handClock } from '../support/clock.ts'
import { databaseKinds, testDatabase } from '../support/database.ts'
import { type HubRequest, websubHub } from '../support/hub.ts'
import { publisher, rss } from '../support/publisher.ts'

const TEAM = 41 as TeamId
const SCHEMA = { ...feedMigrations, ...websubMigrations }
const MINUTE = 60_000
const HOUR = 60 * MINUTE

type Offer = (site: string, hub: string) => string
const byAtomLinks: Offer = (site, hub) =>
  `<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="${hub}"/><atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="${site}/rss.xml"/>`

/** A feed with a hub, followed by one team, and our end of the line to that hub. */
async function room({
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

describe.each(databaseKinds)('a hub, with its subscriptions on %s', (kind) => {
  test('is asked once for the feed that offers it, confirmed, believed about news, renewed, and told when we leave', async () => {
    await using at = await room({ kind })

    await at.subscribe()
    await at.poll()
    await at.ask()
    expect(at.hub.requests.map(({ mode, topic }) => [mode, topic])).toEqual([['subscribe', `${at.site.url}/rss.xml`]])
    expect((await at.subscription())?.aliveUntil).toBe(at.clock.now().getTime() + 240 * HOUR)

    at.clock.advance({ minutes: 10 })
    at.publish('Talks end', 'Talks open')
    expect((await at.hub.push(at.asked(), 'whatever')).status).toBe(204)
    expect(at.woken).toEqual([at.id])
    expect(await at.feeds.due(at.clock.now(), 10)).toEqual([at.id])
    expect(await at.titles(await at.poll())).toContain('Talks end')

    at.clock.advance({ days: 9 })
    await at.ask()
    expect(at.asked(1)).toEqual(at.asked(0))
    expect((await at.subscription())?.aliveUntil).toBe(at.clock.now().getTime() + 240 * HOUR)

    await at.store.movedTo(at.callbacks, at.clock.now())
    await at.ask()
    expect(at.hub.requests.length).toBe(2)
    await at.feeds.remove(TEAM, at.id)
    await at.ask()
    expect(at.asked(2).mode).toBe('unsubscribe')
    expect(await at.subscription()).toBeNull()
    expect((await at.hub.push(at.asked(), 'more')).status).toBe(410)
  })

  test('is asked anew under a new address of ours, with the same secret', async () => {
    await using at = await room({ kind })
    await at.subscribe()

    await at.store.movedTo('https://new.example/hooks/', at.clock.now())
    await at.ask()

    expect(at.asked(1).callback).toMatch(/^https:\/\/new\.example\/hooks\/[\w-]{43}$/)
    expect(at.asked(1).secret).toBe(at.asked(0).secret)
  })
})

test('what a hub is asked holds a path and a secret that nobody guesses, and a lease of ten days', async () => {
  await using at = await room()
  const other = await at.add('/rss.xml?again')
  at.site.pages['/rss.xml?again'] = at.site.pages['/rss.xml'] ?? {}

  await at.subscribe()
  await at.poll(other.id)
  await at.ask()

  const [one, two] = [at.asked(0), at.asked(1)]
  expect(one.callback).toMatch(/\/websub\/[\w-]{43}$/)
  expect(one.secret).toMatch(/^[\w-]{43}$/)
  expect(one.leaseSeconds).toBe('864000')
  expect(one.callback).not.toBe(two.callback)
  expect(one.secret).not.toBe(two.secret)
  expect(one.callback).not.toContain(one.secret)
})

test.each<[string, (hub: string, site: string) => object]>([
  ['in one header', (hub, site) => ({ link: `<${hub}>; rel="hub", <${site}/rss.xml>; rel="self"` })],
  [
    'in a header without quotation marks',
    (hub, site) => ({ link: `<${hub}>;rel=hub, <${site}/rss.xml>;title="a";rel=self` }),
  ],
])('a hub that is named %s is found there', async (_, headers) => {
  await using at = await room({ offer: () => '' })
  const page = at.site.pages['/rss.xml']
  at.site.pages['/rss.xml'] = { ...page, headers: headers(at.hub.url, at.site.url) } as typeof page & object

  await at.subscribe()

  expect(at.asked().topic).toBe(`${at.site.url}/rss.xml`)
})

test('the hub of a JSON feed is found in it', async () => {
  await using at = await room()
  at.site.pages['/rss.xml'] = {
    body: JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Valdoran Wire',
      feed_url: `${at.site.url}/feed.json`,
      hubs: [{ type: 'WebSub', url: at.hub.url }],
      items: [{ id: 'a', content_text: 'Talks open' }],
    }),
    headers: { 'content-type': 'application/feed+json' },
  }

  await at.subscribe()

  expect(at.asked().topic).toBe(`${at.site.url}/feed.json`)
})

test.each<[string, Offer]>([
  ['does not say under which address the hub knows it', (_, hub) => `<link rel="hub" href="${hub}"/>`],
  ['names no hub', (site) => `<link rel="self" href="${site}/rss.xml"/>`],
  [
    'names no web address as its hub',
    (site) => `<link rel="hub" href="ftp://hub.example/"/><link rel="self" href="${site}/rss.xml"/>`,
  ],
  [
    'has a hub in an item only',
    (site, hub) => `<item><link rel="hub" href="${hub}"/><link rel="self" href="${site}/x"/></item>`,
  ],
])('for a feed that %s, nobody is asked', async (_, offer) => {
  await using at = await room({ offer })

  await at.subscribe()

  expect(at.hub.requests).toEqual([])
})

test('a hub in a private network is not asked, and the feed is polled as ever', async () => {
  await using at = await room({ allowPrivate: false })

  await at.subscribe()

  expect(at.hub.requests).toEqual([])
  expect(await at.waits()).toBe(15)
})

test('a hub that sends us on to another one is left for it', async () => {
  await using at = await room()
  await using other = await websubHub()
  Object.assign(at.hub.manners, { status: 307, headers: { location: other.url }, confirms: false })

  await at.subscribe()

  expect(other.requests.map(({ mode }) => mode)).toEqual(['subscribe'])
  expect((await at.subscription())?.aliveUntil).not.toBeNull()
})

test('a hub may ask us whether we meant it: yes to what we asked, in a form that no browser runs', async () => {
  await using at = await room()
  at.hub.manners.confirms = false
  await at.subscribe()

  const answer = await at.hub.confirm(at.asked())

  expect([answer.status, await answer.text()]).toEqual([200, 'c-4711'])
  expect(answer.headers.get('content-type')).toBe('application/octet-stream')
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
})

test.each<[string, (asked: HubRequest) => Partial<HubRequest>]>([
  ['another topic', () => ({ topic: 'https://wire.example/other.xml' })],
  ['another wish', () => ({ mode: 'unsubscribe' })],
  ['a wish that is none', () => ({ mode: 'publish' })],
  ['a path of nobody', ({ callback }) => ({ callback: callback.replace(/.{43}$/, 'x'.repeat(43)) })],
  ['a path that is none', ({ callback }) => ({ callback: callback.replace(/.{43}$/, '../../healthz') })],
])('nobody makes us confirm %s', async (_, change) => {
  await using at = await room()
  at.hub.manners.confirms = false
  await at.subscribe()
  const asked = at.asked()

  const answer = await at.hub.confirm({ ...asked, ...change(asked) })

  expect([answer.status, await answer.text()]).toEqual([404, ''])
  expect((await at.subscription())?.aliveUntil).toBeNull()
})

test('what was not asked yet is not confirmed, nor is a lease of a minute', async () => {
  await using at = await room()
  at.hub.manners.confirms = false
  await at.poll()
  const own = await at.subscription()
  const early = await at.hub.confirm({ mode: 'subscribe', topic: own?.topic ?? '', callback: own?.callback ?? '' })
  await at.ask()

  expect(early.status).toBe(404)
  expect((await at.hub.confirm(at.asked(), 60)).status).toBe(404)
  expect((await at.hub.confirm(at.asked(), 7_200)).status).toBe(200)
})

test('what a hub sends is not believed: only what the publisher says himself is stored, and once', async () => {
  await using at = await room()
  await at.subscribe()
  await at.poll()
  at.clock.advance({ minutes: 10 })
  at.publish('Talks end', 'Talks open')

  for (let turn = 0; turn < 3; turn += 1) {
    await at.hub.push(
      at.asked(),
      rss([
        { title: 'Invented by the hub', guid: 'z' },
        { title: 'Talks end', guid: 'other' },
      ]),
    )
    await at.poll()
    at.clock.advance({ minutes: 2 })
  }

  expect((await at.titles(await at.poll())).toSorted()).toEqual(['Talks end', 'Talks open'])
})

test.each(['sha1', 'sha256', 'sha384', 'sha512'])('a message signed with %s is taken', async (method) => {
  await using at = await room()
  await at.subscribe()
  at.clock.advance({ minutes: 10 })

  expect((await at.hub.push(at.asked(), 'ä'.repeat(10_000), method)).status).toBe(204)
  expect(at.woken).toEqual([at.id])
})

test.each<[string, Record<string, string>]>([
  ['no signature', {}],
  ['a signature with another secret', { 'x-hub-signature': `sha256=${'0'.repeat(64)}` }],
  ['half of a signature', { 'x-hub-signature': `sha256=${'0'.repeat(40)}` }],
  ['a method that is none', { 'x-hub-signature': `md5=${'0'.repeat(32)}` }],
  ['a signature that is no number', { 'x-hub-signature': `sha1=${'g'.repeat(40)}` }],
])('a message with %s is refused without a reason, and wakes nobody', async (_, headers) => {
  await using at = await room()
  await at.subscribe()
  at.clock.advance({ minutes: 10 })
  const before = await at.waits()

  const answer = await fetch(at.asked().callback, { method: 'POST', body: 'forged', headers })

  expect([answer.status, await answer.text()]).toEqual([403, ''])
  expect(at.woken).toEqual([])
  expect(await at.waits()).toBe(before)
})

test('a message for nobody is refused without a reason', async () => {
  await using at = await room()

  const answers = await Promise.all(
    [`/${'x'.repeat(43)}`, '', '/../../etc/passwd', `/${'x'.repeat(4_000)}`].map((path) =>
      fetch(`${at.callbacks}${path}`, { method: 'POST', body: 'x' }),
    ),
  )

  expect(answers.map(({ status }) => status)).toEqual([410, 404, 404, 404])
  expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(['', '', '', ''])
})

test('a message of more than five megabytes is refused, whether it says so or not', async () => {
  await using at = await room()
  await at.subscribe()
  at.clock.advance({ minutes: 10 })
  const huge = new Uint8Array(6_000_000)
  const chunks = () =>
    new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(100_000)),
    })
  const headers = { 'x-hub-signature': `sha256=${'0'.repeat(64)}` }
  // The connection may be closed before all is sent: for the hub that is a refusal too.
  const send = (body: RequestInit['body']) =>
    fetch(at.asked().callback, { method: 'POST', body, headers, duplex: 'half' } as RequestInit).then(
      ({ status }) => status,
      () => 413,
    )

  expect(await send(huge)).toBe(413)
  expect(await send(chunks())).toBe(413)
  expect(at.woken).toEqual([])
})

test('a hub that tells again and again is heard thirty times a minute, and the feed asked once', async () => {
  await using at = await room()
  await at.subscribe()
  at.clock.advance({ minutes: 10 })

  const statuses: number[] = []
  for (let turn = 0; turn < 40; turn += 1) {
    statuses.push((await at.hub.push(at.asked(), 'news')).status)
    if (turn === 0) await at.poll()
  }

  expect(statuses.filter((status) => status === 204).length).toBe(30)
  expect(statuses.slice(30).every((status) => status === 429)).toBe(true)
  expect(at.woken).toEqual([at.id])
  expect(await at.waits()).toBe(1)
})

test('a flood of strangers is cut off', async () => {
  await using at = await room()
  const statuses: number[] = []
  for (let turn = 0; turn < 1_100; turn += 1) statuses.push((await fetch(`${at.callbacks}/a`)).status)

  expect(statuses.slice(0, 1_000).every((status) => status === 404)).toBe(true)
  expect(statuses.slice(1_000).every((status) => status === 429)).toBe(true)
})

test('while a hub tells of news its feed is asked less often, and as ever when the lease is over', async () => {
  await using at = await room()
  await at.poll()
  expect(await at.waits()).toBe(15)
  await at.ask()
  at.clock.advance({ minutes: 15 })

  await at.poll()
  expect(await at.waits()).toBe(60)

  at.hub.manners.confirms = false
  at.clock.advance({ days: 11 })
  await at.poll()
  expect(await at.waits()).toBe(15)
})

test('a hub that twice told nothing of news is not relied on until it tells of some again', async () => {
  await using at = await room()
  await at.subscribe()
  const waits: number[] = []
  for (const title of ['One', 'Two']) {
    at.clock.advance({ minutes: 60 })
    at.publish(title)
    await at.poll()
    waits.push(await at.waits())
  }
  expect(waits).toEqual([60, 15])

  await at.hub.push(at.asked(), 'news')
  at.clock.advance({ minutes: 60 })
  await at.poll()

  expect(await at.waits()).toBe(60)
})

test('news of which a hub tells while the feed is being read are asked for again', async () => {
  await using at = await room()
  await at.subscribe()
  at.clock.advance({ minutes: 30 })
  at.site.pages['/rss.xml'] = async (response) => {
    at.clock.advance({ seconds: 1 })
    await at.hub.push(at.asked(), 'news')
    response.end(rss([{ title: 'Talks open', guid: 'Talks open' }]))
  }

  await at.poll()

  expect(await at.waits()).toBe(1)
})

test('a host that said that it has enough is left alone, whatever a hub tells', async () => {
  await using at = await room()
  await at.subscribe()
  at.site.pages['/other.xml'] = { status: 429, headers: { 'retry-after': '7200' } }
  const other = await at.add('/other.xml')
  await at.poll(other.id)

  await at.hub.push(at.asked(), 'news')

  expect(await at.waits()).toBe(120)
  expect(at.woken).toEqual([])
})

test('a failing feed keeps its wait, whatever a hub tells', async () => {
  await using at = await room()
  await at.subscribe()
  at.site.pages['/rss.xml'] = { status: 500 }
  at.clock.advance({ minutes: 30 })
  await at.poll()
  const before = await at.waits()

  await at.hub.push(at.asked(), 'news')

  expect(await at.waits()).toBe(before)
  expect(at.woken).toEqual([])
})

test.each([
  ['refuses', { status: 403, confirms: false }],
  ['never confirms', { confirms: false }],
])('a hub that %s is asked again after an hour, then after two, and the feed is polled as ever', async (_, manners) => {
  await using at = await room()
  Object.assign(at.hub.manners, manners)
  await at.subscribe()
  const counts: number[] = []
  for (const minutes of [59, 2, 119, 2]) {
    at.clock.advance({ minutes })
    await at.ask()
    counts.push(at.hub.requests.length)
  }
  await at.poll()

  expect(counts).toEqual([1, 2, 2, 3])
  expect(await at.waits()).toBe(15)
})

test('a hub that is not to be reached is tried once a round, however many of its feeds are followed', async () => {
  await using at = await room()
  await at.hub[Symbol.asyncDispose]()
  at.site.pages['/rss.xml?2'] = at.site.pages['/rss.xml'] ?? {}
  await at.poll()
  const second = (await at.add('/rss.xml?2')).id
  await at.poll(second)

  await at.ask()

  const tries = [(await at.store.of(at.id))?.tries, (await at.store.of(second))?.tries]
  expect(tries.toSorted()).toEqual([0, 1])
  expect(await at.store.due(at.clock.now(), 10)).toEqual([])
})

test('a hub that denies is not asked for a month, and the feed is polled as ever', async () => {
  await using at = await room()
  await at.subscribe()
  await at.hub.confirm({ ...at.asked(), mode: 'denied' })
  at.clock.advance({ days: 29 })
  await at.ask()
  await at.poll()

  expect(at.hub.requests.length).toBe(1)
  expect(await at.waits()).toBe(15)
})

test('a feed that moves to another hub leaves the old one, at most once a day', async () => {
  let now = ''
  await using other = await websubHub()
  await using at = await room({ offer: (site, hub) => byAtomLinks(site, now === '' ? hub : now) })
  await at.subscribe()
  now = other.url
  at.publish('Talks open')

  await at.subscribe()
  expect(other.requests).toEqual([])
  at.clock.advance({ hours: 25 })
  await at.subscribe()

  expect(at.hub.requests.map(({ mode }) => mode)).toEqual(['subscribe', 'unsubscribe'])
  expect(other.requests.map(({ mode }) => mode)).toEqual(['subscribe'])
})

test('a feed that its publisher has ended is ended at its hub too', async () => {
  await using at = await room()
  await at.subscribe()
  at.site.pages['/rss.xml'] = { status: 410 }
  await at.poll()

  await at.ask()

  expect(at.hub.requests.map(({ mode }) => mode)).toEqual(['subscribe', 'unsubscribe'])
})

test('a hub that cannot be told that we leave is let go after three tries', async () => {
  await using at = await room()
  await at.subscribe()
  at.hub.manners.confirms = false
  await at.feeds.remove(TEAM, at.id)
  for (let turn = 0; turn < 6; turn += 1) {
    await at.ask()
    at.clock.advance({ hours: 5 })
  }

  expect(at.hub.requests.length).toBe(4)
  expect(await at.store.due(new Date('2030-01-01'), 10)).toEqual([])
})

test('of a team that is forgotten no subscription stays, and its hub hears that nobody is there', async () => {
  await using at = await room()
  await at.subscribe()

  await at.db.transaction((tx) => at.store.forget(tx, TEAM))

  expect(await at.subscription()).toBeNull()
  expect((await at.hub.push(at.asked(), 'news')).status).toBe(410)
})

test('neither path nor secret nor topic of a subscription stands in the log', async () => {
  await using at = await room({
    offer: (site, hub) => byAtomLinks(site, hub).replace('/rss.xml"', '/rss.xml?key=KEY"'),
  })
  await at.subscribe()
  at.clock.advance({ minutes: 10 })
  await at.hub.push(at.asked(), 'CANARY')
  await fetch(at.asked().callback, { method: 'POST', body: 'CANARY' })
  await at.feeds.remove(TEAM, at.id)
  at.hub.manners.status = 500
  await at.ask()

  const log = at.logged.join('')
  expect(log).toContain('hub told of news')
  expect(log).toContain('hub refused')
  for (const secret of [at.asked().callback.slice(-43), at.asked().secret ?? '', 'KEY', 'CANARY']) {
    expect(log).not.toContain(secret)
  }
})

test('whatever stands in a feed or its headers, looking for a hub never throws, and takes a moment', () => {
  const url = 'https://wire.example/rss.xml'
  const piece = fc.constantFrom(
    '<',
    '>',
    'link',
    ' rel="hub"',
    " rel='self",
    ' href="',
    '"',
    '{"feed_url":"',
    '\\',
    ';',
    ',',
    ' ',
  )
  const text = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
  )
  fc.assert(
    fc.property(text, text, fc.uint8Array(), (body, link, bytes) => {
      hubOffer({ url, headers: { link }, body: Buffer.from(body) }, { hub: body })
      hubOffer({ url, headers: {}, body: bytes }, { hub: null })
    }),
    { seed: 4711, numRuns: 2_000 },
  )
  const started = performance.now()
  for (const flood of ['<link rel="', '<', "<link href='", '{"feed_url":"\\', '<a>;rel=', ' rel']) {
    const many = flood.repeat(30_000)
    hubOffer({ url, headers: { link: many.slice(0, 32_000) }, body: Buffer.from(many) }, { hub: null })
  }

  expect(performance.now() - started).toBeLessThan(2_000)
})
