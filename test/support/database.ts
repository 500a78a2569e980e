import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import type { Database, DatabaseKind } from '../../src/base/database/database.ts'
import { type Migrations, migrate } from '../../src/base/database/migrations.ts'
import { openPglite, openPostgres } from '../../src/base/database/open-postgres.ts'
import { openSqlite } from '../../src/base/database/open-sqlite.ts'
import { migrations as allMigrations } from '../../src/migrations.ts'

export const databaseKinds: readonly DatabaseKind[] = ['sqlite', 'postgres']

/**
 * A fresh database with the whole schema (or the one given), gone when the test ends.
 *
 * PostgreSQL is the server that TEST_DATABASE_URL names, in a schema of its own; without
 * one it is PGlite in this process, so that the suites run everywhere.
 */
export async function testDatabase(migrations: Migrations = allMigrations, kind: DatabaseKind = 'sqlite') {
  const { db, cleanUp, file } = kind === 'sqlite' ? await freshFile() : await freshPostgres()
  await migrate(db, migrations)
  return {
    ...db,
    /** The SQLite file; empty for PostgreSQL. */
    file,
    [Symbol.asyncDispose]: async () => {
      await db[Symbol.asyncDispose]()
      await cleanUp()
    },
  }
}

type Fresh = { readonly db: Database; readonly cleanUp: () => Promise<void>; readonly file: string }

async function freshFile(): Promise<Fresh> {
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-test-'))
  const file = join(folder, 'onrecord.db')
  return { db: await openSqlite(file), cleanUp: () => rm(folder, { recursive: true, force: true }), file }
}

/** Making one from nothing takes seconds, copying it a fifth of one. */
let emptyPostgres: Promise<Blob> | undefined

async function makeEmptyPostgres(): Promise<Blob> {
  await using pglite = await PGlite.create()
  return await pglite.dumpDataDir('none')
}

async function freshPostgres(): Promise<Fresh> {
  const server = process.env.TEST_DATABASE_URL
  if (server === undefined || server === '') {
    emptyPostgres ??= makeEmptyPostgres()
    const pglite = await PGlite.create({ parsers: { 20: Number }, loadDataDir: await emptyPostgres })
    return { db: openPglite(pglite), cleanUp: async () => undefined, file: '' }
  }
  const schema = `test_${randomUUID().replaceAll('-', '')}`
  await ask(server, `create schema ${schema}`)
  const url = new URL(server)
  url.searchParams.set('options', `-c search_path=${schema}`)
  return { db: await openPostgres(url.href), cleanUp: () => ask(server, `drop schema ${schema} cascade`), file: '' }
}

async function ask(server: string, question: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(question)
  await client.end()
}
