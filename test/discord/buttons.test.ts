import { describe, expect, test } from 'vitest'
import { testDatabase } from '../support/database.ts'
import { discordBot, saying, testCommands } from '../support/discord-bot.ts'
import { discordPeople, MANAGE_GUILD } from '../support/discord-people.ts'
import { discordServer } from '../support/discord-server.ts'

describe('a button on Discord', () => {
  test('turns the page of an answer after the bot was started anew', async () => {
    await using server = await discordServer()
    await using db = await testDatabase()
    const people = discordPeople(server)
    const before = await discordBot(server, db)
    const reply = await (await people.slash('said', { speaker: 'Torvik' })).reply()
    await before[Symbol.asyncDispose]()
    await using bot = await discordBot(server, db)

    const older = await people.press(reply, 'Older')

    expect(await older.callback()).toMatchObject({ type: 6, status: 204 })
    const page = await older.reply()
    expect(page).toMatchObject({ id: reply.id, isEphemeral: true })
    expect(bot.asked.at(-1)?.options).toEqual({
      speaker: 'Ilana Torvik',
      topic: 'Fishing rights in the Northern Strait of Verenia',
      since: '2026-01',
      before: '1044',
    })
    expect(server.calls.flatMap((call) => call.faults)).toEqual([])
  })

  test('of another command answers below and leaves the message as it was', async () => {
    await using server = await discordServer()
    await using db = await testDatabase()
    await using _bot = await discordBot(server, db)
    const people = discordPeople(server)
    const reply = await (await people.slash('said', { speaker: 'Torvik' })).reply()

    const stance = await people.press(reply, 'Stance')

    expect(await stance.callback()).toMatchObject({ type: 5, data: { flags: 64 } })
    expect((await stance.reply()).text).toBe('Torvik opposes the sale.')
  })

  test('runs the command with the rights of whoever presses it', async () => {
    await using server = await discordServer()
    await using db = await testDatabase()
    const commands = [
      ...testCommands([]),
      saying('offer', [{ kind: 'buttons', buttons: [{ label: 'Feeds', command: '/feeds' }] }]),
    ]
    await using _bot = await discordBot(server, db, { commands })
    const people = discordPeople(server)
    const owner = { user: 'alice', permissions: MANAGE_GUILD }
    const offer = await (await people.slash('offer', {}, owner)).reply()

    const refused = await (await people.press(offer, 'Feeds', { user: 'bob' })).reply()
    const granted = await (await people.press(offer, 'Feeds', owner)).reply()

    expect(refused.text).toContain('Only an owner of this team may use /feeds.')
    expect(granted.text).toBe('One feed: the Verenia Courier.')
  })

  test('pressed twice at once is answered both times and run once', async () => {
    await using server = await discordServer()
    await using db = await testDatabase()
    await using bot = await discordBot(server, db)
    const people = discordPeople(server)
    const reply = await (await people.slash('said', { speaker: 'Torvik' })).reply()

    const [first, second] = [await people.press(reply, 'Stance'), await people.press(reply, 'Stance')]

    expect((await first.reply()).text).toBe('Torvik opposes the sale.')
    expect(await second.callback()).toMatchObject({ type: 6, status: 204 })
    expect(bot.asked.filter(({ name }) => name === 'stance')).toHaveLength(1)
  })

  test('on a public message answers each of two people for themselves', async () => {
    await using server = await discordServer()
    await using db = await testDatabase()
    await using bot = await discordBot(server, db)
    const people = discordPeople(server)
    const key = 'slot-1'
    const buttons = [{ label: 'Stance', command: '/stance speaker:Torvik' }]
    const channel = server.idOf('news')
    await bot.messenger.post({
      team: 1,
      channel,
      key,
      blocks: [
        { kind: 'text', line: 'New.' },
        { kind: 'buttons', buttons },
      ],
    })
    const [posted] = await people.read('news')
    const id = String((await server.call(({ path }) => path.endsWith('/messages'))).result?.['id' as never])
    const message = { ...posted, id } as NonNullable<typeof posted>

    const alice = await people.press(message, 'Stance', { user: 'alice' })
    const bob = await people.press(message, 'Stance', { user: 'bob' })

    expect(await alice.reply()).toMatchObject({ isEphemeral: true, text: 'Torvik opposes the sale.' })
    expect(await bob.reply()).toMatchObject({ isEphemeral: true, text: 'Torvik opposes the sale.' })
    expect((await people.read('news')).map(({ text }) => text)).toEqual(['New.'])
  })

  test('that is not ours any more says what to do instead', async () => {
    await using server = await discordServer()
    await using db = await testDatabase()
    await using _bot = await discordBot(server, db)
    const people = discordPeople(server)
    const reply = await (await people.slash('stance', { speaker: 'Torvik' })).reply()

    for (const id of ['k:forgottenforgotten00', 'page-2', 'c1x']) {
      const stale = await people.press({ ...reply, buttons: [{ label: 'Old', id }] }, 'Old')
      expect((await stale.reply()).text).toBe('This button no longer works. Send the command again, or see /help.')
    }
  })
})

describe('typing an option on Discord', () => {
  test('offers what the command suggests, at once', async () => {
    await using server = await discordServer()
    await using db = await testDatabase()
    await using _bot = await discordBot(server, db)
    const people = discordPeople(server)

    expect(await people.type('said', 'speaker', 'il')).toEqual([
      { name: 'Ilana Torvik — minister', value: 'Ilana Torvik' },
    ])
    expect(await people.type('said', 'since', 'il')).toEqual([])
    expect(await people.type('said', 'nothing', '@everyone')).toEqual([])
  })

  test('completes the last of several values and keeps those before it', async () => {
    await using server = await discordServer()
    await using db = await testDatabase()
    await using _bot = await discordBot(server, db)

    const choices = await discordPeople(server).type('said', 'speaker', 'Ilana Torvik, ked')

    expect(choices.map(({ value }) => value)).toEqual(['Ilana Torvik,"Kedir, Junior"'])
  })

  test('gets an empty list in time when the suggestions take too long', async () => {
    await using server = await discordServer()
    await using db = await testDatabase()
    const [said, ...others] = testCommands([])
    const slow = {
      ...said,
      options: { speaker: { kind: 'speaker', description: 'Who', suggest: () => new Promise(() => undefined) } },
    }
    // biome-ignore lint/suspicious/noExplicitAny: only the option under test matters
    await using _bot = await discordBot(server, db, { commands: [slow as any, ...others] })

    expect(await discordPeople(server).type('said', 'speaker', 'il')).toEqual([])
  })

  test('never offers what Discord would refuse', async () => {
    await using server = await discordServer()
    await using db = await testDatabase()
    const [said, ...others] = testCommands([])
    const names = [
      'x'.repeat(400),
      '   ',
      '.',
      '@everyone',
      'Angela\nExample',
      ...Array.from({ length: 40 }, (_, n) => `Name ${n}`),
    ]
    const hostile = {
      ...said,
      options: {
        speaker: {
          kind: 'speaker',
          description: 'Who',
          suggest: async () => names.map((name) => ({ label: name, value: name.slice(0, 150) })),
        },
      },
    }
    // biome-ignore lint/suspicious/noExplicitAny: only the option under test matters
    await using _bot = await discordBot(server, db, { commands: [hostile as any, ...others] })

    const choices = await discordPeople(server).type('said', 'speaker', '')

    expect(choices.length).toBeGreaterThan(10)
    expect(server.calls.flatMap((call) => call.faults)).toEqual([])
  })
})
