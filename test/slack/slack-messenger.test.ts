import { describe, expect, test } from 'vitest'
import { silentLog } from '../../src/base/log.ts'
import type { Block } from '../../src/chat/blocks.ts'
import { directMessageTo, type Messenger, type Outgoing } from '../../src/chat/messenger.ts'
import type { DeliveryId } from '../../src/delivery/delivery.ts'
import { outbox } from '../../src/delivery/outbox.ts'
import { owe } from '../../src/delivery/owe.ts'
import { deliverySender } from '../../src/delivery/send-deliveries.ts'
import { handClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'
import { NEWSROOM, type SlackHouse, slackHouse } from '../support/slack-house.ts'

const SINCE = new Date(Date.now() - 60_000)

function delivery({ server }: SlackHouse, more: Partial<Outgoing> = {}): Outgoing {
  const blocks: readonly Block[] = [{ kind: 'text', line: 'The ferry minister spoke.' }]
  return { team: NEWSROOM, channel: server.channels.news ?? '', blocks, key: 'slot 1', ...more }
}

/** Several messages for Slack. */
const LONG: readonly Block[] = Array.from({ length: 180 }, (_, index) => ({
  kind: 'text',
  line: `Statement ${index}`,
}))

/** The numbers of the statements that stand in the channel, in their order. */
async function statementsIn({ server }: SlackHouse): Promise<readonly number[]> {
  const texts = (await server.history('news')).map(({ text }) => String(text)).toReversed()
  return [...texts.join('\n').matchAll(/Statement (\d+)/g)].map(([, number]) => Number(number))
}

describe('a delivery to Slack', () => {
  test('carries its key for our eyes, and calls nobody and no preview', async () => {
    await using house = await slackHouse()

    await house.door.messenger.post(delivery(house))

    const [call] = house.server.callsOf('chat.postMessage')
    expect(call?.args).toMatchObject({
      metadata: { event_type: 'onrecord_delivery', event_payload: { key: 'slot 1', part: 1, of: 1 } },
      unfurl_links: false,
      unfurl_media: false,
      mrkdwn: false,
    })
    expect(call?.args).not.toHaveProperty('link_names')
  })

  test('whose answer is lost is sent once: the client does not try again by itself', async () => {
    await using house = await slackHouse()
    house.server.fault({ method: 'chat.postMessage', isApplied: true, isLost: true })

    expect(await house.door.messenger.post(delivery(house))).toEqual({ kind: 'unknown', code: 'answer_lost' })
    expect(house.server.callsOf('chat.postMessage')).toHaveLength(1)
    expect(await house.server.history('news')).toHaveLength(1)
  })

  test('broken off between its messages goes on where it was, and doubles none', async () => {
    await using house = await slackHouse()
    const message = delivery(house, { blocks: LONG })
    house.server.fault({ method: 'chat.postMessage', after: 1, isApplied: true, isLost: true })

    expect((await house.door.messenger.post(message)).kind).toBe('unknown')
    expect(await house.door.messenger.findPosted(message, SINCE)).toEqual({ kind: 'absent' })
    expect(await house.door.messenger.post(message)).toMatchObject({ kind: 'sent' })

    expect(await statementsIn(house)).toEqual(LONG.map((_, index) => index))
  })

  test('goes on after a restart too: what was posted is read back first', async () => {
    await using house = await slackHouse()
    const message = delivery(house, { blocks: LONG })
    house.server.fault({ method: 'chat.postMessage', after: 2, error: 'internal_error' })
    expect((await house.door.messenger.post(message)).kind).toBe('unknown')

    const { messenger } = await house.restart()
    expect(await messenger.findPosted(message, SINCE)).toEqual({ kind: 'absent' })
    const sent = await messenger.post(message)

    expect(sent.kind === 'sent' && sent.receipt.split(',').length).toBeGreaterThan(2)
    expect(await statementsIn(house)).toEqual(LONG.map((_, index) => index))
    expect(await messenger.findPosted(message, SINCE)).toMatchObject({ kind: 'found' })
  })

  test('that Slack finds too long is rendered smaller, and arrives', async () => {
    await using house = await slackHouse()
    house.server.fault({ method: 'chat.postMessage', error: 'msg_blocks_too_long' })

    expect((await house.door.messenger.post(delivery(house, { blocks: LONG }))).kind).toBe('sent')
    expect((await house.server.history('news')).length).toBeGreaterThan(1)
  })

  test('that was rendered smaller goes on so after a restart', async () => {
    await using house = await slackHouse()
    const message = delivery(house, { blocks: LONG })
    house.server.fault({ method: 'chat.postMessage', error: 'msg_blocks_too_long' })
    house.server.fault({ method: 'chat.postMessage', after: 2, error: 'internal_error' })
    expect((await house.door.messenger.post(message)).kind).toBe('unknown')

    const { messenger } = await house.restart()
    await messenger.findPosted(message, SINCE)

    expect((await messenger.post(message)).kind).toBe('sent')
    expect(await statementsIn(house)).toEqual(LONG.map((_, index) => index))
  })

  test('refused between its messages goes on there once it is allowed, after a restart too', async () => {
    await using house = await slackHouse()
    await using db = await testDatabase()
    const clock = handClock()
    const box = outbox(db)
    const { channel, blocks } = delivery(house, { blocks: LONG })
    const long = { id: 'long' as DeliveryId, team: NEWSROOM, platform: 'slack', channel, blocks } as const
    await db.transaction((tx) => owe(tx, { ...long, subscription: null, kind: 'digest' }, clock.now()))
    const work = async (messenger: Messenger, rounds: number) => {
      const deps = { outbox: box, messengers: new Map([['slack' as const, messenger]]), clock, log: silentLog }
      const sender = deliverySender('slack', deps)
      for (let round = 0; round < rounds; round += 1) {
        await sender.send()
        await sender.settled()
        clock.advance({ minutes: 1 })
      }
    }
    house.server.fault({ method: 'chat.postMessage', after: 1, error: 'restricted_action' })
    await work(house.door.messenger, 1)
    const before = await statementsIn(house)

    await work((await house.restart()).messenger, 3)

    expect(before.length).toBeGreaterThan(0)
    expect(before.length).toBeLessThan(LONG.length)
    expect(await statementsIn(house)).toEqual(LONG.map((_, index) => index))
    expect(await box.counts()).toEqual(new Map([['sent', 1]]))
  })

  test('to one person is posted in the conversation with them, and found there', async () => {
    await using house = await slackHouse()
    const message = delivery(house, { channel: directMessageTo(house.server.users.bob ?? '') })
    house.server.fault({ method: 'chat.postMessage', isApplied: true, isLost: true })

    expect((await house.door.messenger.post(message)).kind).toBe('unknown')
    expect((await house.door.messenger.findPosted(message, SINCE)).kind).toBe('found')
    expect(house.server.callsOf('chat.postMessage')[0]?.args.channel).toMatch(/^D/)
  })

  test('to a person whose conversation does not open waits, or ends where they have left', async () => {
    await using house = await slackHouse()
    const message = delivery(house, { channel: directMessageTo('U0NOBODY') })
    house.server.fault({ method: 'conversations.open', isLost: true })

    expect((await house.door.messenger.post(message)).kind).toBe('later')
    expect(await house.door.messenger.post(message)).toMatchObject({ kind: 'refused', why: 'gone' })
  })

  test('of another workspace does not leave', async () => {
    await using house = await slackHouse()
    const foreign = delivery(house, { team: NEWSROOM + 1 })

    expect(await house.door.messenger.post(foreign)).toMatchObject({ kind: 'refused', why: 'gone' })
    expect(await house.door.messenger.findPosted(foreign, SINCE)).toMatchObject({ kind: 'unreadable' })
    expect(house.server.callsOf('chat.postMessage')).toEqual([])
  })

  test.each([
    ['channel_not_found', 'refused', 'gone'],
    ['is_archived', 'refused', 'gone'],
    ['account_inactive', 'refused', 'gone'],
    ['token_revoked', 'refused', 'gone'],
    ['invalid_auth', 'refused', 'gone'],
    ['user_is_bot', 'refused', 'gone'],
    ['not_in_channel', 'refused', 'forbidden'],
    ['restricted_action', 'refused', 'forbidden'],
    ['restricted_action_read_only_channel', 'refused', 'forbidden'],
    ['ekm_access_denied', 'refused', 'forbidden'],
    ['no_permission', 'refused', 'forbidden'],
    ['missing_scope', 'refused', 'forbidden'],
    ['invalid_blocks', 'refused', 'invalid'],
    ['internal_error', 'later', undefined],
    ['service_unavailable', 'later', undefined],
    ['request_timeout', 'later', undefined],
    ['ratelimited', 'later', undefined],
    ['fatal_error', 'unknown', undefined],
  ])('that Slack answers with %s is %s %s', async (error, kind, why) => {
    await using house = await slackHouse()
    house.server.fault({ method: 'chat.postMessage', error })

    const outcome = await house.door.messenger.post(delivery(house))

    expect(outcome).toMatchObject({ kind, code: error, ...(why === undefined ? {} : { why }) })
    if (outcome.kind === 'refused') expect(outcome.explanation).toMatch(/^[A-Z].+\.$|\/invite @onrecord$/)
    expect(house.server.callsOf('chat.postMessage')).toHaveLength(1)
  })

  test.each([
    [502, 'unknown'],
    [504, 'unknown'],
    [413, 'refused'],
  ])('that meets HTTP %i is %s', async (status, kind) => {
    await using house = await slackHouse()
    house.server.fault({ method: 'chat.postMessage', status, error: 'odd' })

    expect((await house.door.messenger.post(delivery(house))).kind).toBe(kind)
  })

  test('waits as long as Slack says, and the request is not repeated behind our back', async () => {
    await using house = await slackHouse()
    house.server.fault({ method: 'chat.postMessage', status: 429, retryAfter: 30 })

    expect(await house.door.messenger.post(delivery(house))).toMatchObject({
      kind: 'later',
      code: 'ratelimited',
      retryAfterMs: 30_000,
    })
    expect(house.server.callsOf('chat.postMessage')).toHaveLength(1)
  })
})

describe('looking for a delivery whose answer was lost', () => {
  test('does not fall for another app that wrote the same key', async () => {
    await using house = await slackHouse()
    const message = delivery(house)
    const metadata = { event_type: 'onrecord_delivery', event_payload: { key: message.key, part: 1, of: 1 } }
    await house.server.api(
      'chat.postMessage',
      { channel: message.channel, text: 'x', metadata },
      house.server.otherToken,
    )

    expect(await house.door.messenger.findPosted(message, SINCE)).toEqual({ kind: 'absent' })
  })

  test.each(['not_in_channel', 'missing_scope', 'ratelimited'])('says that it cannot look: %s', async (error) => {
    await using house = await slackHouse()
    house.server.fault({ method: 'conversations.history', error })

    expect(await house.door.messenger.findPosted(delivery(house), SINCE)).toMatchObject({
      kind: 'unreadable',
      code: error,
    })
  })

  test('tells how long Slack wants no further look', async () => {
    await using house = await slackHouse()
    house.server.fault({ method: 'conversations.history', status: 429, retryAfter: 60 })

    expect(await house.door.messenger.findPosted(delivery(house), SINCE)).toMatchObject({ retryAfterMs: 60_000 })
  })
})
