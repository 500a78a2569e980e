import { silentLog } from '../../src/base/log.ts'
import { scheduleDigests } from '../../src/delivery/schedule-digests.ts'
import { weekdays } from '../../src/delivery/subscription.ts'
import { readBook } from '../../src/position/book/read-book.ts'
import { openHouse } from '../../src/service/open-house.ts'
import { buildRoster } from '../../src/speaker/build-roster.ts'
import { handClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'
import { articleOf, foundIn } from '../support/statements.ts'

const BOOK = '- { id: bridge, label: Sund Bridge, keywords: [bridge] }'
const AN_ARTICLE = 100
const OUTLETS = 1_000

/** One team whose channels all have a digest due at nine, and what a day brought. `same`: so many have one filter. */
export async function deskWithADay(given: {
  readonly statements: number
  readonly channels: number
  readonly same: number
}) {
  const db = await testDatabase()
  const clock = handClock('2026-11-02T05:00:00Z')
  const house = openHouse({
    ...{ db, clock, log: silentLog, roster: buildRoster([]), shippedBook: readBook(BOOK) },
    addFeed: () => Promise.reject(new Error('no feed is added here')),
  })
  const team = await house.teams.teamOf('slack', 'T', 'Red Desk')
  clock.set('2026-11-02T08:00:00Z')
  for (let from = 0; from < given.statements; from += AN_ARTICLE) {
    const words = Array.from({ length: AN_ARTICLE }, (_, i) => `the bridge item ${from + i} end`)
    const article = articleOf(`Ana Petrov said: ${words.join('. ')}.`, { publishedAt: clock.now() })
    const { id: _, ...fresh } = article
    const kept = await house.articles.get(await house.articles.add(fresh))
    if (kept === null) throw new Error('the article is kept')
    const found = words.map((one) => foundIn(article, one, { by: 'Ana Petrov' }))
    await house.statements.saveAll([{ article: kept, found, topicsOf: () => ['bridge'] }], AN_ARTICLE)
  }
  for (let i = 0; i < given.channels; i += 1) {
    // Filters that differ and let the same through: each leaves out another outlet.
    const outlets = [`Outlet ${Math.floor(i / given.same) % OUTLETS}`]
    await house.subscriptions.add(
      {
        ...{ team, platform: 'slack', channel: `C${i}`, createdBy: 'U', kind: 'digest', digest: 'morning' },
        schedule: { times: ['09:00'], days: [...weekdays], zone: 'UTC' },
        filter: { speakers: [], topics: ['bridge'], except: { speakers: [], topics: [], outlets } },
        whenEmpty: 'say so',
      },
      clock.now(),
    )
  }
  clock.set('2026-11-02T09:00:10Z')
  const { subscriptions, writeDigest } = house
  return {
    /** How many digests came to be owed. */
    write: (onOwed: () => void) =>
      scheduleDigests({
        ...{ db, subscriptions, writeDigest, clock, log: silentLog, onOwed },
        ...{ isQuiet: house.quiets.wantsNoDigest, graceMs: 7_200_000 },
      }),
    [Symbol.asyncDispose]: () => db[Symbol.asyncDispose](),
  }
}
