import { describe, expect, test } from 'vitest'
import { silentLog } from '../../src/base/log.ts'
import { runPipeline } from '../../src/base/run-pipeline.ts'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { weekdays } from '../../src/delivery/subscription.ts'
import { readBook } from '../../src/position/book/read-book.ts'
import { openHouse } from '../../src/service/open-house.ts'
import { rereadPipeline } from '../../src/service/reread-step.ts'
import { stepsOf } from '../../src/service/steps.ts'
import { buildRoster } from '../../src/speaker/build-roster.ts'
import { handClock } from '../support/clock.ts'
import { commandsIn } from '../support/command-house.ts'
import { testDatabase } from '../support/database.ts'
import { request } from '../support/requests.ts'
import { articleOf, speakerId } from '../support/statements.ts'

const BOOK = '- { id: tolls, label: Tolls, keywords: [toll, tolls] }'
const MORA = {
  ...({ id: speakerId('ilse-mora'), name: 'Ilse Mora', kind: 'person', country: 'XT', gender: 'f' } as const),
  aliases: ['Mora'],
  offices: [
    { role: 'foreign minister', title: 'Foreign Minister', country: 'XT', from: '2020', to: null, asOf: null } as const,
  ],
}

/** The whole house with two teams that read the same public news; only red makes the topics its own. */
async function twoTeams() {
  const db = await testDatabase()
  const clock = handClock('2026-11-20T08:00:00Z')
  const addFeed = () => Promise.reject(new Error('no network'))
  const house = openHouse({
    ...{ db, roster: buildRoster([MORA]), shippedBook: readBook(BOOK), clock, log: silentLog, addFeed },
  })
  const unused = () => Promise.reject(new Error('nothing is fetched here'))
  const press = { fetch: unused, robots: unused, readPage: unused, readFeedWords: unused, parseFeed: unused }
  const steps = stepsOf({ house, press: press as never, clock, log: silentLog })
  const [red, blue] = [
    await house.teams.teamOf('slack', 'T-red', 'red'),
    await house.teams.teamOf('slack', 'T-blue', 'blue'),
  ]
  const settle = async () => {
    await using runner = runPipeline(rereadPipeline(house, clock), { db, clock, log: silentLog })
    await runner.idle()
  }
  const place = (team: TeamId) => ({ team, platform: 'slack' as const, channel: `C-${team}`, createdBy: 'U1' })
  const ask = async (team: TeamId, line: string) =>
    (await house.book.answerLine(line, request({ platform: 'terminal', team, at: clock.now() }))).blocks
  return {
    ...{ house, clock, red, blue, ask },
    read: async (team: TeamId, line: string) => plainText(await ask(team, line)),
    subscribe: async (team: TeamId, topics: readonly string[]) => {
      const filter = { speakers: [], topics }
      await house.subscriptions.add({ ...place(team), filter, kind: 'alerts', withOld: true }, clock.now())
    },
    publish: async (words: string) => {
      clock.advance({ days: 4 })
      const { id: _, ...article } = articleOf(`Foreign Minister Ilse Mora said that ${words}.`, {
        publishedAt: clock.now(),
      })
      for (const statement of await steps.recordStatements(await house.articles.add(article))) {
        for (const change of await steps.updatePosition(statement)) {
          for (const brief of await steps.writeBrief(change)) await steps.queueAlerts(brief)
        }
      }
    },
    /** Adds a topic as an owner does, and lets the background work come to its end. */
    addTopic: async (team: TeamId, label: string, keyword: string) => {
      const apply = commandsIn(await ask(team, `/topics add label:"${label}" keywords:"${keyword}"`)).at(-1) ?? ''
      await ask(team, apply)
      await settle()
    },
    settle,
    alerts: async (team: TeamId) => await house.outbox.recent(team, 50),
    digest: async (team: TeamId, topics: readonly string[], from: Date) => {
      const schedule = { times: ['09:00'], days: [...weekdays], zone: 'UTC' }
      const wish = { ...place(team), filter: { speakers: [], topics }, kind: 'digest', digest: 'morning' } as const
      const added = await house.subscriptions.add({ ...wish, schedule, whenEmpty: 'silent' }, clock.now())
      if (added.kind !== 'digest') throw new Error('no digest')
      return await house.writeDigest(
        added,
        { from, until: new Date(clock.now().getTime() + 60_000) },
        null,
        '/digest show',
      )
    },
    [Symbol.asyncDispose]: () => db[Symbol.asyncDispose](),
  }
}

