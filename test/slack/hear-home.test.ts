import { describe, expect, test } from 'vitest'
import { systemClock } from '../../src/base/clock.ts'
import { greetingStore } from '../../src/chat/greeting-store.ts'
import { commandHouse } from '../support/command-house.ts'
import { testDatabase } from '../support/database.ts'
import { NEWSROOM, type SlackHouse, slackHouse } from '../support/slack-house.ts'
import { buttonsOf } from '../support/slack-people.ts'
import type { Json } from '../support/slack-server.ts'

const pagesOf = ({ server }: SlackHouse): readonly Json[] =>
  server.callsOf('views.publish').flatMap(({ args, answer }) => (answer.ok === true ? [args.view as Json] : []))

/** What stands in the modals that were opened and filled, in order. */
const modalsOf = ({ server }: SlackHouse): readonly Json[] =>
  server.callsOf('views.update').flatMap(({ args, answer }) => (answer.ok === true ? [args.view as Json] : []))

const labelsOf = (view: Json) => buttonsOf(view).map(({ text }) => (text as { text: string }).text)

/** A person's conversation with the bot, and its page as they see it. */
async function openPage(house: SlackHouse, user = 'alice') {
  const opened = await house.server.api('conversations.open', { users: house.server.users[user] })
  const channel = (opened.channel as { id: string }).id
  const seen = pagesOf(house).length
  await house.people.event({ type: 'app_home_opened', user: house.server.users[user], channel, tab: 'home' })
  await house.server.until(() => pagesOf(house).length > seen)
  return { channel, page: pagesOf(house).at(-1) ?? {} }
}

/** Presses a button on the page, and waits for its answer and for the page to be drawn anew. */
async function press(house: SlackHouse, page: Json, label: string, user = 'alice') {
  const [modals, pages] = [modalsOf(house).length, pagesOf(house).length]
  await house.people.pressOnPage(page, label, { user })
  await house.server.until(() => modalsOf(house).length > modals && pagesOf(house).length > pages)
  return { modal: modalsOf(house).at(-1) ?? {}, page: pagesOf(house).at(-1) ?? {} }
}

/** The page with the real commands, over a real database. */
async function realHouse(way: 'http' | 'socket' = 'http') {
  const commands = await commandHouse()
  const house = await slackHouse({ way, commands: commands.book, clock: commands.clock })
  house.server.facts.set('alice', { tz: 'Africa/Tripoli' })
  const ofAlice = (line: string, more: object = {}) => {
    const member = { id: house.server.users.alice ?? '', name: 'alice' }
    return commands.ask(line, { platform: 'slack', team: NEWSROOM, member, ...more })
  }
  return {
    ...{ house, commands, ofAlice },
    [Symbol.asyncDispose]: async () => {
      await house[Symbol.asyncDispose]()
      await commands[Symbol.asyncDispose]()
    },
  }
}

