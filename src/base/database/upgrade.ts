import { copyFile } from './backup.ts'
import type { Database } from './database.ts'
import type { DatabasePlace } from './database-place.ts'
import { type Migrations, migrate, pendingMigrations } from './migrations.ts'

/**
 * Brings the schema up to date and keeps a copy of the database as it was before, if anything was in it.
 * A step that fails takes all of them back.
 *
 * @throws {NewerDatabaseError} if a newer version wrote it.
 * @throws {MigrationError} if a step fails; the database is as it was.
 * @throws {DatabaseCopyError} if there is no room for the copy; then nothing was begun.
 */
export async function upgradeDatabase(
  db: Database,
  place: DatabasePlace,
  migrations: Migrations,
): Promise<{ readonly ran: readonly string[]; readonly kept: string | null }> {
  const pending = await pendingMigrations(db, migrations)
  const isFresh = pending.length === Object.keys(migrations).length
  const last = pending.at(-1)
  // PostgreSQL is the operator's to copy: its steps run in one transaction as well.
  const kept = isFresh || last === undefined || 'url' in place ? null : `${place.file}.before-${last}`
  if (kept !== null && 'file' in place) await copyFile(place.file, kept)
  return { ran: await migrate(db, migrations), kept }
}
