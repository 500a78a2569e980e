import { describe, expect, test } from 'vitest'
import { type Schedule, weekdays } from '../../src/delivery/subscription.ts'
import { databaseKinds } from '../support/database.ts'
import { type SimulatedNewsroom, simulatedNewsroom } from './simulated-newsroom.ts'

const AT_NINE: Schedule = { times: ['09:00'], days: [...weekdays], zone: 'UTC' }
const HOURLY: Schedule = {
  times: Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`),
  days: [...weekdays],
  zone: 'UTC',
}

async function nine(room: SimulatedNewsroom, day: string, ticks = 3) {
  room.clock.set(`${day}T09:00:10Z`)
  for (let i = 0; i < ticks; i += 1) {
    await room.tick()
    room.clock.advance({ minutes: 1 })
  }
}

describe.each(databaseKinds)('on %s', (kind) => {
  const open = () => simulatedNewsroom(undefined, kind)

  test('what a place refused as wrong in itself is told by the next digest', async () => {
    await using room = await open()
    const subscription = await room.subscribe(null, AT_NINE, 'C1')
    const [first] = await room.say('bridge')
    room.become('finds it invalid')
    await nine(room, '2026-10-20')
    room.become('fine')
    room.clock.set('2026-10-20T12:00:00Z')
    const [second] = await room.say('bridge')

    await nine(room, '2026-10-21')

    expect((await room.told(subscription.id)).toSorted()).toEqual([first, second].toSorted())
  })

  test('words that a place takes in no digest do not keep it without digests for ever: they are led to', async () => {
    await using room = await open()
    const subscription = await room.subscribe(null, AT_NINE, 'C1')
    await room.say('bridge')
    room.become('finds it invalid')
    for (const day of ['2026-10-20', '2026-10-21', '2026-10-22']) await nine(room, day)
    room.become('fine')
    room.clock.set('2026-10-22T12:00:00Z')
    const fresh = await room.say('fish')

    await nine(room, '2026-10-23')

    expect(await room.told(subscription.id)).toEqual(fresh)
    expect((await room.read(subscription.id))[0]).toContain('/digest show:1.2026-10-22.09:00')
  })

  test('a platform that takes nothing for half a day gets no burst afterwards, and no statement is lost or told twice', async () => {
    await using room = await open()
    const subscription = await room.subscribe(null, HOURLY, 'C1')
    room.become('asks for patience')
    const said: string[] = []
    for (let hour = 0; hour < 12; hour += 1) {
      said.push(...(await room.say('bridge')))
      for (let i = 0; i < 6; i += 1) {
        room.clock.advance({ minutes: 10 })
        await room.tick()
      }
    }
    room.become('fine')

    for (let i = 0; i < 20; i += 1) {
      room.clock.advance({ seconds: 20 })
      await room.tick()
    }

    expect(room.posted.size).toBeLessThanOrEqual(3)
    expect((await room.told(subscription.id)).toSorted()).toEqual(said.toSorted())
    expect(await room.fates(subscription.id)).toContain('skipped (late)')
    expect((await room.read(subscription.id)).join('\n')).toContain('Not posted while the platform took no messages')
  })

  test('a digest that waits alone for longer than a digest may be late says so when it comes', async () => {
    await using room = await open()
    const subscription = await room.subscribe(null, AT_NINE, 'C1')
    const said = await room.say('bridge')
    room.become('asks for patience')
    await nine(room, '2026-10-20')
    room.clock.set('2026-10-20T11:30:00Z')
    await room.tick()
    room.become('fine')

    for (let i = 0; i < 6; i += 1) {
      room.clock.advance({ minutes: 1 })
      await room.tick()
    }

    const [text = ''] = await room.read(subscription.id)
    expect(text.match(/Late: this digest was due on 2026-10-20 at 09:00 \(UTC\)\./g)).toHaveLength(1)
    expect(await room.told(subscription.id)).toEqual(said)
  })
})

test('rare words are told however many others came after them, and what is not printed is counted to the last', async () => {
  await using room = await simulatedNewsroom()
  const rare = await room.subscribe('rare', AT_NINE, 'C1')
  const all = await room.subscribe(null, AT_NINE, 'C2')
  const [first] = await room.say('rare')
  room.clock.advance({ minutes: 1 })
  for (let i = 0; i < 7; i += 1) await room.say('common', 150)

  await nine(room, '2026-10-20')

  expect(await room.told(rare.id)).toEqual([first])
  expect(await room.told(all.id)).toHaveLength(1_051)
  expect((await room.read(all.id))[0]).toContain('And 1046 more: /digest show:2.2026-10-20.09:00')
}, 60_000)
