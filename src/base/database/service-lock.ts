import { basename } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { DatabaseInUseError } from './copy-errors.ts'
import { DatabaseUnreachableError, DatabaseUnusableError } from './database-errors.ts'
import type { DatabasePlace } from './database-place.ts'

/**
 * Makes this service the only one on its database, until disposed. Whatever ends the process
 * releases it: the system lets go of the file, the server of the session.
 *
 * @param onLost PostgreSQL alone: the session broke, so another service may begin; stop at once.
 * @throws {DatabaseInUseError} if another service is there.
 */
export function lockService(place: DatabasePlace, onLost: () => void = () => undefined): Promise<AsyncDisposable> {
  return 'file' in place ? lockFile(place.file) : lockServer(place.url, onLost)
}

/** Held on a file of its own beside the database, whose own locks go to and fro with its work. */
async function lockFile(file: string): Promise<AsyncDisposable> {
  let lock: DatabaseSync | null = null
  try {
    lock = new DatabaseSync(`${file}-lock`, { timeout: 0 })
    lock.exec('begin exclusive')
  } catch (cause) {
    lock?.close()
    const isBusy = cause instanceof Error && /locked|busy/i.test(cause.message)
    throw isBusy ? new DatabaseInUseError(basename(file), { cause }) : new DatabaseUnusableError(file, { cause })
  }
  const held = lock
  return { [Symbol.asyncDispose]: async () => held.close() }
}

async function lockServer(url: string, onLost: () => void): Promise<AsyncDisposable> {
  const session = new pg.Client({ connectionString: url, keepAlive: true })
  let released = false
  const lost = () => {
    if (!released) onLost()
    released = true
  }
  session.on('error', lost)
  session.on('end', lost)
  const isOurs = await lockSession(session).catch(async (cause: unknown) => {
    released = true
    await session.end().catch(() => undefined)
    throw new DatabaseUnreachableError('no lock from PostgreSQL', { cause })
  })
  if (!isOurs) {
    released = true
    await session.end()
    throw new DatabaseInUseError('this PostgreSQL database')
  }
  return {
    [Symbol.asyncDispose]: async () => {
      released = true
      await session.end()
    },
  }
}

async function lockSession(session: pg.Client): Promise<boolean> {
  await session.connect()
  const { rows } = await session.query(
    "select pg_try_advisory_lock(hashtext('onrecord'), hashtext(current_schema())) as ours",
  )
  return rows[0]?.ours === true
}
