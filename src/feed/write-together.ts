import type { Database, Writes } from '../base/database/database.ts'

type Waiting<Item> = { readonly item: Item; readonly done: () => void; readonly failed: (error: unknown) => void }

type Together<Item> = {
  /** Items in one transaction at most; it should hold up nobody else who writes (STORAGE.md, rule 7). */
  readonly atOnce: number
  readonly write: (tx: Writes, items: readonly Item[]) => Promise<void>
}

/**
 * Writes of many polls that end at about the same time, in one transaction: each costs the
 * database as much as a large write does. Where one fails, the others of its transaction are
 * written by themselves.
 */
export function writeTogether<Item>(db: Database, { atOnce, write }: Together<Item>): (item: Item) => Promise<void> {
  let waiting: Waiting<Item>[] = []
  let isWriting = false

  const writeAll = (items: readonly Item[]) => db.transaction((tx) => write(tx, items))
  const writeWaiting = async () => {
    isWriting = true
    // Whoever ends in the same turn of the event loop is written along.
    await new Promise((resolve) => setImmediate(resolve))
    while (waiting.length > 0) {
      const now = waiting.slice(0, atOnce)
      waiting = waiting.slice(atOnce)
      try {
        await writeAll(now.map(({ item }) => item))
        for (const { done } of now) done()
      } catch {
        for (const { item, done, failed } of now) await writeAll([item]).then(done, failed)
      }
    }
    isWriting = false
  }

  return (item) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    waiting.push({ item, done: resolve, failed: reject })
    if (!isWriting) void writeWaiting()
    return promise
  }
}
