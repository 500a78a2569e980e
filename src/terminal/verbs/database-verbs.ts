import { onlyArgument, UsageError, type Verb } from './verb.ts'

/** The database as a whole: what an operator does to it. @throws {AppError} where it cannot be done; then nothing changed. */
export type DatabaseKeeper = {
  /** Makes a whole copy, also while the service runs. */
  readonly backup: (file: string) => Promise<void>
  /** Puts a copy in the place of the database; the present one is kept under the name that is returned. */
  readonly restore: (file: string) => Promise<{ readonly kept: string | null }>
  /** The steps that are pending. */
  readonly pending: () => Promise<readonly string[]>
  /** Runs them, and keeps a copy of the database as it was. */
  readonly migrate: () => Promise<{ readonly ran: readonly string[]; readonly kept: string | null }>
}

export const backupVerb = ({ backup }: Pick<DatabaseKeeper, 'backup'>): Verb => ({
  name: 'backup',
  usage: 'FILE',
  summary: 'Copy the database, also while the service runs',
  details: 'Out: one JSON line: {"backup": FILE}. An existing FILE is never overwritten.',
  options: {},
  run: async (given, io) => {
    const file = onlyArgument(given, 'FILE')
    await backup(file)
    await io.write(`${JSON.stringify({ backup: file })}\n`)
  },
})

export const restoreVerb = ({ restore }: Pick<DatabaseKeeper, 'restore'>): Verb => ({
  name: 'restore',
  usage: 'FILE',
  summary: 'Put a copy in the place of the database; stop the service first',
  details: 'Out: one JSON line: {"restored": FILE, "kept": where the database that was there is kept}.',
  options: {},
  run: async (given, io) => {
    const file = onlyArgument(given, 'FILE')
    await io.write(`${JSON.stringify({ restored: file, ...(await restore(file)) })}\n`)
  },
})

export const migrateVerb = ({ pending, migrate }: Pick<DatabaseKeeper, 'pending' | 'migrate'>): Verb => ({
  name: 'migrate',
  usage: '[--dry-run]',
  summary: 'Bring the database up to date, or say what that would do',
  details:
    'Out: one JSON line: {"pending"} with --dry-run, else {"ran", "kept"}. A copy is kept first; a failed step changes nothing.',
  options: { 'dry-run': { type: 'boolean' } },
  run: async ({ values, positionals }, io) => {
    if (positionals.length > 0) throw new UsageError('migrate takes no arguments but --dry-run')
    const result = values['dry-run'] === true ? { pending: await pending() } : await migrate()
    await io.write(`${JSON.stringify(result)}\n`)
  },
})
