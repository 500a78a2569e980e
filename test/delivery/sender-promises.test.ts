import { expect, test } from 'vitest'
import { silentLog } from '../../src/base/log.ts'
import type { TeamId } from '../../src/base/scope.ts'
import { type Block, plainText } from '../../src/chat/blocks.ts'
import type { FindOutcome, Messenger, PostOutcome } from '../../src/chat/messenger.ts'
import { bundleWaiting } from '../../src/delivery/bundle-waiting.ts'
import type { DeliveryId } from '../../src/delivery/delivery.ts'
import { fateReader } from '../../src/delivery/fate-reader.ts'
import { waitingSlots } from '../../src/delivery/late-slots.ts'
import { outbox } from '../../src/delivery/outbox.ts'
import { owe } from '../../src/delivery/owe.ts'
import { type DeliverySender, deliverySender } from '../../src/delivery/send-deliveries.ts'
import { writeSlot } from '../../src/delivery/slot-store.ts'
import type { SubscriptionId } from '../../src/delivery/subscription.ts'
import { subscriptionStore } from '../../src/delivery/subscription-store.ts'
import { handClock } from '../support/clock.ts'
import { databaseKinds, testDatabase } from '../support/database.ts'
import { scriptedPlatform } from '../support/platform.ts'

type Owed = {
  readonly channel?: string
  readonly team?: number
  readonly kind?: 'alert' | 'digest' | 'notice'
  readonly subscription?: string
}

async function office(kind: (typeof databaseKinds)[number] = 'sqlite') {
  const db = await testDatabase(undefined, kind)
  const clock = handClock()
  const box = outbox(db)
  const slack = scriptedPlatform()
  const subscriptions = subscriptionStore(db)
  const sender = (changed: Partial<Messenger> = {}) =>
    deliverySender('slack', {
      outbox: box,
      messengers: new Map([['slack' as const, { ...slack.messenger, ...changed }]]),
      clock,
      log: silentLog,
    })
  return {
    ...{ db, clock, box, slack, subscriptions, sender },
    fates: fateReader(db),
    owe: (id: string, { channel = 'C1', team = 1, kind: of = 'alert', subscription }: Owed = {}) =>
      db.transaction((tx) =>
        owe(
          tx,
          {
            ...{ id: id as DeliveryId, team: team as TeamId, platform: 'slack', channel, kind: of },
            subscription: (subscription ?? null) as never,
            blocks: [{ kind: 'heading', text: `News ${id}` }],
          },
          clock.now(),
        ),
      ),
    subscribe: (channel: string, createdBy = 'U7') =>
      subscriptions.add(
        {
          ...{ team: 1 as TeamId, platform: 'slack', channel, createdBy, kind: 'alerts', withOld: false },
          filter: { speakers: [], topics: [] },
        },
        clock.now(),
      ),
    work: async (one: DeliverySender, rounds: number, seconds = 2) => {
      for (let round = 0; round < rounds; round += 1) {
        await one.send()
        await one.settled()
        clock.advance({ seconds })
      }
    },
    keys: () => slack.posted.map(({ key }) => key),
    toldTo: (channel: string) =>
      slack.posted.filter((one) => one.channel === channel).map(({ blocks }) => plainText(blocks)),
    stateOf: async (id: string) => (await box.recent(1 as TeamId, 500)).find((one) => one.id === id)?.state,
    [Symbol.asyncDispose]: () => db[Symbol.asyncDispose](),
  }
}

test('a clock that is set back keeps no channel waiting until its old time comes again', async () => {
  await using room = await office()
  const sender = room.sender({ anyRestMs: 21, teamRestMs: 200 })
  await room.owe('before')
  await room.work(sender, 1)

  await room.owe('owed', { channel: 'C3' })
  room.clock.advance({ hours: -3 })
  await room.owe('after', { channel: 'C2' })
  await room.work(sender, 10)

  expect(room.keys().toSorted()).toEqual(['after', 'before', 'owed'])
})

