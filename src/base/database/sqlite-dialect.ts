import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { SqliteResult } from './sqlite-connection.ts'

/** Runs one query somewhere: in this thread, or in the writer's. */
export type RunQuery = (sql: string, parameters: readonly unknown[]) => Promise<SqliteResult>

/**
 * Kysely over whatever runs a query. Its own SqliteDialect is synchronous and would keep the
 * writer in the thread that answers people.
 */
export function sqliteDialect(run: RunQuery, close: () => Promise<void>): Dialect {
  return {
    createAdapter: () => new TransactionalSqliteAdapter(),
    createDriver: () => sqliteDriver(run, close),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

/** SQLite's schema changes are transactional; Kysely's adapter says otherwise only because its own driver may share a connection. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

function sqliteDriver(run: RunQuery, close: () => Promise<void>): Driver {
  const connection: DatabaseConnection = {
    executeQuery: async <Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> => {
      const { rows, changes } = await run(sql, parameters)
      const result = { rows: rows as Row[] }
      return changes === null ? result : { ...result, numAffectedRows: BigInt(changes) }
    },
    streamQuery: () => {
      throw new Error('rows are read in bounded pages, never streamed')
    },
  }
  return {
    init: async () => undefined,
    acquireConnection: async () => connection,
    // `immediate` takes the write lock before the first read: no transaction fails halfway (STORAGE.md, writers).
    beginTransaction: async () => void (await connection.executeQuery(CompiledQuery.raw('begin immediate'))),
    commitTransaction: async () => void (await connection.executeQuery(CompiledQuery.raw('commit'))),
    rollbackTransaction: async () => {
      // On a full disk SQLite has rolled back by itself, and that error is the one to tell.
      await connection.executeQuery(CompiledQuery.raw('rollback')).catch((error: unknown) => {
        if (!(error instanceof Error && /no transaction is active/.test(error.message))) throw error
      })
    },
    releaseConnection: async () => undefined,
    destroy: close,
  }
}
