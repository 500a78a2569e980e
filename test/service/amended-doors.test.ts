import { expect, test } from 'vitest'
import type { Messenger } from '../../src/chat/messenger.ts'
import { ALL, amendingHouse, into } from '../support/amending-house.ts'
import { handClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'
import { discordBot } from '../support/discord-bot.ts'
import { discordPeople } from '../support/discord-people.ts'
import { discordServer } from '../support/discord-server.ts'
import { NEWSROOM, slackHouse } from '../support/slack-house.ts'

const TURN = '"The bridge must not stay free of toll," Foreign Minister Ilse Mora said.'
const HOSTILE = '<!channel> @everyone *he* stood beside her [here](https://evil.example)'

/** A team is alerted, corrects it, and takes that back: what stands in its channel each time. */
async function story(platform: 'slack' | 'discord', messenger: Messenger, history: () => Promise<readonly string[]>) {
  await using house = await amendingHouse('sqlite', { platform, messenger })
  await house.publish('"The bridge must stay free of toll," Foreign Minister Ilse Mora said.')
  await house.wantsAlerts(ALL, [house.red])
  const [turn = 0] = await house.publish(TURN)
  await house.send()
  const before = await history()

  await house.read(`/correct wrong-speaker statement:${turn} speaker:Tolvaj why:'${HOSTILE}'`)
  await house.settle()
  const corrected = await history()

  house.restart()
  await house.read('/corrections undo 1')
  await house.settle()
  return { before, corrected, after: await history() }
}

function expectStory({ before, corrected, after }: Awaited<ReturnType<typeof story>>): void {
  expect([before.length, corrected.length, after.length]).toEqual([1, 1, 1])
  expect(before[0]).toContain('Ilse Mora: reversed on Sund Bridge')
  expect(corrected[0]).toContain('Withdrawn: Ilse Mora: reversed on Sund Bridge')
  expect(corrected[0]).toContain('Jan Tolvaj on Sund Bridge')
  expect(corrected[0]?.replaceAll('*', '')).not.toContain('Reversed on:')
  expect(after[0]).toContain('a correction was taken back')
  expect(after[0]?.replaceAll('*', '')).toContain('Reversed on:')
  expect(after[0]).not.toContain('Tolvaj')
}

test('on Slack, a corrected alert reads otherwise in its place, and so again when that is taken back', async () => {
  await using house = await slackHouse()
  const place = { team: NEWSROOM, channel: house.server.channels.news ?? '' }
  const history = async () => (await house.server.history('news')).map(({ text }) => String(text))

  const seen = await story('slack', into(house.door.messenger, place), history)

  expectStory(seen)
  expect(seen.corrected[0]).toMatch(/&lt;.?!channel&gt;/u)
  expect(seen.corrected[0]).not.toContain('<!channel>')
  expect(house.server.callsOf('chat.postMessage')).toHaveLength(1)
  expect(house.server.callsOf('chat.update')).toHaveLength(2)
})

test('on Discord, a corrected alert reads otherwise in its place, in a forum with its title', async () => {
  await using server = await discordServer({ guilds: [{ name: 'Newsroom', channels: [{ name: 'forum', type: 15 }] }] })
  await using db = await testDatabase()
  await using bot = await discordBot(server, db, { clock: handClock(new Date().toISOString()) })
  const people = discordPeople(server)
  const titles: (string | null)[] = []
  const history = async () => {
    const threads = await server.threads('forum')
    titles.push(...threads.map(({ name }) => name))
    const texts = await Promise.all(threads.map(({ id }) => people.read(id)))
    return texts.flat().map(({ text }) => text)
  }

  const seen = await story('discord', into(bot.messenger, { team: 1, channel: server.idOf('forum') }), history)

  expectStory(seen)
  expect(titles).toEqual([
    'Ilse Mora: reversed on Sund Bridge',
    'Withdrawn: Ilse Mora: reversed on Sund Bridge',
    'Ilse Mora: reversed on Sund Bridge',
  ])
  expect(server.calls.flatMap(({ faults }) => faults)).toEqual([])
})
