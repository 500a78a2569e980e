import { describe, expect, test } from 'vitest'
import { keptAnswerMigrations, keptAnswers } from '../../src/chat/kept-answers.ts'
import { handClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'
import { inventedBook } from '../support/invented-book.ts'
import { NEWSROOM, slackHouse } from '../support/slack-house.ts'
import { buttonsOf } from '../support/slack-people.ts'

describe.each(['http', 'socket'] as const)('a Slack workspace reached by %s', (way) => {
  test('/onrecord said … is answered to the asker alone, with words, outlet and link', async () => {
    await using house = await slackHouse({ way })

    const asked = await house.people.slash('/onrecord', 'said speaker:Marenko topic:bridge')
    const [reply] = await asked.answered()

    expect(asked.status).toBe(200)
    expect(reply?.response_type).toBe('ephemeral')
    expect(reply?.text).toBe(
      'Marenko on bridge\n“The bridge stays open.”\nVessen Post · 3 March · article (https://vessen.example/1)',
    )
    expect(house.server.refused).toEqual([])
  })

  test('a button of an answer turns its page in place', async () => {
    await using house = await slackHouse({ way })
    const asked = await house.people.slash('/onrecord', 'said speaker:Marenko topic:bridge')
    const [first = {}] = await asked.answered()

    const pressed = await house.people.press(first, 'Next')
    const [second = {}] = await pressed.answered()

    expect(second.text).toContain('We will count the boats.')
    expect(second.replace_original).toBe(true)
    expect(buttonsOf(second)).toHaveLength(3)
  })

  test('a question by name in a channel is answered to the asker there', async () => {
    await using house = await slackHouse({ way })

    await house.people.mention('said Marenko')
    await house.server.until(() => house.server.ephemerals.length > 0)

    expect(house.server.ephemerals[0]).toMatchObject({
      user: house.server.users.alice,
      channel: house.server.channels.news,
      text: expect.stringContaining('The bridge stays open.'),
    })
  })

  test('an event that comes twice is answered once', async () => {
    await using house = await slackHouse({ way })

    await house.people.mention('whoami', {}, 'Ev1')
    await house.people.mention('whoami', {}, 'Ev1')
    await house.people.mention('whoami', {}, 'Ev2')
    await house.server.until(() => house.server.ephemerals.length > 1)

    expect(house.asked).toHaveLength(2)
  })

  test('an event that Slack sends again after a restart is not answered again', async () => {
    await using house = await slackHouse({ way: 'http' })
    await house.people.mention('whoami', {}, 'Ev1')
    await house.server.until(() => house.server.ephemerals.length > 0)

    const later = await house.restart()
    const people = house.peopleAt(later.port)
    await people.mention('whoami', {}, 'Ev1')
    await people.mention('whoami', {}, 'Ev2')
    await house.server.until(() => house.server.ephemerals.length > 1)

    expect(house.asked).toHaveLength(2)
  })

  test('a command that is delivered twice is answered once', async () => {
    await using house = await slackHouse({ way })

    const first = await house.people.slash('/onrecord', 'whoami', {}, { trigger_id: '1.2.3' })
    const second = await house.people.slash('/onrecord', 'whoami', {}, { trigger_id: '1.2.3' })
    await first.answered()

    expect(second.status).toBe(200)
    expect(house.asked).toHaveLength(1)
  })
})

describe('a slash command', () => {
  test('without anything behind it shows the help, where Slack opens no menu', async () => {
    await using house = await slackHouse()
    house.server.fault({ method: 'views.open', error: 'expired_trigger_id' })
    const [reply] = await (await house.people.slash('/onrecord', '  ')).answered()

    expect(reply?.text).toBe('Ask me what was said.')
  })

  test('has short forms, as the installation chose them', async () => {
    await using house = await slackHouse({ config: { shortForms: { wer: 'whoami' } } })

    const named = await (await house.people.slash('/said', 'Marenko')).answered()
    const chosen = await (await house.people.slash('/wer', '')).answered()

    expect(named[0]?.text).toContain('The bridge stays open.')
    expect(chosen[0]?.text).toBe('alice, member')
  })

  test('that does not exist is answered with the one that was meant, ready to be sent', async () => {
    await using house = await slackHouse()
    const [reply = {}] = await (await house.people.slash('/onrecord', 'siad Marenko')).answered()
    const [pressed] = await (await house.people.press(reply, '/said Marenko')).answered()

    expect(reply.text).toContain('There is no command "siad".')
    expect(pressed?.text).toContain('The bridge stays open.')
  })

  test('comes to the book as it was typed: Slack’s marks and entities are undone', async () => {
    await using house = await slackHouse()
    const [reply] = await (
      await house.people.slash(
        '/onrecord',
        'said speaker:"A &amp; B" topic:"&lt;x&gt; <#C1|desk> <https://a.example|a>"',
      )
    ).answered()

    expect(reply?.text).toContain('A &amp; B on &lt;x&gt; C1 https://a.example')
  })

  test('of an admin is an owner’s; the time zone is the person’s own', async () => {
    await using house = await slackHouse()
    house.server.facts.set('alice', { is_admin: true, tz: 'Africa/Tripoli' })
    await (await house.people.slash('/onrecord', 'whoami')).answered()

    expect(house.asked[0]).toMatchObject({
      platform: 'slack',
      team: NEWSROOM,
      channel: house.server.channels.news,
      isDirectMessage: false,
      member: { id: house.server.users.alice, name: 'alice' },
      role: 'owner',
      timeZone: 'Africa/Tripoli',
    })
  })

  test('is answered though Slack does not say who asks: as a member’s', async () => {
    await using house = await slackHouse()
    house.server.facts.set('alice', { is_admin: true })
    house.server.fault({ method: 'users.info', error: 'missing_scope' })

    const [reply] = await (await house.people.slash('/onrecord', 'close')).answered()

    expect(reply?.text).not.toContain('The bridge is closed.')
  })

  test('of a person who is an admin no more is refused ten minutes later at the latest', async () => {
    const clock = handClock()
    await using house = await slackHouse({ clock })
    house.server.facts.set('alice', { is_admin: true })
    const [before] = await (await house.people.slash('/onrecord', 'close')).answered()
    house.server.facts.set('alice', { is_admin: false })
    clock.advance({ minutes: 10 })
    const [after] = await (await house.people.slash('/onrecord', 'close')).answered()

    expect(before?.text).toBe('The bridge is closed.')
    expect(after?.text).not.toBe('The bridge is closed.')
  })

  test('of a guest from another company is not answered with what this team sees', async () => {
    await using house = await slackHouse()
    house.server.facts.set('bob', { is_stranger: true })
    const [reply] = await (await house.people.slash('/onrecord', 'said Marenko', { user: 'bob' })).answered()

    expect(reply?.text).toBe('I answer members of this workspace only, not guests of a shared channel.')
  })

  test('whose response address is too old is answered by the bot itself', async () => {
    const clock = handClock()
    await using house = await slackHouse({ clock })
    const { url } = house.server.responseAddress(house.server.channels.news ?? '')
    clock.advance({ minutes: 31 })

    await house.people.slash('/onrecord', 'said Marenko', {}, { response_url: url })
    await house.server.until(() => house.server.ephemerals.length > 0)

    expect(house.server.ephemerals[0]).toMatchObject({ user: house.server.users.alice })
  })

  test('in a channel where the bot may not speak is answered in person', async () => {
    await using house = await slackHouse()
    const { news = '' } = house.server.channels
    house.server.fault({ method: 'chat.postEphemeral', channel: news, error: 'not_in_channel' })

    await house.people.slash('/onrecord', 'said Marenko', {}, { response_url: `${house.server.url}/response/gone` })
    await house.server.until(() => house.server.callsOf('chat.postMessage').some(({ answer }) => answer.ok === true))

    expect(house.server.callsOf('chat.postMessage')[0]?.args.channel).toBe(house.server.users.alice)
  })

  test('with an answer of more messages than Slack takes goes on behind a button, also after a restart, till all is shown', async () => {
    await using db = await testDatabase(keptAnswerMigrations)
    const clock = handClock()
    await using house = await slackHouse({ clock, commands: inventedBook(keptAnswers(db, { clock })).book })
    const first = await (await house.people.slash('/onrecord', 'archive')).answered(5)

    const { port } = await house.restart()
    clock.advance({ hours: 20 })
    const people = house.peopleAt(port)
    const rest = await (await people.press(first[4] ?? {}, 'Show the rest')).answered(4)

    const shown = [...first, ...rest].flatMap(({ text = '' }) => text.match(/Statement \d+/g) ?? [])
    expect(shown).toEqual(Array.from({ length: 400 }, (_, index) => `Statement ${index}`))
    expect(first[4]?.text).toContain('There is more')
    expect(rest.some(({ replace_original: isInPlace }) => isInPlace === true)).toBe(false)
    expect(rest.every(({ response_type: seenBy }) => seenBy === 'ephemeral')).toBe(true)
  })

  test('where the rest of an answer cannot be kept says how to ask for less', async () => {
    await using house = await slackHouse()
    const replies = await (await house.people.slash('/onrecord', 'archive')).answered(5)

    expect(replies[4]?.text).toContain('There is more than fits here. Ask for less at once')
  })

  test('of a workspace that this bot is not connected to is not answered', async () => {
    await using house = await slackHouse()
    const asked = await house.people.slash('/onrecord', 'whoami', {}, { team_id: 'T0OTHER' })

    expect(asked.status).toBe(200)
    await (await house.people.slash('/onrecord', 'help')).answered()
    expect(asked.replies).toEqual([])
    expect(house.asked).toEqual([])
  })
})

describe('a button', () => {
  test('on a message for everybody answers its presser alone and leaves the message as it is', async () => {
    await using house = await slackHouse()
    const [first = {}] = await (await house.people.slash('/onrecord', 'said Marenko')).answered()
    const posted = { ...first, response_type: 'in_channel', ts: '5.5' }

    const alice = await (await house.people.press(posted, 'Next', { user: 'alice' })).answered()
    const bob = await (await house.people.press(posted, 'Next', { user: 'bob' })).answered()

    for (const [reply] of [alice, bob]) {
      expect(reply).toMatchObject({ response_type: 'ephemeral', replace_original: false })
      expect(reply?.text).toContain('We will count the boats.')
    }
  })

  test('clicked twice acts once', async () => {
    const clock = handClock()
    await using house = await slackHouse({ clock })
    const [first = {}] = await (await house.people.slash('/onrecord', 'said Marenko')).answered()

    const pressed = await house.people.press(first, 'Next')
    const again = await house.people.press(first, 'Next')
    await pressed.answered()
    clock.advance({ seconds: 3 })
    await (await house.people.press(first, 'Next')).answered()

    expect(again.replies).toEqual([])
  })

  test('of an older version says so', async () => {
    await using house = await slackHouse()
    const [first = {}] = await (await house.people.slash('/onrecord', 'said Marenko')).answered()
    const [reply] = await (
      await house.people.press(first, 'Next', {}, { action_id: 'onrecord:old', value: '' })
    ).answered()

    expect(reply?.text).toBe('This button no longer works. Ask again with /onrecord help.')
  })

  test('works after a restart', async () => {
    await using house = await slackHouse()
    const [first = {}] = await (await house.people.slash('/onrecord', 'said Marenko')).answered()
    const { port } = await house.restart()
    const [second] = await (await house.peopleAt(port).press(first, 'Next')).answered()

    expect(second?.text).toContain('We will count the boats.')
  })
})

describe('a message to the bot', () => {
  test('written directly is answered there, and needs no command for what was said', async () => {
    await using house = await slackHouse()
    const { channel } = (await house.server.api('conversations.open', { users: house.server.users.alice })) as {
      channel: { id: string }
    }

    await house.people.write(channel.id, 'Marenko')
    await house.server.until(() => house.server.callsOf('chat.postMessage').some(({ answer }) => answer.ok === true))

    const [call] = house.server.callsOf('chat.postMessage')
    expect(call?.args).toMatchObject({ channel: channel.id, text: expect.stringContaining('The bridge stays open.') })
  })

  test('asks in plain words, and is answered as the command would be', async () => {
    await using house = await slackHouse()

    await house.people.mention('What did Marenko say about the bridge?')
    await house.server.until(() => house.server.ephemerals.length > 0)

    expect(house.server.ephemerals[0]?.text).toContain('Marenko bridge on everything')
  })

  test('by another bot, or an edit, is not answered', async () => {
    await using house = await slackHouse()
    const message = { type: 'message', channel_type: 'im', channel: 'D1', text: 'whoami', ts: '1.1', user: 'U1' }

    await house.people.event({ ...message, bot_id: 'B0OTHER' })
    await house.people.event({ ...message, subtype: 'message_changed' })
    await house.people.mention('help')
    await house.server.until(() => house.server.ephemerals.length > 0)

    expect(house.asked).toEqual([])
    expect(house.server.callsOf('chat.postMessage')).toEqual([])
  })

  test('in a thread is answered in the thread', async () => {
    await using house = await slackHouse()
    const { news } = house.server.channels
    const text = `<@${house.server.users.onrecord}> help`
    const event = {
      type: 'app_mention',
      user: house.server.users.bob,
      text,
      ts: '2.2',
      thread_ts: '1.1',
      channel: news,
    }

    await house.people.event(event)
    await house.server.until(() => house.server.ephemerals.length > 0)

    expect(house.server.ephemerals[0]).toMatchObject({ thread_ts: '1.1', user: house.server.users.bob })
  })
})

describe('a workspace that removes the app', () => {
  test.each([
    [{ type: 'app_uninstalled' }, 1],
    [{ type: 'tokens_revoked', tokens: { bot: ['U1'] } }, 1],
    [{ type: 'tokens_revoked', tokens: { oauth: ['U1'] } }, 0],
  ])('is told to the house: %j', async (event, times) => {
    await using house = await slackHouse()

    await house.people.event(event)
    await (await house.people.slash('/onrecord', 'help')).answered()

    expect(house.uninstalled).toEqual(Array.from({ length: times }, () => NEWSROOM))
  })
})
