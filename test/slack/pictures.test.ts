import { afterAll, describe, expect, test } from 'vitest'
import { silentLog } from '../../src/base/log.ts'
import { openPainter } from '../../src/base/picture/open-painter.ts'
import type { Block } from '../../src/chat/blocks.ts'
import { type Answer, defineCommand } from '../../src/chat/command.ts'
import { commandBook } from '../../src/chat/command-book.ts'
import type { Outgoing } from '../../src/chat/messenger.ts'
import { NEWSROOM, type SlackHouse, slackHouse } from '../support/slack-house.ts'
import type { Json } from '../support/slack-server.ts'
import { timeline } from '../support/timelines.ts'

const painter = openPainter({ log: silentLog })
afterAll(() => painter[Symbol.asyncDispose]())

const PICTURE = timeline()
const BLOCKS: readonly Block[] = [{ kind: 'heading', text: 'The week' }, PICTURE, { kind: 'note', line: 'Invented.' }]
const SINCE = new Date(Date.now() - 60_000)

const open = (seenBy: Answer['seenBy'] = 'asker') => {
  const history = defineCommand<object, never>({
    name: 'history',
    summary: 'How it came about',
    examples: ['/history'],
    options: {},
    run: async () => ({ blocks: BLOCKS, seenBy }),
  })
  return slackHouse({ painter, commands: commandBook([history], {}, { log: silentLog }) })
}

function digest({ server }: SlackHouse, more: Partial<Outgoing> = {}): Outgoing {
  return { team: NEWSROOM, channel: server.channels.news ?? '', blocks: BLOCKS, key: 'slot 1', ...more }
}

const blocksOf = (message: Json | undefined): readonly Json[] => (message?.blocks ?? []) as readonly Json[]
const images = (message: Json | undefined) => blocksOf(message).filter(({ type }) => type === 'image')

