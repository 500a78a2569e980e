import { openLog, silentLog } from '../../src/base/log.ts'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import { plainText } from '../../src/chat/blocks.ts'
import type { Platform, Request } from '../../src/chat/request.ts'
import { weekdays } from '../../src/delivery/subscription.ts'
import { readBook } from '../../src/position/book/read-book.ts'
import { openHouse } from '../../src/service/open-house.ts'
import { stepsOf } from '../../src/service/steps.ts'
import { buildRoster } from '../../src/speaker/build-roster.ts'
import type { StatementId } from '../../src/statement/statement-id.ts'
import { allRows } from './all-rows.ts'
import { handClock } from './clock.ts'
import { testDatabase } from './database.ts'
import { MORA, TOLLS_AND_FEES } from './mora.ts'
import { request } from './requests.ts'
import { articleOf } from './statements.ts'

/** A word that only red's private article holds. It must never leave red, whatever anybody does. */
export const CANARY = 'marmalade'

/** The whole house, with three teams: red and blue have private news of their own, green has none; all see the public. */
export async function threeTeams() {
  const db = await testDatabase()
  const clock = handClock('2026-11-20T08:00:00Z')
  const logged: string[] = []
  const log = openLog('info', (line) => logged.push(line))
  const house = openHouse({
    ...{ db, roster: buildRoster([MORA]), shippedBook: readBook(TOLLS_AND_FEES), clock, log },
    addFeed: async (wish) => house.feeds.add({ ...wish, title: null }, clock.now()),
  })
  const unused = () => Promise.reject(new Error('nothing is fetched here'))
  const press = { fetch: unused, robots: unused, readPage: unused, readFeedWords: unused, parseFeed: unused }
  const steps = stepsOf({ house, press: press as never, clock, log: silentLog })

  const teamOf = (name: string) => house.teams.teamOf('slack', `T-${name}`, name)
  const [red, blue, green] = [await teamOf('red'), await teamOf('blue'), await teamOf('green')]
  for (const team of [red, blue, green]) {
    const place = { team, platform: 'slack' as Platform, channel: `C-${team}`, createdBy: 'U1' }
    const filter = { speakers: [MORA.id], topics: ['tolls', 'fees'] }
    await house.subscriptions.add({ ...place, filter, kind: 'alerts', withOld: true }, clock.now())
  }
  clock.advance({ minutes: 1 })

  /** An article of a team's private feed, or of a public one, taken the whole way. */
  const publish = async (team: TeamId, words: string) => {
    const said: StatementId[] = []
    clock.advance({ days: 4 })
    const { id: _, ...article } = articleOf(`Foreign Minister Ilse Mora said that ${words}.`, {
      ...{ team, publishedAt: clock.now(), publisher: team === PUBLIC ? 'The Daily Ledger' : `Letter to ${team}` },
    })
    const stored = await house.articles.add(article)
    for (const statement of await steps.recordStatements(stored)) {
      said.push(statement)
      for (const change of await steps.updatePosition(statement)) {
        for (const brief of await steps.writeBrief(change)) await steps.queueAlerts(brief)
      }
    }
    return said
  }
  await publish(red, `the tolls on ${CANARY} must end`)
  await publish(blue, 'the tolls on honey must not end')
  await publish(PUBLIC, 'the fees on bread must end')

  const asker = (team: TeamId, more: Partial<Request> = {}) => request({ team, at: clock.now(), ...more })
  return {
    ...{ db, house, clock, logged, red, blue, green, teamOf, publish },
    ask: async (team: TeamId, line: string, more: Partial<Request> = {}) =>
      plainText((await house.book.answerLine(line, asker(team, more))).blocks),
    /** Whose words a text holds. */
    heard: (text: string) => [CANARY, 'honey', 'bread'].filter((word) => text.includes(word)),
    digestOf: async (team: TeamId) => {
      const schedule = { times: ['09:00'], days: [...weekdays], zone: 'UTC' }
      const place = { team, platform: 'slack' as Platform, channel: `C-${team}`, createdBy: 'U1' }
      const wish = { ...place, filter: { speakers: [], topics: [] }, kind: 'digest', digest: 'morning' } as const
      const added = await house.subscriptions.add({ ...wish, schedule, whenEmpty: 'silent' }, clock.now())
      if (added.kind !== 'digest') throw new Error('no digest')
      const until = new Date(clock.now().getTime() + 60_000)
      const written = await house.writeDigest(added, { from: new Date(0), until }, null, '/digest show')
      return JSON.stringify(written)
    },
    /** All that is stored, as text. */
    everything: () => allRows(db),
    [Symbol.asyncDispose]: () => db[Symbol.asyncDispose](),
  }
}
