import { describe, expect, test } from 'vitest'
import { openLog } from '../../src/base/log.ts'
import type { Block } from '../../src/chat/blocks.ts'
import { defineCommand } from '../../src/chat/command.ts'
import { commandBook } from '../../src/chat/command-book.ts'
import { handClock } from '../support/clock.ts'
import { slackHouse } from '../support/slack-house.ts'
import { BLUE, manySlack, RED } from '../support/slack-many.ts'
import type { SlackServer } from '../support/slack-server.ts'

const REMOVED = { type: 'app_uninstalled' }
const ERROR = 50

/** A book whose one look-up takes until it is let go, and says for which team it looked. */
function slowBook() {
  const begun = Promise.withResolvers<void>()
  const letGo = Promise.withResolvers<void>()
  const logged: string[] = []
  const said = defineCommand<object, 'topic'>({
    name: 'said',
    summary: 'What was said',
    examples: ['/said topic:bridge'],
    isLookup: true,
    options: { topic: { kind: 'text', description: 'A topic' } },
    forms: [{ title: 'Who said what', fields: ['topic'] }],
    run: async (_options, _rooms, { team }): Promise<readonly Block[]> => {
      begun.resolve()
      await letGo.promise
      return [{ kind: 'text', line: `For team ${team} alone.` }]
    },
  })
  const book = commandBook([said], {}, { log: openLog('info', (line) => logged.push(line)) })
  return { book, begun: begun.promise, letGo: letGo.resolve, logged }
}

function errorsIn(logged: readonly string[]): readonly string[] {
  return logged.filter((line) => (JSON.parse(line) as { level: number }).level >= ERROR)
}

const isTaken = ({ answer }: SlackServer['calls'][number]) => answer.ok === true

/** What anybody was shown that names a team, wherever. */
function shownTeams(server: SlackServer): readonly string[] {
  return (
    JSON.stringify([server.replies, server.ephemerals, server.callsOf('chat.postMessage').filter(isTaken)]).match(
      /For team \d+/g,
    ) ?? []
  )
}

describe('a workspace that removes the app', () => {
  test('while an answer is under way gets no more of it, nobody else does, and nothing is an error', async () => {
    const { book, begun, letGo, logged } = slowBook()
    const clock = handClock(new Date().toISOString())
    await using slack = await manySlack({ commands: book, clock })
    for (const place of [RED, BLUE]) await slack.install(place)
    clock.advance({ minutes: 1 })
    const red = slack.peopleIn({ team: RED })
    const blue = await slack.teams.teamOf('slack', BLUE, '')

    await red.write('D0DIRECT01', 'said topic:bridge')
    await begun
    await red.event(REMOVED)
    await expect.poll(() => slack.left.length).toBe(1)
    slack.server.installs.revoke(RED)
    letGo()
    const asked = await slack.peopleIn({ team: BLUE }).slash('/onrecord', 'said topic:bridge')
    const [answer] = await asked.answered()

    expect(answer?.text).toBe(`For team ${blue} alone.`)
    expect(shownTeams(slack.server).filter((shown) => shown !== `For team ${blue}`)).toEqual([])
    expect(errorsIn([...logged, ...slack.logged])).toEqual([])
  })

  test('while a form is open has it sent in vain: nothing is looked up, and nothing is an error', async () => {
    const { book, letGo, logged } = slowBook()
    letGo()
    const clock = handClock(new Date().toISOString())
    await using slack = await manySlack({ commands: book, clock })
    await slack.install(RED)
    clock.advance({ minutes: 1 })
    const red = slack.peopleIn({ team: RED })
    await red.slash('/onrecord', 'said')
    await slack.server.until(() => slack.server.callsOf('views.open').some(({ answer }) => answer.ok === true))
    const form = slack.server.callsOf('views.open').at(-1)?.args.view as Readonly<Record<string, unknown>>

    await red.event(REMOVED)
    await expect.poll(() => slack.left.length).toBe(1)
    const { status } = await red.submit(form, { 'said topic': { topic: { value: 'bridge' } } })

    expect(status).toBeLessThan(500)
    expect(shownTeams(slack.server)).toEqual([])
    expect(errorsIn([...logged, ...slack.logged])).toEqual([])
  })
})

describe.each(['http', 'socket'] as const)(
  'the one workspace of a token that removes the app, reached by %s',
  (way) => {
    test('while an answer is under way is told no more, and nothing is an error', async () => {
      const { book, begun, letGo, logged } = slowBook()
      await using house = await slackHouse({ way, commands: book })

      await house.people.mention('said topic:bridge')
      await begun
      await house.people.event(REMOVED)
      await expect.poll(() => house.uninstalled.length).toBe(1)
      for (const method of ['chat.postEphemeral', 'chat.postMessage'])
        house.server.fault({ method, error: 'account_inactive', times: 9 })
      letGo()
      await house.server.until(() => house.server.callsOf('chat.postMessage').length > 0)

      expect(house.server.ephemerals).toEqual([])
      expect(await house.server.history('news')).toEqual([])
      expect(errorsIn([...logged, ...house.logged])).toEqual([])
    })
  },
)
