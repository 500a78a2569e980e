import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { testDatabase } from '../support/database.ts'
import { discordBot } from '../support/discord-bot.ts'
import { discordPeople, MANAGE_GUILD } from '../support/discord-people.ts'
import { discordServer } from '../support/discord-server.ts'

async function opened() {
  const server = await discordServer()
  const db = await testDatabase()
  const bot = await discordBot(server, db, { config: { interactionsPort: 0 } })
  return {
    server,
    bot,
    people: discordPeople(server),
    endpoint: `http://127.0.0.1:${bot.port}/interactions`,
    [Symbol.asyncDispose]: async () => {
      await bot[Symbol.asyncDispose]()
      await db[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

describe('interactions over HTTP', () => {
  test('are answered as over the gateway: commands, buttons, typing', async () => {
    await using house = await opened()
    const where = { endpoint: house.endpoint, permissions: MANAGE_GUILD }

    const reply = await (await house.people.slash('said', { speaker: 'Torvik' }, where)).reply()
    const page = await (await house.people.press(reply, 'Older', where)).reply()
    const choices = await house.people.type('said', 'speaker', 'il', where)

    expect(reply.text).toContain('Torvik on the strait')
    expect(page.id).toBe(reply.id)
    expect(choices).toEqual([{ name: 'Ilana Torvik — minister', value: 'Ilana Torvik' }])
    expect(house.bot.asked[0]?.request).toMatchObject({ role: 'owner' })
    expect(house.server.calls.flatMap(({ faults }) => faults)).toEqual([])
    expect(house.server.calls.some(({ path }) => path === '/gateway/bot')).toBe(false)
  })

  test('answer Discord’s ping', async () => {
    await using house = await opened()

    const response = await house.people.signedPost(house.endpoint, JSON.stringify({ type: 1 }))

    expect(await response.json()).toEqual({ type: 1 })
  })

  test('that are forged, too old, too early or repeated get 401 and no reason, and do nothing', async () => {
    await using house = await opened()
    const ping = JSON.stringify({ type: 1 })
    const minutes = (n: number) => new Date(Date.now() + n * 60_000)
    const now = new Date()

    const answers = [
      await fetch(house.endpoint, { method: 'POST', body: ping }),
      await fetch(house.endpoint),
      await house.people.signedPost(house.endpoint, ping, { tamper: true }),
      await house.people.signedPost(house.endpoint, ping, { at: minutes(-6) }),
      await house.people.signedPost(house.endpoint, ping, { at: minutes(6) }),
    ]
    const first = await house.people.signedPost(house.endpoint, ping, { at: now })
    const repeated = await house.people.signedPost(house.endpoint, ping, { at: now })

    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401])
    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(['', '', '', '', ''])
    expect([first.status, repeated.status]).toEqual([200, 401])
    expect(house.bot.asked).toEqual([])
  })

  test('that are signed but no interaction, or too big, are refused and the next one is answered', async () => {
    await using house = await opened()

    const broken = await house.people.signedPost(house.endpoint, '{"type":')
    const big = await house.people
      .signedPost(house.endpoint, JSON.stringify({ type: 1, more: 'x'.repeat(1_100_000) }))
      .catch(() => null)
    const next = await house.people.signedPost(house.endpoint, JSON.stringify({ type: 1, id: 'next' }))

    expect(broken.status).toBe(400)
    expect(big === null || big.status === 401).toBe(true)
    expect(next.status).toBe(200)
  })

  test('need a key that is one', async () => {
    await using server = await discordServer()
    await using db = await testDatabase()

    const opening = discordBot(server, db, { config: { interactionsPort: 0, publicKey: 'abc' } })

    await expect(opening).rejects.toMatchObject({ code: 'discord/key', retry: 'never' })
  })

  test('need a port that is free', async () => {
    await using server = await discordServer()
    await using db = await testDatabase()
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, resolve))
    const { port } = taken.address() as AddressInfo

    const opening = discordBot(server, db, { config: { interactionsPort: port } })

    await expect(opening).rejects.toMatchObject({
      code: 'discord/port',
      explanation: expect.stringContaining(`Port ${port}`),
    })
    taken.close()
  })
})
