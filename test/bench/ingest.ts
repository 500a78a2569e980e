/**
 * How fast does news come in? Feeds are read, polled on the loopback and their copies found:
 *
 *     npm run bench:ingest [-- FEEDS]      default: 2000
 *
 * The publishers live in a process of their own, each under a name of its own.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { articleMigrations } from '../../src/article/article-migrations.ts'
import { articleStore } from '../../src/article/article-store.ts'
import { systemClock } from '../../src/base/clock.ts'
import { migrate } from '../../src/base/database/migrations.ts'
import { openSqlite } from '../../src/base/database/open-sqlite.ts'
import { silentLog } from '../../src/base/log.ts'
import { PUBLIC } from '../../src/base/scope.ts'
import { openWeb } from '../../src/base/web/open-web.ts'
import { robots } from '../../src/base/web/robots.ts'
import type { EntryId, FeedId } from '../../src/feed/feed.ts'
import { feedMigrations } from '../../src/feed/feed-migrations.ts'
import { feedStore } from '../../src/feed/feed-store.ts'
import { parseFeed } from '../../src/feed/parse-feed.ts'
import { pollFeed } from '../../src/feed/poll-feed.ts'
import { openSecondReader } from '../../src/feed/second-reader.ts'
import { goldenCases } from '../support/golden.ts'
import { chanceOf, inventFeed, inventNews, reprint } from './news.ts'

const feedCount = Number(process.argv[2] ?? 2_000)
const STORED = 5_000
const ASKED = 400
const AT_ONCE = 64
const SEED = 7
const MB = 1_048_576

const say = (line: string) => process.stdout.write(`${line}\n`)

const folder = await mkdtemp(join(tmpdir(), 'onrecord-bench-'))
await using db = await openSqlite(join(folder, 'ingest.db'))
await migrate(db, { ...feedMigrations, ...articleMigrations })
await polling()
await parsing()
await copies()
await rm(folder, { recursive: true, force: true })

/** Feeds a second with everything on, and the largest that we take. */
async function parsing(): Promise<void> {
  await using secondReader = openSecondReader()
  const read = (bytes: Uint8Array) =>
    parseFeed(bytes, { url: 'https://wire.example/rss.xml' }, { secondReader }).catch(() => null)
  const common = Array.from({ length: 200 }, (_, index) => Buffer.from(inventFeed(chanceOf(index), 15, 1)))
  const hard = goldenCases('feed').map(({ input }) => input)
  // The readers warm up as they do in a service that runs for days.
  for (const bytes of [...common, ...hard]) await read(bytes)
  for (const [name, feeds] of [
    ['feeds of 15 items', common],
    ['golden feeds', hard],
  ] as const) {
    const ms = await timed(async () => {
      for (const bytes of feeds) await read(bytes)
    })
    say(`parse: ${rate(feeds.length, ms)} ${name} a second (target 250)`)
  }
  const large = Buffer.from(inventFeed(chanceOf(SEED), 2_900, 3))
  const ms = await timed(() => read(large.subarray(0, 5_000_000)))
  say(`parse: a feed of ${(Math.min(large.length, 5_000_000) / MB).toFixed(1)} MB in ${ms.toFixed(0)} ms (target 1000)`)
}

/**
 * The whole way of a poll, database included: a first round, one with news everywhere, one with
 * none. Feeds are read in this thread; the service reads them in others, which pays where cores are idle.
 */
async function polling(): Promise<void> {
  const publishers = fork(new URL('./publishers.ts', import.meta.url), { execArgv: [] })
  await using _ = { [Symbol.asyncDispose]: async () => void publishers.kill() }
  const [port] = (await once(publishers, 'message')) as [number]
  const resolve = async () => [{ address: '127.0.0.1', family: 4 }]
  await using web = openWeb({ allowPrivate: true, userAgent: 'Onrecord bench', spacingMs: 0, resolve })
  await using secondReader = openSecondReader()
  const store = feedStore(db)
  const deps = {
    ...{ store, fetch: web.fetch, clock: systemClock, log: silentLog, random: Math.random },
    robots: robots('Onrecord', { fetch: web.fetch, clock: systemClock }),
    parse: (bytes: Uint8Array, hints: Parameters<typeof parseFeed>[1]) => parseFeed(bytes, hints, { secondReader }),
  }
  const ids: FeedId[] = []
  for (let index = 0; index < feedCount; index += 1) {
    const url = `http://outlet${index}.example:${port}/rss.xml`
    ids.push((await store.add({ url, team: PUBLIC, addedBy: null, title: null }, new Date())).id)
  }
  const round = async () => {
    const waiting = ids.values()
    const one = async () => {
      for (const id of waiting) await pollFeed(id, deps)
    }
    const before = process.cpuUsage()
    const ms = await timed(() => Promise.all(Array.from({ length: AT_ONCE }, one)))
    const { user, system } = process.cpuUsage(before)
    const rss = process.memoryUsage.rss() / MB
    await setAside()
    return `${rate(ids.length, ms)} a second (${((user + system) / 1_000 / ids.length).toFixed(2)} ms of CPU each), ${rss.toFixed(0)} MB`
  }
  say(`poll: first round, robots.txt included: ${await round()}`)
  publishers.send('news')
  await once(publishers, 'message')
  say(`poll: changed ${await round()} (target 400, 170 MB)`)
  say(`poll: unchanged (304) ${await round()} (target 5000, 170 MB)`)
}

/** In the service entries have been read long before their feed is polled again; here no time is taken for it. */
async function setAside(): Promise<void> {
  const read = { handledAt: Date.now(), content: null, summary: null }
  await db.transaction((tx) => tx.updateTable('entry').set(read).where('handledAt', 'is', null).execute())
}

/** A new article against those of three days. */
async function copies(): Promise<void> {
  const store = articleStore(db)
  const chance = chanceOf(SEED)
  const now = new Date()
  const add = (index: number, text: string) =>
    store.addForEntry(
      `bench ${index}` as EntryId,
      {
        ...{ team: PUBLIC, url: `https://outlet-${index}.example/a`, title: `Article ${index}`, text },
        ...{ publisher: `Outlet ${index}`, author: null, language: 'en', dateline: null, ownWordsOf: null },
        ...{ isBackfill: false, publishedAt: now, fetchedAt: now },
      },
      now,
    )
  const stored = Array.from({ length: STORED }, () => inventNews(chance))
  for (const [index, text] of stored.entries()) await add(index, text)
  const waits: number[] = []
  let [found, missed, wrong] = [0, 0, 0]
  for (let index = 0; index < ASKED; index += 1) {
    const isCopy = index % 2 === 0
    const text = isCopy ? reprint(chance, stored[Math.floor(chance() * STORED)] ?? '') : inventNews(chance)
    let id: string | null = null
    waits.push(
      await timed(async () => {
        id = await add(STORED + index, text)
      }),
    )
    if (isCopy && id === null) found += 1
    else if (isCopy) missed += 1
    else if (id === null) wrong += 1
  }
  const sorted = waits.toSorted((a, b) => a - b)
  const at = (share: number) => (sorted[Math.floor(share * sorted.length)] ?? 0).toFixed(1)
  say(
    `copies: ${found} of ${found + missed} found, ${wrong} of ${ASKED / 2} others taken for one; ${at(0.5)} ms an article against ${STORED}, p99 ${at(0.99)} ms (target 50)`,
  )
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

function rate(count: number, ms: number): string {
  return Math.round((count * 1_000) / ms).toString()
}
