import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { silentLog } from '../../src/base/log.ts'
import type { TeamId } from '../../src/base/scope.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { outbox } from '../../src/delivery/outbox.ts'
import { scheduleDigests } from '../../src/delivery/schedule-digests.ts'
import type { Window } from '../../src/delivery/slot-store.ts'
import { weekdays } from '../../src/delivery/subscription.ts'
import { subscriptionStore } from '../../src/delivery/subscription-store.ts'
import { handClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'

const HOUR_MS = 3_600_000

async function newsroom({ isEmpty = false, start = '2026-11-20T05:00:00Z' } = {}) {
  const db = await testDatabase()
  const clock = handClock(start)
  const subscriptions = subscriptionStore(db)
  const windows: Window[] = []
  const subscribe = (channel: string) =>
    subscriptions.add(
      {
        team: 1 as TeamId,
        platform: 'slack',
        channel,
        createdBy: 'U7',
        filter: { speakers: [], topics: [] },
        kind: 'digest',
        digest: 'morning',
        schedule: { times: ['09:00'], days: [...weekdays], zone: 'Europe/Berlin' },
        whenEmpty: 'silent',
      },
      clock.now(),
    )
  await subscribe('C1')
  let failing: string | null = null
  let failures = 0
  return {
    db,
    clock,
    tick: () =>
      scheduleDigests({
        db,
        subscriptions,
        clock,
        graceMs: 2 * HOUR_MS,
        log: silentLog,
        isQuiet: async () => false,
        writeDigest: async ({ channel }, window) => {
          if (channel === failing) {
            failures += 1
            throw new Error('a fault of ours')
          }
          windows.push(window)
          return isEmpty
            ? null
            : { blocks: [{ kind: 'heading', text: 'Since yesterday' }], told: [], tells: [], isCut: false }
        },
      }),
    windows,
    subscribeToo: subscribe,
    /** Digests of that channel cannot be written until further notice. */
    failFor: (channel: string | null) => {
      failing = channel
    },
    failures: () => failures,
    owed: async () => (await outbox(db).recent(1 as TeamId, 100)).map((delivery) => plainText(delivery.blocks)),
    slots: async () =>
      (
        await sql<{
          on: string
          fate: string
          isLate: number
        }>`select "on", fate, "isLate" from slot order by "dueAt"`.execute(db.reads)
      ).rows,
    [Symbol.asyncDispose]: () => db[Symbol.asyncDispose](),
  }
}

test('a digest comes to be owed when its time has come, once, however often the clock ticks', async () => {
  await using room = await newsroom()
  expect(await room.tick()).toBe(0)

  room.clock.set('2026-11-20T08:00:10Z')
  expect([await room.tick(), await room.tick()]).toEqual([1, 0])

  expect(await room.owed()).toEqual(['Since yesterday'])
})

test('a clock that goes back does not post a day again', async () => {
  await using room = await newsroom()
  room.clock.set('2026-11-20T08:00:10Z')
  await room.tick()

  room.clock.set('2026-11-20T07:59:00Z')
  await room.tick()
  room.clock.set('2026-11-20T08:00:30Z')
  await room.tick()

  expect(await room.owed()).toHaveLength(1)
})

test('a slot missed by less than two hours is posted late, and says so', async () => {
  await using room = await newsroom()
  room.clock.set('2026-11-20T09:30:00Z')

  await room.tick()

  expect(await room.owed()).toEqual([
    'Late: this digest was due on 2026-11-20 at 09:00 (Europe/Berlin).\nSince yesterday',
  ])
  expect(await room.slots()).toMatchObject([{ fate: 'queued', isLate: 1 }])
})

test('after a long downtime nothing comes in a burst: old slots are skipped, and the next digest names them', async () => {
  await using room = await newsroom()
  room.clock.set('2026-11-22T20:00:00Z')
  await room.tick()
  expect(await room.owed()).toEqual([])

  room.clock.set('2026-11-23T08:00:05Z')
  await room.tick()

  expect((await room.slots()).map((slot) => slot.fate)).toEqual([
    'skipped (late)',
    'skipped (late)',
    'skipped (late)',
    'queued',
  ])
  expect((await room.owed())[0]).toContain(
    'Not posted while I was away: 2026-11-20 09:00, 2026-11-21 09:00, 2026-11-22 09:00.',
  )
})

test('an empty slot is kept with its reason, and its time is covered', async () => {
  await using room = await newsroom({ isEmpty: true })
  room.clock.set('2026-11-20T08:00:10Z')

  await room.tick()

  expect(await room.slots()).toMatchObject([{ fate: 'skipped (empty)' }])
  expect(await room.owed()).toEqual([])
})

test('the windows of the digests touch: no statement is in two of them, none in none', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 40 * 60 }), { minLength: 3, maxLength: 25 }),
      async (minutes) => {
        await using room = await newsroom()
        for (const step of minutes) {
          room.clock.advance({ minutes: step })
          await room.tick()
        }

        for (const [index, window] of room.windows.entries()) {
          const before = room.windows[index - 1]
          if (before !== undefined) expect(window.from).toEqual(before.until)
          expect(window.until.getTime()).toBeGreaterThan(window.from.getTime())
        }
      },
    ),
    { numRuns: 12, seed: 20_261_125 },
  )
})

