import { Kysely, PGliteDialect, type PGliteDialectConfig, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import type { Database, Tables } from './database.ts'
import { DatabaseUnreachableError } from './database-errors.ts'
import { oneAtATime } from './one-at-a-time.ts'

/** PostgreSQL's number for `bigint`. Ours are all within what a number holds: instants, ids, counts. */
const BIGINT = 20

/** Connections that answer people, beside the one that writes. */
const READERS = 8

/**
 * Opens a PostgreSQL database.
 *
 * @param url `postgres://user:password@host:port/database`
 * @throws {DatabaseUnreachableError} if the server does not answer or refuses us.
 */
export async function openPostgres(url: string): Promise<Database> {
  const types = {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      oid === BIGINT ? Number : pg.types.getTypeParser(oid, format ?? 'text'),
  }
  const pool = new pg.Pool({ connectionString: url, max: READERS + 1, types: types as pg.CustomTypesConfig })
  // A connection that breaks while nobody uses it is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined)
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  await sql`select 1`.execute(db).catch(async (cause: unknown) => {
    await db.destroy()
    throw new DatabaseUnreachableError('no answer from PostgreSQL', { cause })
  })
  return postgresDatabase(db)
}

/** PostgreSQL inside this process (PGlite): for tests where no server runs. It closes the instance it is given. */
export function openPglite(pglite: Exclude<PGliteDialectConfig['pglite'], () => unknown>): Database {
  return postgresDatabase(new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) }))
}

function postgresDatabase(db: Kysely<Tables>): Database {
  // One writer at a time here too: what runs on the embedded database must not find new ways to collide on this one.
  const inTurn = oneAtATime()
  return {
    kind: 'postgres',
    reads: db,
    transaction: (work) => inTurn(() => db.transaction().execute(work)),
    [Symbol.asyncDispose]: async () => {
      await inTurn(async () => undefined)
      await db.destroy()
    },
  }
}
