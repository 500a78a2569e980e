import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hubOffer } from '../../src/feed/websub-offer.ts'
import { databaseKinds } from '../support/database.ts'
import { type HubRequest, websubHub } from '../support/hub.ts'
import { byAtomLinks, HOUR, type Offer, TEAM, websubRoom } from '../support/websub-room.ts'

describe.each(databaseKinds)('a hub, with its subscriptions on %s', (kind) => {
  test('is asked once for the feed that offers it, confirmed, believed about news, renewed, and told when we leave', async () => {
    await using at = await websubRoom({ kind })

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
    await using at = await websubRoom({ kind })
    await at.subscribe()

    await at.store.movedTo('https://new.example/hooks/', at.clock.now())
    await at.ask()

    expect(at.asked(1).callback).toMatch(/^https:\/\/new\.example\/hooks\/[\w-]{43}$/)
    expect(at.asked(1).secret).toBe(at.asked(0).secret)
  })
})

test('what a hub is asked holds a path and a secret that nobody guesses, and a lease of ten days', async () => {
  await using at = await websubRoom()
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
  await using at = await websubRoom({ offer: () => '' })
  const page = at.site.pages['/rss.xml']
  at.site.pages['/rss.xml'] = { ...page, headers: headers(at.hub.url, at.site.url) } as typeof page & object

  await at.subscribe()

  expect(at.asked().topic).toBe(`${at.site.url}/rss.xml`)
})

test('the hub of a JSON feed is found in it', async () => {
  await using at = await websubRoom()
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
  await using at = await websubRoom({ offer })

  await at.subscribe()

  expect(at.hub.requests).toEqual([])
})

test('a hub in a private network is not asked, and the feed is polled as ever', async () => {
  await using at = await websubRoom({ allowPrivate: false })

  await at.subscribe()

  expect(at.hub.requests).toEqual([])
  expect(await at.waits()).toBe(15)
})

test('a hub that sends us on to another one is left for it', async () => {
  await using at = await websubRoom()
  await using other = await websubHub()
  Object.assign(at.hub.manners, { status: 307, headers: { location: other.url }, confirms: false })

  await at.subscribe()

  expect(other.requests.map(({ mode }) => mode)).toEqual(['subscribe'])
  expect((await at.subscription())?.aliveUntil).not.toBeNull()
})

test('a hub may ask us whether we meant it: yes to what we asked, in a form that no browser runs', async () => {
  await using at = await websubRoom()
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
  await using at = await websubRoom()
  at.hub.manners.confirms = false
  await at.subscribe()
  const asked = at.asked()

  const answer = await at.hub.confirm({ ...asked, ...change(asked) })

  expect([answer.status, await answer.text()]).toEqual([404, ''])
  expect((await at.subscription())?.aliveUntil).toBeNull()
})

test('what was not asked yet is not confirmed, nor is a lease of a minute', async () => {
  await using at = await websubRoom()
  at.hub.manners.confirms = false
  await at.poll()
  const own = await at.subscription()
  const early = await at.hub.confirm({ mode: 'subscribe', topic: own?.topic ?? '', callback: own?.callback ?? '' })
  await at.ask()

  expect(early.status).toBe(404)
  expect((await at.hub.confirm(at.asked(), 60)).status).toBe(404)
  expect((await at.hub.confirm(at.asked(), 7_200)).status).toBe(200)
})

test('neither path nor secret nor topic of a subscription stands in the log', async () => {
  await using at = await websubRoom({
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
