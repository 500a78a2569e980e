import { describe, expect, test } from 'vitest'
import { keyOf } from '../../src/base/id.ts'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import { plainText } from '../../src/chat/blocks.ts'
import type { Delivery, DeliveryId } from '../../src/delivery/delivery.ts'
import { endPlace } from '../../src/delivery/end-place.ts'
import { queueAlerts } from '../../src/delivery/queue-alerts.ts'
import { commandHouse, commandsIn } from '../support/command-house.ts'

const TEAM = 1 as TeamId
const GONE = { kind: 'refused', code: 'is_archived', why: 'gone', explanation: 'That channel is archived.' } as const

type Commands = Awaited<ReturnType<typeof commandHouse>>

async function only(house: Commands) {
  const [one] = await house.subscriptions.listAll(TEAM)
  if (one === undefined) throw new Error('no subscription')
  return one
}

const message = async (house: Commands, id: string) => {
  const { id: subscription, team, platform, channel } = await only(house)
  const blocks = [{ kind: 'heading', text: `Brief ${id}` }] as const
  const key = keyOf(id) as DeliveryId
  return { id: key, team, platform, channel, subscription, kind: 'alert', blocks } as const
}

const owed = async (house: Commands, id: string) => {
  const blocks = [{ kind: 'heading', text: `Brief ${id}` }] as const
  const said = {
    speaker: 'ana-petrov',
    topics: ['bridge'],
    propositions: [],
    labels: ['new'],
    outlets: [],
    blocks,
  } as const
  await queueAlerts({ id: keyOf(id), team: TEAM, isOld: false, readFor: async () => [said] }, house)
}

/** The channel of the only subscription refuses us for good; what its maker is told. */
async function refused(house: Commands) {
  const one = { ...(await message(house, 'refused')) } as unknown as Delivery
  await house.db.transaction((tx) => endPlace(tx, one, GONE, house.clock.now()))
  const told = await house.outbox.recent(TEAM, 10)
  return told.find(({ channel }) => channel.startsWith('@'))?.blocks ?? []
}

describe('the undo of /unsubscribe', () => {
  test('revives the very subscription in its own channel, wherever the button is pressed', async () => {
    await using house = await commandHouse()
    await house.ask('/subscribe topic:bridge at:09:00 tz:Africa/Tripoli', { channel: 'C-desk' })
    const before = await only(house)

    const [undo = ''] = commandsIn(await house.ask('/unsubscribe 1', { channel: 'D-home', isDirectMessage: true }))
    const gone = await house.read('/subscriptions', { channel: 'C-desk' })
    const answer = await house.read(undo, { channel: 'D-home', isDirectMessage: true })

    expect(gone).toContain('subscribed to nothing')
    expect(answer).toContain('Subscription 1 goes on as it was, in its own channel: Sund Bridge, digest at 09:00')
    expect(answer).toMatch(/Next: Sat 2026-11-21 09:00/)
    expect(await only(house)).toEqual(before)
    expect(await house.read('/subscriptions', { channel: 'D-home' })).toContain('subscribed to nothing')
  })

  test('loses nothing of a filter that no command can type', async () => {
    await using house = await commandHouse()
    const filter = { speakers: [], topics: ['bridge'], labels: ['reversed'], outlets: ['The Daily Ledger'] } as const
    const wish = { team: TEAM, platform: 'terminal', channel: 'C1', createdBy: 'U1', filter } as const
    await house.subscriptions.add({ ...wish, kind: 'alerts', withOld: true, gatherMinutes: 60 }, house.clock.now())
    const before = await only(house)

    const [undo = ''] = commandsIn(await house.ask('/unsubscribe 1'))
    await house.ask(undo)

    expect(await only(house)).toEqual(before)
  })

  test('gives back the alerts that were waiting, but none that is no news any more', async () => {
    await using house = await commandHouse()
    await house.ask('/subscribe topic:bridge kind:alerts')
    await owed(house, 'early')
    const states = async () => Object.fromEntries(await house.outbox.counts())

    await house.ask('/unsubscribe 1')
    expect(await states()).toEqual({ refused: 1 })
    await house.ask('/unsubscribe undo:1')
    expect(await states()).toEqual({ held: 1 })

    await house.ask('/unsubscribe 1')
    house.clock.advance({ hours: 2 })
    await house.ask('/unsubscribe undo:1')
    expect(await states()).toEqual({ refused: 1 })
  })

  test('pressed twice it says that it goes on; it is for whoever made it, and owners', async () => {
    await using house = await commandHouse()
    const bo = { member: { id: 'U7', name: 'Bo' }, role: 'member' } as const
    await house.ask('/subscribe topic:bridge', bo)
    await house.ask('/unsubscribe 1', bo)

    const other = await house.read('/unsubscribe undo:1', { member: { id: 'U8', name: 'Cy' }, role: 'member' })
    const stranger = await house.read('/unsubscribe undo:1', { team: 2 as TeamId })
    const own = await house.read('/unsubscribe undo:1', bo)

    expect(other).toContain('Only an owner')
    expect(stranger).toContain('There is no subscription 1.')
    expect(own).toContain('goes on as it was')
    expect(await house.read('/unsubscribe undo:1', bo)).toContain('was not ended: it goes on')
  })

  test('of one that had stopped before mends nothing, and says so', async () => {
    await using house = await commandHouse()
    await house.ask('/subscribe topic:bridge')
    await refused(house)
    await house.ask('/unsubscribe 1')

    expect(await house.read('/unsubscribe undo:1')).toContain('It has stopped: That channel is archived.')
    expect(await only(house)).toMatchObject({ state: 'stopped' })
  })

  test('a subscription that is made again after it was ended begins anew under its number', async () => {
    await using house = await commandHouse()
    await house.ask('/subscribe topic:bridge')
    await house.ask('/unsubscribe 1')
    house.clock.advance({ days: 3 })

    await house.ask('/subscribe topic:bridge')

    expect(await only(house)).toMatchObject({ number: 1, state: 'active', createdAt: house.clock.now() })
  })
})

