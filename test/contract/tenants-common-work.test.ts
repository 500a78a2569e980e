import { describe, expect, test } from 'vitest'
import { openLog } from '../../src/base/log.ts'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import { openWeb } from '../../src/base/web/open-web.ts'
import { robots } from '../../src/base/web/robots.ts'
import { parseFeed } from '../../src/feed/parse-feed.ts'
import { pollFeed } from '../../src/feed/poll-feed.ts'
import { openModel } from '../../src/opinion/open-model.ts'
import type { Figures } from '../../src/opinion/score-model.ts'
import { opinionOnChange, opinionOnStatement } from '../../src/opinion/second-opinion.ts'
import type { StatementId } from '../../src/statement/statement-id.ts'
import { answering, modelServer } from '../support/model-server.ts'
import { publisher } from '../support/publisher.ts'
import { CANARY, threeTeams } from '../support/three-teams.ts'

type Teams = Awaited<ReturnType<typeof threeTeams>>

/** Nothing in it but the words. */
const FIGURES: Figures = {
  ...{ pairs: 10, right: 10, rightByRules: 5, abstained: 0, calm: 5, falseAlarms: 0 },
  ...{ probes: 5, probesResisted: 5, failures: {}, tokens: 1, seconds: 1 },
}

describe('between teams, where one machine works for all', () => {
  test.each([
    ['no feed', { body: `<html><p>${CANARY} of the page</p></html>` }],
    ['broken off', { body: `{"version":"https://jsonfeed.org/version/1.1","items":[{"${CANARY}` }],
    ['an answer of its server that is an error', { status: 500, body: `${CANARY} of the page` }],
  ])(
    'x12: the private feed of one team that is %s is told to that team without a word of the page, and to no other',
    async (_, answer) => {
      await using at = await threeTeams()
      await using site = await publisher({ '/feed?token=SECRET': answer })
      await using web = openWeb({ allowPrivate: true, userAgent: 'test', spacingMs: 0 })
      const others = async () => JSON.stringify(await Promise.all([at.blue, at.green].map((team) => seenBy(team, at))))
      const before = await others()
      const address = `${site.url}/feed?token=SECRET`
      const feed = await at.house.feeds.add({ url: address, team: at.red, addedBy: 'U1', title: null }, at.clock.now())

      const { fetch } = web
      const { clock } = at
      for (const _try of [1, 2, 3]) {
        await pollFeed(feed.id, {
          ...{ fetch, clock, parse: parseFeed, store: at.house.feeds, random: () => 0.5 },
          robots: robots('onrecord', { fetch, clock }),
          log: openLog('info', (line) => at.logged.push(line)),
        })
        at.clock.advance({ days: 2 })
      }

      const told = await at.ask(at.red, '/feeds')
      expect((await at.house.feeds.get(feed.id))?.state).toBe('failing')
      expect(told).toContain('127.0.0.1')
      expect(told).toContain('failing: ')
      expect(told).not.toMatch(/marmalade|SECRET/)
      expect(at.logged.join('\n')).not.toMatch(/marmalade|SECRET/)
      expect(await others()).toBe(before)
      expect(before).toContain('No feed is read yet')
    },
  )

  test('x23: what a language model is asked for one team holds no word of another’s private feed', async () => {
    await using at = await threeTeams()
    await using server = await modelServer(answering(() => 'reaffirmed'))
    const settings = { provider: 'openai-compatible', baseUrl: server.url, apiKey: null, model: 'stand-in' } as const
    const model = await openModel(settings, { clock: at.clock })
    await at.house.opinions.keepScore(model.id, FIGURES, true, at.clock.now())
    const deps = { ...at.house.newsroom, model, tokensPerDay: 1_000_000, read: at.house.statements.read }

    /** All questions about what a team is told: turns of course, and words on no topic. */
    const askedFor = async (team: TeamId, word: string) => {
      const first = server.asked.length
      const said: StatementId[] = [
        ...(await at.publish(team, `the tolls on ${word} must end`)),
        ...(await at.publish(team, `the tolls on ${word} must not end`)),
        ...(await at.publish(team, `the harbour of ${word} was busy`)),
      ]
      for (const id of said) {
        await opinionOnStatement(id, deps)
        for (const change of await at.house.positions.ofStatement(team, id)) await opinionOnChange(change.id, deps)
      }
      const prompts = server.asked.slice(first).map(({ system, prompt }) => `${system}\n${prompt}`)
      return { count: prompts.length, heard: at.heard(prompts.join('\n')) }
    }
    const [red, everybody, blue] = [
      await askedFor(at.red, CANARY),
      await askedFor(PUBLIC, 'bread'),
      await askedFor(at.blue, 'honey'),
    ]

    expect(red.heard).toContain(CANARY)
    expect(red.heard).not.toContain('honey')
    expect(blue.heard).toContain('honey')
    expect(blue.heard).not.toContain(CANARY)
    expect(everybody.heard).toEqual(['bread'])
    for (const { count } of [red, everybody, blue]) expect(count).toBeGreaterThan(1)
  })

  test('x24: what one team marks as wrong in public words moves its own record alone, and is taken back', async () => {
    await using at = await threeTeams()
    const [id] = await at.publish(PUBLIC, 'the tolls on bread must end')
    const record = async (team: TeamId) =>
      JSON.stringify(await Promise.all(['/stance Mora Tolls', '/said Mora Tolls'].map((line) => at.ask(team, line))))
    const teams = [at.red, at.green, PUBLIC]
    const before = await Promise.all(teams.map(record))
    const own = await record(at.blue)

    for (const member of ['U1', 'U2', 'U3']) {
      const by = { member: { id: member, name: member } }
      await at.ask(at.blue, `/correct wrong-speaker statement:${id} speaker:none why:"never said it"`, by)
    }

    expect(await record(at.blue)).not.toBe(own)
    expect(at.heard(await at.ask(at.blue, '/said Mora Tolls'))).toEqual(['honey'])
    expect(await Promise.all(teams.map(record))).toEqual(before)
    expect(await at.ask(at.red, '/corrections')).not.toContain('never said it')

    await at.ask(at.blue, '/corrections undo 1')
    expect(await record(at.blue)).toBe(own)
  })
})

/** What a team sees of its feeds and of what it was sent. */
async function seenBy(team: TeamId, { ask, house }: Teams): Promise<unknown> {
  return [await ask(team, '/feeds'), await house.outbox.recent(team, 50)]
}
