import type { Database, Writes } from './database.ts'

/** Rows that one transaction lets go of, so that nobody who writes meanwhile waits for long. */
export const BATCH = 200

/** What is left after so many is let go of the next time. */
const BATCHES_AT_ONCE = 500

/** Runs `batch` again and again, each time in a transaction of its own, until it finds nothing to do. How many rows it did. */
export async function inBatches(db: Database, batch: (tx: Writes) => Promise<number>): Promise<number> {
  let all = 0
  for (let done = 0; done < BATCHES_AT_ONCE; done += 1) {
    const rows = await db.transaction(batch)
    if (rows === 0) break
    all += rows
  }
  return all
}
