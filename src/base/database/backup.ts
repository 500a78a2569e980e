import { existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { DatabaseCopyError } from './copy-errors.ts'
import { DatabaseUnusableError } from './database-errors.ts'
import type { DatabasePlace } from './database-place.ts'
import type { CopierAnswer, CopierCall } from './sqlite-copier.ts'

/**
 * Makes a whole copy of the database, also while a service works on it. The copy appears under
 * its name only when it is complete and on disk.
 *
 * @throws {DatabaseCopyError} if `to` exists or cannot be written, and for PostgreSQL, which has a tool of its own.
 * @throws {DatabaseUnusableError} if the database itself cannot be read.
 */
export async function backupDatabase(place: DatabasePlace, to: string): Promise<void> {
  if ('url' in place) {
    throw new DatabaseCopyError(
      `PostgreSQL is copied with its own tool: pg_dump --format=custom --file=${to} "$DATABASE_URL"`,
    )
  }
  if (existsSync(to)) throw new DatabaseCopyError(`${to} exists already: give the copy another name.`)
  await copyFile(place.file, to)
}

/** Copies a database that may be in use to `to`, whatever is there. */
export async function copyFile(file: string, to: string): Promise<void> {
  if (!existsSync(file)) throw new DatabaseUnusableError(file)
  const unfinished = `${to}.unfinished`
  try {
    await rm(unfinished, { force: true })
    await inThread({ file, to: unfinished })
    await syncFile(unfinished)
    await rename(unfinished, to)
  } catch (cause) {
    await rm(unfinished, { force: true }).catch(() => undefined)
    throw explain(cause, file, to)
  }
}

/** Waits until what was written to a file is on the disk. */
export async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  await handle.sync().finally(() => handle.close())
}

function inThread(call: CopierCall): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./sqlite-copier.ts', import.meta.url), { workerData: call, execArgv: [] })
    worker.on('message', ({ error }: CopierAnswer) => (error === null ? resolve() : reject(error)))
    worker.on('error', reject)
    worker.on('exit', () => reject(new Error('the copy was not finished')))
  })
}

function explain(cause: unknown, file: string, to: string): Error {
  const message = cause instanceof Error ? cause.message : ''
  if (/full|ENOSPC/i.test(message)) {
    return new DatabaseCopyError(`There is not enough room for ${to}: choose another disk, or make room.`, { cause })
  }
  if (/unable to open|ENOENT|EACCES|EROFS|EPERM|ENOTDIR/i.test(message)) {
    return new DatabaseCopyError(
      `${to} cannot be written: choose a folder that exists and that this user may write to.`,
      {
        cause,
      },
    )
  }
  return new DatabaseUnusableError(file, { cause })
}
