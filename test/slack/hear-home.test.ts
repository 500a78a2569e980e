import { describe, expect, test } from 'vitest'
import { systemClock } from '../../src/base/clock.ts'
import { greetingStore } from '../../src/chat/greeting-store.ts'
import { testDatabase } from '../support/database.ts'
import { type SlackHouse, slackHouse } from '../support/slack-house.ts'
import { buttonsOf } from '../support/slack-people.ts'
import type { Json } from '../support/slack-server.ts'

/** Alice's conversation with the bot, and its page as she sees it. */
async function openPage(house: SlackHouse): Promise<{ readonly channel: string; readonly page: Json }> {
  const opened = await house.server.api('conversations.open', { users: house.server.users.alice })
  const channel = (opened.channel as { id: string }).id
  await house.people.event({ type: 'app_home_opened', user: house.server.users.alice, channel, tab: 'home' })
  await house.server.until(() => pagesOf(house).length > 0)
  return { channel, page: pagesOf(house)[0] ?? {} }
}

const pagesOf = ({ server }: SlackHouse): readonly Json[] =>
  server.callsOf('views.publish').flatMap(({ args, answer }) => (answer.ok === true ? [args.view as Json] : []))

describe('the first who looks at the bot’s page', () => {
  const openAs = async (house: SlackHouse, user: string) => {
    const opened = await house.server.api('conversations.open', { users: house.server.users[user] })
    const channel = (opened.channel as { id: string }).id
    const seen = pagesOf(house).length
    await house.people.event({ type: 'app_home_opened', user: house.server.users[user], channel, tab: 'home' })
    await house.server.until(() => pagesOf(house).length > seen)
    return channel
  }

  test('is welcomed for the whole workspace, once, also after a restart', async () => {
    await using db = await testDatabase()
    await using house = await slackHouse({ greetings: greetingStore(db, { clock: systemClock }) })
    const channel = await openAs(house, 'alice')
    await house.server.until(() => house.server.callsOf('chat.postMessage').length > 0)
    await openAs(house, 'alice')
    await openAs(house, 'bob')
    const { port } = await house.restart()
    const event = { type: 'app_home_opened', user: house.server.users.bob, channel, tab: 'home' }
    await house.peopleAt(port).event(event)

    const posted = house.server.callsOf('chat.postMessage')
    expect(posted.map(({ args }) => args.channel)).toEqual([channel])
    expect(buttonsOf(posted[0]?.args ?? {}).map(({ value }) => value)).toEqual([
      '/start with:topic',
      '/start with:speaker',
      '/start with:lookup',
    ])
  })
})

describe.each(['http', 'socket'] as const)('the bot’s own page, by %s', (way) => {
  test('shows what a person gets in their conversation with the bot, and forms to ask', async () => {
    await using house = await slackHouse({ way })
    const { channel, page } = await openPage(house)

    expect(JSON.stringify(page)).toContain(`${channel} gets everything about the bridge.`)
    expect(buttonsOf(page).map(({ text }) => (text as { text: string }).text)).toEqual(['Said …', 'Stop'])
  })

  test('answers its buttons in the conversation, and is drawn anew', async () => {
    await using house = await slackHouse({ way })
    const { channel, page } = await openPage(house)
    await house.people.pressOnPage(page, 'Stop')
    await house.server.until(() => pagesOf(house).length > 1)

    expect(house.server.callsOf('chat.postMessage')[0]?.args).toMatchObject({ channel, text: 'Ask me what was said.' })
  })

  test('opens a form, whose answer comes to the conversation', async () => {
    await using house = await slackHouse({ way })
    const { channel, page } = await openPage(house)
    await house.people.pressOnPage(page, 'Said …')
    await house.server.until(() => house.server.callsOf('views.open').some(({ answer }) => answer.ok === true))
    const form = house.server.callsOf('views.open')[0]?.args.view as Json
    await house.people.submit(form, { 'said topic': { topic: { type: 'plain_text_input', value: 'bridge' } } })
    await house.server.until(() => pagesOf(house).length > 1)

    const [posted] = house.server.callsOf('chat.postMessage')
    expect(posted?.args).toMatchObject({ channel, text: expect.stringContaining('on bridge') })
  })
})

test('the page is drawn for nobody from another company, nor when only messages are looked at', async () => {
  await using house = await slackHouse()
  house.server.facts.set('bob', { is_stranger: true })
  await house.people.event({ type: 'app_home_opened', user: house.server.users.bob, channel: 'D1', tab: 'home' })
  await house.people.event({ type: 'app_home_opened', user: house.server.users.alice, channel: 'D1', tab: 'messages' })
  await (await house.people.slash('/onrecord', 'help')).answered()

  expect(pagesOf(house)).toEqual([])
})
