import { describe, expect, test } from 'vitest'
import type { TeamId } from '../../src/base/scope.ts'
import { plainText } from '../../src/chat/blocks.ts'
import type { SpeakerId } from '../../src/speaker/speaker.ts'
import { handClock } from '../support/clock.ts'
import { choicesIn, commandHouse } from '../support/command-house.ts'
import { testDatabase } from '../support/database.ts'
import { discordBot } from '../support/discord-bot.ts'
import { discordPeople, type Interaction, MANAGE_GUILD, type SeenMessage } from '../support/discord-people.ts'
import { discordServer } from '../support/discord-server.ts'
import { NEWSROOM, slackHouse } from '../support/slack-house.ts'
import { type Asked, buttonsOf, labelOf, menusOf } from '../support/slack-people.ts'
import type { Json } from '../support/slack-server.ts'

const PETROV = { by: 'Petrov', speaker: 'ana-petrov', about: ['bridge'], form: 'direct' } as const

/** A message as somebody sees it. */
type Shown = {
  readonly text: string
  readonly isOwn: boolean
  readonly buttons: readonly string[]
  readonly entries: readonly string[]
}
type Person = 'owner' | 'member'
type Answer = { readonly shown: () => Promise<Shown & { readonly pick: Pick }> }
type Pick = (label: string, who?: Person) => Promise<Answer>

/** A channel in which a digest was posted, on one platform, over the real commands. */
type Desk = AsyncDisposable & {
  readonly rooms: Awaited<ReturnType<typeof commandHouse>>
  readonly clock: ReturnType<typeof handClock>
  readonly pick: Pick
  /** What everybody sees. */
  readonly channel: () => Promise<readonly string[]>
  readonly restart: () => Promise<void>
  /** How many messages were sent to people. */
  readonly answers: () => number
  readonly faults: () => readonly string[]
}

async function record() {
  const rooms = await commandHouse()
  await rooms.record('“The bridge must stay free of toll.”', { ...PETROV, on: '2026-10-01' })
  await rooms.record('“The bridge must not stay free of toll.”', PETROV)
  await rooms.record('“The boats may fish.”', { ...PETROV, by: 'Orlin', speaker: 'mihal-orlin', about: ['fish'] })
  rooms.clock.advance({ minutes: 5 })
  const digest = await rooms.ask('/digest preview since:30d')
  return { rooms, digest }
}

async function onSlack(): Promise<Desk> {
  const { rooms, digest } = await record()
  const clock = handClock(new Date().toISOString())
  const house = await slackHouse({ clock, commands: rooms.book })
  house.server.facts.set('alice', { is_admin: true })
  house.server.facts.set('bob', { is_admin: false })
  let people = house.people
  await house.door.messenger.post({
    team: NEWSROOM,
    channel: house.server.channels.news ?? '',
    blocks: digest,
    key: 'slot',
  })
  const posted = (await house.server.history('news')).find((message) => menusOf(message).length > 0) ?? {}
  let answers = 0
  const pickOn =
    (message: Json): Pick =>
    async (label, who = 'owner') => {
      const asked: Asked = await people.pick(message, label, { user: who === 'owner' ? 'alice' : 'bob' })
      return {
        shown: async () => {
          const [reply = {}] = await asked.answered()
          answers += 1
          return {
            text: reply.text ?? '',
            isOwn: reply.response_type === 'ephemeral' && reply.replace_original === false,
            buttons: buttonsOf(reply).map(labelOf),
            entries: menusOf(reply).flatMap(({ options }) => options.map(labelOf)),
            pick: pickOn(reply),
          }
        },
      }
    }
  return {
    rooms,
    clock,
    pick: pickOn(posted),
    channel: async () => (await house.server.history('news')).map(({ text }) => String(text)),
    restart: async () => {
      people = house.peopleAt((await house.restart()).port)
    },
    answers: () => answers,
    faults: () => house.server.refused,
    async [Symbol.asyncDispose]() {
      await house[Symbol.asyncDispose]()
      await rooms[Symbol.asyncDispose]()
    },
  }
}

