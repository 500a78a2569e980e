import { expect, test } from 'vitest'
import { PUBLIC } from '../../src/base/scope.ts'
import { plainText } from '../../src/chat/blocks.ts'
import type { Platform } from '../../src/chat/request.ts'
import { teamStore } from '../../src/chat/team-store.ts'
import { outbox } from '../../src/delivery/outbox.ts'
import { feedStore, type PollNote } from '../../src/feed/feed-store.ts'
import { tellOwner } from '../../src/service/tell-owner.ts'
import { handClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'

const url = 'https://ledger.example/rss.xml?key=secret'
const words = 'That site lets no programs in: it shows them a challenge (bot wall, 403). I will ask again in 6 hours.'

async function house(platform: Platform = 'slack') {
  const db = await testDatabase()
  const clock = handClock()
  const [feeds, teams] = [feedStore(db), teamStore(db, { clock })]
  const team = await teams.teamOf(platform, 'T1', 'Talvian desk')
  const mine = await feeds.add({ url, team, addedBy: 'U1', title: 'The Ledger' }, clock.now())
  return {
    feeds,
    clock,
    poll: async (note: Partial<PollNote>, id = mine.id) => {
      const feed = await feeds.get(id)
      if (feed === null) return
      const nextPollAt = clock.now()
      await feeds.recordPoll(
        feed,
        { state: 'failing', failure: words, failures: feed.failures + 1, nextPollAt, ...note },
        [],
        clock.now(),
      )
      await tellOwner(id, { db, feeds, teams }, clock)
    },
    notices: async () =>
      (await outbox(db).recent(team, 10)).map(({ channel, kind, blocks }) => ({ channel, kind, blocks })),
    [Symbol.asyncDispose]: () => db[Symbol.asyncDispose](),
  }
}

test('whoever added a feed hears once, in plain words, that it has failed for a day', async () => {
  await using desk = await house()
  for (let failure = 0; failure < 6; failure += 1) await desk.poll({})
  expect(await desk.notices()).toEqual([])
  desk.clock.advance({ hours: 25 })

  await desk.poll({})
  await desk.poll({})

  const [notice, ...more] = await desk.notices()
  expect(more).toEqual([])
  expect(notice).toMatchObject({ channel: '@U1', kind: 'notice' })
  expect(JSON.stringify(notice?.blocks)).toContain(words)
  expect(JSON.stringify(notice?.blocks)).not.toContain('secret')
})

test('on Discord, where a private message is in no team, it is said where the feed can be taken away', async () => {
  await using desk = await house('discord')

  await desk.poll({ state: 'gone', failure: 'Gone (410).' })

  const [notice] = await desk.notices()
  expect(notice?.blocks.some(({ kind }) => kind === 'buttons')).toBe(false)
  expect(plainText(notice?.blocks ?? [])).toMatch(/send this on Talvian desk: \/feeds action:remove address:\S+$/m)
})

test('a feed that works again and fails again for a day is told of again', async () => {
  await using desk = await house()
  const failForADay = async () => {
    desk.clock.advance({ hours: 25 })
    for (let failure = 0; failure < 6; failure += 1) await desk.poll({})
  }
  await failForADay()

  await desk.poll({ state: 'active', failure: null, failures: 0, lastReadAt: desk.clock.now() })
  await failForADay()

  expect(await desk.notices()).toHaveLength(2)
})

test('a feed that its publisher took away is told of at once, one that everybody reads never', async () => {
  await using desk = await house()
  const shared = await desk.feeds.add({ url, team: PUBLIC, addedBy: 'U1', title: null }, desk.clock.now())

  await desk.poll({ state: 'gone', failure: 'Gone (410).' }, shared.id)
  expect(await desk.notices()).toEqual([])
  await desk.poll({ state: 'gone', failure: 'Gone (410).' })

  expect(await desk.notices()).toHaveLength(1)
})
