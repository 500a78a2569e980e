import type { Database } from '../../src/base/database/database.ts'
import { type Migrations, migrate } from '../../src/base/database/migrations.ts'
import { openPostgres } from '../../src/base/database/open-postgres.ts'
import { openSqlite, openSqliteReadOnly } from '../../src/base/database/open-sqlite.ts'
import { silentLog } from '../../src/base/log.ts'
import type { Block } from '../../src/chat/blocks.ts'
import { localDay, localTime, weekdayOf } from '../../src/delivery/local-time.ts'
import { queueAlerts } from '../../src/delivery/queue-alerts.ts'
import { type Weekday, weekdays } from '../../src/delivery/subscription.ts'
import { migrations } from '../../src/migrations.ts'
import { readBook } from '../../src/position/book/read-book.ts'
import { openHouse } from '../../src/service/open-house.ts'
import { buildRoster } from '../../src/speaker/build-roster.ts'
import type { SpeakerId } from '../../src/speaker/speaker.ts'
import { request } from '../support/requests.ts'
import { articleOf, foundIn } from '../support/statements.ts'

export type Platform = 'slack' | 'discord'

/** A channel that messages are promised to. */
export type Channel = { readonly platform: Platform; readonly name: string; readonly id: string; readonly team: string }

/** What has to stand in a channel once, in one message. */
export type Owed = {
  readonly platform: Platform
  readonly name: string
  readonly kind: 'alert' | 'digest'
  /** Each stands in it. */
  readonly labels: readonly string[]
  /** It waits for a quiet's end, and may overtake nobody. */
  readonly isHeld: boolean
  /** What it tells was given to another speaker afterwards. */
  isCorrected: boolean
  readonly statement: number | null
}

/** Where the service keeps what it owes: a file, or a server that others reach, too. */
export type Storage = {
  readonly settings: Readonly<Record<string, string>>
  readonly open: () => Promise<Database>
  readonly look: () => Promise<Database>
}

export function fileStorage(file: string): Storage {
  return {
    settings: { DATABASE_FILE: file },
    open: () => openSqlite(file),
    look: async () => openSqliteReadOnly(file),
  }
}

export function serverStorage(url: string): Storage {
  return { settings: { DATABASE_URL: url }, open: () => openPostgres(url), look: () => openPostgres(url) }
}

const MINUTE_MS = 60_000
const ZONE = 'Europe/Berlin'
/** What is written down now was so long ago: its minute to settle is over, and so is the minute of a correction. */
const AGO_MS = 3 * MINUTE_MS
/** Simulated; the service is started meanwhile. */
const QUIET_FOR_MS = 20_000
const LONG = 90

const SPEAKER = 'Ana Petrov'
const OTHER = 'Bela Quill'
const ROSTER = [SPEAKER, OTHER].map((name) => ({
  ...{
    id: name.toLowerCase().replace(' ', '-') as SpeakerId,
    name,
    kind: 'person' as const,
    country: 'XT',
    gender: null,
  },
  ...{ aliases: [], offices: [] },
}))

type Wanted = {
  readonly channels: readonly Channel[]
  readonly isHeld: boolean
  readonly random: (below: number) => number
}

