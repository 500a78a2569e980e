import { expect, test } from 'vitest'
import { silentLog } from '../../src/base/log.ts'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import { plainText } from '../../src/chat/blocks.ts'
import type { Outgoing, PostOutcome } from '../../src/chat/messenger.ts'
import { alertFaults } from '../../src/delivery/alert-faults.ts'
import { originOf } from '../../src/delivery/origin-of.ts'
import { outbox } from '../../src/delivery/outbox.ts'
import { type AlertPart, datesOf, queueAlerts } from '../../src/delivery/queue-alerts.ts'
import { quietStore } from '../../src/delivery/quiet-store.ts'
import { releaseHeld } from '../../src/delivery/release-held.ts'
import { deliverySender } from '../../src/delivery/send-deliveries.ts'
import type { Filter } from '../../src/delivery/subscription.ts'
import { subscriptionStore } from '../../src/delivery/subscription-store.ts'
import { handClock } from '../support/clock.ts'
import { databaseKinds, testDatabase } from '../support/database.ts'
import { scriptedPlatform } from '../support/platform.ts'

const [TEAM, OTHER] = [1 as TeamId, 2 as TeamId]
const GONE = { kind: 'refused', code: 'is_archived', why: 'gone', explanation: 'That channel is archived.' } as const

const part = (speaker: string, text: string): AlertPart => ({
  ...{ speaker, topics: ['bridge'], propositions: [], labels: ['new'], outlets: ['The Daily Ledger'] },
  blocks: [{ kind: 'heading', text }],
})
const [PETROV, ORLIN] = [part('ana-petrov', 'Petrov on the bridge'), part('mihal-orlin', 'Orlin on the bridge')]

async function channel(kind: (typeof databaseKinds)[number] = 'sqlite') {
  const db = await testDatabase(undefined, kind)
  const clock = handClock('2026-11-20T12:00:00Z')
  const [subscriptions, quiets, box] = [subscriptionStore(db), quietStore(db), outbox(db)]
  const slack = scriptedPlatform()
  const place = (team: TeamId) => ({ team, platform: 'slack', channel: 'C1' }) as const
  /** What the platform answers for the channel; taken when it is asked. */
  let refusal: PostOutcome | null = null
  const posted: Outgoing[] = []
  const messenger = {
    ...slack.messenger,
    post: async (message: Outgoing): Promise<PostOutcome> => {
      if (refusal !== null && message.channel === 'C1') return refusal
      posted.push(message)
      return { kind: 'sent', receipt: `r${posted.length}` }
    },
  }
  return {
    db,
    clock,
    subscriptions,
    quiets,
    place: place(TEAM),
    subscribe: async (
      filter: Partial<Filter> = {},
      { gatherMinutes, team = TEAM }: { readonly gatherMinutes?: number; readonly team?: TeamId } = {},
    ) =>
      await subscriptions.add(
        {
          ...{ ...place(team), createdBy: 'U1', kind: 'alerts', withOld: false },
          filter: { speakers: [], topics: [], ...filter },
          ...(gatherMinutes === undefined ? {} : { gatherMinutes }),
        },
        clock.now(),
      ),
    unsubscribe: ({ number }: { readonly number: number }) => subscriptions.remove(TEAM, number, clock.now()),
    /** A brief comes in; `fails`: teams for which it cannot be written. */
    brief: async (id: string, parts: readonly AlertPart[], fails: readonly TeamId[] = []) => {
      const readFor = async (team: TeamId) => {
        if (fails.includes(team)) throw new Error('cannot be read')
        return parts
      }
      return await queueAlerts({ id, team: PUBLIC, isOld: false, readFor }, { db, subscriptions, quiets, clock })
    },
    tick: () => releaseHeld({ db, outbox: box, quiets }, clock.now()),
    send: async () => {
      const sender = deliverySender('slack', {
        ...{ outbox: box, clock, log: silentLog },
        messengers: new Map([['slack', messenger]]),
      })
      for (let round = 0; round < 10; round += 1) {
        await sender.send()
        await sender.settled()
        clock.advance({ seconds: 2 })
      }
    },
    refuse: (outcome: PostOutcome | null) => {
      refusal = outcome
    },
    faults: (team: TeamId) => alertFaults(db).in(place(team), 10),
    /** What the channel has got, in this order. */
    got: () => posted.filter((one) => one.channel === 'C1').map(({ blocks }) => plainText(blocks)),
    gotBy: (team: TeamId) => posted.filter((one) => one.team === team).map(({ blocks }) => plainText(blocks)),
    /** What is owed and has not left. */
    open: async () =>
      (await box.recent(TEAM, 50))
        .filter(({ state }) => state === 'due' || state === 'held')
        .map(({ blocks }) => plainText(blocks)),
    [Symbol.asyncDispose]: () => db[Symbol.asyncDispose](),
  }
}

