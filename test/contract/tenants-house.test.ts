import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { openLog, silentLog } from '../../src/base/log.ts'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import { plainText } from '../../src/chat/blocks.ts'
import type { Platform, Request } from '../../src/chat/request.ts'
import { weekdays } from '../../src/delivery/subscription.ts'
import { readBook } from '../../src/position/book/read-book.ts'
import { bookFile } from '../../src/service/book-file.ts'
import { opmlFile } from '../../src/service/exchange-files.ts'
import { forget } from '../../src/service/forget.ts'
import { openHouse } from '../../src/service/open-house.ts'
import type { Service } from '../../src/service/run-service.ts'
import { serviceMetrics } from '../../src/service/service-metrics.ts'
import { stepsOf } from '../../src/service/steps.ts'
import { buildRoster } from '../../src/speaker/build-roster.ts'
import { handClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'
import { MORA, TOLLS_AND_FEES } from '../support/mora.ts'
import { request } from '../support/requests.ts'
import { articleOf } from '../support/statements.ts'

/** A word that only red's private article holds. It must never leave red, whatever anybody does. */
const CANARY = 'marmalade'

/** The whole house, with three teams: red and blue have private news of their own, green has none; all see the public. */
async function threeTeams() {
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
    clock.advance({ days: 4 })
    const { id: _, ...article } = articleOf(`Foreign Minister Ilse Mora said that ${words}.`, {
      ...{ team, publishedAt: clock.now(), publisher: team === PUBLIC ? 'The Daily Ledger' : `Letter to ${team}` },
    })
    const stored = await house.articles.add(article)
    for (const statement of await steps.recordStatements(stored)) {
      for (const change of await steps.updatePosition(statement)) {
        for (const brief of await steps.writeBrief(change)) await steps.queueAlerts(brief)
      }
    }
  }
  await publish(red, `the tolls on ${CANARY} must end`)
  await publish(blue, 'the tolls on honey must not end')
  await publish(PUBLIC, 'the fees on bread must end')

  const asker = (team: TeamId, more: Partial<Request> = {}) => request({ team, at: clock.now(), ...more })
  return {
    ...{ db, house, clock, logged, red, blue, green, teamOf },
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
      const written = await house.writeDigest(added, { from: new Date(0), until }, new Set(), '/digest show')
      return JSON.stringify(written)
    },
    /** All that is stored, as text. */
    everything: async () => {
      const tables = await db.reads.introspection.getTables()
      // What the text index keeps is in a form of its own; its store's tests look for words there.
      const readable = tables.filter(({ name }) => !/_(?:data|idx|content|docsize|config)$/.test(name))
      const all = await Promise.all(readable.map(({ name }) => sql`select * from ${sql.table(name)}`.execute(db.reads)))
      return JSON.stringify(all.map(({ rows }) => rows))
    },
    [Symbol.asyncDispose]: () => db[Symbol.asyncDispose](),
  }
}

