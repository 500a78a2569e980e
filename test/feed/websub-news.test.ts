import { expect, test } from 'vitest'
import { rss } from '../support/publisher.ts'
import { websubRoom } from '../support/websub-room.ts'

test('what a hub sends is not believed: only what the publisher says himself is stored, and once', async () => {
  await using at = await websubRoom()
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
  await using at = await websubRoom()
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
  await using at = await websubRoom()
  await at.subscribe()
  at.clock.advance({ minutes: 10 })
  const before = await at.waits()

  const answer = await fetch(at.asked().callback, { method: 'POST', body: 'forged', headers })

  expect([answer.status, await answer.text()]).toEqual([403, ''])
  expect(at.woken).toEqual([])
  expect(await at.waits()).toBe(before)
})

test('a message for nobody is refused without a reason', async () => {
  await using at = await websubRoom()

  const answers = await Promise.all(
    [`/${'x'.repeat(43)}`, '', '/../../etc/passwd', `/${'x'.repeat(4_000)}`].map((path) =>
      fetch(`${at.callbacks}${path}`, { method: 'POST', body: 'x' }),
    ),
  )

  expect(answers.map(({ status }) => status)).toEqual([410, 404, 404, 404])
  expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(['', '', '', ''])
})

test('a message of more than five megabytes is refused, whether it says so or not', async () => {
  await using at = await websubRoom()
  await at.subscribe()
  at.clock.advance({ minutes: 10 })
  const huge = new Uint8Array(6_000_000)
  // It has an end: the client reads on though the connection is gone, and an endless one would fill the memory.
  const chunks = () => ReadableStream.from(Array.from({ length: 60 }, () => new Uint8Array(100_000)))
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
  await using at = await websubRoom()
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
  await using at = await websubRoom()
  const statuses: number[] = []
  for (let turn = 0; turn < 1_100; turn += 1) statuses.push((await fetch(`${at.callbacks}/a`)).status)

  expect(statuses.slice(0, 1_000).every((status) => status === 404)).toBe(true)
  expect(statuses.slice(1_000).every((status) => status === 429)).toBe(true)
})

test('while a hub tells of news its feed is asked less often, and as ever when the lease is over', async () => {
  await using at = await websubRoom()
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
  await using at = await websubRoom()
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
  await using at = await websubRoom()
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
  await using at = await websubRoom()
  await at.subscribe()
  at.site.pages['/other.xml'] = { status: 429, headers: { 'retry-after': '7200' } }
  const other = await at.add('/other.xml')
  await at.poll(other.id)

  await at.hub.push(at.asked(), 'news')

  expect(await at.waits()).toBe(120)
  expect(at.woken).toEqual([])
})

test('a failing feed keeps its wait, whatever a hub tells', async () => {
  await using at = await websubRoom()
  await at.subscribe()
  at.site.pages['/rss.xml'] = { status: 500 }
  at.clock.advance({ minutes: 30 })
  await at.poll()
  const before = await at.waits()

  await at.hub.push(at.asked(), 'news')

  expect(await at.waits()).toBe(before)
  expect(at.woken).toEqual([])
})
