import type { Config } from '../base/config.ts'
import type { Database } from '../base/database/database.ts'
import type { DatabasePlace } from '../base/database/database-place.ts'
import { openPostgres } from '../base/database/open-postgres.ts'
import { openSqlite, openSqliteReadOnly } from '../base/database/open-sqlite.ts'

/** Where the configured database lives. */
export function placeOf({ DATABASE_URL, DATABASE_FILE }: Config): DatabasePlace {
  return DATABASE_URL === undefined ? { file: DATABASE_FILE } : { url: DATABASE_URL }
}

/** The configured database, to work with. */
export function openDatabase(config: Config): Promise<Database> {
  const place = placeOf(config)
  return 'file' in place ? openSqlite(place.file) : openPostgres(place.url)
}

/** The configured database, to look only: beside a running service too. */
export async function openDatabaseReadOnly(config: Config): Promise<Database> {
  const place = placeOf(config)
  return 'file' in place ? openSqliteReadOnly(place.file) : await openPostgres(place.url)
}
