import { describe, expect, test } from 'vitest'
import { silentLog } from '../../src/base/log.ts'
import type { TeamId } from '../../src/base/scope.ts'
import type { Block } from '../../src/chat/blocks.ts'
import { directMessageTo } from '../../src/chat/messenger.ts'
import type { DeliveryId } from '../../src/delivery/delivery.ts'
import { outbox } from '../../src/delivery/outbox.ts'
import { owe } from '../../src/delivery/owe.ts'
import { deliverySender } from '../../src/delivery/send-deliveries.ts'
import { handClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'
import { discordBot } from '../support/discord-bot.ts'
import { discordPeople } from '../support/discord-people.ts'
import { type DiscordServer, discordServer } from '../support/discord-server.ts'
import type { Trouble } from '../support/discord-trouble.ts'

/** What can happen to a request that posts something. */
const TROUBLES: readonly (Trouble | null)[] = [
  null,
  { drop: true },
  { afterApply: true, drop: true },
  { status: 502 },
  { afterApply: true, status: 504 },
  // Shared, since the client waits for its own limits in real time and this clock is moved by hand.
  { status: 429, retryAfter: 20, scope: 'shared' },
  { afterApply: true, status: 500 },
]
const POSTS = { method: 'POST', path: /\/(messages|threads)$/ }
const CHANNELS = 5
const DIGESTS = 80

/** Chance with a seed, so that a run that fails can be run again. @see Numerical Recipes, "quick and dirty" generators */
function chance(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Every seventh message needs three parts. */
function blocksOf(name: string, index: number): readonly Block[] {
  const items = Array.from(
    { length: index % 7 === 0 ? 110 : 1 },
    (_, n) => `${n}: the strait stays open to every ship that keeps to it.`,
  )
  return [
    { kind: 'heading', text: name },
    { kind: 'list', items: items.map((item) => `${name} ${item}`) },
  ]
}

async function everythingIn(server: DiscordServer): Promise<readonly string[]> {
  const people = discordPeople(server)
  const channels = await server.twin.prisma.channel.findMany()
  const texts = await Promise.all(channels.map(({ id }) => people.read(id)))
  return texts
    .flat()
    .flatMap(({ text }) => text.split('\n'))
    .filter((line) => line.startsWith('- '))
}

describe('digests owed to Discord', () => {
  test.each([1, 2])('are there once each, whatever Discord loses and whenever the bot dies (run %i)', async (seed) => {
    // A day behind, so that what the server writes now is never before what we look for.
    const clock = handClock(new Date(Date.now() - 86_400_000).toISOString())
    const farAhead = new Date(Date.now() + 86_400_000)
    const texts = Array.from({ length: CHANNELS }, (_, n) => ({ name: `news-${n}` }))
    const channels = [...texts, { name: 'forum', type: 15 }]
    await using server = await discordServer({
      guilds: [{ name: 'Newsroom', channels }],
      now: () => clock.now().getTime(),
    })
    await using db = await testDatabase()
    const random = chance(seed)
    const box = outbox(db)
    const places = [...channels.map(({ name }) => server.idOf(name)), directMessageTo(server.users.get('alice') ?? '')]
    const expected: string[] = []
    const oweOne = (index: number) =>
      db.transaction(async (tx) => {
        const blocks = blocksOf(`Digest ${index}`, index)
        const list = blocks[1]
        if (list?.kind === 'list') expected.push(...list.items.map((item) => `- ${item}`))
        const delivery = {
          id: `d${index}` as DeliveryId,
          team: ((index % 3) + 1) as TeamId,
          subscription: null,
          blocks,
        }
        const channel = places[index % places.length] ?? ''
        await owe(tx, { ...delivery, platform: 'discord', channel, kind: 'digest' }, clock.now())
      })
    let bot = await discordBot(server, db, { clock })
    const sender = () =>
      deliverySender('discord', {
        outbox: box,
        messengers: new Map([['discord' as const, bot.messenger]]),
        clock,
        log: silentLog,
      })
    let working = sender()

    for (let round = 0; round < 1_000; round += 1) {
      const isTroubled = round < DIGESTS
      if (isTroubled) await oweOne(round)
      const trouble = isTroubled ? TROUBLES[random(TROUBLES.length)] : null
      if (trouble != null) server.trouble({ ...POSTS, ...trouble })
      if (isTroubled && random(15) === 0) {
        await bot[Symbol.asyncDispose]()
        bot = await discordBot(server, db, { clock })
        working = sender()
      }
      await working.send()
      await working.settled()
      if (!isTroubled && (await box.open('discord', farAhead, 1)).length === 0) break
      clock.advance({ seconds: 5 + random(30) })
      // Now and then Discord is away for longer than it keeps a nonce.
      if (isTroubled && random(20) === 0) clock.advance({ minutes: 6 })
    }
    await bot[Symbol.asyncDispose]()

    const states = await db.reads.selectFrom('delivery').select(['id', 'state', 'code']).execute()
    expect(states.filter(({ state }) => state !== 'sent')).toEqual([])
    expect(expected.length).toBeGreaterThan(DIGESTS)
    expect([...(await everythingIn(server))].sort()).toEqual([...expected].sort())
    expect(server.calls.flatMap(({ faults }) => faults)).toEqual([])
  })
})
