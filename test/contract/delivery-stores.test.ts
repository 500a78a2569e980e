import { describe, expect, test } from 'vitest'
import type { DeliveryId } from '../../src/delivery/delivery.ts'
import { outbox, owe } from '../../src/delivery/outbox.ts'
import { subscriptionStore, type Wish } from '../../src/delivery/subscription-store.ts'
import { databaseKinds, testDatabase } from '../support/database.ts'
import { team } from '../support/statements.ts'

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
      expect(await house.wishes.forget(tx, { team: red })).toBe(1)
      expect(await house.box.forget(tx, { team: red })).toBe(1)
    })

    expect(await house.wishes.list(red)).toEqual([])
    expect(await house.wishes.list(blue)).toHaveLength(1)
    expect((await house.box.open('slack', now, 10)).map(({ id }) => id)).toEqual(['d2'])
  })
})
