import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { handClock } from '../support/clock.ts'
import { commandHouse } from '../support/command-house.ts'
import { type SlackHouse, slackHouse } from '../support/slack-house.ts'
import type { Json } from '../support/slack-server.ts'

type Element = Json & { readonly type: string; readonly action_id: string }
type Field = { readonly block_id: string; readonly optional?: boolean; readonly element: Element }
type Modal = Json & { readonly private_metadata: string; readonly title: Json; readonly blocks: readonly Field[] }

/** The form that was opened last. */
async function opened(house: SlackHouse, count = 1): Promise<Modal> {
  await house.server.until(() => opensOf(house).length >= count)
  return opensOf(house).at(-1)?.args.view as Modal
}

/** What opens at once when alice types this. */
async function typing(house: SlackHouse, line: string): Promise<Modal> {
  const before = opensOf(house).length
  await house.people.slash('/onrecord', line)
  return opened(house, before + 1)
}

function opensOf({ server }: SlackHouse) {
  return server.callsOf('views.open').filter(({ answer }) => answer.ok === true)
}

function fieldsOf(form: Modal): readonly (readonly [string, string])[] {
  return form.blocks.map(({ element }) => [element.action_id, element.type] as const)
}

const several = (...values: readonly string[]) => ({ selected_options: values.map((value) => ({ value })) })

describe.each(['http', 'socket'] as const)('a form on Slack, reached by %s', (way) => {
  test('opens at once for a command without arguments, with suggestions for names', async () => {
    await using house = await slackHouse({ way })
    const form = await typing(house, 'said')

    expect(fieldsOf(form)).toEqual([
      ['speaker', 'multi_external_select'],
      ['topic', 'plain_text_input'],
      ['text', 'plain_text_input'],
    ])
    expect(house.server.replies).toEqual([])
  })

  test('suggests names while a person types, and a name that nobody knows as it is typed', async () => {
    await using house = await slackHouse({ way })
    const field = { block: 'said speaker', action: 'speaker' }

    expect((await house.people.suggest(field, 'mar')).answer).toEqual({
      options: [{ text: { type: 'plain_text', text: 'Marenko', emoji: false }, value: 'Marenko' }],
    })
    expect((await house.people.suggest(field, 'Nobody')).answer).toMatchObject({ options: [{ value: 'Nobody' }] })
  })

  test('is answered like the command, where it was opened', async () => {
    await using house = await slackHouse({ way })
    const form = await typing(house, 'said')
    await house.people.submit(form, {
      'said speaker': { speaker: { type: 'multi_external_select', ...several('Marenko') } },
      'said topic': { topic: { type: 'plain_text_input', value: 'bridge' } },
    })
    await house.server.until(() => house.server.replies.length > 0)

    expect(house.server.replies.at(-1)).toMatchObject({
      response_type: 'ephemeral',
      replace_original: false,
      text: expect.stringContaining('Marenko on bridge'),
    })
  })
})

test('a command that needs nothing has no form', async () => {
  await using house = await slackHouse()
  const [reply] = await (await house.people.slash('/onrecord', 'whoami')).answered()

  expect(JSON.stringify(reply)).not.toContain('onrecord-form')
  expect(house.server.callsOf('views.open')).toEqual([])
})

test('a form that Slack does not open in time is words and a button, which opens it', async () => {
  await using house = await slackHouse()
  house.server.fault({ method: 'views.open', error: 'expired_trigger_id' })
  const [instead = {}] = await (await house.people.slash('/onrecord', 'said')).answered()
  await house.people.press(instead, 'Who said what …')

  expect(instead.text).toContain('Slack did not open the form in time. Press the button, or type it: /onrecord said')
  expect((await opened(house)).blocks).toHaveLength(3)
})

