import { describe, expect, test } from 'vitest'
import { PUBLIC } from '../../src/base/scope.ts'
import { feedStore, type PollNote } from '../../src/feed/feed-store.ts'
import type { ParsedItem } from '../../src/feed/normalise-feed.ts'
import { databaseKinds, testDatabase } from '../support/database.ts'
import { team } from '../support/statements.ts'

const now = new Date('2026-11-20T08:00:00Z')
const later = new Date('2026-11-20T08:20:00Z')
const url = 'https://ledger.example/rss.xml'
const [red, blue] = [team(1), team(2)]

const item = (id: string, title = `News ${id}`): ParsedItem => ({
  ...{ id, title, link: `https://ledger.example/${id}`, published: null },
})
const note: PollNote = { state: 'active', failure: null, failures: 0, nextPollAt: later, lastReadAt: now }

describe.each(databaseKinds)('feeds and entries on %s', (kind) => {
  async function feeds() {
    const db = await testDatabase(undefined, kind)
    return { db, store: feedStore(db), [Symbol.asyncDispose]: () => db[Symbol.asyncDispose]() }
  }
  const wish = { url, addedBy: 'U1', title: null }

  test('following an address twice is following it once; two teams follow it each for itself', async () => {
    await using house = await feeds()

    const first = await house.store.add({ ...wish, team: red }, now)
    const again = await house.store.add({ ...wish, team: red, addedBy: 'U2' }, later)
    const other = await house.store.add({ ...wish, team: blue }, now)

    expect(again).toEqual(first)
    expect(other.id).not.toBe(first.id)
    expect((await house.store.feedsOf(red)).map(({ id }) => id)).toEqual([first.id])
    expect(await house.store.feedsOf(PUBLIC)).toEqual([])
    expect((await house.store.byUrl(blue, url))?.id).toBe(other.id)
    expect(await house.store.remove(blue, first.id)).toBe(false)
  })

  test('a poll that is written down twice, or an entry under a new guid, brings nothing new', async () => {
    await using house = await feeds()
    const { id } = await house.store.add({ ...wish, team: PUBLIC }, now)
    const poll = async (items: readonly ParsedItem[]) => {
      const feed = await house.store.get(id)
      if (feed !== null) await house.store.recordPoll(feed, note, items, now)
      return await house.store.unhandled(id)
    }

    const first = await poll([item('a'), item('b')])
    const again = await poll([item('a'), item('b'), { ...item('a'), id: 'another guid' }])

    expect(first).toHaveLength(2)
    expect(again).toEqual(first)
    expect(await house.store.due(now, 10)).toEqual([])
    expect(await house.store.due(later, 10)).toEqual([id])
  })

  test('feeds that are asked for in the same moment each get what is their own, the oldest entries first', async () => {
    await using house = await feeds()
    const addresses = Array.from({ length: 70 }, (_, index) => `https://outlet-${index}.example/rss.xml`)
    const added = await Promise.all(addresses.map((each) => house.store.add({ ...wish, url: each, team: PUBLIC }, now)))
    const gone = await house.store.add({ ...wish, team: red }, now)
    await house.store.remove(red, gone.id)

    const found = await Promise.all([...added, gone].map(({ id }) => house.store.get(id)))
    const [first, second] = found
    if (first == null || second == null) expect.fail('the feeds are gone')
    const dated = { ...item('new'), published: '2026-11-20T07:00:00.000Z' }
    const older = { ...item('old'), published: '2026-11-20T06:00:00.000Z' }
    await Promise.all([
      house.store.recordPoll(first, note, [dated, older], now),
      house.store.recordPoll(second, note, [item('b')], now),
    ])
    const waiting = await Promise.all(added.map(({ id }) => house.store.unhandled(id)))

    expect(found.map((feed) => feed?.url)).toEqual([...addresses, undefined])
    expect(waiting.map((ids) => ids.length)).toEqual([2, 1, ...added.slice(2).map(() => 0)])
    const [oldest] = waiting[0] ?? []
    expect(oldest === undefined ? null : (await house.store.entry(oldest))?.guid).toBe('old')
  })

  test('forgetting a team takes its feeds and their entries; forgetting a member, only the name', async () => {
    await using house = await feeds()
    const mine = await house.store.add({ ...wish, team: red }, now)
    await house.store.recordPoll(
      { ...mine, ...{ failures: 0, movedTo: null, movedTimes: 0 }, ...{ intervalMs: 1, lastReadAt: null } },
      note,
      [item('a')],
      now,
    )
    const theirs = await house.store.add({ ...wish, team: blue }, now)
    const [entry] = await house.store.unhandled(mine.id)

    await house.db.transaction((tx) => house.store.forgetMember(tx, 'U1'))
    await house.db.transaction((tx) => house.store.forgetTeam(tx, red))

    expect(await house.store.get(mine.id)).toBeNull()
    expect(entry === undefined ? null : await house.store.entry(entry)).toBeNull()
    expect(await house.store.get(theirs.id)).toMatchObject({ addedBy: null, url })
  })
})
