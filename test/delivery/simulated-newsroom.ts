import type { Article, ArticleId } from '../../src/article/article.ts'
import type { DatabaseKind } from '../../src/base/database/database.ts'
import { silentLog } from '../../src/base/log.ts'
import type { TeamId } from '../../src/base/scope.ts'
import { tally } from '../../src/base/tally.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { type Messenger, memberOf, type PostOutcome, SHOWS_WITHIN_MS } from '../../src/chat/messenger.ts'
import { outbox } from '../../src/delivery/outbox.ts'
import { PUT_OFF } from '../../src/delivery/put-off.ts'
import { scheduleDigests } from '../../src/delivery/schedule-digests.ts'
import { deliverySender } from '../../src/delivery/send-deliveries.ts'
import { TOO_LATE } from '../../src/delivery/slot-store.ts'
import type { DigestSubscription, Schedule } from '../../src/delivery/subscription.ts'
import { subscriptionStore } from '../../src/delivery/subscription-store.ts'
import { topicStore } from '../../src/position/book/topic-store.ts'
import { positionStore } from '../../src/position/record/position-store.ts'
import { digestWriter } from '../../src/service/write-digest.ts'
import type { SpeakerId } from '../../src/speaker/speaker.ts'
import { statementStore } from '../../src/statement/statement-store.ts'
import { handClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'
import { articleOf, foundIn } from '../support/statements.ts'

/** What the platform does to a post. */
export type Weather = 'fine' | 'asks for patience' | 'loses answers' | 'loses messages' | 'finds it invalid'

const TEAM = 1 as TeamId
const HOUR_MS = 3_600_000

/** One team, one platform and the real rooms between them, on a clock that is moved by hand. */
export async function simulatedNewsroom(start = '2026-10-20T05:00:00Z', kind: DatabaseKind = 'sqlite') {
  const db = await testDatabase(undefined, kind)
  const clock = handClock(start)
  const roster = { byId: () => null }
  const statements = statementStore(db, { clock, roster })
  const subscriptions = subscriptionStore(db)
  const box = outbox(db)
  const posted = new Map<string, number>()
  const articles = new Map<ArticleId, Article>()
  let weather: Weather = 'fine'
  let said = 0

  const post = async (key: string): Promise<PostOutcome> => {
    if (weather === 'asks for patience') return { kind: 'later', code: 'ratelimited', retryAfterMs: 90_000 }
    if (weather === 'finds it invalid') {
      const explanation = 'A rule of this place keeps such words out.'
      return { kind: 'refused', code: '200000', why: 'invalid', explanation }
    }
    if (weather !== 'loses messages') posted.set(key, (posted.get(key) ?? 0) + 1)
    return weather === 'fine' ? { kind: 'sent', receipt: key } : { kind: 'unknown', code: 'no answer' }
  }
  const messenger: Messenger = {
    platform: 'slack',
    ...{ restMs: 0, teamRestMs: 0, anyRestMs: 0, editRestMs: 0, showsWithinMs: SHOWS_WITHIN_MS },
    // What people are told in private is no digest.
    post: async ({ key, channel }) => (memberOf(channel) === null ? await post(key) : { kind: 'sent', receipt: key }),
    edit: async () => ({ kind: 'edited' }),
    findPosted: async ({ key }) => (posted.has(key) ? { kind: 'found', receipt: key } : { kind: 'absent' }),
  }
  const open = () =>
    deliverySender('slack', { outbox: box, messengers: new Map([['slack', messenger]]), clock, log: silentLog })
  let sender = open()
  const writeDigest = digestWriter({
    statements,
    positions: positionStore(db),
    topics: topicStore(db),
    rosterFor: async () => roster as never,
    articles: { get: async (id) => articles.get(id) ?? null },
    heldBack: tally(),
    log: silentLog,
  })

  const send = async () => {
    for (let round = 0; round < 3; round += 1) {
      await sender.send()
      await sender.settled()
      clock.advance({ seconds: 1 })
    }
  }

  return {
    clock,
    /** Digests that stand on the platform, by key, and how often. */
    posted,
    subscribe: async (topic: string | null, schedule: Schedule, channel: string) =>
      (await subscriptions.add(
        {
          ...{ team: TEAM, platform: 'slack', channel, createdBy: 'U1', kind: 'digest', digest: 'morning', schedule },
          filter: { speakers: [], topics: topic === null ? [] : [topic] },
          whenEmpty: 'say so',
        },
        clock.now(),
      )) as DigestSubscription,
    unsubscribe: (number: number) => subscriptions.remove(TEAM, number, clock.now()),
    /** Puts words on record; the statements' ids. */
    say: async (topic: string, times = 1): Promise<readonly string[]> => {
      const words = Array.from({ length: times }, () => {
        said += 1
        return `word number ${said} of many`
      })
      const article = articleOf(`Ana Petrov said: ${words.join('. ')}.`, { publishedAt: clock.now() })
      articles.set(article.id, article)
      const found = words.map((one) => foundIn(article, one, { by: 'Ana Petrov', speaker: 'ana-petrov' as SpeakerId }))
      return (await statements.saveAll([{ article, found, topicsOf: () => [topic] }], times)).map(String)
    },
    tick: async () => {
      const deps = {
        db,
        subscriptions,
        writeDigest,
        isQuiet: async () => false,
        clock,
        graceMs: 2 * HOUR_MS,
        log: silentLog,
      }
      await scheduleDigests(deps)
      await send()
    },
    /** Whoever comes after a crash knows only what is written down. */
    crash: () => {
      sender = open()
    },
    become: (next: Weather) => {
      weather = next
    },
    /** What the digests of a subscription told of that stand on the platform, in their order. */
    told: async (id: string): Promise<readonly string[]> => {
      const rows = await db.reads
        .selectFrom('slot')
        .select(['told', 'delivery'])
        .where('subscription', '=', id)
        .orderBy('coversUntil')
        .execute()
      return rows
        .filter(({ delivery }) => posted.has(delivery ?? ''))
        .flatMap(({ told }) => JSON.parse(told) as string[])
    },
    states: () => box.counts(),
    /** Digests that were owed, and that a later one told instead. */
    takenOff: async (): Promise<ReadonlySet<string>> => {
      const rows = await db.reads.selectFrom('delivery').select('id').where('code', 'in', [TOO_LATE, PUT_OFF]).execute()
      return new Set(rows.map(({ id }) => id))
    },
    /** What became of the slots of a subscription, in their order. */
    fates: async (id: string): Promise<readonly string[]> => {
      const rows = await db.reads
        .selectFrom('slot')
        .select('fate')
        .where('subscription', '=', id)
        .orderBy('dueAt')
        .execute()
      return rows.map(({ fate }) => fate)
    },
    /** What stands on the platform of a subscription, as people read it, in its order. */
    read: async (id: string): Promise<readonly string[]> => {
      const rows = await db.reads
        .selectFrom('delivery')
        .select(['id', 'blocks'])
        .where('subscription', '=', id)
        .orderBy('createdAt')
        .execute()
      return rows.filter((row) => posted.has(row.id)).map(({ blocks }) => plainText(JSON.parse(blocks)))
    },
    [Symbol.asyncDispose]: () => db[Symbol.asyncDispose](),
  }
}

export type SimulatedNewsroom = Awaited<ReturnType<typeof simulatedNewsroom>>
