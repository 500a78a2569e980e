import { basename } from 'node:path'
import { AppError } from '../errors.ts'

/** The file is missing, is no database, may not be written, or the disk is full. */
export class DatabaseUnusableError extends AppError {
  override readonly name = 'DatabaseUnusableError'
  readonly code = 'database/unusable'
  readonly explanation: string
  readonly retry: 'later' | 'never'

  constructor(file: string, options?: ErrorOptions) {
    super(`cannot use ${basename(file)}`, options)
    this.explanation = `${reasonOf(file, options?.cause)} Nothing was changed.`
    // Room can be made and a lock let go while the service runs.
    this.retry = /\b(full|locked|busy)\b/i.test(messageOf(options?.cause)) ? 'later' : 'never'
  }
}

function reasonOf(file: string, cause: unknown): string {
  const message = messageOf(cause)
  if (/not a database|malformed|corrupt/i.test(message)) {
    return `${file} is not an Onrecord database, or it is damaged: restore a backup, or set DATABASE_FILE to another file.`
  }
  if (/readonly|read-only/i.test(message)) return `${file} may not be written: give this user the right to write to it.`
  if (/full/i.test(message))
    return `The disk that holds ${file} is full: make room; a running service then goes on by itself.`
  if (/locked|busy/i.test(message)) return `${file} is in use by another program: stop that one first.`
  return `${file} cannot be opened: check that its folder exists and that this user may read and write there.`
}

/** Whether SQLite says that the disk or the file is at fault, not the query. */
export function isFaultOfStorage(error: unknown): boolean {
  return /disk is full|readonly database|disk image is malformed|not a database|disk I\/O|database is locked/.test(
    messageOf(error),
  )
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : ''
}

/** The PostgreSQL server does not answer, or refuses us. */
export class DatabaseUnreachableError extends AppError {
  override readonly name = 'DatabaseUnreachableError'
  readonly code = 'database/unreachable'
  readonly explanation =
    'The PostgreSQL server named by DATABASE_URL does not let us in: check that it runs, and the name, password and database in the address.'
  readonly retry = 'later'
}