test.each(databaseKinds)(
  'one message tells all that any subscription of a channel wants, each thing once (%s)',
  async (kind) => {
    await using room = await channel(kind)
    await room.subscribe({ speakers: ['ana-petrov'] })
    await room.subscribe({ speakers: ['mihal-orlin'] })
    await room.subscribe({ topics: ['bridge'] })

    await room.brief('b1', [PETROV, ORLIN])
    await room.brief('b1', [PETROV, ORLIN])
    await room.send()

    expect(room.got()).toEqual(['Petrov on the bridge\nOrlin on the bridge'])
  },
)

test('what nobody of the channel wants is not in the message', async () => {
  await using room = await channel()
  await room.subscribe({ speakers: ['mihal-orlin'] })

  await room.brief('b1', [PETROV, ORLIN])
  await room.send()

  expect(room.got()).toEqual(['Orlin on the bridge'])
})

test('what a later subscription wants is added to a message that has not left', async () => {
  await using room = await channel()
  await room.subscribe({ speakers: ['ana-petrov'] })
  await room.brief('b1', [PETROV, ORLIN])
  await room.subscribe({ speakers: ['mihal-orlin'] })

  await room.brief('b1', [PETROV, ORLIN])
  await room.send()

  expect(room.got()).toEqual(['Petrov on the bridge\nOrlin on the bridge'])
})

test('what a later subscription wants comes by itself once the message has left, and only that, once', async () => {
  await using room = await channel()
  await room.subscribe({ speakers: ['ana-petrov'] })
  await room.brief('b1', [PETROV, ORLIN])
  await room.send()
  await room.subscribe()

  await room.brief('b1', [PETROV, ORLIN])
  await room.brief('b1', [PETROV, ORLIN])
  await room.send()

  expect(room.got()).toEqual(['Petrov on the bridge', 'Orlin on the bridge'])
})

test('an alert that one subscription gathers and another wants at once comes at once', async () => {
  await using room = await channel()
  await room.subscribe({ speakers: ['ana-petrov'] }, { gatherMinutes: 240 })
  await room.subscribe()

  await room.brief('b1', [PETROV])
  await room.send()

  expect(room.got()).toEqual(['Petrov on the bridge'])
})

test('ending a subscription takes away what it alone wanted; what others of the channel want still comes', async () => {
  await using room = await channel()
  const petrov = await room.subscribe({ speakers: ['ana-petrov'] }, { gatherMinutes: 240 })
  await room.subscribe({ speakers: ['mihal-orlin'] }, { gatherMinutes: 240 })
  await room.brief('b1', [PETROV, ORLIN])
  await room.brief('b2', [part('ana-petrov', 'Petrov again')])

  await room.unsubscribe(petrov)
  room.clock.advance({ hours: 4 })
  await room.tick()
  await room.send()

  expect(room.got()).toEqual(['Orlin on the bridge'])
})