/** A desk that subscribes, and a record that has something for it: the service finds a slot due and alerts owed. */
export async function promiseSome(storage: Storage, number: number, { channels, isHeld, random }: Wanted) {
  return await withHouse(storage, async ({ house, db, clock }) => {
    const owed: Owed[] = []
    for (const [index, { platform, name, id, team: of }] of channels.entries()) {
      const team = await house.teams.teamOf(platform, of, 'Newsroom')
      const place = { team, platform, channel: id }
      const label = (what: string, line = 0) => `m${number}x${index}x${what}x${line}x`
      const topic = `run-${number}-${index}`
      const wish = { ...place, createdBy: 'U1', filter: { speakers: [], topics: [topic] } }
      const base = { platform, name, isCorrected: false }

      const statement = await say(house, {
        text: `${SPEAKER} said: word ${label('digest')} of many.`,
        topic,
        at: clock.now(),
      })
      const slotAt = new Date(clock.now().getTime() + AGO_MS - MINUTE_MS)
      const day = weekdays[weekdayOf(localDay(slotAt, ZONE))] as Weekday
      const schedule = { times: [localTime(slotAt, ZONE)], days: [day], zone: ZONE }
      await house.subscriptions.add(
        { ...wish, kind: 'digest', digest: 'morning', schedule, whenEmpty: 'say so' },
        clock.now(),
      )
      owed.push({ ...base, kind: 'digest', labels: [label('digest')], isHeld: false, statement })

      await house.subscriptions.add({ ...wish, kind: 'alerts', withOld: false, atMostAnHour: 1_000 }, clock.now())
      const until = new Date(clock.now().getTime() + AGO_MS + QUIET_FOR_MS)
      if (isHeld)
        await house.quiets.add(
          place,
          { kind: 'for a time', until, filter: { speakers: [], topics: [topic] } },
          'U1',
          clock.now(),
        )
      for (const what of isHeld ? ['one', 'two'] : ['one']) {
        // Now and then one that takes several messages.
        const lines = !isHeld && random(6) === 0 ? LONG : 1
        const labels = Array.from({ length: lines }, (_, line) => label(what, line))
        const blocks = labels.map(
          (text, i): Block =>
            i === 0 ? { kind: 'heading', text } : { kind: 'text', line: `${text} ${'-'.repeat(60)}` },
        )
        const part = { speaker: null, topics: [topic], propositions: [], labels: [], outlets: [], blocks }
        await queueAlerts(
          { id: `brief ${number} ${index} ${what}`, team, isOld: false, readFor: async () => [part] },
          { db, subscriptions: house.subscriptions, quiets: house.quiets, clock },
        )
        owed.push({ ...base, kind: 'alert', labels, isHeld, statement: null })
      }
    }
    return owed
  })
}

/** Gives what a digest told to another speaker. */
export async function correctOne(storage: Storage, { team: of, platform }: Channel, owed: Owed): Promise<void> {
  await withHouse(storage, async ({ house, clock }) => {
    const team = await house.teams.teamOf(platform, of, 'Newsroom')
    const asker = request({ team, platform, role: 'owner', at: clock.now() })
    await house.book.answerLine(`/correct wrong-speaker statement:${owed.statement} speaker:"${OTHER}"`, asker)
    owed.isCorrected = true
  })
}

async function withHouse<Result>(
  storage: Storage,
  work: (given: { house: ReturnType<typeof openHouse>; db: Database; clock: { now: () => Date } }) => Promise<Result>,
): Promise<Result> {
  await using db = await storage.open()
  await migrate(db, migrations as Migrations)
  const clock = { now: () => new Date(Date.now() - AGO_MS) }
  const house = openHouse({
    ...{ db, clock, log: silentLog, roster: buildRoster(ROSTER), shippedBook: readBook('[]') },
    addFeed: () => Promise.reject(new Error('no feed is added here')),
  })
  return await work({ house, db, clock })
}

async function say(
  { articles, statements }: ReturnType<typeof openHouse>,
  { text, topic, at }: { readonly text: string; readonly topic: string; readonly at: Date },
): Promise<number> {
  const { id: _, ...fresh } = articleOf(text, { publishedAt: at, fetchedAt: at })
  const article = await articles.get(await articles.add(fresh))
  if (article === null) throw new Error('the article is kept')
  const words = text.slice(text.indexOf('word'), -1)
  const found = foundIn(article, words, { by: SPEAKER, speaker: ROSTER[0]?.id ?? null })
  const [id] = await statements.saveAll([{ article, found: [found], topicsOf: () => [topic] }], 1)
  return Number(id)
}
