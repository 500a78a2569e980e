import { describe, expect, test } from 'vitest'
import type { Database, DatabaseKind } from '../../src/base/database/database.ts'
import { writeParts } from '../../src/delivery/alert-parts.ts'
import type { Delivery, DeliveryId, DeliveryState } from '../../src/delivery/delivery.ts'
import { dropOld } from '../../src/delivery/drop-old.ts'
import { outbox } from '../../src/delivery/outbox.ts'
import { owe } from '../../src/delivery/owe.ts'
import { toldSince, writeSlot } from '../../src/delivery/slot-store.ts'
import { keepTry } from '../../src/delivery/slot-tries.ts'
import type { SubscriptionId } from '../../src/delivery/subscription.ts'
import { advance, subscriptionStore } from '../../src/delivery/subscription-store.ts'
import type { StatementId } from '../../src/statement/statement-id.ts'
import { databaseKinds, testDatabase } from '../support/database.ts'
import { team } from '../support/statements.ts'

const TEAM = team(1)
const NOW = new Date('2026-11-20T08:00:00Z')
const DAY_MS = 86_400_000
const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY_MS)
const LIMIT = daysAgo(400)
const ALL = { speakers: [], topics: [] }

async function ledger(kind: DatabaseKind) {
  const db = await testDatabase(undefined, kind)
  let transactions = 0
  const counted: Database = {
    ...db,
    transaction: (work) => {
      transactions += 1
      return db.transaction(work)
    },
  }
  const [box, subscriptions] = [outbox(db), subscriptionStore(db)]
  const message = async (
    id: string,
    days: number,
    { state = 'sent' as DeliveryState, ...more }: Partial<Pick<Delivery, 'state' | 'bundle' | 'amends'>> = {},
  ) => {
    const told = [{ statement: 1 as StatementId, about: '', how: '' }]
    await db.transaction(async (tx) => {
      const { amends } = more
      const given = { id: id as DeliveryId, team: TEAM, platform: 'slack', channel: 'C1', subscription: null } as const
      await owe(
        tx,
        {
          ...given,
          kind: 'alert',
          blocks: [],
          tells: told,
          ...(amends === undefined || amends === null ? {} : { amends }),
        },
        daysAgo(days),
      )
      await tx
        .updateTable('delivery')
        .set({ state, bundle: more.bundle ?? null })
        .where('id', '=', id)
        .execute()
      const said = { speaker: null, topics: [], propositions: [], labels: [], outlets: [] }
      const part = { said, blocks: [], tells: told, wantedBy: [], turn: 0 }
      await writeParts(tx, { alert: id, team: TEAM, delivery: id as DeliveryId }, [part])
    })
    return id as DeliveryId
  }
  return {
    db,
    message,
    subscriptions,
    subscribe: async (channel = 'C1') =>
      await subscriptions.add(
        {
          ...{
            team: TEAM,
            platform: 'slack',
            channel,
            createdBy: 'U1',
            filter: ALL,
            kind: 'digest',
            digest: 'morning',
          },
          schedule: { times: ['09:00'], days: ['mon'], zone: 'UTC' },
          whenEmpty: 'silent',
        },
        daysAgo(900),
      ),
    /** A digest of that day that was posted; the subscription has come so far. */
    slot: async (subscription: SubscriptionId, days: number, told: readonly string[] = []) => {
      const delivery = await message(`${subscription} ${days}`, days)
      const window = { from: daysAgo(days + 7), until: daysAgo(days) }
      const on = daysAgo(days).toISOString().slice(0, 10)
      await db.transaction(async (tx) => {
        const slot = { on, name: '09:00', dueAt: daysAgo(days) }
        await writeSlot(tx, subscription, slot, { fate: 'queued', window, delivery, told })
        await advance(tx, subscription, { coveredUntil: window.until })
      })
    },
    drop: () => dropOld(counted, LIMIT),
    transactions: () => transactions,
    kept: async (table: 'delivery' | 'toldStatement' | 'alertPart' = 'delivery') => {
      const column = table === 'delivery' ? 'id' : 'delivery'
      const rows = await db.reads.selectFrom(table).selectAll().execute()
      return rows.map((row) => (row as unknown as Record<string, string>)[column]).sort()
    },
    slots: async (subscription: SubscriptionId) => {
      const rows = await db.reads.selectFrom('slot').selectAll().where('subscription', '=', subscription).execute()
      return rows.map(({ dueAt }) => (NOW.getTime() - dueAt) / DAY_MS).sort((one, other) => one - other)
    },
    box,
    [Symbol.asyncDispose]: () => db[Symbol.asyncDispose](),
  }
}