describe('“Check again” under what has stopped', () => {
  test('makes it go on and tries the channel with a line, also from a private message outside the team', async () => {
    await using house = await commandHouse()
    await house.ask('/subscribe topic:bridge at:09:00')
    const [again = ''] = commandsIn(await refused(house))
    house.clock.advance({ minutes: 5 })

    const answer = await house.read(again, { team: PUBLIC, channel: 'D1', isDirectMessage: true })
    const twice = await house.read(again, { team: PUBLIC, channel: 'D1', isDirectMessage: true })

    expect(answer).toContain('Subscription 1 goes on, and I am writing a line to its channel now')
    expect(answer).toContain('If the channel refuses it again, you are told in private')
    expect(twice).toMatch(/^Subscription 1 goes on/)
    expect(await only(house)).toMatchObject({ state: 'active', explanation: null, endedAt: null })
    const lines = (await house.outbox.recent(TEAM, 10)).filter(
      ({ channel, state }) => channel === 'C1' && state === 'due',
    )
    expect(lines.map(({ blocks }) => plainText(blocks))).toEqual([
      expect.stringMatching(/^Subscription 1 goes on here: Sund Bridge: digest at 09:00[^\n]+\nNext: /),
    ])
  })

  test('stands under /subscriptions too, and is nobody else’s to press', async () => {
    await using house = await commandHouse()
    await house.ask('/subscribe topic:bridge')
    const [again = ''] = commandsIn(await refused(house))

    expect(commandsIn(await house.ask('/subscriptions'))).toEqual(['/subscriptions again:1'])
    const stranger = { member: { id: 'U9', name: 'Di' }, role: 'member' } as const
    expect(await house.read('/subscriptions again:1', stranger)).toContain('Only an owner')
    for (const line of [again, '/subscriptions again:1'])
      expect(await house.read(line, { team: 2 as TeamId })).toContain('There is no subscription')
    expect(await house.read(again, { ...stranger, team: PUBLIC })).toContain('There is no subscription')
  })

  test('of one that was ended meanwhile offers to take that back', async () => {
    await using house = await commandHouse()
    await house.ask('/subscribe topic:bridge')
    await house.ask('/unsubscribe 1')

    const [back = ''] = commandsIn(await house.ask('/subscriptions again:1'))

    expect(await house.read(back)).toContain('goes on as it was')
  })
})

test('what was ended is kept for a while, and then let go of', async () => {
  await using house = await commandHouse()
  await house.ask('/subscribe topic:bridge')
  await house.ask('/subscribe topic:fish')
  await house.ask('/unsubscribe 1')
  house.clock.advance({ days: 1 })

  await house.subscriptions.dropEndedBefore(house.clock.now())

  expect((await house.subscriptions.listAll(TEAM)).map(({ number }) => number)).toEqual([2])
})
