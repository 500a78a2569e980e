import type { Config } from '../base/config.ts'
import { DatabaseInUseError } from '../base/database/copy-errors.ts'
import { lockService } from '../base/database/service-lock.ts'
import { upgradeDatabase } from '../base/database/upgrade.ts'
import { migrations } from '../migrations.ts'
import { openDatabase, placeOf } from './open-database.ts'
import { demandSchema, furnish, LookOnlyError, type OpenedHouse } from './open-to-look.ts'

export type WorkingHouse = OpenedHouse & {
  /** No service runs on this database, and none can begin before this is closed. */
  readonly isAlone: boolean
}

/**
 * The house over a database that is written to. Alone it is made and brought up to date first;
 * beside a running service it is left as it is, and writes are short, so that nobody waits.
 *
 * @throws {OlderDatabaseError} or {NewerDatabaseError} if the running service is of another version.
 */
export async function openToWork(config: Config): Promise<WorkingHouse> {
  const place = placeOf(config)
  const stack = new AsyncDisposableStack()
  try {
    const lock = await lockService(place).catch((error: unknown) => {
      if (error instanceof DatabaseInUseError) return null
      throw error
    })
    stack.use(lock)
    const db = stack.use(await openDatabase(config))
    if (lock === null) await demandSchema(db)
    else await upgradeDatabase(db, place, migrations)
    const addFeed = () => Promise.reject(new LookOnlyError('no network here'))
    return { ...(await furnish(config, db, { addFeed, stack })), isAlone: lock !== null }
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}
