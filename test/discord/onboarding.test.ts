import { expect, test } from 'vitest'
import type { TeamId } from '../../src/base/scope.ts'
import { SEND_MESSAGES } from '../../src/discord/discord-permissions.ts'
import { commandHouse } from '../support/command-house.ts'
import { testDatabase } from '../support/database.ts'
import { discordBot } from '../support/discord-bot.ts'
import { discordPeople, type SeenMessage } from '../support/discord-people.ts'
import { discordServer } from '../support/discord-server.ts'
import { gatewayOf } from '../support/discord-twin.ts'

/** The real commands behind the real door, on a server with the channels `news` and `desk`. */
async function opened(way: 'gateway' | 'http') {
  const server = await discordServer()
  const rooms = await commandHouse()
  const db = await testDatabase()
  const config = way === 'http' ? { interactionsPort: 0 } : {}
  const bot = await discordBot(server, db, { book: rooms.book, config })
  const guild = String(server.twin.guildId)
  const denied = [{ id: guild, type: 0, allow: '0', deny: String(SEND_MESSAGES) }]
  return {
    server,
    rooms,
    guild,
    people: discordPeople(server),
    endpoint: `http://127.0.0.1:${bot.port}/`,
    /** The channels as the server has them: `closed` ones let the bot write nothing. */
    channels: (...closed: readonly string[]) =>
      server.pretend(
        `/guilds/${guild}/channels`,
        ['news', 'desk'].map((name, position) => ({
          ...{ id: server.idOf(name), type: 0, name, position },
          permission_overwrites: closed.includes(name) ? denied : [],
        })),
      ),
    posted: (channel: string) =>
      server.call(
        ({ method, path, status }) => method === 'POST' && status === 200 && path === `/channels/${channel}/messages`,
      ),
    [Symbol.asyncDispose]: async () => {
      await bot[Symbol.asyncDispose]()
      await db[Symbol.asyncDispose]()
      await rooms[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

const event = (type: string, data: object) =>
  JSON.stringify({ version: 1, application_id: '1', type: 1, event: { type, timestamp: '2026-11-28T08:00:00Z', data } })

test('from the invitation to the first digest and its undo, over HTTP alone: one message, four presses', async () => {
  await using house = await opened('http')
  const { people, endpoint, server } = house
  house.channels('news')
  const added = event('APPLICATION_AUTHORIZED', {
    integration_type: 0,
    user: { id: server.users.get('alice') },
    scopes: ['bot'],
    guild: { id: house.guild, name: 'Newsroom' },
  })

  const taken = await people.signedPost(endpoint, added)
  await house.posted(server.idOf('desk'))
  const [welcome] = await people.read('desk')
  const where = { endpoint, channel: 'desk' }
  const topics = await (await people.press(welcome as SeenMessage, 'Follow a topic', where)).reply()
  const asked = await (await people.press(topics, 'Sund Bridge', where)).reply()
  const made = await (await people.press(asked, 'Cairo', where)).reply()
  const before = await house.rooms.subscriptions.list(1 as TeamId)
  const undone = await (await people.press(made, 'Undo', where)).reply()

  expect(taken.status).toBe(204)
  expect(welcome?.text).toContain('Three ways to begin')
  expect(topics.text).toContain('Which topic?')
  expect(asked.text).toContain('In which time zone?')
  expect(made.text).toContain('Subscription 1: Sund Bridge')
  expect(made.text).toMatch(/Next: \w{3} [\d-]+ 09:00, \w{3} [\d-]+ 09:00, \w{3} [\d-]+ 09:00/)
  expect(before).toMatchObject([{ channel: server.idOf('desk'), schedule: { zone: 'Africa/Cairo' } }])
  expect(undone.text).toContain('Ended')
  expect(await house.rooms.subscriptions.list(1 as TeamId)).toEqual([])
  expect(server.calls.flatMap(({ faults }) => faults)).toEqual([])
})

test('a second time, or of an installation for one person, nobody is welcomed; pings and other events are taken', async () => {
  await using house = await opened('http')
  const { people, endpoint, server } = house
  house.channels()
  const guild = { id: house.guild, name: 'Newsroom' }
  const data = { user: { id: '5' }, scopes: [], guild }
  await people.signedPost(endpoint, event('APPLICATION_AUTHORIZED', data))
  await house.posted(server.idOf('news'))

  const answers = await Promise.all(
    [
      JSON.stringify({ version: 1, application_id: '1', type: 0 }),
      event('APPLICATION_AUTHORIZED', { ...data, user: { id: '6' } }),
      event('APPLICATION_AUTHORIZED', { integration_type: 1, user: { id: '5' }, scopes: [] }),
      event('APPLICATION_DEAUTHORIZED', { user: { id: '5' } }),
    ].map((text) => people.signedPost(endpoint, text)),
  )
  const forged = await people.signedPost(endpoint, event('APPLICATION_AUTHORIZED', data), { tamper: true })
  await (await people.slash('help', {}, { endpoint })).reply()

  expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204])
  expect(forged.status).toBe(401)
  const welcomes = (await people.read('news')).filter(({ text }) => text.includes('Three ways to begin'))
  expect(welcomes).toHaveLength(1)
})

test('a server that lets the bot write nowhere is welcomed by a private message to its owner', async () => {
  await using house = await opened('gateway')
  house.channels('news', 'desk')
  const owner = String(house.server.users.get('bob'))
  house.server.pretend(`/guilds/${house.guild}`, { id: house.guild, owner_id: owner, system_channel_id: null })
  const joined = { id: house.guild, name: 'Newsroom', channels: [], roles: [], members: [], emojis: [], stickers: [] }

  gatewayOf(house.server.twin).broadcast('GUILD_DELETE', { id: house.guild })
  gatewayOf(house.server.twin).broadcast('GUILD_CREATE', joined)
  const { body } = await house.posted(`9${owner.slice(1)}`)

  expect(JSON.stringify(body)).toContain('Three ways to begin')
  expect(await house.people.read('news')).toEqual([])
})