test.each(databaseKinds)(
  'a wait that was written down by a clock that was ahead is over once it is right, on %s',
  async (kind) => {
    await using room = await office(kind)
    await room.owe('a')
    room.slack.answerWith({ kind: 'later', code: 'ratelimited', retryAfterMs: 60_000 })
    await room.work(room.sender(), 1)

    room.clock.advance({ hours: -3 })
    await room.work(room.sender(), 3)

    expect(room.keys()).toEqual(['a'])
  },
)

test('a post under way when the clock is set back is still looked for, and not doubled', async () => {
  await using room = await office()
  await room.owe('a')
  room.slack.loseAnswers(1)
  await room.work(room.sender(), 1)

  room.clock.advance({ hours: -3 })
  await room.work(room.sender(), 60)

  expect(room.keys()).toEqual(['a'])
  expect(await room.stateOf('a')).toBe('sent')
})

test.each(databaseKinds)('of two senders on one database one posts, on %s', async (kind) => {
  await using room = await office(kind)
  await room.owe('a')
  const answer = Promise.withResolvers<PostOutcome>()
  let posts = 0
  const post = () => {
    posts += 1
    return answer.promise
  }
  const [one, other] = [room.sender({ post }), room.sender({ post })]
  await Promise.all([one.send(), other.send()])
  // While the post is under way nobody takes it over.
  for (let round = 0; round < 20; round += 1) {
    await other.send()
    room.clock.advance({ seconds: 2 })
  }
  answer.resolve({ kind: 'sent', receipt: 'r' })
  await Promise.all([one.settled(), other.settled()])

  expect(posts).toBe(1)
  expect(await room.stateOf('a')).toBe('sent')
})

test('of two senders that both find a post missing one posts it again', async () => {
  await using room = await office()
  await room.owe('a')
  room.slack.answerWith({ kind: 'unknown', code: 'no answer' })
  await room.work(room.sender(), 1)
  room.clock.advance({ minutes: 2 })

  const [one, other] = [room.sender(), room.sender()]
  await Promise.all([one.send(), other.send()])
  await Promise.all([one.settled(), other.settled()])

  expect(room.keys()).toEqual(['a'])
})

test('a channel that puts everything off is asked less and less often, for a day, and its owner hears once', async () => {
  await using room = await office()
  const { id } = await room.subscribe('bad')
  await room.owe('a', { channel: 'bad', subscription: id })
  let posts = 0
  const post = async (message: { readonly channel: string }): Promise<PostOutcome> => {
    if (message.channel !== 'bad') return await room.slack.messenger.post(message as never)
    posts += 1
    return { kind: 'later', code: 'internal_error', retryAfterMs: 30_000 }
  }
  const sender = room.sender({ post })

  await room.work(sender, 800, 120)
  await room.owe('b', { channel: 'bad', subscription: id })
  await room.work(sender, 800, 120)

  expect(posts).toBeLessThan(500)
  expect(await room.stateOf('a')).toBe('refused')
  expect(await room.stateOf('b')).toBe('refused')
  expect(room.toldTo('@U7')).toHaveLength(1)
  expect(room.toldTo('@U7').join()).toContain('Slack put it off again and again (internal_error)')
  expect(await room.subscriptions.list(1 as TeamId)).toMatchObject([{ state: 'active' }])
})

test('a digest that is put off for a day is left to the next one', async () => {
  await using room = await office()
  await room.owe('d', { kind: 'digest' })
  const later = { kind: 'later', code: 'internal_error', retryAfterMs: 30_000 } as const

  await room.work(room.sender({ post: async () => later }), 800, 120)

  expect(await room.stateOf('d')).toBe('refused')
})