async function onDiscord(): Promise<Desk> {
  const { rooms, digest } = await record()
  const clock = handClock(new Date().toISOString())
  const server = await discordServer({ now: () => clock.now().getTime() })
  const db = await testDatabase()
  let bot = await discordBot(server, db, { book: rooms.book, clock })
  const people = discordPeople(server)
  const team = await bot.teams.teamOf('discord', server.twin.guildId, 'Newsroom')
  await bot.messenger.post({ team, channel: server.idOf('news'), blocks: digest, key: 'slot' })
  const posted = (await people.read('news')).find(({ menus }) => menus.length > 0) as SeenMessage
  let answers = 0
  const pickOn =
    (message: SeenMessage): Pick =>
    async (label, who = 'owner') => {
      const where = who === 'owner' ? { user: 'alice', permissions: MANAGE_GUILD } : { user: 'bob' }
      const asked: Interaction = await people.pick(message, label, where)
      return {
        shown: async () => {
          const reply = await asked.reply()
          answers += 1
          return {
            text: reply.text,
            // An answer that took the place of the message would begin with an update of it.
            isOwn: reply.isEphemeral && (await asked.callback()).type === 5,
            buttons: reply.buttons.map((one) => one.label),
            entries: reply.menus.flatMap(({ options }) => options.map((one) => one.label)),
            pick: pickOn(reply),
          }
        },
      }
    }
  return {
    rooms,
    clock,
    pick: pickOn({ ...posted, id: '77' }),
    channel: async () => (await people.read('news')).map(({ text }) => text),
    restart: async () => {
      await bot[Symbol.asyncDispose]()
      bot = await discordBot(server, db, { book: rooms.book, clock })
    },
    answers: () => answers,
    faults: () => server.calls.flatMap(({ faults }) => faults),
    async [Symbol.asyncDispose]() {
      await bot[Symbol.asyncDispose]()
      await db[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
      await rooms[Symbol.asyncDispose]()
    },
  }
}

/** The digest of `record` calls her reversal so. */
const REVERSAL = 'Ana Petrov on Sund Bridge: reversed, 10 November 2026'

describe.each([
  ['Slack', onSlack],
  ['Discord', onDiscord],
])('the menu of a posted digest on %s', (_platform, open) => {
  test('brings whoever chooses an item its card, and with it what their role allows; the digest stays as it is', {
    timeout: 120_000,
  }, async () => {
    await using desk = await open()
    const before = await desk.channel()

    const card = await (await desk.pick(REVERSAL, 'member')).shown()
    const refused = await (await card.pick('Wrong speaker: not Ana Petrov', 'member')).shown()
    desk.clock.advance({ seconds: 5 })
    const menu = await (await card.pick('Wrong speaker: not Ana Petrov', 'owner')).shown()
    const confirmed = await (await card.pick('Confirm: it is “reversed”', 'owner')).shown()

    expect(card.isOwn).toBe(true)
    expect(card.text).toContain('“The bridge must not stay free of toll.”')
    expect(card.text).toMatch(/Reversed(?:\*\*)? on: The bridge stays free of toll/)
    expect(card.buttons.slice(0, 5)).toEqual(['Why?', 'Cite', 'Context', 'How it came about', 'Where they stand'])
    expect(card.entries).toEqual([
      'All they said: Ana Petrov',
      'Wrong speaker: not Ana Petrov',
      'Wrong topic: not about Sund Bridge',
      'Not a change: it is not “reversed”',
      'Confirm: it is “reversed”',
    ])
    expect(refused.text).toMatch(/Only an editor of this team may use \/(?:onrecord )?correct\./)
    expect(refused.text).toMatch(/editors names them/)
    expect(menu.text).toContain('Who said it?')
    expect(confirmed.text).toContain('Correction 1')
    expect([refused, menu, confirmed].map(({ isOwn }) => isOwn)).toEqual([true, true, true])
    expect(await desk.channel()).toEqual(before)
    expect(desk.faults()).toEqual([])
  })

  test('answers two people each for themselves, and a double click once; a year and a restart later it still does, and says of what was forgotten that it is gone', {
    timeout: 120_000,
  }, async () => {
    await using desk = await open()
    const fish = 'Mihal Orlin on Fishing rights, 10 November 2026'

    const [first, twice, other] = await Promise.all([
      desk.pick(REVERSAL, 'owner'),
      desk.pick(REVERSAL, 'owner'),
      desk.pick(fish, 'member'),
    ])
    const answered = await Promise.race([first.shown(), twice.shown()])
    const theirs = await other.shown()
    await desk.rooms.statements.forget({ speaker: 'mihal-orlin' as SpeakerId })
    desk.clock.advance({ days: 366 })
    await desk.restart()
    const late = await (await desk.pick(REVERSAL, 'member')).shown()
    const gone = await (await desk.pick(fish, 'member')).shown()

    expect(answered.text).toContain('must not stay free of toll')
    expect(theirs.text).toContain('The boats may fish.')
    expect([answered.isOwn, theirs.isOwn]).toEqual([true, true])
    expect(desk.answers()).toBe(4)
    expect(late.text).toContain('must not stay free of toll')
    expect(gone.text).toContain('it may have been taken off the record')
    expect(desk.faults()).toEqual([])
  })
})

describe('every list that people see has one menu, and each entry says what it is about', () => {
  test.each([
    '/said Petrov bridge',
    '/stance Petrov bridge',
    '/history Petrov bridge',
    '/compare "Ana Petrov","Mihal Orlin" bridge',
    '/digest preview since:30d',
  ])('%s', async (line) => {
    await using house = await commandHouse()
    await house.record('“The bridge must stay free of toll.”', { ...PETROV, on: '2026-10-01' })
    await house.record('“The bridge must not stay free of toll.”', PETROV)
    await house.record('“The bridge must stay free of toll.”', { ...PETROV, by: 'Orlin', speaker: 'mihal-orlin' })
    house.clock.advance({ minutes: 5 })

    const blocks = await house.ask(line)
    const cards = [
      ...choicesIn(blocks),
      ...blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : [])),
    ].filter(({ command }) => command.startsWith('/card '))

    expect(blocks.filter(({ kind }) => kind === 'menu').length).toBeLessThanOrEqual(1)
    expect(cards.length).toBeGreaterThan(0)
    expect(choicesIn(blocks).filter(({ label }) => !/Petrov|Orlin|bridge/i.test(label))).toEqual([])
    for (const { command } of cards)
      expect(plainText(await house.ask(command, { team: 1 as TeamId }))).toMatch(/stay free of toll/)
  })
})
