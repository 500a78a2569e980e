import type { Compilable, CompiledQuery } from 'kysely'
import type { Writes } from './database.ts'
import { isSqliteAdapter, ManyQueries } from './sqlite-dialect.ts'

/**
 * Runs queries whose answers nobody needs, in their order, as part of the transaction. The first
 * that fails ends it. On SQLite they go to the writer's thread together: each trip there and back
 * takes longer than most queries do.
 */
export async function writeAll(tx: Writes, queries: readonly Compilable[]): Promise<void> {
  const [first, ...others] = queries.map((query) => query.compile())
  if (first === undefined) return
  for (const query of joined(tx, [first, ...others])) await tx.executeQuery(query)
}

function joined(tx: Writes, queries: readonly [CompiledQuery, ...CompiledQuery[]]): readonly CompiledQuery[] {
  return isSqliteAdapter(tx.getExecutor().adapter) ? [new ManyQueries(queries)] : queries
}
