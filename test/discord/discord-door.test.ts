import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { openLog } from '../../src/base/log.ts'
import { testDatabase } from '../support/database.ts'
import { discordBot, saying, testCommands } from '../support/discord-bot.ts'
import { discordPeople } from '../support/discord-people.ts'
import { type DiscordServer, discordServer } from '../support/discord-server.ts'
import { gatewayOf } from '../support/discord-twin.ts'

function registrations({ calls }: DiscordServer) {
  return calls.filter(({ method, path }) => method === 'PUT' && path.endsWith('/commands'))
}

describe('opening the Discord door', () => {
  test('registers the commands once, and again only when they have changed', async () => {
    await using server = await discordServer()
    await using db = await testDatabase()
    for (const commands of [testCommands([]), testCommands([]), [...testCommands([]), saying('extra', [])]]) {
      await using _bot = await discordBot(server, db, { commands })
    }

    expect(registrations(server)).toHaveLength(2)
    expect(server.commands().map(({ name }) => name)).toEqual([
      'said',
      'stance',
      'feeds',
      'digest',
      'extra',
      'Who said this?',
    ])
  })

  test('goes on when Discord refuses the registration, and tries it again at the next start', async () => {
    await using server = await discordServer()
    await using db = await testDatabase()
    server.trouble({ method: 'PUT', path: /commands$/, status: 400, code: 30034 })
    {
      await using bot = await discordBot(server, db)
      const outcome = await bot.messenger.post({ team: 1, channel: server.idOf('news'), key: 'k', blocks: [] })
      expect(outcome).toMatchObject({ kind: 'sent' })
    }
    await using _bot = await discordBot(server, db)

    expect(registrations(server).map(({ status }) => status)).toEqual([400, 200])
  })

  test('registers for people too where the developer portal lets them install the app', async () => {
    await using server = await discordServer({ isForUsers: true })
    await using db = await testDatabase()
    await using _bot = await discordBot(server, db)

    expect(server.commands()[0]).toMatchObject({ name: 'said', integration_types: [0, 1] })
  })

  test('goes on when Discord sends events of a shape that nobody knows yet', async () => {
    await using server = await discordServer()
    await using db = await testDatabase()
    const logged: string[] = []
    await using _bot = await discordBot(server, db, { log: openLog('error', (line) => logged.push(line)) })
    const gateway = gatewayOf(server.twin)

    gateway.broadcast('INTERACTION_CREATE', { id: '7', type: 2, token: 'token-7' })
    gateway.broadcast('GUILD_UPDATE', null)
    const asked = await discordPeople(server).slash('said', { speaker: 'Torvik' })

    expect((await asked.reply()).text).toContain('We will not sell our waters.')
    expect(logged.join()).toContain('discord event passed over')
  })

  test('welcomes a server that it is added to, once, where the server announces such things', async () => {
    await using server = await discordServer()
    await using db = await testDatabase()
    await using _bot = await discordBot(server, db)
    const people = discordPeople(server)
    const joined = { id: '77', name: 'Night desk', system_channel_id: server.idOf('desk') }
    const more = { channels: [], roles: [], members: [], emojis: [], stickers: [] }
    const posts = () => server.calls.filter(({ method, path }) => method === 'POST' && path.endsWith('/messages'))

    gatewayOf(server.twin).broadcast('GUILD_CREATE', { ...joined, ...more })
    await server.call(({ path }) => path === `/channels/${server.idOf('desk')}/messages`)
    gatewayOf(server.twin).broadcast('GUILD_DELETE', { id: '77' })
    gatewayOf(server.twin).broadcast('GUILD_CREATE', { ...joined, ...more })
    await (await people.slash('stance')).reply()

    expect(posts()).toHaveLength(1)
    const [welcome] = await people.read('desk')
    expect(welcome?.buttons.map(({ label }) => label)).toEqual(['Follow a topic', 'Follow a speaker', 'Try a look-up'])
  })

  test('says that nobody is heard any more when Discord closes the gateway for good', async () => {
    await using server = await discordServer()
    await using db = await testDatabase()
    const closed = Promise.withResolvers<void>()
    const log = openLog('error', (line) => line.includes('closed for good') && closed.resolve())
    await using bot = await discordBot(server, db, { log })
    const before = bot.problem()

    server.endGateway(4004)
    await closed.promise

    expect(before).toBeNull()
    expect(bot.problem()).toContain('closed the connection for good')
  })

  test('says who it is and where to add it', async () => {
    await using server = await discordServer()
    await using db = await testDatabase()
    await using bot = await discordBot(server, db)

    expect(bot.name).toBe('Onrecord')
    expect(bot.inviteUrl).toMatch(
      /^https:\/\/discord\.com\/oauth2\/authorize\?client_id=\d+&scope=bot\+applications\.commands&permissions=\d+$/,
    )
    expect(bot.port).toBeNull()
  })

  test.each(['', 'not-a-token', 'MTAx.wrong.token'])(
    'with the wrong token %j says so in one sentence',
    async (token) => {
      await using server = await discordServer()
      await using db = await testDatabase()

      const opening = discordBot(server, db, { config: { token } })

      await expect(opening).rejects.toMatchObject({
        code: 'discord/token',
        retry: 'never',
        explanation: expect.stringContaining('Discord does not accept DISCORD_TOKEN.'),
      })
    },
  )

  test('with a token that the gateway refuses says so too', async () => {
    await using server = await discordServer()
    await using db = await testDatabase()
    server.closeGatewayWith(4004)

    await expect(discordBot(server, db)).rejects.toMatchObject({ code: 'discord/token' })
  })

  test('that Discord closes for good names the reason', async () => {
    await using server = await discordServer()
    await using db = await testDatabase()
    server.closeGatewayWith(4014)

    await expect(discordBot(server, db)).rejects.toMatchObject({
      code: 'discord/refused',
      explanation: expect.stringContaining('4014'),
    })
  })

  test('without a way to Discord is worth another try', async () => {
    await using server = await discordServer()
    await using db = await testDatabase()
    const restUrl = server.restUrl
    await server.hangUp()

    await expect(discordBot(server, db, { config: { restUrl } })).rejects.toMatchObject({
      code: 'discord/unreachable',
      retry: 'later',
    })
  })

  test('writes no token, name or message of a person into the log', async () => {
    await using server = await discordServer()
    await using db = await testDatabase()
    const lines: string[] = []
    const log = openLog('info', (line) => void lines.push(line))
    server.trouble({ method: 'PATCH', path: /@original$/, status: 400, code: 50035 })
    await using _bot = await discordBot(server, db, { log })

    const said = await discordPeople(server).slash('said', { speaker: 'Secret wish' })
    await server.call(({ path, status }) => path.endsWith('@original') && status === 200)

    expect((await said.reply()).text).toContain('Something went wrong on our side.')
    const all = lines.join('')
    expect(all).toContain('discord interaction could not be answered')
    expect(all).not.toContain(server.token)
    expect(all).not.toMatch(/Secret wish|alice|token-\d+/)
  })

  test('hears when a server throws the bot out', async () => {
    await using server = await discordServer()
    await using db = await testDatabase()
    await using bot = await discordBot(server, db)

    server.removeBot()

    expect(await bot.uninstalled).toBe(await bot.teams.teamOf('discord', server.twin.guildId, 'Newsroom'))
  })

  test('tries no more once it is closed, even while Discord is away', async () => {
    await using server = await discordServer()
    await using db = await testDatabase()
    const bot = await discordBot(server, db)
    const gateway = server.dropGateway()
    // The client waits for half a second before each try: we close in such a pause.
    await gateway.back
    await pause(200)

    await bot[Symbol.asyncDispose]()

    const before = gateway.came()
    await pause(1_000)
    expect(gateway.came()).toBe(before)
  })

  test('finishes an answer under way before it closes', async () => {
    await using server = await discordServer()
    await using db = await testDatabase()
    const held = Promise.withResolvers<void>()
    const slow = {
      ...saying('slow', []),
      run: () => held.promise.then(() => [{ kind: 'text', line: 'Done.' }] as const),
    }
    const bot = await discordBot(server, db, { commands: [slow] })
    const said = await discordPeople(server).slash('slow')
    await said.callback()

    const closing = bot[Symbol.asyncDispose]()
    held.resolve()
    await closing

    expect((await said.reply()).text).toBe('Done.')
  })
})
