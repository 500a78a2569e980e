import { type Kysely, sql } from 'kysely'
import { DEFAULT_MIGRATION_TABLE, Migrator } from 'kysely/migration'
import { AppError } from '../errors.ts'
import type { Database, DatabaseKind } from './database.ts'

/** One step of the schema. It runs in a transaction: whole or not at all. */
export type Migration = {
  // biome-ignore lint/suspicious/noExplicitAny: a migration speaks to the schema of its own day
  readonly up: (db: Kysely<any>, kind: DatabaseKind) => Promise<void>
}

/** By name, `YYYY-MM-DD-<room>-<what>`; a room's own run in the order of their names. */
export type Migrations = Readonly<Record<string, Migration>>

/** The file was written by a newer Onrecord; reading on could damage it. */
export class NewerDatabaseError extends AppError {
  override readonly name = 'NewerDatabaseError'
  readonly code = 'database/newer'
  readonly explanation =
    'This database was written by a newer version of Onrecord. Install that version, or start with another DATABASE_FILE.'
  readonly retry = 'never'
}

/** A step of the schema failed; the database is as it was before. */
export class MigrationError extends AppError {
  override readonly name = 'MigrationError'
  readonly code = 'database/migration'
  readonly explanation = 'The database could not be brought up to date; it is unchanged. The log has the reason.'
  readonly retry = 'never'
}

/**
 * The names of the steps that `migrate` would run, in their order. Only reads.
 *
 * @throws {NewerDatabaseError} if the database holds a step that we do not know.
 */
export async function pendingMigrations(db: Database, migrations: Migrations): Promise<readonly string[]> {
  const unknown = (await stepsIn(db)).find((step) => !Object.hasOwn(migrations, step))
  if (unknown !== undefined) throw new NewerDatabaseError(`unknown step ${unknown}`)
  const known = await migrator(db.reads, db.kind, migrations).getMigrations()
  return known.filter((migration) => migration.executedAt === undefined).map((migration) => migration.name)
}

/**
 * Brings the schema up to date, all of it or nothing.
 *
 * @throws {NewerDatabaseError} if the database holds a step that we do not know.
 * @throws {MigrationError} if a step fails.
 */
export async function migrate(db: Database, migrations: Migrations): Promise<readonly string[]> {
  return await db.transaction(async (tx) => {
    const { error, results } = await migrator(tx, db.kind, migrations).migrateToLatest()
    if (error === undefined) return (results ?? []).map((result) => result.migrationName)
    if (error instanceof Error && /corrupted migrations/.test(error.message)) {
      throw new NewerDatabaseError(error.message, { cause: error })
    }
    throw new MigrationError(error instanceof Error ? error.message : 'migration failed', { cause: error })
  })
}

/** The steps that have made the database what it is; none where it is empty. */
async function stepsIn({ reads }: Database): Promise<readonly string[]> {
  const tables = await reads.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(({ name }) => name === DEFAULT_MIGRATION_TABLE)) return []
  const rows = await sql<{ name: string }>`select name from ${sql.table(DEFAULT_MIGRATION_TABLE)}`.execute(reads)
  return rows.rows.map(({ name }) => name)
}

// biome-ignore lint/suspicious/noExplicitAny: as in Migration
function migrator(tx: Kysely<any>, kind: DatabaseKind, migrations: Migrations): Migrator {
  const steps = Object.fromEntries(
    Object.entries(migrations).map(([name, step]) => [name, { up: (db: typeof tx) => step.up(db, kind) }]),
  )
  // Rooms date their own steps, so a new one of one room may sort before an old one of another.
  return new Migrator({ db: tx, provider: { getMigrations: async () => steps }, allowUnorderedMigrations: true })
}
