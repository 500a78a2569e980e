import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Block } from '../../src/chat/blocks.ts'
import { directMessageTo, type Outgoing } from '../../src/chat/messenger.ts'
import { handClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'
import { discordBot } from '../support/discord-bot.ts'
import { discordPeople } from '../support/discord-people.ts'
import { type DiscordServer, discordServer } from '../support/discord-server.ts'

const SINCE = new Date(0)
const digest: readonly Block[] = [
  { kind: 'heading', text: 'Since yesterday' },
  { kind: 'text', line: 'Ilana Torvik spoke about the strait.' },
]
/** More than one message holds. */
const longDigest: readonly Block[] = [
  { kind: 'heading', text: 'Since yesterday' },
  {
    kind: 'list',
    items: Array.from(
      { length: 150 },
      (_, n) => `Statement ${n}: the strait stays open to every ship that keeps to it.`,
    ),
  },
]

async function opened(forum = false) {
  const channels = [{ name: 'news' }, { name: 'forum', type: 15, requiresTag: forum }]
  const server = await discordServer({ guilds: [{ name: 'Newsroom', channels }] })
  const db = await testDatabase()
  const clock = handClock(new Date().toISOString())
  const bot = await discordBot(server, db, { clock })
  const owed = (key: string, channel = 'news', blocks = digest): Outgoing => ({
    team: 1,
    channel: server.idOf(channel),
    key,
    blocks,
  })
  return {
    server,
    bot,
    clock,
    owed,
    messenger: bot.messenger,
    people: discordPeople(server),
    /** The bot dies and is started again. */
    restarted: async () => {
      await bot[Symbol.asyncDispose]()
      return await discordBot(server, db, { clock })
    },
    [Symbol.asyncDispose]: async () => {
      await bot[Symbol.asyncDispose]()
      await db[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

function posts({ calls }: DiscordServer) {
  return calls.filter(({ method, path }) => method === 'POST' && /\/(messages|threads)$/.test(path))
}

describe('a message to a channel', () => {
  test('is posted with a nonce that is the same at every try, and found again', async () => {
    await using house = await opened()
    const message = house.owed('slot-1')

    const outcome = await house.messenger.post(message)
    const again = await house.messenger.post(message)

    expect(outcome).toMatchObject({ kind: 'sent', receipt: expect.stringMatching(/^\d+\/\d+$/) })
    expect(again).toEqual(outcome)
    expect(await house.messenger.findPosted(message, SINCE)).toEqual({
      kind: 'found',
      receipt: outcome['receipt' as never],
    })
    expect(await house.messenger.findPosted(house.owed('slot-2'), SINCE)).toEqual({ kind: 'absent' })
    expect((await house.people.read('news')).map(({ text }) => text)).toEqual([
      '### Since yesterday\nIlana Torvik spoke about the strait.',
    ])
    expect(posts(house.server)[0]?.body).toMatchObject({
      nonce: expect.stringMatching(/^[\w-]{25}$/),
      enforce_nonce: true,
      allowed_mentions: { parse: [] },
    })
    expect(house.server.calls.flatMap(({ faults }) => faults)).toEqual([])
  })

  test('whose answer was lost is unknown, then found, and there once', async () => {
    await using house = await opened()
    const message = house.owed('slot-1')
    house.server.trouble({ method: 'POST', path: /messages$/, afterApply: true, drop: true })

    expect(await house.messenger.post(message)).toMatchObject({ kind: 'unknown' })
    expect(await house.messenger.findPosted(message, SINCE)).toMatchObject({ kind: 'found' })
    expect(await house.people.read('news')).toHaveLength(1)
  })

  test('that was lost on the way is absent, and posted by the next try', async () => {
    await using house = await opened()
    const message = house.owed('slot-1')
    house.server.trouble({ method: 'POST', path: /messages$/, drop: true })

    expect(await house.messenger.post(message)).toMatchObject({ kind: 'unknown' })
    expect(await house.messenger.findPosted(message, SINCE)).toEqual({ kind: 'absent' })
    expect(await house.messenger.post(message)).toMatchObject({ kind: 'sent' })
    expect(await house.people.read('news')).toHaveLength(1)
  })

  test.each([500, 502, 503])(
    'waits when Discord answers %i, and is there once even if it was taken',
    async (status) => {
      await using house = await opened()
      const message = house.owed('slot-1')
      house.server.trouble({ method: 'POST', path: /messages$/, afterApply: true, status })

      expect(await house.messenger.post(message)).toMatchObject({
        kind: 'later',
        code: String(status),
        retryAfterMs: 30_000,
      })
      expect(await house.messenger.post(message)).toMatchObject({ kind: 'sent' })
      expect(await house.people.read('news')).toHaveLength(1)
    },
  )

  test('is not doubled by a try that comes when Discord has forgotten the nonce, nor after a restart', async () => {
    await using house = await opened()
    const message = house.owed('slot-1')
    house.server.trouble({ method: 'POST', path: /messages$/, afterApply: true, status: 502 })
    await house.messenger.post(message)

    house.clock.advance({ minutes: 10 })
    house.server.forgetNonces()
    await using bot = await house.restarted()

    expect(await bot.messenger.post(message)).toMatchObject({ kind: 'sent' })
    expect(await house.people.read('news')).toHaveLength(1)
    expect(posts(house.server)).toHaveLength(1)
  })

  test('too long for one is posted in parts, each once, though one of them failed', async () => {
    await using house = await opened()
    const message = house.owed('slot-1', 'news', longDigest)
    await house.messenger.post(house.owed('before'))
    const parts = 3
    // The second part fails for so long that the nonces are forgotten.
    house.server.trouble({ method: 'POST', path: /messages$/, status: 503, skip: 1 })

    expect(await house.messenger.post(message)).toMatchObject({ kind: 'later' })
    house.clock.advance({ minutes: 10 })
    house.server.forgetNonces()
    expect(await house.messenger.findPosted(message, SINCE)).toEqual({ kind: 'absent' })
    expect(await house.messenger.post(message)).toMatchObject({ kind: 'sent' })

    const shown = (await house.people.read('news')).slice(1)
    expect(shown).toHaveLength(parts)
    const numbers = shown.flatMap(({ text }) => [...text.matchAll(/Statement (\d+):/g)].map(([, n]) => Number(n)))
    expect(numbers).toEqual(Array.from({ length: 150 }, (_, n) => n))
  })
})

describe('a channel that refuses a message', () => {
  let house: Awaited<ReturnType<typeof opened>>
  beforeAll(async () => {
    house = await opened()
  })
  afterAll(() => house[Symbol.asyncDispose]())

  test.each([
    [404, 10003, 'gone', 'The channel is no longer there.'],
    [404, 10004, 'gone', 'I am no longer on that server.'],
    [403, 50001, 'forbidden', 'Give me "View Channel" there'],
    [403, 50013, 'forbidden', 'Give me "Send Messages"'],
    [403, 50278, 'forbidden', 'We no longer share a server'],
    [400, 50083, 'forbidden', 'That thread is archived.'],
    [403, 160005, 'forbidden', 'That thread is locked.'],
    [400, 200000, 'invalid', 'AutoMod of that server'],
    [403, 99999, 'forbidden', 'Discord does not let me post there.'],
    [400, 99999, 'invalid', 'Tell the operator this code.'],
  ])('answers %i with %i, which is %s, and a person reads what to do', async (status, code, why, explanation) => {
    house.server.refuseIn('news', status, code)

    const outcome = await house.messenger.post(house.owed(`slot-${status}-${code}`))

    expect(outcome).toEqual({
      kind: 'refused',
      code: String(code),
      why,
      explanation: expect.stringContaining(explanation),
    })
  })

  test('takes it once what was wrong is mended', async () => {
    house.server.refuseIn('news', 403, 50013)
    await house.messenger.post(house.owed('slot-1'))
    house.server.welcomeIn('news')

    expect(await house.messenger.post(house.owed('slot-1'))).toMatchObject({ kind: 'sent' })
    expect(await house.people.read('news')).toHaveLength(1)
  })
})

describe('a channel that does not take a message now', () => {
  test.each([
    [429, 20016],
    [429, 20028],
    [400, 30046],
  ])('answers %i with %i, and gets the message later', async (status, code) => {
    await using house = await opened()
    house.server.trouble({ method: 'POST', path: /messages$/, status, code, retryAfter: 8 })

    const outcome = await house.messenger.post(house.owed('slot-1'))

    expect(outcome).toMatchObject({ kind: 'later', retryAfterMs: expect.any(Number) })
    expect(await house.people.read('news')).toEqual([])
  })

  test('for a long rate limit gets the message when Discord says, and nobody waits in between', async () => {
    await using house = await opened()
    house.server.trouble({ method: 'POST', path: /messages$/, status: 429, retryAfter: 40 })

    const outcome = await house.messenger.post(house.owed('slot-1'))

    expect(outcome).toMatchObject({ kind: 'later', code: '429' })
    expect(outcome['retryAfterMs' as never]).toBeGreaterThanOrEqual(40_000)
  })

  test('for a short rate limit gets the message after it', async () => {
    await using house = await opened()
    house.server.trouble({ method: 'POST', path: /messages$/, status: 429, retryAfter: 0.2 })

    expect(await house.messenger.post(house.owed('slot-1'))).toMatchObject({ kind: 'sent' })
    expect(await house.people.read('news')).toHaveLength(1)
  })

  test('since the token was revoked gets nothing until the operator gives a new one', async () => {
    await using house = await opened()
    house.server.revokeToken()

    expect(await house.messenger.post(house.owed('slot-1'))).toMatchObject({ kind: 'later', code: '401' })
    expect(await house.messenger.post(house.owed('slot-1'))).toMatchObject({ kind: 'later', code: '401' })
    expect(posts(house.server)).toHaveLength(1)
  })

  test('because Discord cannot be reached at all gets the message later', async () => {
    await using house = await opened()
    await house.server.hangUp()

    expect(await house.messenger.findPosted(house.owed('slot-1'), SINCE)).toMatchObject({ kind: 'unreadable' })
    expect(await house.messenger.post(house.owed('slot-1'))).toMatchObject({ kind: 'later', code: 'ECONNREFUSED' })
  })

  test('and cannot be read either is not believed to be empty', async () => {
    await using house = await opened()
    house.server.trouble({ method: 'POST', path: /messages$/, afterApply: true, drop: true })
    house.server.hideHistory('news')
    await house.messenger.post(house.owed('slot-1'))

    const found = await house.messenger.findPosted(house.owed('slot-1'), SINCE)

    expect(found).toEqual({ kind: 'unreadable', code: 'no Read Message History' })
  })
})

describe('a direct message', () => {
  test('goes to the person, once', async () => {
    await using house = await opened()
    const alice = house.server.users.get('alice') ?? ''
    const message = { ...house.owed('notice-1'), channel: directMessageTo(alice) }

    const outcome = await house.messenger.post(message)
    await house.messenger.post(message)

    expect(outcome).toMatchObject({ kind: 'sent' })
    expect(await house.messenger.findPosted(message, SINCE)).toEqual({
      kind: 'found',
      receipt: outcome['receipt' as never],
    })
    expect(posts(house.server)).toHaveLength(2)
    expect(await house.server.messages(`9${alice.slice(1)}`)).toHaveLength(1)
  })

  test('to somebody who closed them is refused with the way out', async () => {
    await using house = await opened()
    await house.server.closeDirectMessages('bob')
    const channel = directMessageTo(house.server.users.get('bob') ?? '')

    const outcome = await house.messenger.post({ ...house.owed('notice-1'), channel })

    expect(outcome).toMatchObject({ kind: 'refused', code: '50007', why: 'forbidden' })
    expect(outcome['explanation' as never]).toContain('Allow direct messages')
  })
})

describe('a forum', () => {
  test('gets a thread named after the heading, with the message in it', async () => {
    await using house = await opened()

    const outcome = await house.messenger.post(house.owed('slot-1', 'forum'))

    expect(outcome).toMatchObject({ kind: 'sent' })
    const [thread] = await house.server.threads('forum')
    expect(thread?.name).toBe('Since yesterday')
    expect((await house.people.read(thread?.id ?? '')).map(({ text }) => text)).toEqual([
      '### Since yesterday\nIlana Torvik spoke about the strait.',
    ])
    expect(house.server.calls.flatMap(({ faults }) => faults)).toEqual([])
  })

  test('that wants a tag gets the first one that is open to everybody', async () => {
    await using house = await opened(true)

    expect(await house.messenger.post(house.owed('slot-1', 'forum'))).toMatchObject({ kind: 'sent' })
    expect(posts(house.server)[0]?.body).toMatchObject({ applied_tags: ['2'] })
  })

  test.each([
    ['lost its answer', { drop: true }],
    ['answered 502', { status: 502 }],
  ])('has one thread though Discord %s, for forum posts have no nonce', async (_, how) => {
    await using house = await opened()
    const message = house.owed('slot-1', 'forum')
    house.server.trouble({ method: 'POST', path: /threads$/, afterApply: true, ...how })

    const first = await house.messenger.post(message)
    if (first.kind === 'unknown') {
      expect(await house.messenger.findPosted(message, SINCE)).toMatchObject({ kind: 'found' })
    } else {
      expect(await house.messenger.post(message)).toMatchObject({ kind: 'sent' })
    }

    expect(await house.server.threads('forum')).toHaveLength(1)
  })

  test('has the rest of a long message in the same thread', async () => {
    await using house = await opened()
    const message = house.owed('slot-1', 'forum', longDigest)
    house.server.trouble({ method: 'POST', path: /messages$/, status: 503 })

    expect(await house.messenger.post(message)).toMatchObject({ kind: 'later' })
    expect(await house.messenger.post(message)).toMatchObject({ kind: 'sent' })

    const threads = await house.server.threads('forum')
    expect(threads).toHaveLength(1)
    expect(await house.people.read(threads[0]?.id ?? '')).toHaveLength(3)
  })
})