test('a digest that cannot be written keeps no other from coming, is tried again, and its time is the next one’s', async () => {
  await using room = await newsroom()
  await room.subscribeToo('C2')
  room.clock.set('2026-11-20T08:00:10Z')

  for (const minutes of [0, 0.5, 1, 2, 5, 1]) {
    room.clock.advance({ minutes })
    room.failFor('C1')
    await room.tick()
  }

  expect(room.failures()).toBe(3)
  expect((await room.slots()).map(({ fate }) => fate).toSorted()).toEqual(['not written', 'queued'])
  expect(await room.owed()).toEqual([
    'Digest 1 could not be written\nI tried the one of 2026-11-20 09:00 3 times: a fault of mine, of which the operator’s log has more. Nothing is lost: the next digest that can be written covers its time too.',
    'Since yesterday',
  ])

  room.failFor(null)
  room.clock.set('2026-11-21T08:00:10Z')
  await room.tick()

  expect(await room.owed()).toContainEqual(
    'Could not be written: 2026-11-20 09:00. This digest covers that time too.\nSince yesterday',
  )
  const covers = await room.db.reads
    .selectFrom('slot')
    .innerJoin('subscription', 'subscription.id', 'slot.subscription')
    .select('coversFrom')
    .where('channel', '=', 'C1')
    .where('on', '=', '2026-11-21')
    .executeTakeFirst()
  expect(new Date(covers?.coversFrom ?? 0)).toEqual(new Date('2026-11-19T05:00:00Z'))
})

test('whoever was told that a digest fails is not told so of each further one', async () => {
  await using room = await newsroom()
  room.failFor('C1')

  for (const day of ['20', '21', '22']) {
    room.clock.set(`2026-11-${day}T08:00:10Z`)
    for (let tries = 0; tries < 4; tries += 1) {
      await room.tick()
      room.clock.advance({ minutes: 6 })
    }
  }

  expect((await room.slots()).map(({ fate }) => fate)).toEqual(['not written', 'not written', 'not written'])
  expect(await room.owed()).toHaveLength(1)
})

test('a tried slot that is written in the end is no failure', async () => {
  await using room = await newsroom()
  room.clock.set('2026-11-20T08:00:10Z')
  room.failFor('C1')
  await room.tick()
  room.failFor(null)
  room.clock.advance({ minutes: 2 })

  await room.tick()

  expect(await room.slots()).toMatchObject([{ fate: 'queued' }])
  expect(await room.db.reads.selectFrom('slotTry').selectAll().execute()).toEqual([])
})