test('alerts that could not leave for hours come in one message, with a count', async () => {
  await using room = await office()
  const { id } = await room.subscribe('C1')
  let isDown = true
  const down = { kind: 'later', code: 'unreachable', retryAfterMs: 30_000 } as const
  const sender = room.sender({ post: async (message) => (isDown ? down : await room.slack.messenger.post(message)) })
  for (let alert = 0; alert < 8; alert += 1) {
    await room.owe(`a${alert}`, { subscription: id })
    await room.work(sender, 10, 120)
  }

  isDown = false
  await room.work(sender, 40, 30)

  const told = room.toldTo('C1')
  expect(told).toHaveLength(2)
  expect(told[0]).toBe('News a0')
  expect(told[1]).toMatch(/^7 briefs that could not be posted when they came\nNews a1/)
})

test('a bundle of what waited takes in the bundle that waited before it', async () => {
  await using room = await office()
  const { id } = await room.subscribe('C1')
  const bundle = async () => {
    room.clock.advance({ minutes: 20 })
    const [head] = await room.box.open('slack', room.clock.now(), 1)
    if (head !== undefined) await room.db.transaction((tx) => bundleWaiting(tx, head, room.clock.now()))
  }
  for (const alert of ['a', 'b']) await room.owe(alert, { subscription: id })
  await bundle()
  await room.owe('c', { subscription: id })
  await bundle()

  const [head, ...others] = await room.box.open('slack', room.clock.now(), 10)

  expect(others).toEqual([])
  expect(plainText(head?.blocks ?? [])).toMatch(/^3 briefs/)
  expect((await room.fates.bundledIn(head?.id as DeliveryId, 1 as TeamId)).map((one) => one.id)).toEqual([
    'a',
    'b',
    'c',
  ])
})

test('where history may be read once a minute, each lost answer costs one look, and no fate stays unknown', async () => {
  await using room = await office()
  const there = new Set<string>()
  let isLost = true
  let lookedAt = Number.NEGATIVE_INFINITY
  let tooMany = 0
  let looks = 0
  const sender = room.sender({
    post: async ({ key }) => {
      there.add(key)
      return isLost ? { kind: 'unknown', code: 'answer_lost' } : { kind: 'sent', receipt: 'r' }
    },
    findPosted: async ({ key }): Promise<FindOutcome> => {
      looks += 1
      const now = room.clock.now().getTime()
      const waitMs = lookedAt + 60_000 - now
      if (waitMs > 0) {
        tooMany += 1
        return { kind: 'unreadable', code: 'ratelimited', retryAfterMs: waitMs }
      }
      lookedAt = now
      return there.has(key) ? { kind: 'found', receipt: 'r' } : { kind: 'absent' }
    },
  })
  for (let n = 0; n < 20; n += 1) await room.owe(`m${n}`, { channel: `C${n}` })
  await room.work(sender, 20, 1)
  isLost = false

  await room.work(sender, 700, 2)

  expect(await room.box.counts()).toEqual(new Map([['sent', 20]]))
  expect(tooMany).toBeLessThanOrEqual(2)
  expect(looks).toBeLessThanOrEqual(22)
})

test('looks that have to wait, and messages that are owed no more, are no sign that a platform is down', async () => {
  await using room = await office()
  for (let n = 0; n < 20; n += 1) await room.owe(`m${n}`, { channel: `C${n}`, kind: 'digest' })
  const sender = room.sender({ findPosted: async () => ({ kind: 'unreadable', code: 'not_in_channel' }) })
  room.slack.loseAnswers(12)
  await room.work(sender, 3)
  await room.work(sender, 30)

  await room.owe('new', { channel: 'N', team: 2 })
  await room.work(sender, 1)

  expect(room.keys()).toContain('new')
})

test('whoever subscribed is asked once whether a message arrived that nobody knows about', async () => {
  await using room = await office()
  const { id } = await room.subscribe('C1')
  await room.owe('a', { subscription: id })
  room.slack.loseAnswers(1)
  room.slack.hide()

  await room.work(room.sender(), 700)

  expect(room.keys().filter((key) => key === 'a')).toHaveLength(1)
  const asked = room.slack.posted.filter(({ channel }) => channel === '@U7')
  expect(asked).toHaveLength(1)
  expect(plainText(asked[0]?.blocks ?? [])).toContain('Slack did not say whether "News a" arrived')
  expect(commandsOf(asked[0]?.blocks ?? [])).toEqual(['/subscriptions arrived:a', '/subscriptions missing:a'])
})

