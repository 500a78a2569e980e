import { systemClock } from '../base/clock.ts'
import type { Config } from '../base/config.ts'
import type { Database } from '../base/database/database.ts'
import { upgradeDatabase } from '../base/database/upgrade.ts'
import { AppError } from '../base/errors.ts'
import { openLog } from '../base/log.ts'
import { PUBLIC, type TeamId } from '../base/scope.ts'
import type { AddFeed } from '../feed/add-feed.ts'
import { migrations } from '../migrations.ts'
import { openDatabase, openDatabaseReadOnly, placeOf } from './open-database.ts'
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

export type OpenedHouse = {
  readonly house: House
  /** The team that the terminal is; `PUBLIC` before the service has ever run. */
  readonly here: TeamId
} & AsyncDisposable

/**
 * The house over a database that is only read: beside a running service, or without one.
 *
 * @throws {DatabaseUnusableError} if there is no database yet.
 */
export async function openToLook(config: Config): Promise<OpenedHouse> {
  const db = await openDatabaseReadOnly(config)
  const refuse = () => Promise.reject(new LookOnlyError('read only'))
  return await furnish(config, { ...db, transaction: refuse }, refuse)
}

/** The house over a database that is written to, made and brought up to date first if need be. */
export async function openToWork(config: Config): Promise<OpenedHouse> {
  const db = await openDatabase(config)
  await upgradeDatabase(db, placeOf(config), migrations)
  return await furnish(config, db, () => Promise.reject(new LookOnlyError('no network here')))
}

async function furnish(config: Config, db: Database, addFeed: AddFeed): Promise<OpenedHouse> {
  const house = openHouse({
    db,
    ...shippedKnowledge({ withSample: await holdsSample(db, config) }),
    addFeed,
    clock: systemClock,
    log: openLog(config.LOG_LEVEL),
  })
  const teams = await house.teams.list()
  const here = teams.find(({ platform }) => platform === 'terminal')?.id ?? PUBLIC
  return { house, here, [Symbol.asyncDispose]: () => db[Symbol.asyncDispose]() }
}
