import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { isSignedBySlack } from '../../src/slack/verify-signature.ts'
import { handClock } from '../support/clock.ts'
import { sharedFolder } from '../support/shared.ts'
import { slackHouse } from '../support/slack-house.ts'
import { signed } from '../support/slack-people.ts'

type Case = {
  readonly id: string
  readonly expect: 'accept' | 'reject' | 'accept_once'
  readonly note: string
  readonly now: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const folder = sharedFolder('data/hostile')
const corpus: { readonly signing_secret: string; readonly cases: readonly Case[] } =
  folder === null ? { signing_secret: '', cases: [] } : JSON.parse(readFileSync(`${folder}signatures.json`, 'utf8'))

describe.skipIf(folder === null)('signatures of the hostile corpus (skipped where ../shared is absent)', () => {
  test.each(corpus.cases)('$id: $note', ({ expect: expected, now, headers, body }) => {
    const request = {
      timestamp: headers['x-slack-request-timestamp'],
      signature: headers['x-slack-signature'],
      body: bytesOf(body),
    }

    expect(isSignedBySlack(request, corpus.signing_secret, new Date(now * 1000))).toBe(expected !== 'reject')
  })
})

/** The corpus writes bytes that are no text as `\xNN` code points. */
function bytesOf(body: string): Uint8Array {
  return Buffer.from(body, 'latin1')
}

const BODY = 'command=%2Fonrecord&text=help'

describe('a request over HTTP', () => {
  test('is refused without a good signature, and the refusal tells nothing', async () => {
    await using house = await slackHouse()
    const headers = signed(BODY, 'another secret', Date.now())

    const response = await fetch(`http://127.0.0.1:${house.door.port}/slack/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: BODY,
    })

    expect(response.status).toBe(401)
    expect(await response.text()).toBe('')
  })

  test('is refused when it is older or newer than five minutes', async () => {
    const clock = handClock()
    await using house = await slackHouse({ clock })
    const send = async (at: number) => {
      const headers = signed(BODY, house.server.signingSecret, at)
      return fetch(`http://127.0.0.1:${house.door.port}/slack/events`, { method: 'POST', headers, body: BODY })
    }
    const now = clock.now().getTime()

    expect((await send(now - 301_000)).status).toBe(401)
    expect((await send(now + 301_000)).status).toBe(401)
  })

  test('is acted on once, though it comes twice with a good signature', async () => {
    await using house = await slackHouse()
    const { url, uses } = house.server.responseAddress(house.server.channels.news ?? '')
    const body = new URLSearchParams({
      command: '/onrecord',
      text: 'whoami',
      user_id: house.server.users.alice ?? '',
      user_name: 'alice',
      team_id: house.server.team,
      channel_id: house.server.channels.news ?? '',
      response_url: url,
    }).toString()
    const request = {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...signed(body, house.server.signingSecret, Date.now()),
      },
      body,
    }

    const address = `http://127.0.0.1:${house.door.port}/slack/events`
    expect((await fetch(address, request)).status).toBe(200)
    await house.server.until(() => uses.length > 0)
    expect((await fetch(address, request)).status).toBe(200)
    expect(house.asked.length).toBe(1)
  })

  test('by which Slack makes sure of our address is answered with its challenge', async () => {
    await using house = await slackHouse()
    const body = JSON.stringify({ type: 'url_verification', challenge: 'c1' })
    const headers = { 'content-type': 'application/json', ...signed(body, house.server.signingSecret, Date.now()) }

    const response = await fetch(`http://127.0.0.1:${house.door.port}/slack/events`, { method: 'POST', headers, body })

    expect(await response.json()).toEqual({ challenge: 'c1' })
  })

  test.each(['{', 'payload=%7B', ''])('that is signed but no message is refused: %j', async (body) => {
    await using house = await slackHouse()
    const type = body.startsWith('payload') ? 'application/x-www-form-urlencoded' : 'application/json'
    const headers = { 'content-type': type, ...signed(body, house.server.signingSecret, Date.now()) }

    const response = await fetch(`http://127.0.0.1:${house.door.port}/slack/events`, { method: 'POST', headers, body })
    expect(response.status).toBe(400)
  })

  test('is refused at one megabyte, and at other addresses', async () => {
    await using house = await slackHouse()
    const origin = `http://127.0.0.1:${house.door.port}`
    const send = (path: string, body: string) => fetch(`${origin}${path}`, { method: 'POST', body })

    expect((await send('/slack/events', 'x'.repeat(1_000_001))).status).toBe(413)
    expect((await send('/', BODY)).status).toBe(404)
    expect((await fetch(`${origin}/slack/events`)).status).toBe(404)
  })
})
