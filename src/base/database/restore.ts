import { existsSync } from 'node:fs'
import { copyFile, link, rename, rm } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { syncFile } from './backup.ts'
import { DatabaseCopyError } from './copy-errors.ts'
import type { DatabasePlace } from './database-place.ts'
import { type Migrations, NewerDatabaseError } from './migrations.ts'
import { lockService } from './service-lock.ts'

type RestoreDeps = { readonly migrations: Migrations; readonly now: Date }

/**
 * Puts a copy in the place of the database; the present one is kept, under the name that is returned.
 *
 * The copy is checked whole first. Stopped at any point, either the old database or the new one is in place.
 *
 * @throws {DatabaseCopyError} if the copy is missing, damaged or no Onrecord database, and for PostgreSQL.
 * @throws {NewerDatabaseError} if a newer version of Onrecord made the copy.
 * @throws {DatabaseInUseError} if a service works on the database.
 */
export async function restoreDatabase(
  place: DatabasePlace,
  from: string,
  { migrations, now }: RestoreDeps,
): Promise<{ readonly kept: string | null }> {
  if ('url' in place) {
    throw new DatabaseCopyError(
      `PostgreSQL is restored with its own tool: pg_restore --clean --if-exists --no-owner --dbname="$DATABASE_URL" ${from}`,
    )
  }
  const { file } = place
  checkCopy(from, migrations)

  await using _ = await lockService(place)
  const incoming = `${file}.incoming`
  try {
    await copyFile(from, incoming)
    await syncFile(incoming)
    const kept = existsSync(file) ? await keep(file, now) : null
    await rename(incoming, file)
    return { kept }
  } catch (cause) {
    await rm(incoming, { force: true }).catch(() => undefined)
    throw new DatabaseCopyError(
      `${from} could not be put in place: make sure that there is room, and that this user may write beside ${file}.`,
      { cause },
    )
  }
}

/** Reads every page of the copy, and that it holds a schema that we know. */
function checkCopy(from: string, migrations: Migrations): void {
  if (!existsSync(from)) throw new DatabaseCopyError(`There is no file ${from}.`)
  const steps = stepsOfSound(from)
  if (steps.length === 0) throw new DatabaseCopyError(`${from} is not a copy of an Onrecord database.`)
  const unknown = steps.find((step) => !(step in migrations))
  if (unknown !== undefined) throw new NewerDatabaseError(`unknown step ${unknown}`)
}

/** The steps that made the schema of a sound file; none if it is some other database. */
function stepsOfSound(from: string): readonly string[] {
  let db: DatabaseSync | null = null
  try {
    db = new DatabaseSync(from, { readOnly: true })
    const problems = db
      .prepare('pragma integrity_check(1)')
      .all()
      .map((row) => row.integrity_check)
    if (problems[0] !== 'ok') throw new Error(String(problems[0]))
    const table = db.prepare("select count(*) as count from sqlite_schema where name = 'kysely_migration'").get()
    if (table?.count === 0) return []
    return db
      .prepare('select name from kysely_migration')
      .all()
      .map((row) => String(row.name))
  } catch (cause) {
    throw new DatabaseCopyError(`${from} is damaged, or no database at all: use another copy.`, { cause })
  } finally {
    db?.close()
  }
}

/** Gives the present database a second name. Its journal goes into it first: left behind, it would be played into the new one. */
async function keep(file: string, now: Date): Promise<string> {
  const kept = `${file}.before-restore-${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}`
  const journals = ['-wal', '-shm', '-journal']
  try {
    const db = new DatabaseSync(file)
    db.prepare('pragma wal_checkpoint(truncate)').all()
    db.close()
    for (const journal of journals) await rm(file + journal, { force: true })
  } catch {
    // Damaged: it is kept as it is, for whoever can still read something out of it.
    for (const journal of journals.filter((end) => existsSync(file + end))) await rename(file + journal, kept + journal)
  }
  await link(file, kept).catch(() => copyFile(file, kept))
  return kept
}