test('what one that has moved away wanted here together with another still comes after it was ended', async () => {
  await using room = await channel()
  const moved = await room.subscribe({}, { gatherMinutes: 15 })
  await room.subscribe({ speakers: ['mihal-orlin'] }, { gatherMinutes: 15 })
  await room.brief('b1', [PETROV, ORLIN])
  const wish = {
    ...room.place,
    channel: 'C2',
    createdBy: 'U1',
    filter: moved.filter,
    kind: 'alerts',
    withOld: false,
  } as const
  await room.subscriptions.edit(moved.id, wish, room.clock.now())

  await room.unsubscribe(moved)
  room.clock.advance({ minutes: 16 })
  await room.tick()
  await room.send()

  expect(room.got()).toEqual(['Orlin on the bridge'])
})

test('the undo of that gives back what was taken away', async () => {
  await using room = await channel()
  const petrov = await room.subscribe({ speakers: ['ana-petrov'] }, { gatherMinutes: 240 })
  await room.subscribe({ speakers: ['mihal-orlin'] }, { gatherMinutes: 240 })
  await room.brief('b1', [PETROV, ORLIN])

  await room.unsubscribe(petrov)
  await room.subscriptions.revive(petrov.id, room.clock.now())

  expect(await room.open()).toEqual(['Petrov on the bridge\nOrlin on the bridge'])
})

test('the undo gives it back where it was owed, also when the subscription had moved away', async () => {
  await using room = await channel()
  const moved = await room.subscribe({}, { gatherMinutes: 15 })
  await room.brief('b1', [PETROV, ORLIN])
  await room.brief('b2', [part('ana-petrov', 'Petrov again')])
  const wish = { ...room.place, channel: 'C2', createdBy: 'U1', filter: moved.filter, kind: 'alerts' } as const
  await room.subscriptions.edit(moved.id, { ...wish, withOld: false }, room.clock.now())
  const before = await room.open()

  await room.unsubscribe(moved)
  expect(await room.open()).toEqual([])
  await room.subscriptions.revive(moved.id, room.clock.now())

  expect(await room.open()).toEqual(before)
})

test('what several want has one language of dates, when it is posted and when it is put right', async () => {
  await using room = await channel()
  const alerts = { ...room.place, createdBy: 'U1', kind: 'alerts', withOld: false } as const
  for (const [dates, speakers] of [
    ['fr', ['mihal-orlin']],
    ['de', []],
  ] as const) {
    await room.subscriptions.add({ ...alerts, dates, filter: { speakers, topics: [] } }, room.clock.now())
    room.clock.advance({ minutes: 1 })
  }
  const parts = [PETROV, ORLIN]
  const posted = datesOf(await room.subscriptions.activeAlerts(room.clock.now()), parts)

  await room.brief('b1', parts)
  const [post] = await outbox(room.db).recent(TEAM, 1)
  if (post === undefined) throw new Error('nothing is owed')
  const { wishes } = await (await originOf(room.db.reads, { post })).wishesOf(post)

  expect(posted).toBe('fr')
  expect(datesOf(wishes ?? [], parts)).toBe(posted)
})

test('a message of several alerts does not come after its subscription was ended', async () => {
  await using room = await channel()
  const all = await room.subscribe({}, { gatherMinutes: 15 })
  await room.brief('b1', [PETROV])
  await room.brief('b2', [ORLIN])
  room.clock.advance({ minutes: 16 })
  await room.tick()

  await room.unsubscribe(all)
  await room.tick()
  await room.send()

  expect(room.got()).toEqual([])
})

test('a message of several alerts loses those of a subscription that was ended, and keeps the others', async () => {
  await using room = await channel()
  const petrov = await room.subscribe({ speakers: ['ana-petrov'] }, { gatherMinutes: 15 })
  await room.subscribe({ speakers: ['mihal-orlin'] }, { gatherMinutes: 15 })
  await room.brief('b1', [PETROV])
  await room.brief('b2', [ORLIN])
  await room.brief('b3', [part('mihal-orlin', 'Orlin again')])
  room.clock.advance({ minutes: 16 })
  await room.tick()

  await room.unsubscribe(petrov)
  await room.tick()
  await room.send()

  expect(room.got()).toEqual([expect.stringMatching(/^2 new briefs\nOrlin on the bridge\nOrlin again/)])
})

