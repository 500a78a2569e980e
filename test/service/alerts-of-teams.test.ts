import { expect, test } from 'vitest'
import { silentLog } from '../../src/base/log.ts'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import type { BriefId } from '../../src/brief/brief.ts'
import { plainText } from '../../src/chat/blocks.ts'
import type { Filter } from '../../src/delivery/subscription.ts'
import { readBook } from '../../src/position/book/read-book.ts'
import { openHouse } from '../../src/service/open-house.ts'
import { stepsOf } from '../../src/service/steps.ts'
import { buildRoster } from '../../src/speaker/build-roster.ts'
import type { StatementId } from '../../src/statement/statement-id.ts'
import { handClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'
import { MORA } from '../support/mora.ts'
import { request } from '../support/requests.ts'
import { articleOf, speakerId } from '../support/statements.ts'

const TOLVAJ = { ...MORA, id: speakerId('jan-tolvaj'), name: 'Jan Tolvaj', aliases: ['Tolvaj'], offices: [] }
const BOOK = `
- id: bridge
  label: Sund Bridge
  keywords: [bridge]
  propositions:
    - { id: bridge.free, sentence: The bridge stays free of toll }
`
const ALL: Filter = { speakers: [], topics: [] }

/** The whole house with two teams, both of which want alerts; `red` puts things right. */
async function twoTeams() {
  const db = await testDatabase()
  const clock = handClock('2026-11-01T08:00:00Z')
  const house = openHouse({
    ...{ db, roster: buildRoster([MORA, TOLVAJ]), shippedBook: readBook(BOOK), clock, log: silentLog },
    addFeed: () => expect.fail('no feed is added here'),
  })
  const unused = () => Promise.reject(new Error('nothing is fetched here'))
  const press = { fetch: unused, robots: unused, readPage: unused, readFeedWords: unused, parseFeed: unused }
  const steps = stepsOf({ house, press: press as never, clock, log: silentLog })
  const [red, blue] = [
    await house.teams.teamOf('slack', 'T-red', 'red'),
    await house.teams.teamOf('slack', 'T-blue', 'blue'),
  ]
  return {
    red,
    blue,
    wantsAlerts: async (filter: Filter, withOld = true) => {
      for (const team of [red, blue]) {
        const place = { team, platform: 'slack', channel: `C-${team}`, createdBy: 'U1' } as const
        await house.subscriptions.add({ ...place, filter, kind: 'alerts', withOld }, clock.now())
      }
      clock.advance({ minutes: 1 })
    },
    /** A public article, taken the whole way; gives its statements. `meanwhile`: what is done between reading and alerting. */
    publish: async (
      sentence: string,
      meanwhile: (read: readonly StatementId[]) => Promise<unknown> = async () => {},
      { daysAgo = 0 }: { readonly daysAgo?: number } = {},
    ) => {
      clock.advance({ days: 4 })
      const publishedAt = new Date(clock.now().getTime() - daysAgo * 86_400_000)
      const { id: _, ...article } = articleOf(sentence, {
        ...{ team: PUBLIC, publishedAt, fetchedAt: clock.now(), publisher: 'The Daily Ledger' },
      })
      const statements = await steps.recordStatements(await house.articles.add(article))
      const briefs = new Set<BriefId>()
      for (const statement of statements) {
        for (const change of await steps.updatePosition(statement)) {
          for (const brief of await steps.writeBrief(change)) briefs.add(brief)
        }
      }
      await meanwhile(statements)
      for (const brief of briefs) await steps.queueAlerts(brief)
      return statements
    },
    putRight: async (line: string) =>
      plainText((await house.book.answerLine(line, request({ team: red, role: 'owner', at: clock.now() }))).blocks),
    ask: async (line: string) =>
      plainText(
        (
          await house.book.answerLine(
            line,
            request({ team: red, role: 'owner', channel: `C-${red}`, platform: 'slack', at: clock.now() }),
          )
        ).blocks,
      ),
    /** The alerts that a team is owed, the oldest first. */
    alerts: async (team: TeamId) =>
      (await house.outbox.recent(team, 10)).map(({ blocks }) => plainText(blocks)).reverse(),
    heldBack: house.heldBack,
    [Symbol.asyncDispose]: () => db[Symbol.asyncDispose](),
  }
}

test('a team that takes two speakers for one is alerted to the one, every other team to the speaker it knows', async () => {
  await using house = await twoTeams()
  await house.wantsAlerts(ALL)
  expect(await house.putRight('/correct merge-speakers speaker:Mora into:Tolvaj')).toContain('are one speaker')

  await house.publish('"The bridge must stay free of toll," Foreign Minister Ilse Mora said.')

  expect(await house.alerts(house.red)).toEqual([expect.stringMatching(/^Jan Tolvaj on Sund Bridge/)])
  expect(await house.alerts(house.blue)).toEqual([expect.stringMatching(/^Ilse Mora on Sund Bridge/)])
  expect(house.heldBack.counts.size).toBe(0)
})

test('what a team has taken off the record makes no change of course in its alerts', async () => {
  await using house = await twoTeams()
  const [first] = await house.publish('"The bridge must stay free of toll," Foreign Minister Ilse Mora said.')
  await house.putRight(`/correct wrong-speaker statement:${first} speaker:none`)
  await house.wantsAlerts(ALL)

  await house.publish('"The bridge must not stay free of toll," Foreign Minister Ilse Mora said.')

  expect(await house.alerts(house.blue)).toEqual([
    expect.stringContaining('Reversed on: The bridge stays free of toll'),
  ])
  expect(await house.alerts(house.red)).toEqual([
    expect.stringContaining('New on record · opposes: The bridge stays free of toll'),
  ])
})

test('a filter looks at the alert as the team reads it', async () => {
  await using house = await twoTeams()
  const [first] = await house.publish('"The bridge must stay free of toll," Foreign Minister Ilse Mora said.')
  await house.putRight(`/correct wrong-speaker statement:${first} speaker:none`)
  await house.wantsAlerts({ ...ALL, labels: ['reversed'] })

  await house.publish('"The bridge must not stay free of toll," Foreign Minister Ilse Mora said.')

  expect(await house.alerts(house.blue)).toHaveLength(1)
  expect(await house.alerts(house.red)).toEqual([])
})

test('words that a team has given to somebody else stand in its alert under that name, the others under theirs', async () => {
  await using house = await twoTeams()
  await house.wantsAlerts(ALL)

  await house.publish(
    '"The bridge must stay free of toll," Foreign Minister Ilse Mora said.\n\n"The bridge needs new paint," Mora said.',
    async ([, second]) => house.putRight(`/correct wrong-speaker statement:${second} speaker:Tolvaj`),
  )

  const [alert, ...more] = await house.alerts(house.red)
  const [mora, tolvaj] = alert?.split('Jan Tolvaj on Sund Bridge') ?? []
  expect(more).toEqual([])
  expect(mora).toMatch(/^Ilse Mora on Sund Bridge/)
  expect(mora).not.toContain('paint')
  expect(tolvaj).toContain('new paint')
  expect(tolvaj).not.toContain('toll')
})

test('an archive that a feed lists again raises no alert, is on record, and /why says so', async () => {
  await using house = await twoTeams()
  await house.wantsAlerts(ALL, false)

  const [old] = await house.publish(
    '"The bridge must stay free of toll," Foreign Minister Ilse Mora said.',
    async () => {},
    { daysAgo: 9 },
  )
  const atFirst = await house.alerts(house.blue)
  await house.publish('"The bridge must not stay free of toll," Foreign Minister Ilse Mora said.')

  expect(atFirst).toEqual([])
  expect(await house.alerts(house.blue)).toEqual([
    expect.stringContaining('Reversed on: The bridge stays free of toll'),
  ])
  expect(await house.ask(`/why statement:${old}`)).toContain(
    'no alert: it was said or published more than 7 days before I read it; digests tell it',
  )
})
