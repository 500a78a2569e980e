import type { Database, Writes } from '../base/database/database.ts'

type Work = (tx: Writes) => Promise<void>

type Waiting = { readonly work: Work; readonly done: () => void; readonly failed: (error: unknown) => void }

/** Some dozens of rows at most hold up nobody else who writes (STORAGE.md, rule 7). */
const AT_ONCE = 8

/**
 * Writes of many polls that end at about the same time, in one transaction: each costs the
 * database as much as a large write does. Where one fails, the others of its transaction are
 * written by themselves.
 */
export function writeTogether(db: Database): (work: Work) => Promise<void> {
  let waiting: Waiting[] = []
  let isWriting = false

  const alone = async ({ work, done, failed }: Waiting) => await db.transaction(work).then(done, failed)
  const write = async () => {
    isWriting = true
    while (waiting.length > 0) {
      const now = waiting.slice(0, AT_ONCE)
      waiting = waiting.slice(AT_ONCE)
      try {
        await db.transaction(async (tx) => {
          for (const { work } of now) await work(tx)
        })
        for (const { done } of now) done()
      } catch {
        for (const one of now) await alone(one)
      }
    }
    isWriting = false
  }

  return (work) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    waiting.push({ work, done: resolve, failed: reject })
    if (!isWriting) void write()
    return promise
  }
}