describe('a picture in a delivery to Slack', () => {
  test('is handed to Slack and shown in the message, with all that it shows as its text', async () => {
    await using house = await open()

    expect((await house.door.messenger.post(digest(house))).kind).toBe('sent')

    const [file] = house.server.files.kept
    const [message] = await house.server.history('news')
    expect(images(message)).toEqual([
      { type: 'image', slack_file: { id: file?.id }, alt_text: [PICTURE.title, ...PICTURE.words].join('\n') },
    ])
    expect(file?.title).toBe(PICTURE.title)
    expect(String(message?.text)).toContain('Reversed 30 June 2022 (opposes)')
  })

  test('waits until Slack has looked at it, and is posted once', async () => {
    await using house = await open()
    house.server.files.looksAfter = 3

    expect((await house.door.messenger.post(digest(house))).kind).toBe('sent')

    const messages = await house.server.history('news')
    expect(messages).toHaveLength(1)
    expect(images(messages[0])).toHaveLength(1)
    expect(house.server.callsOf('chat.postMessage')).toHaveLength(4)
  })

  test('that Slack never shows is told in words, once', async () => {
    await using house = await open()
    house.server.files.looksAfter = 99

    expect((await house.door.messenger.post(digest(house))).kind).toBe('sent')

    const messages = await house.server.history('news')
    expect(messages.map(images)).toEqual([[]])
    expect(JSON.stringify(messages)).toContain('Reversed 30 June 2022 (opposes)')
  })

  test('without the permission is told in words, with what an admin can do', async () => {
    await using house = await open()
    house.server.files.hasScope = false

    expect((await house.door.messenger.post(digest(house))).kind).toBe('sent')

    const [message] = await house.server.history('news')
    expect(images(message)).toEqual([])
    expect(JSON.stringify(message)).toContain('Reversed 30 June 2022 (opposes)')
    expect(String(message?.text)).toContain('ask an admin to install the app again: it needs files:write')
  })

  test.each(['files.getUploadURLExternal', 'upload', 'files.completeUploadExternal'])(
    'whose answer is lost at %s is handed over once more, and the message is posted once',
    async (method) => {
      await using house = await open()
      house.server.fault({ method, isApplied: method !== 'upload', isLost: true })

      expect((await house.door.messenger.post(digest(house))).kind).toBe('sent')

      const messages = await house.server.history('news')
      expect(messages.map((message) => images(message).length)).toEqual([1])
    },
  )

  test.each([
    { method: 'files.getUploadURLExternal', status: 429, retryAfter: 30 },
    { method: 'files.getUploadURLExternal', error: 'internal_error' },
    { method: 'upload', status: 500, times: 2 },
    { method: 'files.completeUploadExternal', error: 'file_not_found' },
  ])('that Slack does not take now keeps no digest waiting: %o', async (fault) => {
    await using house = await open()
    house.server.fault(fault)

    expect((await house.door.messenger.post(digest(house))).kind).toBe('sent')

    const messages = await house.server.history('news')
    expect(messages.map(images)).toEqual([[]])
    expect(JSON.stringify(messages)).toContain('Reversed 30 June 2022 (opposes)')
    expect(house.logged.join('')).toContain('its words are shown')
  })

  test('in a message whose answer is lost is found again, and nothing is doubled', async () => {
    await using house = await open()
    house.server.fault({ method: 'chat.postMessage', isApplied: true, isLost: true })

    expect((await house.door.messenger.post(digest(house))).kind).toBe('unknown')
    expect((await house.door.messenger.findPosted(digest(house), SINCE)).kind).toBe('found')

    expect(await house.server.history('news')).toHaveLength(1)
  })

  test('that is edited after a correction is told in words: Slack may not show one in the place of another', async () => {
    await using house = await open()
    const posted = await house.door.messenger.post(digest(house))
    const blocks: readonly Block[] = [{ kind: 'heading', text: 'The week, put right' }, PICTURE]

    const receipt = posted.kind === 'sent' ? posted.receipt : ''
    expect(await house.door.messenger.edit({ ...digest(house), blocks, receipt })).toEqual({ kind: 'edited' })

    const messages = await house.server.history('news')
    expect(messages.map(images)).toEqual([[]])
    expect(JSON.stringify(messages)).toContain('Reversed 30 June 2022 (opposes)')
    expect(JSON.stringify(messages)).toContain('The week, put right')
  })

  test('of a long digest parts it alike whether Slack takes the picture or not', async () => {
    await using house = await open()
    const lines: readonly Block[] = Array.from({ length: 120 }, (_, n) => ({ kind: 'text', line: `Statement ${n}` }))
    const message = digest(house, { blocks: [...lines.slice(0, 49), PICTURE, ...lines.slice(49)] })
    house.server.files.hasScope = false
    house.server.fault({ method: 'chat.postMessage', after: 1, error: 'internal_error' })
    expect((await house.door.messenger.post(message)).kind).toBe('unknown')

    house.server.files.hasScope = true
    const { messenger } = await house.restart()
    await messenger.findPosted(message, SINCE)
    expect((await messenger.post(message)).kind).toBe('sent')

    const text = (await house.server.history('news')).map(({ text }) => String(text)).join('\n')
    expect(text.match(/Statement \d+/g)).toHaveLength(120)
  })
})

describe('a picture in an answer on Slack', () => {
  test('for the asker alone is told in words, and says where it can be seen', async () => {
    await using house = await open()

    const [reply] = await (await house.people.slash('/onrecord', 'history')).answered()

    expect(reply?.response_type).toBe('ephemeral')
    expect(reply?.text).toContain('Reversed 30 June 2022 (opposes)')
    expect(reply?.text).toContain('share this to the channel, or ask me in a direct message')
    expect(house.server.files.kept).toEqual([])
  })

  test('for everybody is posted by the bot, and shown', async () => {
    await using house = await open('everybody')

    const { replies } = await house.people.slash('/onrecord', 'history')
    await house.server.until(() => house.server.callsOf('chat.postMessage').some(({ answer }) => answer.ok === true))

    const messages = await house.server.history('news')
    expect(messages.map((message) => images(message).length)).toEqual([1])
    expect(replies).toEqual([])
  })

  test('for everybody where the bot may not write is told in words at the response address', async () => {
    await using house = await open('everybody')
    house.server.channelErrors.set(house.server.channels.news ?? '', 'not_in_channel')

    const [reply] = await (await house.people.slash('/onrecord', 'history')).answered()

    expect(reply?.response_type).toBe('in_channel')
    expect(reply?.text).toContain('Reversed 30 June 2022 (opposes)')
  })

  test('in the conversation with the bot is shown', async () => {
    await using house = await open()
    const { channel } = (await house.server.api('conversations.open', { users: house.server.users.alice })) as {
      channel: { id: string }
    }

    await house.people.write(channel.id, 'history')
    await house.server.until(() => house.server.callsOf('chat.postMessage').some(({ answer }) => answer.ok === true))

    expect((await house.server.history(channel.id)).map((message) => images(message).length)).toEqual([1])
  })
})
