import { describe, expect, test } from 'vitest'
import { LATER, REFUSALS } from '../../src/discord/post-outcome.ts'
import { commandHouse } from '../support/command-house.ts'
import { testDatabase } from '../support/database.ts'
import { discordBot } from '../support/discord-bot.ts'
import { discordPeople, MANAGE_GUILD } from '../support/discord-people.ts'
import { discordServer } from '../support/discord-server.ts'
import { CAUSE_AND_NEXT_STEP, nineOClock } from '../support/refused-digest.ts'

/*
 * What a person reads when Discord answers with one of its error codes. Of PLATFORMS.md's codes these have scenarios
 * of their own: 10062 and 50027 (test/discord/answer-interaction.test.ts), 40094 (test/discord/long-answers.test.ts),
 * 30046 of an edit (test/contract/doors-discord.test.ts, test/service/amended-doors.test.ts). 220001 is a webhook's,
 * and nothing of ours is posted by one.
 */

/** Those about a person, met where messages are wanted in private. */
const OF_PERSONS: ReadonlySet<number> = new Set([10013, 50007, 50278])
const STATUS: Readonly<Record<number, number>> = { 10003: 404, 10004: 404, 10013: 404, 20016: 429, 20028: 429 }
const PLATFORMS_MD = [10003, 10004, 50001, 50013, 50007, 50278, 50083, 40067, 200000, 20016, 20028, 30046]

/** A server, the bot with every command, and an owner who wants a digest at nine. */
async function furnished(to: 'here' | 'me') {
  const server = await discordServer({ guilds: [{ name: 'Newsroom', channels: [{ name: 'news' }] }] })
  const house = await commandHouse()
  const db = await testDatabase()
  const bot = await discordBot(server, db, { book: house.book, clock: house.clock })
  const people = discordPeople(server)
  const conversation = `9${server.users.get('alice')?.slice(1)}`
  const ask = async (name: string, options: Readonly<Record<string, string>>) => {
    house.clock.advance({ seconds: 5 })
    const asked = await people.slash(name, options, { permissions: MANAGE_GUILD })
    return (await asked.reply()).text.replaceAll('\\', '')
  }
  const wish = { topic: 'bridge', at: '09:00', tz: 'UTC' }
  expect(await ask('subscribe', to === 'me' ? { ...wish, to } : wish)).toContain('09:00')
  return {
    server,
    ask,
    nineOClock: (rounds?: number) => nineOClock(house, bot.messenger, rounds),
    /** What the bot has written to the owner. */
    told: async () => (await people.read(conversation)).map(({ text }) => text.replaceAll('\\', '')),
    faults: () => server.calls.flatMap((call) => call.faults),
    [Symbol.asyncDispose]: async () => {
      await bot[Symbol.asyncDispose]()
      await house[Symbol.asyncDispose]()
      await db[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

const refusals = Object.entries(REFUSALS).map(([code, { explanation, why }]) => ({
  ...{ code: Number(code), explanation, why },
  status: STATUS[Number(code)] ?? (why === 'forbidden' ? 403 : 400),
}))

describe('an error code of Discord', () => {
  test('is known, if PLATFORMS.md has it', () => {
    const known = [...Object.keys(REFUSALS), ...Object.keys(LATER)].map(Number)

    expect(PLATFORMS_MD.filter((code) => !known.includes(code))).toEqual([])
  })

  test.each(refusals)('that stays says what is the matter and what to do: $code', ({ explanation }) => {
    expect(explanation).toMatch(CAUSE_AND_NEXT_STEP)
  })

  test.each(refusals.filter(({ code }) => !OF_PERSONS.has(code)))(
    '$code for a channel is told to whoever subscribed, in private, and at /subscriptions or /why',
    async ({ code, status, explanation, why }) => {
      await using desk = await furnished('here')
      desk.server.refuseIn('news', status, code)

      await desk.nineOClock()

      const [told, ...more] = await desk.told()
      expect(told).toContain(explanation)
      expect(more).toEqual([])
      const asked = why === 'invalid' ? desk.ask('why', { digest: 'latest' }) : desk.ask('subscriptions', {})
      expect(await asked).toContain(explanation)
      expect(desk.faults()).toEqual([])
    },
  )

  test.each(refusals.filter(({ code }) => OF_PERSONS.has(code)))(
    '$code for a person, whom nobody can write to, is told when they ask',
    async ({ code, status, explanation }) => {
      await using desk = await furnished('me')
      desk.server.trouble({ method: 'POST', path: /^\/channels\/9\d+\/messages$/, times: 9, status, code })

      await desk.nineOClock()

      expect(await desk.told()).toEqual([])
      expect(await desk.ask('subscriptions', { of: 'me' })).toContain(`stopped: ${explanation}`)
    },
  )

  test.each(Object.entries(LATER).map(([code, words]) => ({ code: Number(code), words })))(
    '$code, which passes, is answered with why, and when it is tried again',
    async ({ code, words }) => {
      await using desk = await furnished('here')
      const status = STATUS[code] ?? 400
      desk.server.trouble({ method: 'POST', path: /messages$/, status, code, times: 9, retryAfter: 90 })

      await desk.nineOClock(1)

      // Of a 429 the client keeps the code to itself.
      const shown = status === 429 ? 'Discord asked for a pause: slow mode of the channel, or its limit' : words
      const why = await desk.ask('why', { digest: 'latest' })
      expect(why).toContain(`Not posted yet: Discord did not take it (${status === 429 ? 429 : code}). ${shown}`)
      expect(why).toMatch(/I try again Sat 2026-11-21 09:0\d/)
      expect(await desk.told()).toEqual([])
    },
  )

  test('that forbids and may be mended at once is told with what to do, while it is still tried', async () => {
    await using desk = await furnished('here')
    desk.server.refuseIn('news', 403, 50013)

    await desk.nineOClock(1)

    const why = await desk.ask('why', { digest: 'latest' })
    expect(why).toContain(`did not take it (50013). ${REFUSALS[50013]?.explanation} I try again`)
  })

  test('of the bot’s token is the operator’s: people read that it waits for them', async () => {
    await using desk = await furnished('here')
    desk.server.trouble({ method: 'POST', path: /messages$/, status: 401, times: 9 })

    await desk.nineOClock(1)

    expect(await desk.ask('why', { digest: 'latest' })).toContain('its operator has to give it a new one')
  })
})
