import { expect, test } from 'vitest'
import { websubHub } from '../support/hub.ts'
import { byAtomLinks, TEAM, websubRoom } from '../support/websub-room.ts'

test.each([
  ['refuses', { status: 403, confirms: false }],
  ['never confirms', { confirms: false }],
])('a hub that %s is asked again after an hour, then after two, and the feed is polled as ever', async (_, manners) => {
  await using at = await websubRoom()
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
  await using at = await websubRoom()
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
  await using at = await websubRoom()
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
  await using at = await websubRoom({ offer: (site, hub) => byAtomLinks(site, now === '' ? hub : now) })
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
  await using at = await websubRoom()
  await at.subscribe()
  at.site.pages['/rss.xml'] = { status: 410 }
  await at.poll()

  await at.ask()

  expect(at.hub.requests.map(({ mode }) => mode)).toEqual(['subscribe', 'unsubscribe'])
})

test('a hub that cannot be told that we leave is let go after three tries', async () => {
  await using at = await websubRoom()
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
  await using at = await websubRoom()
  await at.subscribe()

  await at.db.transaction((tx) => at.store.forget(tx, TEAM))

  expect(await at.subscription()).toBeNull()
  expect((await at.hub.push(at.asked(), 'news')).status).toBe(410)
})
