import { describe, expect, test } from 'vitest'
import { silentLog } from '../../src/base/log.ts'
import { runPipeline } from '../../src/base/run-pipeline.ts'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { weekdays } from '../../src/delivery/subscription.ts'
import { rereadPipeline } from '../../src/service/reread-step.ts'
import { commandsIn } from '../support/command-house.ts'
import { MORA } from '../support/mora.ts'
import { houseOfTeams } from '../support/reading-house.ts'
import { request } from '../support/requests.ts'

const BOOK = '- { id: tolls, label: Tolls, keywords: [toll, tolls] }'

/** The whole house with two teams that read the same public news; only red makes the topics its own. */
async function twoTeams() {
  const at = await houseOfTeams({ begins: '2026-11-20T08:00:00Z', speakers: [MORA], book: BOOK })
  const { db, house, clock, red, blue } = at
  const settle = async () => {
    await using runner = runPipeline(rereadPipeline(house, clock), { db, clock, log: silentLog })
    await runner.idle()
  }
  const ask = async (team: TeamId, line: string) =>
    (await house.book.answerLine(line, request({ platform: 'terminal', team, at: clock.now() }))).blocks
  return {
    ...{ house, clock, red, blue, ask },
    read: async (team: TeamId, line: string) => plainText(await ask(team, line)),
    subscribe: async (team: TeamId, topics: readonly string[]) => {
      const filter = { speakers: [], topics }
      await house.subscriptions.add({ ...at.placeOf(team), filter, kind: 'alerts', withOld: true }, clock.now())
    },
    publish: async (words: string) => {
      clock.advance({ days: 4 })
      await at.publish(`Foreign Minister Ilse Mora said that ${words}.`)
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
      const wish = { ...at.placeOf(team), filter: { speakers: [], topics }, kind: 'digest', digest: 'morning' } as const
      const added = await house.subscriptions.add({ ...wish, schedule, whenEmpty: 'silent' }, clock.now())
      if (added.kind !== 'digest') throw new Error('no digest')
      return await house.writeDigest(
        added,
        { from, until: new Date(clock.now().getTime() + 60_000) },
        null,
        '/digest show',
      )
    },
    [Symbol.asyncDispose]: () => at[Symbol.asyncDispose](),
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