describe.each(databaseKinds)('what became of promises long ago, on %s', (kind) => {
  test('goes, with all that is kept of it; what is younger stays, and what is still owed, however old', async () => {
    await using at = await ledger(kind)
    for (const state of ['sent', 'refused', 'unknown'] as const) await at.message(`old ${state}`, 401, { state })
    for (const state of ['held', 'due', 'sending'] as const) await at.message(`open ${state}`, 401, { state })
    await at.message('young', 399)

    expect(await at.drop()).toBe(3)

    const left = ['open due', 'open held', 'open sending', 'young']
    expect(await at.kept()).toEqual(left)
    expect(await at.kept('toldStatement')).toEqual(left)
    expect(await at.kept('alertPart')).toEqual(left)
    expect(await at.drop()).toBe(0)
  })

  test('goes as a whole: a message with its members and corrections, and none of them before the others may', async () => {
    await using at = await ledger(kind)
    const amends = (post: DeliveryId) => ({ post, receipt: 'r', way: 'edit', because: [], lead: 0 }) as const
    for (const [name, corrected] of [
      ['gone', 402],
      ['kept', 390],
      ['owed', 402],
    ] as const) {
      const whole = await at.message(name, 405)
      for (const member of [1, 2]) await at.message(`${name} ${member}`, 406, { state: 'bundled', bundle: whole })
      const state = name === 'owed' ? 'due' : 'sent'
      await at.message(`${name} corrected`, corrected, { state, amends: amends(whole) })
    }
    await at.message('member of none', 406, { state: 'refused', bundle: 'nothing' as DeliveryId })

    await at.drop()

    expect(await at.kept()).toEqual([
      ...['kept', 'kept 1', 'kept 2', 'kept corrected'],
      ...['owed', 'owed 1', 'owed 2', 'owed corrected'],
    ])
  })

  test('leaves the newest slot of each subscription with its message; of one that is gone nothing', async () => {
    await using at = await ledger(kind)
    const [rare, weekly, gone] = [await at.subscribe(), await at.subscribe('C2'), await at.subscribe('C3')]
    for (const days of [600, 500]) await at.slot(rare.id, days)
    for (const days of [450, 420, 7]) await at.slot(weekly.id, days)
    await at.slot(gone.id, 450)
    await at.db.transaction((tx) => advance(tx, rare.id, { coveredUntil: NOW }))
    await at.db.transaction((tx) => keepTry(tx, gone.id, { on: '2025-01-01', name: '09:00', tries: 1, notBefore: NOW }))
    await at.subscriptions.remove(TEAM, gone.number, LIMIT)
    await at.subscriptions.dropEndedBefore(NOW)

    await at.drop()

    expect(await at.slots(rare.id)).toEqual([500])
    expect(await at.slots(weekly.id)).toEqual([7])
    expect(await at.slots(gone.id)).toEqual([])
    expect(await at.kept()).toEqual([`${rare.id} 500`, `${weekly.id} 7`].sort())
    expect(await at.db.reads.selectFrom('slotTry').selectAll().execute()).toEqual([])
  })

  test('leaves one that has rested since what its next digest asks for: what it told, and where it ended', async () => {
    await using at = await ledger(kind)
    const { id } = await at.subscribe()
    for (const days of [600, 520, 513]) await at.slot(id, days, [`told ${days}`])
    await at.subscriptions.pause(id, null, daysAgo(512))

    await at.drop()

    expect(await at.slots(id)).toEqual([513, 520])
    const told = await toldSince(at.db.reads, id, daysAgo(514))
    expect(told.map((one) => [...one.told])).toEqual([['told 513']])
  })

  test('leaves what was told before a long rest while the first digest after it may still have to be told again', async () => {
    await using at = await ledger(kind)
    const { id } = await at.subscribe()
    for (const days of [600, 513]) await at.slot(id, days, [`told ${days}`])
    const delivery = await at.message('after the rest', 1, { state: 'due' })
    await at.db.transaction(async (tx) => {
      const window = { from: daysAgo(513), until: daysAgo(1) }
      const slot = { on: '2026-11-19', name: '09:00', dueAt: daysAgo(1) }
      await writeSlot(tx, id, slot, { fate: 'queued', window, delivery })
      await advance(tx, id, { coveredUntil: window.until })
    })

    await at.drop()

    expect(await at.slots(id)).toEqual([1, 513])
  })

  test('goes a few rows at a time, so that nobody who writes has to wait', async () => {
    await using at = await ledger(kind)
    for (let n = 0; n < 130; n += 1) await at.message(`m${n}`, 500)

    expect(await at.drop()).toBe(130)

    expect(at.transactions()).toBeGreaterThanOrEqual(5)
    expect(await at.kept()).toEqual([])
  })
})
