import { expect, test } from 'vitest'
import type { TeamId } from '../../src/base/scope.ts'
import { plainText } from '../../src/chat/blocks.ts'
import type { Filter } from '../../src/delivery/subscription.ts'
import type { StatementId } from '../../src/statement/statement-id.ts'
import { BRIDGE, MORA, TOLVAJ } from '../support/mora.ts'
import { houseOfTeams } from '../support/reading-house.ts'
import { request } from '../support/requests.ts'

const ALL: Filter = { speakers: [], topics: [] }

/** The whole house with two teams, both of which want alerts; `red` puts things right. */
async function twoTeams() {
  const at = await houseOfTeams({ begins: '2026-11-01T08:00:00Z', speakers: [MORA, TOLVAJ], book: BRIDGE })
  const { house, clock, red, blue } = at
  return {
    red,
    blue,
    wantsAlerts: async (filter: Filter, withOld = true) => {
      for (const team of [red, blue])
        await house.subscriptions.add({ ...at.placeOf(team), filter, kind: 'alerts', withOld }, clock.now())
      clock.advance({ minutes: 1 })
    },
    /** A public article, taken the whole way; gives its statements. `meanwhile`: what is done between reading and alerting. */
    publish: async (
      sentence: string,
      meanwhile?: (read: readonly StatementId[]) => Promise<unknown>,
      { daysAgo = 0 }: { readonly daysAgo?: number } = {},
    ) => {
      clock.advance({ days: 4 })
      const publishedAt = new Date(clock.now().getTime() - daysAgo * 86_400_000)
      return await at.publish(sentence, { publishedAt, fetchedAt: clock.now() }, meanwhile)
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
    [Symbol.asyncDispose]: () => at[Symbol.asyncDispose](),
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
