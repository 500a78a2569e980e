import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PUBLIC } from '../../src/base/scope.ts'
import { NotUnderstoodError } from '../../src/chat/not-understood-error.ts'
import { testDatabase } from '../support/database.ts'
import { discordBot, saying, testCommands } from '../support/discord-bot.ts'
import { discordPeople, MANAGE_GUILD } from '../support/discord-people.ts'
import { type DiscordServer, discordServer } from '../support/discord-server.ts'

/** No message of these tests was refused by Discord, and none could mention anybody. */
function faultsOf(server: DiscordServer): readonly string[] {
  return server.calls.flatMap((call) => call.faults)
}

async function opened() {
  const server = await discordServer()
  const db = await testDatabase()
  const bot = await discordBot(server, db)
  return {
    server,
    bot,
    people: discordPeople(server),
    [Symbol.asyncDispose]: async () => {
      await bot[Symbol.asyncDispose]()
      await db[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

describe('a command on Discord', () => {
  let house: Awaited<ReturnType<typeof opened>>
  beforeAll(async () => {
    house = await opened()
  })
  afterAll(async () => {
    expect(faultsOf(house.server)).toEqual([])
    await house[Symbol.asyncDispose]()
  })

  test('is deferred at once and answered for the asker alone, with its typed options', async () => {
    const said = await house.people.slash('said', { speaker: 'Torvik', limit: 5, since: '7d' })

    expect(await said.callback()).toMatchObject({ type: 5, data: { flags: 64 }, status: 204 })
    const reply = await said.reply()
    expect(reply.isEphemeral).toBe(true)
    expect(reply.text).toContain('### Torvik on the strait\n> “We will not sell our waters.”')
    expect(reply.text).toContain('[Verenia Courier](<https://courier.example.com/strait>) (courier.example.com)')
    const asked = house.bot.asked.at(-1)
    expect(asked?.options).toEqual({ speaker: 'Torvik', limit: '5', since: '7d' })
    expect(asked?.request).toMatchObject({ platform: 'discord', role: 'member', isDirectMessage: false })
    expect(asked?.request.channel).toBe(house.server.idOf('news'))
  })

  test('asks for the team of its server, the same at every time', async () => {
    await (await house.people.slash('stance', { speaker: 'Torvik' })).reply()

    const team = await house.bot.teams.teamOf('discord', house.server.twin.guildId, 'Newsroom')
    expect(house.bot.asked.at(-1)?.request.team).toBe(team)
    expect((await house.bot.teams.list()).map(({ name }) => name)).toEqual(['Newsroom'])
  })

  test('sees only what is public in a direct message', async () => {
    const reply = await (await house.people.slash('stance', { speaker: 'Torvik' }, { channel: null })).reply()

    expect(reply.text).toBe('Torvik opposes the sale.')
    expect(house.bot.asked.at(-1)?.request).toMatchObject({ team: PUBLIC, isDirectMessage: true, role: 'member' })
  })

  test('sees only what is public on a server that has not let the bot in, whatever the member may do there', async () => {
    const where = { isUserInstall: true, permissions: MANAGE_GUILD }
    await (await house.people.slash('stance', { speaker: 'Torvik' }, where)).reply()

    expect(house.bot.asked.at(-1)?.request).toMatchObject({ team: PUBLIC, role: 'member' })
  })

  test('of owners is refused to others, though Discord showed it to them', async () => {
    const reply = await (await house.people.slash('feeds', { action: 'list' })).reply()

    expect(reply.text).toBe('Only an owner of this team may use /feeds. Ask one of them to send the command.')
  })

  test('of owners is run for those who may manage the server', async () => {
    const where = { permissions: MANAGE_GUILD }
    const to = house.server.idOf('desk')
    const reply = await (await house.people.slash('feeds', { action: 'list', to }, where)).reply()

    expect(reply.text).toBe('One feed: the Verenia Courier.')
    expect(house.bot.asked.at(-1)?.options).toEqual({ action: 'list', to })
  })

  test('that names a channel the asker cannot see does nothing there', async () => {
    const desk = house.server.idOf('desk')
    const where = { permissions: MANAGE_GUILD, blindTo: [desk] }
    const before = house.bot.asked.length

    const reply = await (await house.people.slash('feeds', { action: 'list', to: desk }, where)).reply()
    const elsewhere = [{ name: 'to', type: 7, value: '123456789012345678' }]
    const foreign = await (
      await house.people.slashRaw('feeds', elsewhere, { ...where, blindTo: ['123456789012345678'] })
    ).reply()

    expect(reply.text).toContain('You cannot see that channel')
    expect(foreign.text).toContain('You cannot see that channel')
    expect(house.bot.asked).toHaveLength(before)
  })

  test('whose answer is for everybody is posted for everybody', async () => {
    const digest = await house.people.slash('digest')

    expect((await digest.reply()).isEphemeral).toBe(true)
    await house.server.call(
      ({ method, path, status }) => method === 'POST' && path.endsWith(`token-${digest.id}`) && status === 200,
    )
    expect(digest.followUps()).toMatchObject([{ text: '### Since yesterday', isEphemeral: false }])
  })

  test('with an option from an older registration is answered all the same', async () => {
    const options = [
      { name: 'speaker', type: 3, value: 'Torvik' },
      { name: 'colour', type: 3, value: 'blue' },
    ]
    const reply = await (await house.people.slashRaw('said', options)).reply()

    expect(reply.text).toContain('Torvik on the strait')
  })

  test('from the menu of a message looks its quotation up', async () => {
    const content = 'Kedir again: **“We will not sell our waters”**, <@1> https://courier.example.com'
    const reply = await (await house.people.choose('Who said this?', content)).reply()

    expect(reply.isEphemeral).toBe(true)
    expect(house.bot.asked.at(-1)).toMatchObject({ name: 'said', options: { text: 'We will not sell our waters' } })
  })

  test('from the menu of a message without words says so', async () => {
    const reply = await (await house.people.choose('Who said this?', '🎉')).reply()

    expect(reply.text).toBe('That message holds no words that I could look for.')
  })

  test('that is no longer there is answered with those that are', async () => {
    const reply = await (await house.people.slashRaw('stence', [])).reply()

    expect(reply.text).toContain('There is no command "stence".')
    expect(reply.buttons.map(({ label }) => label)).toEqual(['/stance'])
  })
})

describe('an answer on Discord', () => {
  test('that Discord did not wait for comes by direct message', async () => {
    await using house = await opened()

    const said = await house.people.slash('stance', { speaker: 'Torvik' }, { agoMs: 4_000 })

    expect(await said.callback()).toMatchObject({ status: 404 })
    const posted = await house.server.call(
      ({ path, status }) => /^\/channels\/9\d+\/messages$/.test(path) && status === 200,
    )
    expect(JSON.stringify(posted.body)).toContain('Torvik opposes the sale.')
    expect(JSON.stringify(posted.body)).toContain('Discord did not wait for this answer')
    expect(faultsOf(house.server)).toEqual([])
  })

  test('whose interaction ran out meanwhile comes by direct message', async () => {
    await using house = await opened()
    house.server.trouble({ method: 'PATCH', path: /@original$/, status: 401, code: 50027 })

    await house.people.slash('stance', { speaker: 'Torvik' })

    const posted = await house.server.call(
      ({ path, status }) => /^\/channels\/9\d+\/messages$/.test(path) && status === 200,
    )
    expect(JSON.stringify(posted.body)).toContain('Torvik opposes the sale.')
    // The bot's own token is as good as before.
    const again = await house.people.slash('stance', { speaker: 'Torvik' })
    expect((await again.reply()).text).toBe('Torvik opposes the sale.')
  })

  test('that cannot come in any way is given up quietly, and the next one comes', async () => {
    await using house = await opened()
    await house.server.closeDirectMessages('alice')

    await house.people.slash('stance', { speaker: 'Torvik' }, { agoMs: 4_000 })

    await house.server.call(({ path, status }) => /^\/channels\/9\d+\/messages$/.test(path) && status === 403)
    const again = await house.people.slash('stance', { speaker: 'Torvik' })
    expect((await again.reply()).text).toBe('Torvik opposes the sale.')
  })

  test('comes once though Discord lost the bot’s requests or answers', async () => {
    await using house = await opened()
    house.server.trouble({ method: 'POST', path: /callback$/, afterApply: true, drop: true })
    house.server.trouble({ method: 'PATCH', path: /@original$/, afterApply: true, status: 502 })

    const said = await house.people.slash('stance', { speaker: 'Torvik' })

    expect((await said.reply()).text).toBe('Torvik opposes the sale.')
    expect(said.followUps()).toEqual([])
    expect(house.bot.asked).toHaveLength(1)
  })

  test('is not given twice to an interaction that another process has answered', async () => {
    await using house = await opened()
    house.server.trouble({ method: 'POST', path: /callback$/, status: 400, code: 40060 })

    const said = await house.people.slash('stance', { speaker: 'Torvik' })
    await said.callback()
    await (await house.people.slash('stance', { speaker: 'Kedir' })).reply()

    expect(house.bot.asked.map(({ options }) => options)).toEqual([{ speaker: 'Kedir' }])
  })

  test('too long for one message goes on in the next, and says so where it ends', async () => {
    await using server = await discordServer()
    await using db = await testDatabase()
    const lines = Array.from(
      { length: 400 },
      (_, n) => `Statement ${n}: the strait stays open to every ship that keeps to the treaty.`,
    )
    const commands = [
      saying('long', [
        { kind: 'heading', text: 'All of it' },
        { kind: 'list', items: lines },
      ]),
    ]
    await using _bot = await discordBot(server, db, { commands })

    const long = await discordPeople(server).slash('long')
    await long.reply()
    await server.call(() => long.followUps().length === 4)

    const shown = [await long.reply(), ...long.followUps()]
    expect(shown.every(({ isEphemeral }) => isEphemeral)).toBe(true)
    expect(shown[0]?.text).toContain('Statement 0:')
    expect(shown.at(-1)?.text).toContain('There is more than fits here.')
    expect(faultsOf(server)).toEqual([])
  })

  test('to what was not understood offers the corrected command as a button that works', async () => {
    await using server = await discordServer()
    await using db = await testDatabase()
    const [said, ...others] = testCommands([])
    const misread = {
      option: 'speaker',
      typed: 'Torvk',
      explanation: 'I know no speaker "Torvk".',
      suggestions: ['Torvik'],
    }
    const picky = {
      ...said,
      run: async (options: { speaker?: string }) => {
        if (options.speaker === 'Torvk') throw new NotUnderstoodError(misread)
        return [{ kind: 'text', line: 'Found.' }]
      },
    }
    // biome-ignore lint/suspicious/noExplicitAny: only the command under test matters
    await using _bot = await discordBot(server, db, { commands: [picky as any, ...others] })
    const people = discordPeople(server)

    const reply = await (await people.slash('said', { speaker: 'Torvk' })).reply()

    expect(reply.text).toContain('I know no speaker "Torvk".')
    const turned = await people.press(reply, '/said speaker:Torvik')
    expect(await turned.callback()).toMatchObject({ type: 6 })
    expect((await turned.reply()).text).toBe('Found.')
  })
})

const corpus = new URL('../../../shared/data/hostile/commands.jsonl', import.meta.url)

describe.skipIf(!existsSync(corpus))('the hostile commands (skipped where ../shared is absent)', () => {
  type Case = { readonly id: string; readonly args: Readonly<Record<string, string>> }
  const cases = existsSync(corpus)
    ? readFileSync(corpus, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Case)
    : []

  test('get one answer each, for the asker alone, and mention nobody', async () => {
    await using house = await opened()

    for (const [index, { id, args }] of cases.entries()) {
      const value = Object.values(args).join(' ').slice(0, 6_000)
      const options = [{ name: 'speaker', type: 3, value }]
      // Each from somebody else: nobody may send so many at once.
      const asked = await house.people.slashRaw('stance', options, { user: `1000${index}` })

      const reply = await asked.reply()

      expect(reply.isEphemeral, id).toBe(true)
      expect(reply.text, id).toContain('opposes the sale.')
      expect(reply.text, id).not.toMatch(/(?<!\\)<(@|#|\/|id:|t:|a?:)/)
    }
    expect(faultsOf(house.server)).toEqual([])
  })
})