describe('the first who looks at the bot’s page', () => {
  test('is welcomed for the whole workspace, once, also after a restart', async () => {
    await using db = await testDatabase()
    await using house = await slackHouse({ greetings: greetingStore(db, { clock: systemClock }) })
    const { channel } = await openPage(house)
    await house.server.until(() => house.server.callsOf('chat.postMessage').length > 0)
    await openPage(house)
    await openPage(house, 'bob')
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
  test('shows what /home answers in the conversation with the bot, and forms to ask', async () => {
    await using house = await slackHouse({ way })
    const { channel, page } = await openPage(house)

    expect(JSON.stringify(page)).toContain(`${channel} gets everything about the bridge.`)
    expect(labelsOf(page)).toEqual(['Said …', 'Stop'])
  })

  test('answers its buttons in a modal over it, and is drawn anew', async () => {
    await using house = await slackHouse({ way })
    const { channel, page } = await openPage(house)
    const { modal } = await press(house, page, 'Stop')

    expect(JSON.stringify(modal)).toContain('Ask me what was said.')
    expect(modal).toMatchObject({ title: { text: 'Stop' }, private_metadata: channel })
    expect(house.server.callsOf('chat.postMessage')).toEqual([])
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

  test('leads whoever follows nothing to their first digest, with an undo in the same modal', async () => {
    await using real = await realHouse(way)
    const { house } = real
    const { channel, page } = await openPage(house)
    const choice = await press(house, page, 'Follow a topic')
    const view = { ...choice.modal, id: 'V1' }
    const topics = labelsOf(choice.modal)

    const [opened] = house.server.callsOf('views.open')
    const { id } = (opened?.answer.view ?? {}) as { id?: string }
    const pages = pagesOf(house).length
    await house.people.pressOnPage({ ...view, id }, 'Sund Bridge')
    await house.server.until(() => modalsOf(house).length > 1 && pagesOf(house).length > pages)

    expect(topics).toContain('Sund Bridge')
    expect(labelsOf(modalsOf(house).at(-1) ?? {})).toEqual(['Undo', 'Preview'])
    expect(JSON.stringify(pagesOf(house).at(-1))).toContain('What you follow')
    const [made] = await real.commands.subscriptions.list(NEWSROOM)
    expect(made?.channel).toBe(channel)
  })

  test('ends a subscription in another channel, which the next page no longer shows', async () => {
    await using real = await realHouse(way)
    await real.ofAlice('/subscribe topic:bridge', { channel: real.house.server.channels.news })
    const { page } = await openPage(real.house)
    const after = await press(real.house, page, 'Unsubscribe')

    expect(JSON.stringify(page)).toContain(`{"type":"channel","channel_id":"${real.house.server.channels.news}"}`)
    expect(JSON.stringify(after.modal)).toContain('Ended subscription 1')
    expect(labelsOf(after.page)).toContain('Follow a topic')
  })
})

test('every button on a full page leads to an answer that Slack takes', async () => {
  await using real = await realHouse()
  const { house } = real
  house.server.facts.set('alice', { tz: 'Africa/Tripoli', is_admin: true })
  const petrov = { by: 'Ana Petrov', speaker: 'ana-petrov', about: ['bridge'], form: 'direct' } as const
  await real.commands.record('“The bridge must stay free of toll.”', { ...petrov, on: '2026-11-10' })
  await real.commands.record('“The bridge must not stay free of toll.”', { ...petrov, on: '2026-11-12' })
  await real.ofAlice('/subscribe topic:bridge', { channel: house.server.channels.news })
  await real.ofAlice('/feeds add https://good.example/rss')
  const { page } = await openPage(house)
  const sent = buttonsOf(page).filter(({ action_id: id }) => String(id).startsWith('onrecord:'))

  const answers: string[] = []
  for (const { text } of sent) {
    const label = (text as { text: string }).text
    real.commands.clock.advance({ seconds: 5 })
    answers.push(`${label}: ${JSON.stringify((await press(house, page, label)).modal.blocks)}`)
  }

  expect(answers.map((answer) => answer.split(':')[0])).toEqual(expect.arrayContaining(['Preview', 'Why?', 'Cite']))
  expect(answers.filter((answer) => /went wrong|no longer works|a lot at once/.test(answer))).toEqual([])
  expect(real.commands.logged).toEqual([])
})

test('sixty subscriptions stand on one page, and names from outside fire nothing on it', async () => {
  await using real = await realHouse()
  const { house, commands } = real
  const title = '<!channel> <@U1> <https://evil.example|click> *bold* `code`'
  await real.ofAlice('/feeds add https://evil.example/rss')
  await commands.db.transaction((tx) =>
    tx.updateTable('feed').set({ title, state: 'failing', failure: title }).execute(),
  )
  const wish = { team: NEWSROOM, platform: 'slack', createdBy: house.server.users.alice ?? '' } as const
  const filter = { speakers: ['<!here> nobody'], topics: Array.from({ length: 40 }, (_, at) => `<@U${at}>`) }
  for (let at = 0; at < 60; at += 1) {
    const channel = at === 0 ? '<!channel>' : `C${at}`
    await commands.subscriptions.add({ ...wish, channel, filter, kind: 'alerts', withOld: false }, commands.clock.now())
  }
  const { page } = await openPage(house)

  const text = JSON.stringify(page)
  expect((page.blocks as readonly Json[]).length).toBeLessThanOrEqual(100)
  expect(labelsOf(page)).toContain('All of mine')
  expect(text).not.toContain('mrkdwn')
  expect(text).not.toMatch(/<[!@]|<https?:/)
})

test('another member’s subscriptions are on nobody else’s page', async () => {
  await using real = await realHouse()
  await real.ofAlice('/subscribe topic:bridge', { channel: real.house.server.channels.news })

  const { page } = await openPage(real.house, 'bob')

  expect(JSON.stringify(page)).not.toContain('Unsubscribe')
  expect(labelsOf(page)).toContain('Follow a topic')
})

test('a page that was drawn before a restart works after it', async () => {
  await using real = await realHouse()
  const { house } = real
  await real.ofAlice('/subscribe topic:bridge', { channel: house.server.channels.news })
  const { page } = await openPage(house)
  const { port } = await house.restart()
  await house.peopleAt(port).pressOnPage(page, 'Unsubscribe')
  await house.server.until(() => modalsOf(house).length > 0 && pagesOf(house).length > 1)

  expect(labelsOf(pagesOf(house).at(-1) ?? {})).toContain('Follow a topic')
})

test('where another process drew the page meanwhile, it is read and drawn once more', async () => {
  await using real = await realHouse()
  const { house } = real
  const { page } = await openPage(house)
  await house.server.api('views.publish', { user_id: house.server.users.alice, view: page })
  await real.ofAlice('/subscribe topic:bridge', { channel: house.server.channels.news })
  await openPage(house)

  const errors = house.server.callsOf('views.publish').map(({ answer }) => answer.error)
  expect(errors).toEqual([undefined, 'hash_conflict', undefined])
  expect(JSON.stringify(pagesOf(house).at(-1))).toContain('Sund Bridge')
})

test('of two that ask at once, the page that stands shows what both changed', async () => {
  await using real = await realHouse()
  const { house } = real
  await real.ofAlice('/subscribe topic:bridge', { channel: house.server.channels.news })
  const { page } = await openPage(house)
  await Promise.all([
    house.people.pressOnPage(page, 'Unsubscribe'),
    house.people.pressOnPage(page, 'Quiet for 8 hours'),
  ])
  await house.server.until(() => {
    const last = JSON.stringify(pagesOf(house).at(-1))
    return last.includes('You follow nothing yet') && last.includes('For you until')
  })

  expect(house.server.callsOf('views.publish').filter(({ answer }) => answer.ok !== true)).toEqual([])
})

test('what a person changes elsewhere shows on the page that they looked at', async () => {
  await using real = await realHouse()
  const { house } = real
  await openPage(house)
  await house.people.slash('/onrecord', 'subscribe topic:bridge')
  await house.server.until(() => pagesOf(house).length > 1)

  expect(JSON.stringify(pagesOf(house).at(-1))).toContain('Sund Bridge')
})

test('an answer comes to the conversation where Slack opens no modal, or it was closed', async () => {
  await using house = await slackHouse()
  const { channel, page } = await openPage(house)
  house.server.fault({ method: 'views.open', error: 'expired_trigger_id' })
  await house.people.pressOnPage(page, 'Stop')
  await house.server.until(() => pagesOf(house).length > 1)

  expect(house.server.callsOf('chat.postMessage').map(({ args }) => args)).toMatchObject([
    { channel, text: 'Ask me what was said.' },
  ])
})

test('the page is drawn for nobody from another company, for nobody who has left, nor when only messages are looked at', async () => {
  await using house = await slackHouse()
  house.server.facts.set('bob', { is_stranger: true })
  await house.people.event({ type: 'app_home_opened', user: house.server.users.bob, channel: 'D1', tab: 'home' })
  await house.people.event({ type: 'app_home_opened', user: house.server.users.alice, channel: 'D1', tab: 'messages' })
  house.server.facts.set('alice', { deleted: true })
  await house.people.event({ type: 'app_home_opened', user: house.server.users.alice, channel: 'D1', tab: 'home' })
  await (await house.people.slash('/onrecord', 'help')).answered()

  expect(pagesOf(house)).toEqual([])
})
