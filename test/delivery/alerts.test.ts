import { expect, test } from 'vitest'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { isOldNews } from '../../src/delivery/old-news.ts'
import { outbox } from '../../src/delivery/outbox.ts'
import { type Alertable, type AlertPart, queueAlerts } from '../../src/delivery/queue-alerts.ts'
import { quietUntil } from '../../src/delivery/quiet.ts'
import { quietStore } from '../../src/delivery/quiet-store.ts'
import { releaseHeld } from '../../src/delivery/release-held.ts'
import type { Filter } from '../../src/delivery/subscription.ts'
import { subscriptionStore } from '../../src/delivery/subscription-store.ts'
import type { Label } from '../../src/position/judging/label.ts'
import { handClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'

const TEAM = 1 as TeamId
const PLACE = { team: TEAM, platform: 'slack', channel: 'C1' } as const
const ALL: Filter = { speakers: [], topics: [] }

type Wished = { readonly filter?: Filter; readonly gather?: number; readonly most?: number }

async function desk({ filter = ALL, gather, most }: Wished = {}) {
  const db = await testDatabase()
  const clock = handClock('2026-11-20T12:00:00Z')
  const subscriptions = subscriptionStore(db)
  const quiets = quietStore(db)
  const box = outbox(db)
  const wish = { ...PLACE, createdBy: 'U1', kind: 'alerts', withOld: false, filter } as const
  const more = {
    ...(gather === undefined ? {} : { gatherMinutes: gather }),
    ...(most === undefined ? {} : { atMostAnHour: most }),
  }
  await subscriptions.add({ ...wish, ...more }, clock.now())
  let briefs = 0
  return {
    clock,
    quiets,
    /** A brief comes in. */
    brief: async ({ isOld = false, ...given }: Partial<Alertable & AlertPart> = {}) => {
      briefs += 1
      const said = {
        speaker: 'ana-petrov',
        topics: ['bridge'],
        propositions: [],
        labels: ['new'],
        outlets: ['The Daily Ledger'],
      } as const
      const blocks = [{ kind: 'heading', text: `Brief ${briefs}` } as const]
      const readFor = async () => [{ ...said, blocks, ...given }]
      return await queueAlerts({ id: `b${briefs}`, team: PUBLIC, isOld, readFor }, { db, subscriptions, quiets, clock })
    },
    tick: () => releaseHeld({ db, outbox: box, quiets }, clock.now()),
    /** What may leave for the channel, the oldest first. */
    due: async () =>
      (await box.recent(TEAM, 100))
        .filter(({ state }) => state === 'due')
        .map(({ blocks }) => plainText(blocks))
        .reverse(),
    states: () => box.counts(),
    [Symbol.asyncDispose]: () => db[Symbol.asyncDispose](),
  }
}

test('a channel gets ten alerts an hour, and the rest of the hour in one message that counts them', async () => {
  await using room = await desk()
  for (let count = 0; count < 37; count += 1) {
    room.clock.advance({ seconds: 30 })
    await room.brief()
  }
  expect(await room.due()).toHaveLength(10)
  expect(await room.tick()).toBe(0)

  room.clock.advance({ hours: 1 })
  expect(await room.tick()).toBe(1)

  const bundle = (await room.due()).at(-1)
  expect(bundle).toContain('27 more briefs in the last hour')
  expect(bundle).toContain('Brief 11')
  expect(bundle).toContain('Brief 33')
  expect(bundle).toContain('And 4 more')
  expect(await room.states()).toEqual(
    new Map([
      ['bundled', 27],
      ['due', 11],
    ]),
  )
})

test('a subscription that gathers gets one message a quarter of an hour', async () => {
  await using room = await desk({ gather: 15 })
  await room.brief()
  room.clock.advance({ minutes: 10 })
  await room.brief()
  await room.tick()
  expect(await room.due()).toEqual([])

  room.clock.advance({ minutes: 5 })
  await room.tick()

  expect(await room.due()).toEqual([expect.stringMatching(/2 new briefs.*Brief 1.*Brief 2/s)])
})

test.each([2, 15])(
  'of more than %i an hour, where a subscription says so, the rest comes in one message',
  async (most) => {
    await using room = await desk({ most })

    for (let brief = 0; brief < most + 3; brief += 1) {
      await room.brief()
      room.clock.advance({ seconds: 1 })
    }
    const alone = (await room.due()).length
    room.clock.advance({ hours: 1 })
    await room.tick()

    expect(alone).toBe(most)
    expect((await room.due()).at(-1)).toContain('3 more briefs in the last hour')
  },
)

test('a filter must find all that it asks for in one thing that an alert tells', async () => {
  await using room = await desk({ filter: { ...ALL, labels: ['reversed'], propositions: ['bridge.free'] } })
  const one = (labels: readonly Label[], propositions: readonly string[]) => ({
    ...{ speaker: 'ana-petrov', topics: ['bridge'], outlets: [], labels, propositions },
  })
  const both = { labels: ['reversed', 'new'], propositions: ['bridge.free', 'bridge.paint'] } as const

  await room.brief({ ...both, each: [one(['new'], ['bridge.free']), one(['reversed'], ['bridge.paint'])] })
  expect(await room.due()).toEqual([])
  await room.brief({ ...both, each: [one(['reversed'], ['bridge.free']), one(['new'], ['bridge.paint'])] })
  expect(await room.due()).toEqual(['Brief 2'])
})

test('in quiet hours nothing comes, and afterwards all of it in one message', async () => {
  await using room = await desk()
  await room.quiets.add(
    PLACE,
    { kind: 'hours', from: '22:00', to: '07:00', zone: 'Europe/Berlin' },
    'U1',
    room.clock.now(),
  )
  await room.brief()
  room.clock.set('2026-11-20T23:30:00Z')
  await room.brief()
  room.clock.advance({ hours: 2 })
  await room.brief()
  await room.tick()
  expect(await room.due()).toEqual(['Brief 1'])

  room.clock.set('2026-11-21T06:00:00Z')
  await room.tick()

  expect((await room.due()).at(-1)).toMatch(/2 briefs that came while it was quiet here.*Brief 2.*Brief 3/s)
})

test('quiet about a topic holds what is about it and nothing else; taken back, it lets go at once', async () => {
  await using room = await desk()
  const until = new Date('2026-11-21T12:00:00Z')
  await room.quiets.add(
    PLACE,
    { kind: 'for a time', until, filter: { ...ALL, topics: ['bridge'] } },
    'U1',
    room.clock.now(),
  )

  await room.brief()
  room.clock.advance({ seconds: 1 })
  await room.brief({ topics: ['fish'] })
  expect(await room.due()).toEqual(['Brief 2'])

  await room.quiets.end(PLACE, room.clock.now())
  await room.tick()
  expect(await room.due()).toEqual(['Brief 1', 'Brief 2'])
})

test('a quiet that was made longer holds on to what it held', async () => {
  await using room = await desk()
  await room.quiets.add(
    PLACE,
    { kind: 'for a time', until: new Date('2026-11-20T13:00:00Z'), filter: null },
    'U1',
    room.clock.now(),
  )
  await room.brief()
  await room.quiets.add(
    PLACE,
    { kind: 'for a time', until: new Date('2026-11-20T18:00:00Z'), filter: null },
    'U1',
    room.clock.now(),
  )

  room.clock.set('2026-11-20T13:30:00Z')
  await room.tick()
  expect(await room.due()).toEqual([])

  room.clock.set('2026-11-20T18:00:00Z')
  await room.tick()
  expect(await room.due()).toEqual(['Brief 1'])
})

test('a topic that becomes quiet while an alert is gathered holds that alert', async () => {
  await using room = await desk({ gather: 15 })
  await room.brief()
  room.clock.advance({ seconds: 1 })
  await room.brief({ topics: ['fish'] })
  const until = new Date('2026-11-21T12:00:00Z')
  const filter = { ...ALL, topics: ['bridge'] }
  await room.quiets.add(PLACE, { kind: 'for a time', until, filter }, 'U1', room.clock.now())

  room.clock.advance({ minutes: 16 })
  await room.tick()
  expect(await room.due()).toEqual(['Brief 2'])

  room.clock.set('2026-11-21T12:00:00Z')
  await room.tick()
  expect(await room.due()).toEqual(['Brief 1', 'Brief 2'])
})

test('quiet hours that were made shorter let go at their new end', async () => {
  await using room = await desk()
  const hours = { kind: 'hours', from: '11:00', to: '18:00', zone: 'UTC' } as const
  await room.quiets.add(PLACE, hours, 'U1', room.clock.now())
  await room.brief()
  await room.quiets.add(PLACE, { ...hours, to: '14:00' }, 'U1', room.clock.now())

  room.clock.set('2026-11-20T13:59:00Z')
  await room.tick()
  expect(await room.due()).toEqual([])

  room.clock.set('2026-11-20T14:00:00Z')
  await room.tick()
  expect(await room.due()).toEqual(['Brief 1'])
})

test('an alert waits for the end of the quiet time that is its own, not for that of another topic', async () => {
  await using room = await desk()
  const quiet = (topic: string, until: string) => {
    const filter = { ...ALL, topics: [topic] }
    return room.quiets.add(PLACE, { kind: 'for a time', until: new Date(until), filter }, 'U1', room.clock.now())
  }
  const { id } = await quiet('bridge', '2026-11-21T12:00:00Z')
  await quiet('fish', '2026-11-21T12:00:00Z')
  await room.brief()
  await room.brief({ topics: ['fish'] })

  await room.quiets.end(PLACE, room.clock.now(), id)
  await room.tick()

  expect(await room.due()).toEqual(['Brief 1'])
})

test.each([
  ['in summer time before it', '2026-10-25T00:10:00Z', '2026-10-25T00:30:00Z'],
  ['after its end', '2026-10-25T00:45:00Z', null],
  ['in the hour that comes again', '2026-10-25T01:10:00Z', null],
  ['the night before', '2026-10-24T23:00:00Z', '2026-10-25T00:30:00Z'],
])('quiet hours over a night in which the clock goes back end once: %s', (_, at, end) => {
  const hours = { kind: 'hours', from: '22:00', to: '02:30', zone: 'Europe/Berlin' } as const

  expect(quietUntil(hours, new Date(at))?.toISOString() ?? null).toBe(end === null ? null : new Date(end).toISOString())
})

test('quiet hours that begin in an hour which comes twice are one time', () => {
  const hours = { kind: 'hours', from: '02:30', to: '06:00', zone: 'Europe/Berlin' } as const

  expect(quietUntil(hours, new Date('2026-10-25T01:10:00Z'))).toEqual(new Date('2026-10-25T05:00:00Z'))
})

test.each([
  ['published and said today', '2026-11-20', '2026-11-20T08:00:00Z', false],
  ['published six days ago', '2026-11-14', '2026-11-14T12:00:00Z', false],
  ['published eight days ago', '2026-11-12', '2026-11-12T08:00:00Z', true],
  ['said last spring, in an article of today', '2026-04-01', '2026-11-20T08:00:00Z', true],
  ['without a date', '2026-11-20', null, false],
])('old news raises no alert: %s', (_, on, publishedAt, isOld) => {
  const readAt = new Date('2026-11-20T12:00:00Z')

  expect(isOldNews({ on, readAt, publishedAt: publishedAt === null ? null : new Date(publishedAt) })).toBe(isOld)
})

test('what a feed listed when it was first read raises no alert', async () => {
  await using room = await desk()

  expect(await room.brief({ isOld: true })).toEqual([])
})

test.each<[string, Filter, Partial<AlertPart>, boolean]>([
  ['a label that is asked for', { ...ALL, labels: ['reversed', 'hardened'] }, { labels: ['hardened'] }, true],
  ['a label that is not', { ...ALL, labels: ['reversed'] }, { labels: ['new'] }, false],
  ['an outlet in other letters', { ...ALL, outlets: ['the daily ledger'] }, {}, true],
  ['another outlet', { ...ALL, outlets: ['Nerian Post'] }, {}, false],
  ['a speaker who is left out', { ...ALL, except: { speakers: ['ana-petrov'], topics: [], outlets: [] } }, {}, false],
  [
    'an outlet that is left out',
    { ...ALL, except: { speakers: [], topics: [], outlets: ['The Daily Ledger'] } },
    {},
    false,
  ],
  [
    'what another outlet has too',
    { ...ALL, except: { speakers: [], topics: [], outlets: ['The Daily Ledger'] } },
    { outlets: ['The Daily Ledger', 'Nerian Post'] },
    true,
  ],
])('%s decides', async (_, filter, brief, isWanted) => {
  await using room = await desk({ filter })

  expect(await room.brief(brief)).toHaveLength(isWanted ? 1 : 0)
})