test('a form is answered to nobody from another company, and opens for nobody of it', async () => {
  await using house = await slackHouse()
  const form = await typing(house, 'said')
  house.server.facts.set('bob', { is_stranger: true })
  await house.people.submit(form, {}, { user: 'bob' })
  await house.server.until(() => house.server.replies.length > 0)
  const { answer } = await house.people.suggest({ block: 'said speaker', action: 'speaker' }, 'm', { user: 'bob' })
  const [refused] = await (await house.people.slash('/onrecord', 'said', { user: 'bob' })).answered()

  expect(house.server.replies.at(0)?.text).toContain('members of this workspace only')
  expect(refused?.text).toContain('members of this workspace only')
  expect(answer).toEqual({ options: [] })
  expect(house.server.callsOf('views.open')).toHaveLength(1)
})

test('a form that is sent twice before it closes is answered once', async () => {
  await using house = await slackHouse()
  const form = { ...(await typing(house, 'said')), id: 'V7' }
  const values = { 'said topic': { topic: { value: 'bridge' } } }
  const both = await Promise.all([house.people.submit(form, values), house.people.submit(form, values)])
  await house.server.until(() => house.server.replies.length > 0)
  await (await house.people.slash('/onrecord', 'whoami')).answered()

  expect(both.map(({ status }) => status)).toEqual([200, 200])
  expect(house.server.replies.filter(({ text }) => text?.includes('on bridge'))).toHaveLength(1)
})

test('a form that is sent a day later, after a restart, is answered by the bot itself', async () => {
  const clock = handClock()
  await using house = await slackHouse({ clock })
  const form = await typing(house, 'said')
  clock.advance({ hours: 24 })
  const again = await house.restart()
  await house.peopleAt(again.port).submit(form, { 'said topic': { topic: { value: 'bridge' } } })
  await house.server.until(() => house.server.ephemerals.length > 0)

  expect(house.server.ephemerals.at(-1)).toMatchObject({ channel: house.server.channels.news })
  expect(String(house.server.ephemerals.at(-1)?.text)).toContain('on bridge')
})

test('a late form of a channel that the bot is not in is answered to the person', async () => {
  const clock = handClock()
  await using house = await slackHouse({ clock })
  const form = await typing(house, 'said')
  clock.advance({ hours: 24 })
  house.server.channelErrors.set(house.server.channels.news ?? '', 'not_in_channel')
  await house.people.submit(form, { 'said topic': { topic: { value: 'bridge' } } })
  const toAlice = () =>
    house.server.callsOf('chat.postMessage').filter(({ args }) => args.channel === house.server.users.alice)
  await house.server.until(() => toAlice().length > 0)

  expect(String(toAlice()[0]?.args.text)).toContain('on bridge')
})

test('a form of an older version says so to whoever sent it', async () => {
  await using house = await slackHouse()
  const form = { ...(await typing(house, 'said')), private_metadata: JSON.stringify({ channel: 'C1' }) }
  await house.people.submit(form, {})
  await house.server.until(() => house.server.callsOf('chat.postMessage').length > 0)

  expect(house.server.callsOf('chat.postMessage')[0]?.args).toMatchObject({
    channel: house.server.users.alice,
    text: expect.stringContaining('older version'),
  })
})

test('/onrecord alone is a menu of all commands, which goes on in the form of one', async () => {
  await using house = await slackHouse()
  const menu = await typing(house, '')
  const options = menu.blocks[0]?.element.options as readonly { readonly value: string }[]
  const chosen = (value: string) => ({ command: { command: { selected_option: { value } } } })
  const { answer } = await house.people.submit(menu, chosen('said'))
  await house.people.submit(menu, chosen('whoami'))
  await house.server.until(() => house.server.replies.length > 0)

  expect(options.map(({ value }) => value)).toEqual(expect.arrayContaining(['said', 'whoami']))
  expect(answer).toMatchObject({ response_action: 'update', view: { callback_id: 'onrecord-form' } })
  expect(house.server.replies.at(-1)?.text).toContain('alice, member')
})

