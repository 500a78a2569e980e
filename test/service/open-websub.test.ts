import { expect, test } from 'vitest'
import { systemClock } from '../../src/base/clock.ts'
import { readConfig } from '../../src/base/config.ts'
import { silentLog } from '../../src/base/log.ts'
import { PUBLIC } from '../../src/base/scope.ts'
import { feedStore } from '../../src/feed/feed-store.ts'
import { parseFeed } from '../../src/feed/parse-feed.ts'
import { websubStore } from '../../src/feed/websub-store.ts'
import { openPress } from '../../src/service/open-press.ts'
import { openWebsub } from '../../src/service/open-websub.ts'
import { testDatabase } from '../support/database.ts'
import { websubHub } from '../support/hub.ts'
import { publisher, rss } from '../support/publisher.ts'
import { freePort } from '../support/service.ts'

test('without an address of ours no hub is heard or asked', async () => {
  await using db = await testDatabase()
  const deps = { house: { websub: websubStore(db) }, userAgent: 'test', wake: async () => undefined }

  expect(await openWebsub(readConfig({}), { ...deps, clock: systemClock, log: silentLog })).toBeNull()
})

test.each([{ WEBSUB_PORT: '4810' }, { WEBSUB_PUBLIC_URL: 'https://bot.example/websub' }])(
  'half of the settings for hubs is refused by name: %j',
  (settings) => {
    expect(() => readConfig(settings)).toThrow(/^WEBSUB_PORT.*set both or neither/)
  },
)

test('a port that is taken is named', async () => {
  await using db = await testDatabase()
  await using site = await publisher()
  const config = readConfig({ WEBSUB_PUBLIC_URL: 'https://bot.example/', WEBSUB_PORT: new URL(site.url).port })
  const deps = { house: { websub: websubStore(db) }, userAgent: 'test', wake: async () => undefined }

  await expect(openWebsub(config, { ...deps, clock: systemClock, log: silentLog })).rejects.toMatchObject({
    explanation: expect.stringContaining('WEBSUB_PORT'),
  })
})

test('with an address and a port, a hub that a feed offers is asked, says who asks, and wakes that feed', async () => {
  await using db = await testDatabase()
  await using hub = await websubHub()
  await using site = await publisher()
  const links = `<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="${hub.url}"/><atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="${site.url}/rss.xml"/>`
  site.pages['/rss.xml'] = { body: rss([{ title: 'Talks', guid: 'a' }], links) }
  const port = await freePort()
  const address = `http://127.0.0.1:${port}/hubs`
  const config = readConfig({
    ...{
      WEBSUB_PUBLIC_URL: address,
      WEBSUB_PORT: String(port),
      ALLOW_PRIVATE_ADDRESSES: 'yes',
      CONTACT: 'ops@bot.example',
    },
  })
  await using press = openPress(config, { clock: systemClock, sample: null })
  const feeds = feedStore(db)
  const woken: string[] = []
  await using websub = await openWebsub(config, {
    house: { websub: websubStore(db) },
    ...{ userAgent: press.userAgent, wake: async (id) => void woken.push(id), clock: systemClock, log: silentLog },
  })
  const feed = await feeds.add({ url: `${site.url}/rss.xml`, team: PUBLIC, addedBy: null, title: null }, new Date(0))
  const poll = { ...press, store: feeds, parse: parseFeed, clock: systemClock, log: silentLog, random: () => 0.5 }
  // As if the poll were long past: a feed is woken once a minute.
  const longAgo = { now: () => new Date(systemClock.now().getTime() - 600_000) }

  await websub?.poll(feed.id, { ...poll, clock: longAgo })
  await websub?.ask()
  const [asked] = hub.requests
  if (asked === undefined) expect.fail('the hub was not asked')
  await hub.push(asked, 'news')

  expect(asked.callback.startsWith(`${address}/`)).toBe(true)
  expect(asked.userAgent).toMatch(/^Onrecord\/\S+ \(\+ops@bot\.example\)$/)
  expect(woken).toEqual([feed.id])
})
