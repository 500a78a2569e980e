import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { systemClock } from '../../src/base/clock.ts'
import { migrate } from '../../src/base/database/migrations.ts'
import { openSqlite } from '../../src/base/database/open-sqlite.ts'
import { keyOf } from '../../src/base/id.ts'
import { migrations } from '../../src/migrations.ts'
import { shippedKnowledge } from '../../src/service/shipped-knowledge.ts'
import type { FoundStatement } from '../../src/statement/statement.ts'
import { type ArticleStatements, statementStore } from '../../src/statement/statement-store.ts'
import { chanceOf, inventArticle, SHAPE } from './archive.ts'

const ARTICLES_A_LOAD = 200
const LOADED_AT_ONCE = 500
const SEED = 42

/** Names and topics that people of the service can type, each as often as its rank in the archive. */
export function voices() {
  const { roster, shippedBook } = shippedKnowledge({ withSample: false })
  const speakers = roster.speakers.filter(({ kind, name }) => kind === 'person' && roster.find(name).length === 1)
  return { speakers: speakers.slice(0, SHAPE.speakers), topics: shippedBook.topics }
}

/**
 * A database of the whole service with so many synthetic statements, under names that the service knows.
 * Built once and kept in the system's folder for temporary files; whoever writes makes a copy.
 */
export async function pressArchive(size: number): Promise<string> {
  const name = keyOf('press', size, JSON.stringify(SHAPE), SEED, Object.keys(migrations).join()).slice(0, 8)
  const file = join(tmpdir(), `onrecord-doors-${size}-${name}.db`)
  if (existsSync(file)) return file
  const building = `${file}.building`
  for (const end of ['', '-wal', '-shm']) await rm(building + end, { force: true })
  {
    await using db = await openSqlite(building)
    await migrate(db, migrations)
    const { roster } = shippedKnowledge({ withSample: false })
    const store = statementStore(db, { clock: systemClock, roster })
    const known = voices()
    const chance = chanceOf(SEED)
    const articles = size / SHAPE.perArticle
    for (let done = 0; done < articles; done += ARTICLES_A_LOAD) {
      const count = Math.min(ARTICLES_A_LOAD, articles - done)
      const some = Array.from({ length: count }, (_, i) => underKnownNames(inventArticle(chance, done + i), known))
      await store.saveAll(some, LOADED_AT_ONCE)
    }
    await db.transaction((tx) => sql`analyze`.execute(tx))
  }
  await rename(building, file)
  return file
}

function underKnownNames(invented: ArticleStatements, { speakers, topics }: ReturnType<typeof voices>) {
  const numberIn = (id: string | null) => Number(/\d+$/.exec(id ?? '')?.[0] ?? 0)
  const pick = <Value>(values: readonly Value[], id: string | null) => values[numberIn(id) % values.length] as Value
  const about = new Map<FoundStatement, readonly string[]>()
  const found = invented.found.map((one) => {
    const renamed = { ...one, speaker: pick(speakers, one.speaker).id }
    about.set(renamed, [...new Set(invented.topicsOf(one).map((id) => pick(topics, id).id))])
    return renamed
  })
  return { article: invented.article, found, topicsOf: (one: FoundStatement) => about.get(one) ?? [] }
}