describe('the forms of all commands on Slack', () => {
  const OWNER = { is_admin: true }
  let desk: Awaited<ReturnType<typeof commandHouse>>
  let house: SlackHouse
  beforeAll(async () => {
    desk = await commandHouse()
    house = await slackHouse({ commands: desk.book })
    house.server.facts.set('alice', OWNER)
  })
  afterAll(async () => {
    await house[Symbol.asyncDispose]()
    await desk[Symbol.asyncDispose]()
  })

  test.each([
    'said',
    'stance',
    'history',
    'compare',
    'cite',
    'context',
    'share',
    'correct',
    'correct wrong-speaker',
    'correct wrong-topic',
    'correct not-a-change',
    'correct confirm',
    'correct merge-propositions',
    'correct merge-speakers',
    'corrections undo',
    'subscribe',
    'unsubscribe',
    'topics add',
    'topics edit',
    'topics remove',
    'propositions',
    'propositions add',
    'propositions edit',
    'propositions remove',
    'propositions suggest',
    'speakers add',
    'speakers remove',
    'speakers end',
    'speakers confirm',
    'feeds add',
    'feeds remove',
    'editors add',
    'editors remove',
  ])('/onrecord %s opens a form that Slack takes', async (line) => {
    expect((await typing(house, line)).blocks.length).toBeGreaterThan(0)
  })

  test.each([
    ['settings', 'Settings …'],
    ['quiet', 'Set a quiet time …'],
    ['feeds', 'Add a feed …'],
    ['topics', 'Add a topic …'],
    ['editors', 'Name an editor …'],
    ['why', 'Ask why …'],
    ['speakers', 'Add a name …'],
    ['digest', 'Preview a digest …'],
  ])('/onrecord %s answers, with a button to its form', async (line, label) => {
    const before = opensOf(house).length
    const [reply = {}] = await (await house.people.slash('/onrecord', line)).answered()
    await house.people.press(reply, label)

    expect((await opened(house, before + 1)).blocks.length).toBeGreaterThan(0)
  })

  test('every command whose bare line is not understood has a form', async () => {
    const asker = { platform: 'slack', role: 'owner', channel: 'C1' } as const
    const at = desk.clock.now()
    const open: string[] = []
    for (const { name } of desk.book.commands.filter(({ name }) => name !== 'more')) {
      const request = {
        ...asker,
        team: 1 as never,
        isDirectMessage: false,
        member: { id: 'U1', name: 'a' },
        timeZone: 'UTC',
        at,
      }
      const { problem } = await desk.book.answerOptions(name, {}, request)
      if (problem !== undefined && (await desk.book.form(name, request, 'wished')) === null) open.push(name)
    }

    expect(open).toEqual([])
  })

  test('what is wrong stands at its field, with what was meant, and nothing is posted', async () => {
    const form = { ...(await typing(house, 'stance')), id: 'V8' }
    const wrong = {
      'stance speaker': { speaker: several('Orlin') },
      'stance topic': { topic: several('Sund Bridge') },
    }
    const replies = house.server.replies.length
    const first = await house.people.submit(form, wrong)
    const second = await house.people.submit(form, wrong)
    const right = await house.people.submit(form, { ...wrong, 'stance speaker': { speaker: several('Ana Petrov') } })
    await house.server.until(() => house.server.replies.length > replies)

    const errors = {
      'stance speaker': expect.stringMatching(/^Several are called "Orlin".*Did you mean Mihal Orlin, Eva Orlin\?$/),
    }
    expect(first.answer).toEqual({ response_action: 'errors', errors })
    expect(second.answer).toEqual(first.answer)
    expect(right.answer).toBeNull()
    expect(house.server.replies.slice(replies).map(({ text }) => text)).toEqual([
      expect.stringContaining('Ana Petrov on Sund Bridge'),
    ])
  })

  test('a line that was not understood offers its form, filled with what was meant', async () => {
    const before = opensOf(house).length
    const [reply = {}] = await (await house.people.slash('/onrecord', 'stance speaker:Orlin topic:fish')).answered()
    await house.people.press(reply, 'Fill in a form')
    const { blocks } = await opened(house, before + 1)

    expect(blocks[0]?.element.initial_options).toMatchObject([{ value: 'Mihal Orlin' }])
    expect(blocks[1]?.element.initial_options).toMatchObject([{ value: 'fish' }])
  })

  test('a form asks with calendars, clocks, days, zones and channels, filled with what is known', async () => {
    const before = opensOf(house).length
    const line = 'subscribe topic:Nowhere at:07:30 days:mon-wed tz:Africa/Tripoli kind:digest'
    const [reply = {}] = await (await house.people.slash('/onrecord', line)).answered()
    await house.people.press(reply, 'Fill in a form')
    const form = await opened(house, before + 1)
    const element = (name: string) => form.blocks.find((block) => block.element.action_id === name)?.element

    expect(element('at')).toMatchObject({ type: 'timepicker', initial_time: '07:30' })
    expect(element('days')).toMatchObject({ initial_options: [{ value: 'mon' }, { value: 'tue' }, { value: 'wed' }] })
    expect(element('tz')).toMatchObject({ type: 'external_select', initial_option: { value: 'Africa/Tripoli' } })
    expect(element('kind')).toMatchObject({ type: 'static_select', initial_option: { value: 'digest' } })
    expect(element('to')).toMatchObject({ type: 'conversations_select', default_to_current_conversation: true })
  })

  test('days are chosen in a calendar, but a time ago is typed where it makes sense, and numbers are numbers', async () => {
    const before = opensOf(house).length
    const stance = await typing(house, 'stance')
    const [reply = {}] = await (await house.people.slash('/onrecord', 'digest')).answered()
    await house.people.press(reply, 'Preview a digest …')
    const digest = await opened(house, before + 2)
    const cite = await typing(house, 'cite')

    expect(fieldsOf(stance)).toContainEqual(['as-of', 'datepicker'])
    expect(fieldsOf(digest)).toEqual([
      ['number', 'external_select'],
      ['since', 'plain_text_input'],
    ])
    expect(fieldsOf(cite)).toEqual([['statement', 'number_input']])
    expect(cite.blocks[0]?.optional).toBe(false)
  })

  test('what no choice can hold stays whole, in a field of text', async () => {
    const before = opensOf(house).length
    const name = 'A name <!channel> that is longer than seventy-five characters, which no choice of Slack can hold'
    const [reply = {}] = await (await house.people.slash('/onrecord', `stance speaker:"${name}" topic:fish`)).answered()
    await house.people.press(reply, 'Fill in a form')
    const { blocks } = await opened(house, before + 1)

    expect(blocks[0]?.element).toMatchObject({
      type: 'plain_text_input',
      initial_value: expect.stringContaining('no choice of Slack can hold'),
    })
  })

  test('whoever may not add feeds is told so at once, and so is who may no longer', async () => {
    await using desk = await commandHouse()
    await using house = await slackHouse({ commands: desk.book })
    const [told] = await (await house.people.slash('/onrecord', 'feeds add')).answered()
    house.server.facts.set('bob', OWNER)
    await house.people.slash('/onrecord', 'feeds add', { user: 'bob' })
    const form = await opened(house)
    await house.people.submit(form, { 'feeds address': { address: { value: 'https://talvia.example/rss' } } })
    await house.server.until(() => house.server.replies.length > 1)

    expect(told?.text).toContain('Only an owner')
    expect(house.server.replies.at(-1)?.text).toContain('Only an owner')
    expect(await desk.feeds.feedsOf(7 as never)).toEqual([])
  })

  test('settings show an owner what is set, and change what was changed', async () => {
    await (await house.people.slash('/onrecord', 'settings tz:Africa/Tripoli')).answered()
    const [reply = {}] = await (await house.people.slash('/onrecord', 'settings')).answered()
    const before = opensOf(house).length
    await house.people.press(reply, 'Settings …')
    const form = await opened(house, before + 1)
    const replies = house.server.replies.length
    await house.people.submit(form, {
      'settings my-tz': { 'my-tz': { selected_option: { value: 'Europe/Oslo' } } },
      'settings tz': { tz: { selected_option: { value: 'Africa/Tripoli' } } },
      'settings answers': { answers: { selected_option: { value: 'everybody' } } },
    })
    await house.server.until(() => house.server.replies.length > replies)

    expect(fieldsOf(form).map(([name]) => name)).toEqual(['my-tz', 'tz', 'answers', 'dates'])
    expect(form.blocks[1]?.element.initial_option).toMatchObject({ value: 'Africa/Tripoli' })
    expect(house.server.replies.at(-1)?.text).toMatch(/Europe\/Oslo[\s\S]*seen by everybody/)
  })
})
