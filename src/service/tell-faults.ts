import type { Clock } from '../base/clock.ts'
import type { Database } from '../base/database/database.ts'
import { DatabaseUnusableError } from '../base/database/database-errors.ts'

/** A full disk fails every write; a person wants to hear of it once, and again if they forgot. */
const AGAIN_MS = 600_000

type TellDeps = { readonly tell: (words: string) => void; readonly clock: Clock }

/** The same database, which tells a person when it cannot be written any more; the service goes on. */
export function tellingFaults(db: Database, { tell, clock }: TellDeps): Database {
  let toldAt = Number.NEGATIVE_INFINITY
  return {
    ...db,
    transaction: (work) =>
      db.transaction(work).catch((error: unknown) => {
        const now = clock.now().getTime()
        if (error instanceof DatabaseUnusableError && now - toldAt >= AGAIN_MS) {
          toldAt = now
          tell(error.explanation)
        }
        throw error
      }),
  }
}
