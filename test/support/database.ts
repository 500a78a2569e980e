import { randomUUID } from 'node:crypto'
import { existsSync, openAsBlob } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import type { Database, DatabaseKind } from '../../src/base/database/database.ts'
import { type Migrations, migrate } from '../../src/base/database/migrations.ts'
import { openPglite, openPostgres } from '../../src/base/database/open-postgres.ts'
import { openSqlite } from '../../src/base/database/open-sqlite.ts'
import { migrations as allMigrations } from '../../src/migrations.ts'
import { postgresSchema } from './postgres-schema.ts'

export const databaseKinds: readonly DatabaseKind[] = ['sqlite', 'postgres']

/**
 * A fresh database with the whole schema (or the one given), gone when the test ends.
 *
 * PostgreSQL is the server that TEST_DATABASE_URL names, in a schema of its own; without
 * one it is PGlite in this process, so that the suites run everywhere.
 */
export async function testDatabase(migrations: Migrations = allMigrations, kind: DatabaseKind = 'sqlite') {
  const { db, cleanUp, file } = kind === 'sqlite' ? await freshFile(migrations) : await freshPostgres(migrations)
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

async function freshFile(migrations: Migrations): Promise<Fresh> {
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-test-'))
  const file = join(folder, 'onrecord.db')
  const db = await openSqlite(file)
  await migrate(db, migrations)
  return { db, cleanUp: () => rm(folder, { recursive: true, force: true }), file }
}

const packages = join(import.meta.dirname, '../../node_modules')

/** Making one from nothing takes seconds, copying it a fifth of one: it is made once and kept for all files and runs. */
async function makeEmptyPostgres(): Promise<Blob> {
  const { version } = JSON.parse(await readFile(join(packages, '@electric-sql/pglite/package.json'), 'utf8'))
  const kept = join(packages, '.cache/onrecord', `empty-postgres-${version}.tar`)
  if (existsSync(kept)) return await openAsBlob(kept)
  await using pglite = await PGlite.create()
  const made = await pglite.dumpDataDir('none')
  // Two files may make it at once: each writes its own, the last one stays whole.
  const own = `${kept}.${randomUUID()}`
  await mkdir(dirname(kept), { recursive: true })
  await writeFile(own, Buffer.from(await made.arrayBuffer()))
  await rename(own, kept)
  return made
}

let emptyPostgres: Promise<Blob> | undefined

/** What a schema has made of the empty one; later tests of a file copy that. */
const migrated = new WeakMap<Migrations, Blob>()

async function openMigratedPglite(migrations: Migrations): Promise<Database> {
  emptyPostgres ??= makeEmptyPostgres()
  const loadDataDir = migrated.get(migrations) ?? (await emptyPostgres)
  const pglite = await PGlite.create({ parsers: { 20: Number }, loadDataDir })
  const db = openPglite(pglite)
  if (!migrated.has(migrations)) {
    await migrate(db, migrations)
    migrated.set(migrations, await pglite.dumpDataDir('none'))
  }
  return db
}

async function freshPostgres(migrations: Migrations): Promise<Fresh> {
  const schema = await postgresSchema(process.env.TEST_DATABASE_URL)
  if (schema === null) return { db: await openMigratedPglite(migrations), cleanUp: async () => undefined, file: '' }
  const db = await openPostgres(schema.url)
  await migrate(db, migrations)
  return { db, cleanUp: async () => schema[Symbol.asyncDispose](), file: '' }
}