describe('a topic of a team’s own', () => {
  test('takes in old public words in the background, and neither alerts nor digests tell them as news', async () => {
    await using at = await twoTeams()
    await at.publish('the ferries must run in winter')
    at.clock.advance({ days: 1 })
    const since = at.clock.now()

    await at.addTopic(at.red, 'Ferries', 'ferries')
    await at.subscribe(at.red, ['ferries'])

    expect(await at.read(at.red, '/said topic:Ferries')).toContain('the ferries must run in winter')
    expect(await at.read(at.red, '/stance Mora Ferries')).toContain('the ferries must run in winter')
    expect(await at.digest(at.red, ['ferries'], since)).toBeNull()
    expect(await at.alerts(at.red)).toEqual([])
    expect(await at.house.topics.teamsToReread()).toEqual([])
  })

  test('alerts its team once when something new is said on it, and no other team', async () => {
    await using at = await twoTeams()
    await at.addTopic(at.red, 'Ferries', 'ferries')
    await at.subscribe(at.red, ['ferries', 'tolls'])
    await at.subscribe(at.blue, ['ferries', 'tolls'])
    const since = at.clock.now()

    await at.publish('the tolls on the ferries must end')

    const [red, blue] = [await at.alerts(at.red), await at.alerts(at.blue)]
    expect(red).toHaveLength(1)
    expect(JSON.stringify(red)).toContain('Ferries')
    expect(blue).toHaveLength(1)
    expect(JSON.stringify(blue)).not.toContain('Ferries')
    expect(JSON.stringify(await at.digest(at.red, ['ferries'], since))).toContain('tolls on the ferries must end')
    expect(await at.digest(at.blue, ['ferries'], since)).toBeNull()
  })

  test('alerts its team to words that are on no topic of everybody’s', async () => {
    await using at = await twoTeams()
    await at.addTopic(at.red, 'Ferries', 'ferries')
    await at.subscribe(at.red, [])
    await at.subscribe(at.blue, [])

    await at.publish('the ferries must run in winter')

    expect(JSON.stringify(await at.alerts(at.red))).toContain('Ferries')
    expect(await at.alerts(at.red)).toHaveLength(1)
    expect(await at.alerts(at.blue)).toEqual([])
  })

  test('that its team took off leaves it what else is in the brief', async () => {
    await using at = await twoTeams()
    await at.addTopic(at.red, 'Ferries', 'ferries')
    await at.ask(at.red, commandsIn(await at.ask(at.red, '/topics remove topic:Tolls')).at(-1) ?? '')
    await at.settle()
    await at.subscribe(at.red, [])

    await at.publish('the tolls on the ferries must end')

    const [alert, ...more] = await at.alerts(at.red)
    expect(more).toEqual([])
    expect(JSON.stringify(alert)).toContain('Ferries')
    expect(JSON.stringify(alert)).not.toContain('Tolls')
  })

  test('is forgotten with its team, and what others see stays', async () => {
    await using at = await twoTeams()
    await at.publish('the tolls on the ferries must end')
    await at.addTopic(at.red, 'Ferries', 'ferries')
    const { forget } = await import('../../src/service/forget.ts')

    await forget(at.house, { kind: 'team', value: 'T-red' })

    expect(await at.house.topics.teamsWithBook()).toEqual([])
    expect(await at.house.statements.find({ team: at.red, topic: 'ferries', limit: 9 })).toEqual([])
    expect(await at.house.statements.find({ team: PUBLIC, topic: 'tolls', limit: 9 })).toHaveLength(1)
    expect(await at.read(at.blue, '/stance Mora Tolls')).toContain('tolls on the ferries must end')
  })
})
