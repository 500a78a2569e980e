import { existsSync } from 'node:fs'
import { systemClock } from '../base/clock.ts'
import type { Config } from '../base/config.ts'
import type { Database } from '../base/database/database.ts'
import { pendingMigrations } from '../base/database/migrations.ts'
import { AppError } from '../base/errors.ts'
import { openLog } from '../base/log.ts'
import { PUBLIC, type TeamId } from '../base/scope.ts'
import type { AddFeed } from '../feed/add-feed.ts'
import { migrations } from '../migrations.ts'
import { openDatabaseReadOnly, placeOf } from './open-database.ts'
import { type House, openHouse } from './open-house.ts'
import { holdsSample } from './open-sample.ts'
import { shippedKnowledge } from './shipped-knowledge.ts'

/** The command line only looks; what changes something belongs to the service. */
export class LookOnlyError extends AppError {
  override readonly name = 'LookOnlyError'
  readonly code = 'service/look-only'
  readonly explanation =
    'That changes something, and from here I only look: send it in chat, or at the prompt of the running service.'
  readonly retry = 'never'
}

/** Nobody has started the service here yet. */
export class NoDatabaseError extends AppError {
  override readonly name = 'NoDatabaseError'
  readonly code = 'service/no-database'
  readonly explanation: string
  readonly retry = 'never'

  constructor(file: string) {
    super('no database yet')
    this.explanation = `There is no database ${file} yet: start the service once (npm start), or set DATABASE_FILE to the one you mean.`
  }
}

/** The database waits for steps of its schema, which only looking does not run. */
export class OlderDatabaseError extends AppError {
  override readonly name = 'OlderDatabaseError'
  readonly code = 'service/older-database'
  readonly explanation =
    'The database was made by an earlier version of Onrecord: run onrecord migrate, or start the service, which brings it up to date.'
  readonly retry = 'never'
}

export type OpenedHouse = {
  readonly house: House
  /** The team that the terminal is; `PUBLIC` before the service has ever run. */
  readonly here: TeamId
} & AsyncDisposable

/**
 * The house over a database that is only read: beside a running service, or without one.
 *
 * @throws {NoDatabaseError} if there is none yet.
 * @throws {OlderDatabaseError} or {NewerDatabaseError} if it is not of this version.
 */
export async function openToLook(config: Config): Promise<OpenedHouse> {
  demandDatabase(config)
  const refuse = () => Promise.reject(new LookOnlyError('read only'))
  const stack = new AsyncDisposableStack()
  try {
    const db = stack.use(await openDatabaseReadOnly(config))
    await demandSchema(db)
    return await furnish(config, { ...db, transaction: refuse }, { addFeed: refuse, stack })
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}

/** @throws {NoDatabaseError} if the configured file does not exist. */
export function demandDatabase(config: Config): void {
  const place = placeOf(config)
  if ('file' in place && !existsSync(place.file)) throw new NoDatabaseError(place.file)
}

/** @throws {OlderDatabaseError} or {NewerDatabaseError} if the schema is not that of this version. */
export async function demandSchema(db: Database): Promise<void> {
  if ((await pendingMigrations(db, migrations)).length > 0) throw new OlderDatabaseError('steps are pending')
}

/** The rooms over an open database, and who asks from here. Disposing closes all that `stack` holds. */
export async function furnish(
  config: Config,
  db: Database,
  { addFeed, stack }: { readonly addFeed: AddFeed; readonly stack: AsyncDisposableStack },
): Promise<OpenedHouse> {
  const house = openHouse({
    db,
    ...shippedKnowledge({ withSample: await holdsSample(db, config) }),
    addFeed,
    clock: systemClock,
    log: openLog(config.LOG_LEVEL),
  })
  const teams = await house.teams.list()
  const here = teams.find(({ platform }) => platform === 'terminal')?.id ?? PUBLIC
  return { house, here, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}
