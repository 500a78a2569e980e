import { describe, expect, test } from 'vitest'
import { commandHouse } from '../support/command-house.ts'
import { testDatabase } from '../support/database.ts'
import { discordBot } from '../support/discord-bot.ts'
import { discordPeople, MANAGE_GUILD } from '../support/discord-people.ts'
import { discordServer } from '../support/discord-server.ts'

const OWNER = { permissions: MANAGE_GUILD }

/** Every command on a Discord; whatever Discord refuses fails the test at its end. */
async function opened(way: 'gateway' | 'http' = 'gateway') {
  const server = await discordServer()
  const db = await testDatabase()
  const desk = await commandHouse()
  const start = () => discordBot(server, db, { book: desk.book, config: way === 'http' ? { interactionsPort: 0 } : {} })
  let bot = await start()
  const where = () => (way === 'http' ? { ...OWNER, endpoint: `http://127.0.0.1:${bot.port}/` } : OWNER)
  return {
    server,
    desk,
    people: discordPeople(server),
    where,
    restart: async () => {
      await bot[Symbol.asyncDispose]()
      bot = await start()
    },
    team: () => bot.teams.teamOf('discord', server.twin.guildId, 'Newsroom'),
    [Symbol.asyncDispose]: async () => {
      await bot[Symbol.asyncDispose]()
      await desk[Symbol.asyncDispose]()
      await db[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
      expect(server.calls.flatMap(({ faults }) => faults)).toEqual([])
    },
  }
}

type Shown = { readonly label: string; readonly component: { readonly custom_id: string; readonly type: number } }

const shownIn = (data: unknown) => (data as { readonly components: readonly Shown[] }).components

describe.each(['gateway', 'http'] as const)('a form on Discord, by the %s', (way) => {
  test('opens where too little was given, and is answered like the command after a restart', async () => {
    await using house = await opened(way)
    const asking = await house.people.slash('topics', { action: 'add' }, house.where())
    const { type, data } = await asking.callback()
    await house.restart()
    const sent = await house.people.fill(asking, { label: 'Ferry lines', keywords: 'ferry, ferries' }, house.where())

    expect(type).toBe(9)
    expect(data?.title).toBe('Add a topic')
    expect(shownIn(data).map(({ component }) => component.custom_id)).toEqual([
      'label',
      'keywords',
      'parent',
      'aliases',
      'excludes',
    ])
    expect((await sent.callback()).type).toBe(5)
    expect((await sent.reply()).text).toContain('Ferry lines')
  })
})

describe('a form on Discord', () => {
  test('opens from a button, filled with what the button says', async () => {
    await using house = await opened()
    const reply = await (await house.people.slash('topics', { topic: 'Sund Bridge' }, OWNER)).reply()
    const { type, data } = await (await house.people.press(reply, 'Change …', OWNER)).callback()

    expect(type).toBe(9)
    expect(shownIn(data)[0]).toMatchObject({ label: 'Topic', component: { type: 4, value: 'Sund Bridge' } })
    expect(JSON.stringify(data)).toContain('bridge,toll')
  })

  test('takes the reason of a correction', async () => {
    await using house = await opened()
    const [id] = await house.desk.record('Talvia will open the bridge to lorries.', {
      by: 'Ana Petrov',
      speaker: 'ana-petrov',
      about: ['bridge'],
    })
    const menu = await (
      await house.people.slash('correct', { action: 'wrong-speaker', statement: Number(id) }, OWNER)
    ).reply()
    const form = await house.people.press(menu, 'Somebody else …', OWNER)
    const sent = await house.people.fill(form, { speaker: 'Mihal Orlin', why: 'he was quoted' }, OWNER)
    await sent.reply()
    const [kept] = await house.desk.desk.list(await house.team(), { limit: 1 })

    expect(kept).toMatchObject({ why: 'he was quoted', what: { kind: 'wrong speaker', speaker: 'mihal-orlin' } })
  })

  test('says what was wrong, and opens again with all that was filled in', async () => {
    await using house = await opened()
    const asking = await house.people.slash('stance', {}, OWNER)
    const topic = 'Fishing rights'
    const wrong = await (await house.people.fill(asking, { speaker: 'Orlin', topic }, OWNER)).reply()
    const again = await house.people.press(wrong, 'Fill in a form', OWNER)
    const right = await (await house.people.fill(again, {}, OWNER)).reply()

    expect(wrong.text).toContain('Several are called "Orlin"')
    expect(right.text).toContain('Mihal Orlin on Fishing rights')
  })

  test('lists the subscriptions that can be ended', async () => {
    await using house = await opened()
    await (await house.people.slash('subscribe', { topic: 'Neria', tz: 'Europe/Oslo' }, OWNER)).reply()
    const asking = await house.people.slash('unsubscribe', {}, OWNER)
    const { data } = await asking.callback()
    const ended = await (await house.people.fill(asking, { number: ['1'] }, OWNER)).reply()

    expect(shownIn(data)[0]).toMatchObject({
      component: { type: 3, options: [{ label: expect.stringMatching(/^1: Neria/) }] },
    })
    expect(ended.text).toContain('Ended subscription 1')
  })

  test('is not shown to whoever may not send it, and refused to who may no longer', async () => {
    await using house = await opened()
    const member = await (await house.people.slash('feeds', { action: 'add' })).reply()
    const asking = await house.people.slash('feeds', { action: 'add' }, OWNER)
    const late = await (await house.people.fill(asking, { address: 'https://talvia.example/rss' })).reply()

    expect(member.text).toContain('Only an owner')
    expect(late.text).toContain('Only an owner')
  })

  test('takes hostile words as words', async () => {
    await using house = await opened()
    const asking = await house.people.slash('propositions', { action: 'add' }, OWNER)
    const sentence = '@everyone [free](https://evil.example) "topic:Neria" </said:1> leaves \u202eTalvia'
    const sent = await house.people.fill(asking, { topic: 'Neria', sentence }, OWNER)
    const reply = await sent.reply()

    expect(reply.text).not.toMatch(/\]\(https:\/\/evil/)
    expect(reply.text).not.toContain('\u202e')
  })

  test('of somebody else’s app, or of an older version, is answered with what to do', async () => {
    await using house = await opened()
    const asking = await house.people.slash('stance', {}, OWNER)
    const { data } = await asking.callback()
    const strange = {
      ...asking,
      callback: async () => ({ type: 9, status: 204, data: { ...data, custom_id: 'n:gone' } }),
    }
    const reply = await (await house.people.fill(strange, { speaker: 'Petrov', topic: 'Neria' }, OWNER)).reply()

    expect(reply.text).toContain('That form no longer works')
  })
})
