import { expect, test } from 'vitest'
import { systemClock } from '../../src/base/clock.ts'
import { greetingStore } from '../../src/chat/greeting-store.ts'
import { commandHouse } from '../support/command-house.ts'
import { NEWSROOM, slackHouse } from '../support/slack-house.ts'
import type { Json } from '../support/slack-server.ts'

test('from the first look at the bot to the first digest and its undo: one message, three presses', async () => {
  await using rooms = await commandHouse()
  const greetings = greetingStore(rooms.db, { clock: systemClock })
  await using house = await slackHouse({ commands: rooms.book, greetings })
  const { people, server } = house
  server.facts.set('bob', { tz: 'Africa/Tripoli' })
  const { channel } = (await server.api('conversations.open', { users: server.users.bob })) as {
    channel: { id: string }
  }
  const bob = { user: 'bob', channel: channel.id }
  const newest = async (asked: Promise<{ readonly answered: () => Promise<readonly Json[]> }>): Promise<Json> =>
    (await (await asked).answered()).at(-1) ?? {}

  await people.event({ type: 'app_home_opened', user: server.users.bob, channel: channel.id, tab: 'home' })
  await server.until(() => server.callsOf('chat.postMessage').length > 0)
  const [welcome] = await server.history(channel.id)
  const topics = await newest(people.press(welcome ?? {}, 'Follow a topic', bob))
  const made = await newest(people.press(topics, 'Sund Bridge', bob))
  const before = await rooms.subscriptions.list(NEWSROOM)
  const undone = await newest(people.press(made, 'Undo', bob))

  expect(JSON.stringify(topics)).toContain('Which topic?')
  expect(made.text).toContain('Subscription 1: Sund Bridge')
  expect(made.text).toMatch(/Next: \w{3} [\d-]+ 09:00, \w{3} [\d-]+ 09:00, \w{3} [\d-]+ 09:00/)
  expect(before).toMatchObject([{ channel: channel.id, number: 1 }])
  expect(undone.text).toContain('Ended')
  expect(await rooms.subscriptions.list(NEWSROOM)).toEqual([])
  expect(server.callsOf('chat.postMessage')).toHaveLength(1)
})