describe('between teams, through the whole house', () => {
  test('x07: words of a private feed alert their own team alone; public ones everybody who asked', async () => {
    await using at = await threeTeams()

    const alerts = async (team: TeamId) => at.heard(JSON.stringify(await at.house.outbox.recent(team, 50)))

    expect(await alerts(at.red)).toEqual([CANARY, 'bread'])
    expect(await alerts(at.blue)).toEqual(['honey', 'bread'])
    expect(await alerts(at.green)).toEqual(['bread'])
  })

  test('x08: the digest of a team has its own and public items only', async () => {
    await using at = await threeTeams()

    expect(at.heard(await at.digestOf(at.red))).toEqual([CANARY, 'bread'])
    expect(at.heard(await at.digestOf(at.blue))).toEqual(['honey', 'bread'])
    expect(at.heard(await at.digestOf(at.green))).toEqual(['bread'])
  })

  test('every question about positions is answered from what the asking team may see', async () => {
    await using at = await threeTeams()

    for (const line of [
      '/said Mora',
      '/stance Mora Tolls',
      '/history Mora Tolls',
      '/said text:must',
      '/digest preview since:30d',
    ]) {
      expect(at.heard(await at.ask(at.blue, line)), line).not.toContain(CANARY)
      expect(at.heard(await at.ask(at.green, line)), line).not.toContain('honey')
      expect(at.heard(await at.ask(at.red, line)), line).toContain(CANARY)
    }
  })

  test('x10: two teams with the same private address each follow it for themselves', async () => {
    await using at = await threeTeams()
    const line = '/feeds add https://letters.example/feed'
    await at.ask(at.red, line)
    await at.ask(at.blue, line)

    await at.ask(at.red, '/feeds remove https://letters.example/feed')

    expect(await at.ask(at.red, '/feeds')).toContain('No feed is read yet')
    expect(await at.ask(at.blue, '/feeds')).toBe('1 feed\n• letters.example')
    expect(await at.ask(at.green, '/feeds')).toContain('No feed is read yet')
  })

  test('x11, x15: a secret in an address is in no answer, log line or export, and an export holds no row of a team', async () => {
    await using at = await threeTeams()
    const here = await at.teamOf('here')
    const address = 'https://letters.example/feed?token=SECRET'

    const answers = [await at.ask(at.red, `/feeds add ${address}`), await at.ask(at.red, '/feeds')]
    const files = [
      await opmlFile({ house: at.house, here, [Symbol.asyncDispose]: async () => undefined })
        .exported({ withSecrets: true })
        .catch(String),
      await bookFile({ house: at.house, here, [Symbol.asyncDispose]: async () => undefined }).exported({
        withSecrets: true,
      }),
    ]

    expect(JSON.stringify([answers, at.logged])).not.toContain('SECRET')
    expect(JSON.stringify(files)).not.toMatch(/letters\.example|marmalade/)
  })

  test('x16, x17: a team that left leaves no word behind, others keep theirs, and it comes back as a new one', async () => {
    await using at = await threeTeams()
    await at.ask(at.red, '/speakers add alias:"Marmalademinister" speaker:Mora')
    await at.digestOf(at.red)

    await forget(at.house, { kind: 'team', value: 'T-red' })

    expect((await at.everything()).toLowerCase()).not.toContain(CANARY)
    expect(at.heard(await at.ask(at.blue, '/said Mora'))).toEqual(['honey', 'bread'])
    const again = await at.teamOf('red')
    expect(again).not.toBe(at.red)
    expect(at.heard(await at.ask(again, '/said Mora'))).toEqual(['bread'])
    expect(await at.ask(again, '/subscriptions of:team')).toContain('No channel is subscribed')
  })

  test('x20, x21: who asks in a direct message sees what the team of that message sees; without a team, what is public', async () => {
    await using at = await threeTeams()
    const direct = { isDirectMessage: true, member: { id: 'U-in-both', name: 'Ana' }, channel: 'D1' }

    expect(at.heard(await at.ask(at.red, '/said Mora', direct))).toEqual([CANARY, 'bread'])
    expect(at.heard(await at.ask(at.blue, '/said Mora', direct))).toEqual(['honey', 'bread'])
    expect(at.heard(await at.ask(PUBLIC, '/said Mora', { ...direct, platform: 'discord' }))).toEqual(['bread'])
  })

  test('x25: the page of metrics holds no name, address or word', async () => {
    await using at = await threeTeams()
    await at.ask(at.red, '/feeds add https://letters.example/feed')
    const service = { runner: { done: new Map([['poll feed', 3]]) } } as unknown as Service

    const page = await serviceMetrics(at.house, service).metrics()

    expect(page).toContain('onrecord_jobs_done{step="poll feed"} 3')
    expect(page).not.toMatch(/marmalade|honey|bread|letters|Mora|T-red/i)
  })
})
