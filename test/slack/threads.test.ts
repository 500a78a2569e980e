import { describe, expect, test } from 'vitest'
import { threadIn } from '../../src/chat/messenger.ts'
import { NEWSROOM, type SlackHouse, slackHouse } from '../support/slack-house.ts'

const SINCE = new Date(Date.now() - 60_000)

async function openThread({ server }: SlackHouse) {
  const channel = server.channels.news ?? ''
  const { ts } = (await server.api('chat.postMessage', { channel, text: 'The desk talks here.' })) as { ts: string }
  return { channel, ts, place: threadIn(channel, ts) }
}

const message = (channel: string) => ({
  ...{ team: NEWSROOM, channel, key: 'slot 1' },
  blocks: [{ kind: 'text', line: 'The ferry minister spoke.' } as const],
})

describe('a thread on Slack', () => {
  test('gets its digests as answers in it, and a lost one is looked for there', async () => {
    await using house = await slackHouse()
    const { channel, ts, place } = await openThread(house)

    const outcome = await house.door.messenger.post(message(place))
    const found = await house.door.messenger.findPosted(message(place), SINCE)

    expect(outcome.kind).toBe('sent')
    expect(house.server.callsOf('chat.postMessage')[0]?.args).toMatchObject({ channel, thread_ts: ts })
    expect(house.server.callsOf('conversations.replies')[0]?.args).toMatchObject({ channel, ts })
    expect(found.kind).toBe('found')
  })

  test('is known by a link to a message in it, and open only while it is there', async () => {
    await using house = await slackHouse()
    const { channel, ts, place } = await openThread(house)
    const link = `https://newsroom.slack.com/archives/${channel}/p${ts.replace('.', '')}`
    const check = (typed: string) => house.door.checkPlace({ team: NEWSROOM, channel: typed })

    expect(await check(link)).toMatchObject({ kind: 'open', channel: place })
    expect(await check(`https://newsroom.slack.com/archives/${channel}`)).toMatchObject({ kind: 'open', channel })
    house.server.fault({ method: 'conversations.replies', error: 'thread_not_found' })
    expect(await check(place)).toEqual({ kind: 'shut', explanation: 'That thread is no longer there.' })
  })
})

describe('a place on Slack, before anything is promised there', () => {
  test.each([
    ['channel_not_found', 'shut', 'invite me there first'],
    ['missing_scope', 'unknown', ''],
    ['internal_error', 'unknown', ''],
  ])('of which Slack says %s is %s', async (error, kind, words) => {
    await using house = await slackHouse()
    house.server.fault({ method: 'conversations.info', error })

    const check = await house.door.checkPlace({ team: NEWSROOM, channel: house.server.channels.news ?? '' })

    expect(check.kind).toBe(kind)
    expect(JSON.stringify(check)).toContain(words)
  })

  test('whose answer is lost, or that is no place at all, is never called open', async () => {
    await using house = await slackHouse()
    const channel = house.server.channels.news ?? ''
    house.server.fault({ method: 'conversations.info', isLost: true })

    expect(await house.door.checkPlace({ team: NEWSROOM, channel })).toMatchObject({ kind: 'unknown' })
    expect(await house.door.checkPlace({ team: NEWSROOM, channel: '#desk' })).toMatchObject({ kind: 'shut' })
    expect(await house.door.checkPlace({ team: NEWSROOM, channel: '@U1' })).toMatchObject({ kind: 'open' })
    expect(await house.door.checkPlace({ team: NEWSROOM, channel })).toMatchObject({ kind: 'open', channel })
  })
})
