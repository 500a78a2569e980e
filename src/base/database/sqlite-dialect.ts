import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { SqliteResult } from './sqlite-connection.ts'

export type SqliteQuery = Pick<CompiledQuery, 'sql' | 'parameters'>

/** Runs queries one after the other somewhere, in this thread or in the writer's, and gives what the last one gave. */
export type RunQueries = (queries: readonly SqliteQuery[]) => Promise<SqliteResult>

/**
 * Kysely over whatever runs a query. Its own SqliteDialect is synchronous and would keep the
 * writer in the thread that answers people.
 */
export function sqliteDialect(run: RunQueries, close: () => Promise<void>): Dialect {
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

/** Whether a database is this one; its adapter is all that Kysely shows of it. */
export function isSqliteAdapter(adapter: DialectAdapter): boolean {
  return adapter instanceof TransactionalSqliteAdapter
}

/** Queries that travel as one: a message to another thread costs more than most of them do. */
export class ManyQueries implements CompiledQuery {
  readonly sql = ''
  readonly parameters = []
  readonly query: CompiledQuery['query']
  readonly queryId: CompiledQuery['queryId']
  readonly queries: readonly SqliteQuery[]

  constructor(queries: readonly [CompiledQuery, ...CompiledQuery[]]) {
    this.query = queries[0].query
    this.queryId = queries[0].queryId
    this.queries = queries.map(bare)
  }
}

/** Without the tree that it was compiled from, which would be copied for the other thread. */
function bare({ sql, parameters }: CompiledQuery): SqliteQuery {
  return { sql, parameters }
}

function sqliteDriver(run: RunQueries, close: () => Promise<void>): Driver {
  const connection: DatabaseConnection = {
    executeQuery: async <Row>(query: CompiledQuery): Promise<QueryResult<Row>> => {
      const { rows, changes } = await run(query instanceof ManyQueries ? query.queries : [bare(query)])
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
