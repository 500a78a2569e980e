import { describe, expect, test } from 'vitest'
import { plainText } from '../../src/chat/blocks.ts'
import type { Messenger } from '../../src/chat/messenger.ts'
import { subscriptionsFile } from '../../src/service/subscriptions-file.ts'
import { ALL, amendingHouse, into } from '../support/amending-house.ts'
import { handClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'
import { discordBot } from '../support/discord-bot.ts'
import { discordPeople } from '../support/discord-people.ts'
import { discordServer } from '../support/discord-server.ts'
import { NEWSROOM, slackHouse } from '../support/slack-house.ts'

const STAYS = '"The bridge must stay free of toll," Foreign Minister Ilse Mora said.'
const TURN = '"The bridge must not stay free of toll," Foreign Minister Ilse Mora said.'

/** What stands in a channel that wants alerts with dates of that language. */
async function posted(platform: 'slack' | 'discord', messenger: Messenger, dates: string) {
  await using house = await amendingHouse('sqlite', { platform, messenger })
  const red = await house.house().subscriptions.add(
    {
      ...{ team: house.red, platform, channel: `C-${house.red}`, createdBy: 'U1', filter: ALL },
      ...{ kind: 'alerts', withOld: true, dates },
    },
    house.clock.now(),
  )
  house.clock.advance({ minutes: 1 })
  await house.publish(STAYS)
  await house.send()
  return red
}

describe('a post in a channel that reads dates in its own language', () => {
  test('on Slack has the day of the words in it, kept by itself in the line, as Slack’s schemas allow', async () => {
    await using house = await slackHouse()
    const place = { team: NEWSROOM, channel: house.server.channels.news ?? '' }

    await posted('slack', into(house.door.messenger, place), 'ar')

    const [post] = await house.server.history('news')
    expect(JSON.stringify(post?.blocks)).toContain('said \u2068٥ نوفمبر ٢٠٢٦\u2069')
    expect(String(post?.text)).toContain('\u2068٥ نوفمبر ٢٠٢٦\u2069')
  })

  test('on Discord has it too', async () => {
    await using server = await discordServer({ guilds: [{ name: 'Newsroom', channels: [{ name: 'news', type: 0 }] }] })
    await using db = await testDatabase()
    await using bot = await discordBot(server, db, { clock: handClock(new Date().toISOString()) })

    await posted('discord', into(bot.messenger, { team: 1, channel: server.idOf('news') }), 'ru')

    const [post] = await discordPeople(server).read(server.idOf('news'))
    expect(post?.text).toContain('said 5 ноября 2026 г.')
    expect(server.calls.flatMap(({ faults }) => faults)).toEqual([])
  })
})

test('each team is alerted to the same words with dates as it reads them', async () => {
  await using house = await amendingHouse()
  await house.wantsAlerts(ALL)
  await house.read('/settings dates:German')

  await house.publish(STAYS)
  await house.send()

  expect(house.posted(house.red)[0]).toContain('said 5. November 2026')
  expect(house.posted(house.blue)[0]).toContain('said 5 November 2026')
})

test('an alert that several subscriptions share has the language of the first that wants it and names one', async () => {
  await using house = await amendingHouse()
  await house.read('/settings dates:German')
  await house.read('/subscribe topic:Night kind:alerts dates:ja')
  await house.read('/subscribe topic:Sund kind:alerts')
  await house.read('/subscribe speaker:Mora kind:alerts dates:fr')
  await house.read('/subscribe topic:Sund speaker:Mora kind:alerts dates:ru')
  house.clock.advance({ minutes: 1 })

  await house.publish(STAYS)
  await house.send()

  expect(house.posted(house.red)).toHaveLength(1)
  expect(house.posted(house.red)[0]).toContain('said 5 novembre 2026')
})

test('a post that is put right keeps its language, also in the line that says when', async () => {
  await using house = await amendingHouse()
  await house.publish(STAYS)
  await house.read('/subscribe kind:alerts dates:pl')
  house.clock.advance({ minutes: 1 })
  const [turn = 0] = await house.publish(TURN)
  await house.send()

  await house.read(`/correct wrong-speaker statement:${turn} speaker:Tolvaj`)
  await house.settle()

  expect(house.posted(house.red)[0]).toContain('said 9 listopada 2026')
  expect(house.edited(house.red)[0]).toContain('Corrected 9 listopada 2026')
  expect(house.edited(house.red)[0]).toContain('said 9 listopada 2026')
})

test('a digest comes in the language of its subscription, with the time it looks at', async () => {
  await using house = await amendingHouse()
  await house.read('/subscribe at:09:00 tz:Berlin dates:fr')
  await house.publish(STAYS, { minutes: 30 })

  house.clock.advance({ days: 1, minutes: 35 })
  await house.tick()
  await house.send()

  expect(house.posted(house.red)[0]).toContain('What came onto the record from ')
  expect(house.posted(house.red)[0]).toMatch(/to \d novembre 2026 à \d\d:\d\d \(Europe\/Berlin\)/)
})

describe('a file of subscriptions', () => {
  const fileOf = (house: Awaited<ReturnType<typeof amendingHouse>>) =>
    subscriptionsFile({ house: house.house(), here: undefined, [Symbol.asyncDispose]: async () => {} } as never)
  const exported = async (house: Awaited<ReturnType<typeof amendingHouse>>) =>
    (await fileOf(house).exported({ withSecrets: false } as never)).text

  test('keeps the language of dates of each, and says nothing of those that have none', async () => {
    await using one = await amendingHouse()
    await one.read('/subscribe kind:alerts dates:fr-CA')
    await one.read('/subscribe topic:Sund at:09:00 tz:UTC')
    await using other = await amendingHouse()

    const text = await exported(one)
    await fileOf(other).imported(text, { isDry: false } as never)

    expect(text.match(/^ {2}dates: fr-CA$/gm)).toHaveLength(1)
    expect(text.match(/dates:/g)).toHaveLength(1)
    expect(await exported(other)).toBe(text)
  })

  test('with a language that nobody knows is refused, with its line, and nothing of it is kept', async () => {
    await using house = await amendingHouse()
    await house.read('/subscribe kind:alerts dates:de')
    const text = (await exported(house)).replace('dates: de', 'dates: klingon')
    await using empty = await amendingHouse()

    const refused = fileOf(empty).imported(text, { isDry: false } as never)

    await expect(refused).rejects.toMatchObject({
      explanation: expect.stringMatching(/line \d+: entry 1, dates: no dates are known in that language/),
    })
    expect(plainText(await empty.ask('/subscriptions'))).not.toContain('alerts as they come')
  })
})
