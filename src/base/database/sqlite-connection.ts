import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { keepAtMost } from '../keep-at-most.ts'

/** What a query gave: rows, or how many rows it changed. */
export type SqliteResult = {
  readonly rows: Record<string, unknown>[]
  readonly changes: number | null
}

export type SqliteConnection = {
  readonly run: (sql: string, parameters: readonly unknown[]) => SqliteResult
  /** One after the other, up to the first that fails; gives what the last one gave. */
  readonly runAll: (
    queries: readonly { readonly sql: string; readonly parameters: readonly unknown[] }[],
  ) => SqliteResult
  readonly close: () => void
}

/** Enough for every query that the stores have, small enough to forget about. */
const PREPARED_AT_MOST = 300

/** 64 MB, in KiB and negative as SQLite wants it; STORAGE.md, rule 6. */
const CACHE_KIB = -64_000

/** A migration or a backup may hold the file this long before anybody is told. */
const BUSY_MS = 5_000

/**
 * One connection of Node's own SQLite, its prepared statements kept.
 *
 * @throws Node's `ERR_SQLITE_ERROR` for whatever SQLite refuses.
 */
export function connectSqlite(file: string, { readOnly }: { readonly readOnly: boolean }): SqliteConnection {
  const db = new DatabaseSync(file, { readOnly, timeout: BUSY_MS })
  if (!readOnly) db.exec('pragma journal_mode = wal')
  db.exec(`pragma synchronous = normal; pragma foreign_keys = on; pragma cache_size = ${CACHE_KIB}`)
  // To describe a statement's columns costs twice as much as to run it, so it is asked once.
  const prepare = keepAtMost(PREPARED_AT_MOST, (sql) => {
    const statement = db.prepare(sql)
    return { statement, givesRows: statement.columns().length > 0 }
  })

  const run = (sql: string, parameters: readonly unknown[]): SqliteResult => {
    const { statement, givesRows } = prepare(sql)
    const values = parameters as SQLInputValue[]
    if (givesRows) {
      return { rows: statement.all(...values) as Record<string, unknown>[], changes: null }
    }
    return { rows: [], changes: Number(statement.run(...values).changes) }
  }

  return {
    run,
    runAll: (queries) => {
      let last: SqliteResult = { rows: [], changes: null }
      for (const { sql, parameters } of queries) last = run(sql, parameters)
      return last
    },
    close: () => db.close(),
  }
}
