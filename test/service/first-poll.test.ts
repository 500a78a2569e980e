import { expect, test } from 'vitest'
import { readFeedWords } from '../../src/article/read-feed-words.ts'
import { readPage } from '../../src/article/read-page.ts'
import { silentLog } from '../../src/base/log.ts'
import { runPipeline } from '../../src/base/run-pipeline.ts'
import { PUBLIC } from '../../src/base/scope.ts'
import { openWeb } from '../../src/base/web/open-web.ts'
import { robots } from '../../src/base/web/robots.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { parseFeed } from '../../src/feed/parse-feed.ts'
import { pipeline } from '../../src/pipeline.ts'
import { readBook } from '../../src/position/book/read-book.ts'
import { openHouse } from '../../src/service/open-house.ts'
import { stepsOf } from '../../src/service/steps.ts'
import { buildRoster } from '../../src/speaker/build-roster.ts'
import { handClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'
import { MORA, TOLLS_AND_FEES } from '../support/mora.ts'
import { publisher, rss } from '../support/publisher.ts'
import { request } from '../support/requests.ts'

const said = (words: string, day: string) => ({
  title: `Mora speaks about tolls on ${day}`,
  guid: day,
  date: `${day} 07:00:00 GMT`,
  words: `Talvian Foreign Minister Ilse Mora spoke to reporters in the capital. "${words}," Mora said after the talks on the tolls.`,
})

async function desk() {
  const site = await publisher()
  const db = await testDatabase()
  const web = openWeb({ allowPrivate: true, userAgent: 'test', spacingMs: 0 })
  const clock = handClock('2026-11-20T08:00:00Z')
  const log = silentLog
  const house = openHouse({
    ...{ db, roster: buildRoster([MORA]), shippedBook: readBook(TOLLS_AND_FEES), clock, log },
    addFeed: () => expect.fail('no feed is added here'),
  })
  const press = {
    fetch: web.fetch,
    robots: robots('Onrecord', { fetch: web.fetch, clock }),
    parseFeed,
    readPage: async (...given: Parameters<typeof readPage>) => readPage(...given),
    readFeedWords: async (words: Parameters<typeof readFeedWords>[0]) => readFeedWords(words),
  }
  const steps = stepsOf({ house, press, clock, log })
  /** Statements that were still to be judged when an alert was owed. */
  const unjudged: number[] = []
  const queueAlerts: typeof steps.queueAlerts = async (brief) => {
    const owed = await steps.queueAlerts(brief)
    unjudged.push((await house.queue.waiting({ all: false })).get('update position') ?? 0)
    return owed
  }
  const runner = runPipeline(pipeline({ ...steps, queueAlerts }), { db, clock, log })
  const team = await house.teams.teamOf('slack', 'T1', 'Talvian desk')
  const place = { team, platform: 'slack', channel: 'C1', createdBy: 'U1' } as const
  const filter = { speakers: [], topics: ['tolls'] }
  await house.subscriptions.add({ ...place, filter, kind: 'alerts', withOld: false }, clock.now())
  const wish = { url: `${site.url}/rss.xml`, team: PUBLIC, addedBy: null, title: null }
  const feed = await house.feeds.add(wish, clock.now())
  return {
    ...{ site, house, clock, team, unjudged },
    posted: async () => (await house.outbox.recent(team, 10)).map(({ blocks }) => plainText(blocks)),
    poll: async (items: Parameters<typeof rss>[0]) => {
      site.pages['/rss.xml'] = { body: rss(items) }
      await runner.add([feed.id])
      await runner.idle()
    },
    async [Symbol.asyncDispose]() {
      await runner[Symbol.asyncDispose]()
      await web[Symbol.asyncDispose]()
      await db[Symbol.asyncDispose]()
      await site[Symbol.asyncDispose]()
    },
  }
}

test('a feed that is new to a channel posts nothing of what it held before; what comes later is posted', async () => {
  await using at = await desk()
  const [old, young] = [
    said('The tolls must end this winter', '19 Nov 2026'),
    said('The tolls must stay', '20 Nov 2026'),
  ]

  await at.poll([old])
  const atFirst = await at.posted()
  const asked = request({ team: at.team, at: at.clock.now() })
  const onRecord = plainText((await at.house.book.answerLine('/said Mora', asked)).blocks)
  at.clock.advance({ hours: 1 })
  await at.poll([young, old])

  expect(onRecord).toContain('The tolls must end this winter')
  expect(atFirst).toEqual([])
  expect((await at.posted()).join()).toContain('The tolls must stay')
})

test('an alert is written once all statements of its article are judged, not after the first', async () => {
  await using at = await desk()
  await at.poll([said('The weather is fine', '18 Nov 2026')])
  at.clock.advance({ hours: 1 })

  const long = said('The tolls must end this winter', '20 Nov 2026')
  const further = [
    'The fees must never come back',
    'The tolls of the harbour must end before spring',
    'The fees must be paid back to each driver',
    'The tolls must be gone from every road in May',
  ]
  const words = [long.words, ...further.map((one) => `"${one}," Mora told reporters.`)].join(' ')
  await at.poll([{ ...long, words }])

  const posted = await at.posted()
  expect(posted).toHaveLength(1)
  expect(posted[0]).toContain('The tolls must be gone from every road in May')
  expect(new Set(at.unjudged)).toEqual(new Set([0]))
})