test('what a channel refused, and what came until it was mended, comes in one message after "Check again"', async () => {
  await using room = await channel()
  const all = await room.subscribe()
  await room.brief('b1', [PETROV])
  await room.brief('b2', [ORLIN])
  room.refuse(GONE)
  await room.send()
  await room.brief('b3', [part('ana-petrov', 'Petrov a day later')])

  // Still closed, then mended.
  await room.subscriptions.again(all.id, [{ kind: 'text', line: 'I am here.' }], room.clock.now())
  await room.tick()
  await room.send()
  room.refuse(null)
  await room.subscriptions.again(all.id, [{ kind: 'text', line: 'I am here again.' }], room.clock.now())
  await room.tick()
  await room.send()

  const [line, kept, ...more] = room.got()
  expect(line).toBe('I am here again.')
  expect(kept).toMatch(/^3 briefs that came while I could not post here/)
  for (const text of ['Petrov on the bridge', 'Orlin on the bridge', 'Petrov a day later']) expect(kept).toContain(text)
  expect(more).toEqual([])
})

test('"Check again" on one subscription of a channel brings back all that stopped there, so that an alert of several is told whole', async () => {
  await using room = await channel()
  const petrov = await room.subscribe({ speakers: ['ana-petrov'] })
  const all = await room.subscribe()
  await room.brief('b1', [PETROV])
  room.refuse(GONE)
  await room.send()
  await room.brief('b2', [part('ana-petrov', 'Petrov again'), ORLIN])

  room.refuse(null)
  const isBack = await room.subscriptions.again(petrov.id, [{ kind: 'text', line: 'I am here.' }], room.clock.now())
  await room.tick()
  await room.send()
  const isBackToo = await room.subscriptions.again(all.id, [], room.clock.now())

  expect([isBack, isBackToo]).toEqual([true, false])
  const [, kept] = room.got()
  for (const text of ['Petrov on the bridge', 'Petrov again', 'Orlin on the bridge']) expect(kept).toContain(text)
  expect(room.got()).toHaveLength(2)
})

test('an alert that cannot be written for one team reaches the others, and that team at the next try', async () => {
  await using room = await channel()
  await room.subscribe()
  await room.subscribe({}, { team: OTHER })

  await expect(room.brief('b1', [PETROV], [TEAM])).rejects.toMatchObject({ code: 'delivery/alert-not-written' })
  await room.send()
  expect([room.gotBy(TEAM), room.gotBy(OTHER)]).toEqual([[], ['Petrov on the bridge']])
  expect(await room.faults(TEAM)).toMatchObject([{ tries: 1 }])
  expect(await room.faults(OTHER)).toEqual([])

  await room.brief('b1', [PETROV])
  await room.send()
  expect([room.gotBy(TEAM), room.gotBy(OTHER)]).toEqual([['Petrov on the bridge'], ['Petrov on the bridge']])
  expect(await room.faults(TEAM)).toEqual([])
})

test('two teams that share a channel each get the alert, and the one does not wait for the other', async () => {
  await using room = await channel()
  await room.subscribe()
  await room.subscribe({}, { team: OTHER })
  await room.brief('b1', [PETROV])
  const box = outbox(room.db)
  const [first] = await box.open('slack', room.clock.now(), 10)
  const at = room.clock.now()
  const waits = { at, notBefore: new Date(at.getTime() + 600_000), code: 'rate_limited' }

  if (first !== undefined) {
    await box.begin(first, { at, lookAt: at })
    await box.postpone(first.id, waits)
  }
  await room.send()

  expect(first?.team).toBe(TEAM)
  expect([room.gotBy(TEAM), room.gotBy(OTHER)]).toEqual([[], ['Petrov on the bridge']])
})
