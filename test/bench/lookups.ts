/**
 * How fast is the record? Builds archives of synthetic statements, asks every kind of question while
 * 200 statements a second are written, and prints what a person would wait.
 *
 *     npm run bench:lookups [-- SIZE ...]      default: 100000 1000000
 *
 * An archive is built once and kept in the system's folder for temporary files.
 */
import { existsSync, statSync } from 'node:fs'
import { copyFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { sql } from 'kysely'
import { systemClock } from '../../src/base/clock.ts'
import { migrate } from '../../src/base/database/migrations.ts'
import { openSqlite } from '../../src/base/database/open-sqlite.ts'
import { keyOf } from '../../src/base/id.ts'
import type { TeamId } from '../../src/base/scope.ts'
import { speakerMigrations } from '../../src/speaker/speaker-migrations.ts'
import { statementMigrations } from '../../src/statement/statement-migrations.ts'
import { type StatementStore, statementStore } from '../../src/statement/statement-store.ts'
import { chanceOf, inventArticle, rank, SHAPE, speaker, topic, word } from './archive.ts'

const ASKED = 400
const TARGET_P99_MS = 5
const WRITES_A_SECOND = 200
const ARTICLES_A_LOAD = 200
const LOADED_AT_ONCE = 500
const SEED = 42

const say = (line: string) => process.stdout.write(`${line}\n`)
const roster = { byId: () => null }
const asker = 1 as TeamId

/** No question at all: what the machine itself makes of a steady piece of work, for comparison. */
const CONTROL = '(1 ms of counting)'

function compute(): void {
  const until = process.hrtime.bigint() + 1_000_000n
  while (process.hrtime.bigint() < until);
}

/** Every kind of question; each asks for the page that a person sees. */
function questions(store: StatementStore, chance: () => number): Readonly<Record<string, () => Promise<unknown>>> {
  const who = () => speaker(rank(chance, SHAPE.speakers))
  const about = () => topic(rank(chance, SHAPE.topics))
  const typed = (count: number) => Array.from({ length: count }, () => word(20 + rank(chance, 5_000))).join(' ')
  const page = { team: asker, limit: 10 }
  return {
    speaker: () => store.find({ ...page, speaker: who() }),
    topic: () => store.find({ ...page, topic: about() }),
    'speaker + topic': () => store.find({ ...page, speaker: who(), topic: about() }),
    'one word': () => store.find({ ...page, words: typed(1) }),
    'two words': () => store.find({ ...page, words: typed(2) }),
    'two frequent words': () => store.find({ ...page, words: `${word(rank(chance, 50))} ${word(rank(chance, 50))}` }),
    'speaker + words': () => store.find({ ...page, speaker: who(), words: typed(1) }),
    'topic + words': () => store.find({ ...page, topic: about(), words: typed(1) }),
    'closest to a word': () => store.find({ ...page, words: typed(1), order: 'closest' }),
    phrase: () => store.find({ ...page, words: `"${typed(2)}"` }),
    'a year of a topic': () => store.find({ ...page, topic: about(), since: '2019-01-01', until: '2019-12-31' }),
    timeline: () => store.countByMonth({ team: asker, topic: about() }),
    'speaker timeline': () => store.countByMonth({ team: asker, speaker: who(), topic: about() }),
    latest: () => store.latestOf(asker, who(), about()),
    [CONTROL]: async () => compute(),
  }
}

async function archive(size: number): Promise<string> {
  const name = keyOf('archive', size, JSON.stringify(SHAPE), SEED, Object.keys(statementMigrations).join()).slice(0, 8)
  const file = join(tmpdir(), `onrecord-bench-${size}-${name}.db`)
  if (existsSync(file)) return file
  const building = `${file}.building`
  for (const end of ['', '-wal', '-shm']) await rm(building + end, { force: true })
  const started = performance.now()
  {
    await using db = await openSqlite(building)
    await migrate(db, { ...speakerMigrations, ...statementMigrations })
    const store = statementStore(db, { clock: systemClock, roster })
    const chance = chanceOf(SEED)
    const articles = size / SHAPE.perArticle
    for (let done = 0; done < articles; done += ARTICLES_A_LOAD) {
      const some = Array.from({ length: Math.min(ARTICLES_A_LOAD, articles - done) }, (_, i) =>
        inventArticle(chance, done + i),
      )
      await store.saveAll(some, LOADED_AT_ONCE)
    }
    await db.transaction((tx) => sql`analyze`.execute(tx))
  }
  await rename(building, file)
  say(`built ${size} statements in ${Math.round((performance.now() - started) / 1000)} s`)
  return file
}

/** Writes articles of the present until told to stop. */
function startWriting(store: StatementStore): { readonly stop: () => Promise<number> } {
  const chance = chanceOf(SEED + 1)
  let last: Promise<unknown> = Promise.resolve()
  let written = 0
  let number = 1_000_000_000
  const everyMs = (SHAPE.perArticle / WRITES_A_SECOND) * 1000
  const timer = setInterval(() => {
    number += 1
    const { article, found, topicsOf } = inventArticle(chance, number, new Date())
    last = store.save(article, found, topicsOf).then((ids) => {
      written += ids.length
    })
  }, everyMs)
  return {
    stop: async () => {
      clearInterval(timer)
      await last
      return written
    },
  }
}

async function bench(size: number): Promise<boolean> {
  const kept = await archive(size)
  const file = `${kept}.run`
  await copyFile(kept, file)
  try {
    await using db = await openSqlite(file)
    const store = statementStore(db, { clock: systemClock, roster })
    const asked = Object.entries(questions(store, chanceOf(SEED + 2)))
    for (const [, ask] of asked) for (let i = 0; i < ASKED / 4; i++) await ask()

    const writing = startWriting(store)
    const started = performance.now()
    const waits = new Map(asked.map(([kind]) => [kind, [] as number[]]))
    for (let i = 0; i < ASKED; i++) {
      for (const [kind, ask] of asked) {
        await yieldToOthers()
        const from = performance.now()
        await ask()
        waits.get(kind)?.push(performance.now() - from)
      }
    }
    const seconds = (performance.now() - started) / 1000
    const written = await writing.stop()

    say(`\n${size} statements, ${Math.round(statSync(kept).size / size)} bytes each; ${ASKED} questions of each kind,`)
    say(
      `${Math.round((ASKED * asked.length) / seconds)} a second, while ${Math.round(written / seconds)} statements a second were written\n`,
    )
    say(`${'ms'.padEnd(20)}${['p50', 'p90', 'p99', 'max'].map((name) => name.padStart(8)).join('')}`)
    let isFast = true
    for (const [kind, times] of waits) {
      const sorted = times.toSorted((a, b) => a - b)
      const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
      if (kind !== CONTROL) isFast &&= at(0.99) < TARGET_P99_MS
      say(`${kind.padEnd(20)}${[0.5, 0.9, 0.99, 1].map((share) => at(share).toFixed(2).padStart(8)).join('')}`)
    }
    return isFast
  } finally {
    for (const end of ['', '-wal', '-shm']) await rm(file + end, { force: true })
  }
}

const sizes = process.argv.slice(2).map(Number)
for (const size of sizes.length > 0 ? sizes : [100_000, 1_000_000]) {
  const isFast = await bench(size)
  say(`\ntarget: p99 of every kind under ${TARGET_P99_MS} ms: ${isFast ? 'met' : 'MISSED'}`)
}
