import { expect, test } from 'vitest'
import { silentLog } from '../../src/base/log.ts'
import type { TeamId } from '../../src/base/scope.ts'
import { plainText } from '../../src/chat/blocks.ts'
import type { DeliveryId } from '../../src/delivery/delivery.ts'
import { outbox } from '../../src/delivery/outbox.ts'
import { owe } from '../../src/delivery/owe.ts'
import { type DeliverySender, deliverySender } from '../../src/delivery/send-deliveries.ts'
import { subscriptionStore } from '../../src/delivery/subscription-store.ts'
import { handClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'
import { scriptedPlatform } from '../support/platform.ts'

type Owed = {
  readonly id: string
  readonly channel?: string
  readonly team?: number
  readonly kind?: 'alert' | 'digest'
}

async function postOffice() {
  const db = await testDatabase()
  const clock = handClock()
  const slack = scriptedPlatform()
  const box = outbox(db)
  const subscriptions = subscriptionStore(db)
  const deps = {
    outbox: box,
    messengers: new Map([['slack' as const, slack.messenger]]),
    clock,
    log: silentLog,
  }
  return {
    db,
    clock,
    slack,
    box,
    subscriptions,
    sender: () => deliverySender('slack', deps),
    /** The same, to a platform that shows a message by then. */
    senderTo: (showsWithinMs: number) =>
      deliverySender('slack', { ...deps, messengers: new Map([['slack', { ...slack.messenger, showsWithinMs }]]) }),
    oweAll: (all: readonly Owed[], subscription: string | null = null) =>
      db.transaction(async (tx) => {
        for (const { id, channel = 'C1', team = 1, kind = 'digest' } of all) {
          await owe(
            tx,
            {
              id: id as DeliveryId,
              team: team as TeamId,
              platform: 'slack',
              channel,
              subscription: subscription as never,
              kind,
              blocks: [{ kind: 'text', line: id }],
            },
            clock.now(),
          )
          clock.advance({ seconds: 1 })
        }
      }),
    /** As a process does that dies within its post. */
    beginAndDie: async (id: string, showsWithinMs = 30_000) => {
      const [seen] = (await box.open('slack', clock.now(), 10)).filter((one) => one.id === id)
      const at = clock.now()
      if (seen !== undefined) await box.begin(seen, { at, lookAt: new Date(at.getTime() + 2 * showsWithinMs) })
    },
    keys: () => slack.posted.map((message) => message.key),
    [Symbol.asyncDispose]: () => db[Symbol.asyncDispose](),
  }
}

async function workUntilDone(sender: DeliverySender, clock: ReturnType<typeof handClock>, rounds = 20) {
  for (let round = 0; round < rounds; round += 1) {
    await sender.send()
    await sender.settled()
    clock.advance({ seconds: 2 })
  }
}

test('what is owed twice is posted once', async () => {
  await using office = await postOffice()
  await office.oweAll([{ id: 'a' }])
  await office.oweAll([{ id: 'a' }])

  await workUntilDone(office.sender(), office.clock)

  expect(office.keys()).toEqual(['a'])
})

test('a message whose answer was lost is found again and not posted twice', async () => {
  await using office = await postOffice()
  await office.oweAll([{ id: 'a' }])
  office.slack.loseAnswers(1)

  await workUntilDone(office.sender(), office.clock, 40)

  expect(office.keys()).toEqual(['a'])
  expect(await office.box.counts()).toEqual(new Map([['sent', 1]]))
})

test('a post that a crash cut short is looked for by the next start, and posted if it is not there', async () => {
  await using office = await postOffice()
  await office.oweAll([{ id: 'a' }])
  await office.beginAndDie('a')

  await workUntilDone(office.sender(), office.clock, 40)

  expect(office.keys()).toEqual(['a'])
})

test.each([
  ['at once where the platform shows at once', 0, ['a']],
  ['not before the platform must have shown it', 30_000, []],
])('a post that a crash cut short is looked for %s', async (_, showsWithinMs, posted) => {
  await using office = await postOffice()
  await office.oweAll([{ id: 'a' }])
  await office.beginAndDie('a', showsWithinMs)

  await workUntilDone(office.senderTo(showsWithinMs), office.clock, 2)

  expect(office.keys()).toEqual(posted)
})

test('a post that may be there, in a place that cannot be read, is never posted again by itself', async () => {
  await using office = await postOffice()
  await office.oweAll([{ id: 'a' }])
  office.slack.loseAnswers(1)
  office.slack.hide()

  await workUntilDone(office.sender(), office.clock, 20 * 30)

  expect(office.keys()).toEqual(['a'])
  expect(await office.box.counts()).toEqual(new Map([['unknown', 1]]))
})

test('a platform that asks for patience gets it, and the rest of the channel waits too', async () => {
  await using office = await postOffice()
  await office.oweAll([{ id: 'a' }, { id: 'b' }])
  office.slack.answerWith({ kind: 'later', code: 'ratelimited', retryAfterMs: 60_000 })
  const sender = office.sender()

  await workUntilDone(sender, office.clock, 10)
  expect(office.keys()).toEqual([])

  await workUntilDone(sender, office.clock, 30)
  expect(office.keys()).toEqual(['a', 'b'])
})

test('alerts leave before digests, and one channel gets its messages in order', async () => {
  await using office = await postOffice()
  await office.oweAll([{ id: 'd1' }, { id: 'd2' }, { id: 'a1', kind: 'alert' }, { id: 'a2', kind: 'alert' }])

  await workUntilDone(office.sender(), office.clock)

  expect(office.keys()).toEqual(['a1', 'a2', 'd1', 'd2'])
})

test('a team with many channels does not keep a small team waiting', async () => {
  await using office = await postOffice()
  const many = Array.from({ length: 50 }, (_, index) => ({ id: `big${index}`, channel: `B${index}`, team: 1 }))
  await office.oweAll([...many, { id: 'small', channel: 'S', team: 2 }])

  const sender = office.sender()
  await sender.send()
  await sender.settled()

  expect(office.keys()).toContain('small')
})

async function subscribed(office: Awaited<ReturnType<typeof postOffice>>, channel = 'C1') {
  return await office.subscriptions.add(
    {
      team: 1 as TeamId,
      platform: 'slack',
      channel,
      createdBy: 'U7',
      filter: { speakers: [], topics: [] },
      kind: 'alerts',
      withOld: false,
    },
    office.clock.now(),
  )
}

test('a channel that is gone ends its subscription at once and tells the person who asked for it, once', async () => {
  await using office = await postOffice()
  const { id } = await subscribed(office)
  await office.oweAll([{ id: 'a' }, { id: 'b' }], id)
  const gone = {
    kind: 'refused',
    code: 'channel_not_found',
    why: 'gone',
    explanation: 'That channel is gone.',
  } as const
  office.slack.answerWith(gone)

  await workUntilDone(office.sender(), office.clock)

  expect(await office.subscriptions.list(1 as TeamId)).toMatchObject([
    { state: 'stopped', explanation: 'That channel is gone.' },
  ])
  expect(office.slack.posted.map((message) => message.channel)).toEqual(['@U7'])
})

test('a missing permission is asked for three times over a quarter of an hour before we stop', async () => {
  await using office = await postOffice()
  const { id } = await subscribed(office)
  await office.oweAll([{ id: 'a' }], id)
  const no = { kind: 'refused', code: 'not_in_channel', why: 'forbidden', explanation: 'Invite me.' } as const
  office.slack.answerWith(no, no, no)
  const sender = office.sender()

  await workUntilDone(sender, office.clock, 5)
  expect(await office.subscriptions.list(1 as TeamId)).toMatchObject([{ state: 'active' }])

  await workUntilDone(sender, office.clock, 8 * 60)
  expect(await office.subscriptions.list(1 as TeamId)).toMatchObject([{ state: 'stopped' }])
})

test('a message that is wrong in itself is given up without ending the subscription, and its owner hears why', async () => {
  await using office = await postOffice()
  const { id } = await subscribed(office)
  await office.oweAll([{ id: 'a' }, { id: 'b' }], id)
  office.slack.answerWith({ kind: 'refused', code: 'invalid_blocks', why: 'invalid', explanation: 'Not understood.' })

  await workUntilDone(office.sender(), office.clock)

  expect(await office.subscriptions.list(1 as TeamId)).toMatchObject([{ state: 'active' }])
  expect(office.slack.posted.map(({ channel }) => channel)).toEqual(['@U7', 'C1'])
  expect(office.keys()).toContain('b')
})

test('a channel waits as long as the platform asked for, also after a restart', async () => {
  await using office = await postOffice()
  await office.oweAll([{ id: 'a' }, { id: 'b' }])
  office.slack.answerWith({ kind: 'later', code: 'ratelimited', retryAfterMs: 60_000 })
  await workUntilDone(office.sender(), office.clock, 2)

  await workUntilDone(office.sender(), office.clock, 20)
  expect(office.keys()).toEqual([])

  await workUntilDone(office.sender(), office.clock, 20)
  expect(office.keys()).toEqual(['a', 'b'])
})

test('what comes after a message in doubt waits for it, also after a restart', async () => {
  await using office = await postOffice()
  await office.oweAll([{ id: 'a' }, { id: 'b' }])
  office.slack.answerWith({ kind: 'unknown', code: 'no answer' })
  await workUntilDone(office.sender(), office.clock, 2)

  await workUntilDone(office.sender(), office.clock, 40)

  expect(office.keys()).toEqual(['a', 'b'])
})

test('what is unsubscribed from is not posted any more', async () => {
  await using office = await postOffice()
  const { id, team, number } = await subscribed(office)
  await office.oweAll([{ id: 'a' }], id)

  await office.subscriptions.remove(team, number, office.clock.now())
  await workUntilDone(office.sender(), office.clock)

  expect(office.keys()).toEqual([])
})

test('a person who loses many channels in an hour is told at once of the first, and later of all others together', async () => {
  await using office = await postOffice()
  const gone = { kind: 'refused', code: 'channel_not_found', why: 'gone', explanation: 'Gone.' } as const
  const sender = office.sender()
  for (const channel of ['C1', 'C2', 'C3']) {
    const { id } = await subscribed(office, channel)
    await office.oweAll([{ id: channel, channel }], id)
    office.slack.answerWith(gone)
    await workUntilDone(sender, office.clock, 3)
  }
  office.clock.advance({ hours: 1 })
  await workUntilDone(sender, office.clock, 3)

  const told = office.slack.posted.filter(({ channel }) => channel === '@U7').map(({ blocks }) => plainText(blocks))
  expect(told).toHaveLength(2)
  expect(told.join()).toMatch(/Subscription 1 .*Subscription 2 .*Subscription 3 /s)
})

test('what may be there is looked for from the first try on, however many tries there were', async () => {
  await using office = await postOffice()
  await office.oweAll([{ id: 'a' }])
  const firstTry = office.clock.now()
  const lost = { kind: 'unknown', code: 'no answer' } as const
  office.slack.answerWith(lost, lost, lost)

  await workUntilDone(office.sender(), office.clock, 80)

  expect(office.keys()).toEqual(['a'])
  expect(office.slack.lookedSince.length).toBeGreaterThan(2)
  expect(office.slack.lookedSince.every((since) => since < firstTry)).toBe(true)
})
