import { type CreateTableBuilder, sql } from 'kysely'
import type { DatabaseKind } from './database.ts'

/** The type of a primary key that is a number: on SQLite the row's own place, so that it costs nothing. */
export function rowId(kind: DatabaseKind): 'integer' | 'bigint' {
  return kind === 'sqlite' ? 'integer' : 'bigint'
}

/** A table that is nothing but its primary key's index, on SQLite without a second copy of each row. */
export function keyOnly<Table extends string, Column extends string>(
  table: CreateTableBuilder<Table, Column>,
  kind: DatabaseKind,
): CreateTableBuilder<Table, Column> {
  return kind === 'sqlite' ? table.modifyEnd(sql`without rowid`) : table
}
