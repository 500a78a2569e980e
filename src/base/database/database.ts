import type { Kysely, Transaction } from 'kysely'

/**
 * The tables of the house. Each room adds its own beside its store:
 *
 *     declare module '../base/database/database.ts' {
 *       interface Tables { feed: FeedTable }
 *     }
 *
 * Columns are the same on SQLite and PostgreSQL: text, bigint and double. Instants are
 * milliseconds since 1970 (`…At`), days are `YYYY-MM-DD` text (`…On`), booleans are 0 or 1,
 * structures are JSON text. A store turns rows into nouns and back; nobody else sees a row.
 */
// biome-ignore lint/suspicious/noEmptyInterface: the rooms fill it
export interface Tables {}

export type DatabaseKind = 'sqlite' | 'postgres'

/** A place to read from: the database, or a transaction that must see its own writes. */
export type Reads = Kysely<Tables>

/** Inside `transaction`: everything is written, or nothing. */
export type Writes = Transaction<Tables>

export type Database = {
  readonly kind: DatabaseKind
  /** Read-only; answers people. On SQLite it lives in the calling thread and sees what is committed. */
  readonly reads: Reads
  /**
   * One writer at a time, `begin immediate`; on SQLite in its own thread, so that nobody who
   * asks waits for it. Keep it short: read first, then write at most some dozens of rows.
   */
  readonly transaction: <Result>(work: (writes: Writes) => Promise<Result>) => Promise<Result>
} & AsyncDisposable