test.each(databaseKinds)(
  'a message that a person says is missing is sent once more, however often they press, on %s',
  async (kind) => {
    await using room = await office(kind)
    await room.owe('a')
    room.slack.loseAnswers(1)
    room.slack.hide()
    const sender = room.sender()
    await room.work(sender, 600)
    expect(await room.stateOf('a')).toBe('unknown')

    const pressed = await Promise.all(
      [1, 2, 3].map(() => room.box.settle('a' as DeliveryId, 'missing', room.clock.now())),
    )
    await room.work(sender, 5)
    const late = await room.box.settle('a' as DeliveryId, 'missing', room.clock.now())
    await room.work(sender, 5)

    expect([...pressed.toSorted(), late]).toEqual([false, false, true, false])
    expect(room.slack.posted.filter(({ channel }) => channel === 'C1')).toHaveLength(2)
    expect(await room.stateOf('a')).toBe('sent')
  },
)

test('two teams that share the id of a channel do not wait for each other', async () => {
  await using room = await office()
  await room.owe('one', { team: 1 })
  await room.owe('other', { team: 2 })
  room.slack.answerWith({ kind: 'later', code: 'ratelimited', retryAfterMs: 60_000 })

  await room.work(room.sender(), 3)

  expect(room.keys()).toHaveLength(1)
})

test('channels that took a message lately do not wait for those that refuse, however many there are', async () => {
  await using room = await office()
  const gone = { kind: 'refused', code: 'gone', why: 'gone', explanation: 'Gone.' } as const
  let refused = 0
  const sender = room.sender({
    post: async (message) => {
      if (!message.channel.startsWith('dead')) return await room.slack.messenger.post(message)
      refused += 1
      return gone
    },
  })
  for (let n = 0; n < 30; n += 1) await room.owe(`y${n}`, { channel: `H${n}`, team: 200 + n, kind: 'digest' })
  await room.work(sender, 10)
  room.clock.advance({ days: 1 })
  for (let n = 0; n < 150; n += 1) await room.owe(`d${n}`, { channel: `dead${n}`, team: n, kind: 'digest' })
  for (let n = 0; n < 30; n += 1) await room.owe(`h${n}`, { channel: `H${n}`, team: 200 + n, kind: 'digest' })

  await room.work(sender, 30)
  const served = room.keys().filter((key) => key.startsWith('h')).length
  await room.work(sender, 270)

  expect(served).toBe(30)
  expect(refused).toBeGreaterThan(50)
  expect(refused).toBeLessThan(100)
})

test('a digest of which a part stands is not taken off for a later one to tell again', async () => {
  await using room = await office()
  const from = room.clock.now()
  for (const [id, isPartThere] of [
    ['part', true],
    ['none', false],
  ] as const) {
    await room.owe(id, { channel: id, kind: 'digest' })
    const window = { from, until: from }
    const slot = { on: '2026-11-20', name: id, dueAt: from }
    const end = { fate: 'queued', window, delivery: id as DeliveryId } as const
    await room.db.transaction((tx) => writeSlot(tx, 's' as SubscriptionId, slot, end))
    const refused = { kind: 'refused', code: 'restricted_action', why: 'forbidden', explanation: 'Ask.' } as const
    room.slack.answerWith(isPartThere ? { ...refused, isPartThere } : refused)
    await room.work(room.sender(), 1)
  }

  const waiting = await waitingSlots(room.db.reads, room.clock.now())

  expect(waiting.map(({ delivery }) => delivery)).toEqual(['none'])
})

function commandsOf(blocks: readonly Block[]): readonly string[] {
  return blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons.map(({ command }) => command) : []))
}
