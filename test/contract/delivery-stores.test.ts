import { describe, expect, test } from 'vitest'
import { migrate } from '../../src/base/database/migrations.ts'
import type { DeliveryId } from '../../src/delivery/delivery.ts'
import { outbox } from '../../src/delivery/outbox.ts'
import { owe } from '../../src/delivery/owe.ts'
import { subscriptionStore, type Wish } from '../../src/delivery/subscription-store.ts'
import { migrations } from '../../src/migrations.ts'
import { databaseKinds, testDatabase } from '../support/database.ts'
import { team } from '../support/statements.ts'

/** The step from which on numbers are counted. */
const COUNTED = '2026-11-28-delivery-ledger-1'

const now = new Date('2026-11-20T08:00:00Z')
const [red, blue] = [team(1), team(2)]

describe.each(databaseKinds)('subscriptions and outbox on %s', (kind) => {
  async function stores() {
    const db = await testDatabase(undefined, kind)
    return {
      db,
      ...{ wishes: subscriptionStore(db), box: outbox(db) },
      [Symbol.asyncDispose]: () => db[Symbol.asyncDispose](),
    }
  }
  const wish = (of: typeof red, channel = 'C1'): Wish => ({
    ...{ team: of, platform: 'slack', channel, createdBy: 'U1', kind: 'alerts', withOld: false },
    filter: { speakers: ['ilse-mora'], topics: [] },
  })
  const message = (id: string, of: typeof red) => ({
    ...{ id: id as DeliveryId, team: of, platform: 'slack' as const, channel: 'C1', subscription: null },
    ...{ kind: 'alert' as const, blocks: [{ kind: 'heading' as const, text: `News for ${of}` }] },
  })

  test('the same wish for the same place is kept once, and numbers count within a team', async () => {
    await using house = await stores()

    const first = await house.wishes.add(wish(red), now)
    const again = await house.wishes.add(wish(red), new Date('2026-11-21T08:00:00Z'))
    const second = await house.wishes.add(wish(red, 'C2'), now)
    const theirs = await house.wishes.add(wish(blue), now)

    expect(again).toEqual(first)
    expect([first.number, second.number, theirs.number]).toEqual([1, 2, 1])
    expect(await house.wishes.list(blue)).toEqual([theirs])
    expect(await house.wishes.remove(blue, 2, now)).toBe(false)
    expect(await house.wishes.list(red)).toHaveLength(2)
  })

  const digest = (of: typeof red): Wish => ({
    ...{ team: of, platform: 'slack', channel: 'C1', createdBy: 'U1', kind: 'digest', digest: 'morning' },
    ...{ filter: { speakers: [], topics: ['bridge'] }, whenEmpty: 'say so' },
    schedule: { times: ['09:00'], days: ['mon'], zone: 'UTC' },
  })
  const later = new Date('2026-11-20T09:00:00Z')

  test('an edit keeps the subscription and how far it has come, and is taken back once', async () => {
    await using house = await stores()
    const { id, number } = await house.wishes.add(digest(red), now)
    const [before] = await house.wishes.activeDigests(later)

    const edited = await house.wishes.edit(id, { ...digest(red), channel: 'C2' }, later)
    const [after] = await house.wishes.activeDigests(later)

    expect(edited).toMatchObject({ kind: 'edited', before: { channel: 'C1' }, after: { id, number, channel: 'C2' } })
    expect(after).toMatchObject({ coveredUntil: before?.coveredUntil, checkedUntil: before?.checkedUntil })
    expect(await house.wishes.undoEdit(id, 1, later)).toMatchObject({ kind: 'edited', after: { channel: 'C1' } })
    expect(await house.wishes.undoEdit(id, 1, later)).toBeNull()
    expect(await house.wishes.edit(id, digest(red), later)).toMatchObject({ kind: 'same' })
  })

  test('an edit into what another is already is refused, and its old wish is free for a new one', async () => {
    await using house = await stores()
    const first = await house.wishes.add(wish(red), now)
    const second = await house.wishes.add(wish(red, 'C2'), now)

    expect(await house.wishes.edit(second.id, wish(red), later)).toEqual({ kind: 'taken', by: 1 })
    await house.wishes.edit(first.id, wish(red, 'C3'), later)
    const third = await house.wishes.add(wish(red), later)

    expect(third).toMatchObject({ number: 3, channel: 'C1' })
    expect(await house.wishes.add(wish(red, 'C3'), later)).toMatchObject({ id: first.id, number: 1 })
    expect(new Set([first.id, second.id, third.id]).size).toBe(3)
  })

  test('what rests is neither due nor alerted until it is over, and then it was not missed', async () => {
    await using house = await stores()
    const { id } = await house.wishes.add(digest(red), now)
    const alerts = await house.wishes.add(wish(red), now)
    for (const one of [id, alerts.id]) await house.wishes.pause(one, later, now)

    expect(await house.wishes.activeDigests(now)).toEqual([])
    expect(await house.wishes.activeAlerts(now)).toEqual([])
    expect(await house.wishes.activeDigests(later)).toMatchObject([{ id, checkedUntil: later }])
    expect(await house.wishes.activeAlerts(later)).toHaveLength(1)
    await house.wishes.pause(id, null, now)
    expect(await house.wishes.resume(id, later)).toBe(true)
    expect(await house.wishes.resume(id, later)).toBe(false)
  })

  test('of a list of wishes all are kept or none', async () => {
    await using house = await stores()
    const broken = { ...wish(red, 'C9'), channel: null as unknown as string }

    await expect(house.wishes.addAll([wish(red), broken], now)).rejects.toThrow()
    expect(await house.wishes.list(red)).toEqual([])
    await house.wishes.addAll([wish(red), digest(red)], now)
    expect(await house.wishes.list(red)).toHaveLength(2)
  })

  test('a channel lists its threads too, and those of no other channel', async () => {
    await using house = await stores()
    for (const channel of ['C1', 'C1/1700000000.000100', 'C10/1700000000.000100', 'C2'])
      await house.wishes.add(wish(red, channel), now)

    expect((await house.wishes.list(red, 'C1')).map(({ channel }) => channel)).toEqual(['C1', 'C1/1700000000.000100'])
  })

  test('a number is never given again, whatever became of the subscription that had it', async () => {
    await using house = await stores()
    for (const channel of ['C1', 'C2', 'C3', 'C4']) await house.wishes.add(wish(red, channel), now)
    await house.wishes.remove(red, 4, now)
    await house.wishes.dropEndedBefore(later)
    await house.db.transaction((tx) => house.wishes.forgetMember(tx, 'U1', later))

    expect(await house.wishes.listAll(red)).toEqual([])
    expect(await house.wishes.add(wish(red, 'C1'), later)).toMatchObject({ number: 5 })
    expect(await house.wishes.add(wish(blue, 'C1'), later)).toMatchObject({ number: 1 })
  })

  test('numbers go on where a database from before they were counted had come to', async () => {
    const { [COUNTED]: counted, ...before } = migrations
    await using db = await testDatabase(before, kind)
    const row = { team: red, platform: 'slack', channel: 'C1', kind: 'alerts', filter: '{}', details: '{}' } as const
    const marks = {
      createdBy: 'U1',
      createdAt: 0,
      state: 'active',
      checkedUntil: 0,
      coveredUntil: 0,
      edits: 0,
    } as const
    await db.transaction((tx) =>
      tx
        .insertInto('subscription')
        .values({ id: 's', wish: 's', number: 7, ...row, ...marks } as never)
        .execute(),
    )

    expect(counted).toBeDefined()
    expect(await migrate(db, migrations)).toEqual([COUNTED])

    expect(await subscriptionStore(db).add(wish(red, 'C2'), now)).toMatchObject({ number: 8 })
    expect(await subscriptionStore(db).add(wish(blue, 'C2'), now)).toMatchObject({ number: 1 })
  })

  test('a message is owed once, however often the step that owes it runs', async () => {
    await using house = await stores()

    expect(await house.db.transaction((tx) => owe(tx, message('d1', red), now))).toBe(true)
    expect(await house.db.transaction((tx) => owe(tx, message('d1', red), now))).toBe(false)
    await house.box.sent('d1' as DeliveryId, 'ts-1', now)
    expect(await house.db.transaction((tx) => owe(tx, message('d1', red), now))).toBe(false)

    expect(await house.box.open('slack', now, 10)).toEqual([])
    expect(await house.box.recent(red, 10)).toMatchObject([{ id: 'd1', state: 'sent', receipt: 'ts-1' }])
    expect(await house.box.recent(blue, 10)).toEqual([])
  })

  test('forgetting a team takes its wishes and messages and nobody else’s', async () => {
    await using house = await stores()
    await house.wishes.add(wish(red), now)
    await house.wishes.add(wish(blue), now)
    for (const of of [red, blue]) await house.db.transaction((tx) => owe(tx, message(`d${of}`, of), now))

    await house.db.transaction(async (tx) => {
      expect(await house.wishes.forget(tx, red)).toBe(1)
      expect(await house.box.forget(tx, { team: red })).toBe(1)
    })

    expect(await house.wishes.list(red)).toEqual([])
    expect(await house.wishes.list(blue)).toHaveLength(1)
    expect((await house.box.open('slack', now, 10)).map(({ id }) => id)).toEqual(['d2'])
  })
})
