import { sql } from 'kysely'
import type { Database } from '../../src/base/database/database.ts'

/** All that is stored, as text. */
export async function allRows(db: Pick<Database, 'reads'>): Promise<string> {
  const tables = await db.reads.introspection.getTables()
  // What the text index keeps is in a form of its own; its store's tests look for words there.
  const readable = tables.filter(({ name }) => !/_(?:data|idx|content|docsize|config)$/.test(name))
  const all = await Promise.all(readable.map(({ name }) => sql`select * from ${sql.table(name)}`.execute(db.reads)))
  return JSON.stringify(all.map(({ rows }) => rows))
}
