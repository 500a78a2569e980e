import type { Database } from '../../src/base/database/database.ts'
import type { Heart } from './platforms.ts'

/** A process that may die at any write to its database, or at any request. */
export type Life = Heart & {
  /** From here on it dies at the `at`-th of these: instead of it, or once it is done. */
  readonly fuse: (of: 'writes' | 'requests', at: number, isDone: boolean) => void
  readonly unfuse: () => void
  /** Waits for the work, or for the death. */
  readonly outlive: <Result>(work: Promise<Result>) => Promise<Result | typeof DEAD>
  readonly isDead: () => boolean
  /** At what it died. */
  readonly moment: () => string
}

export const DEAD = Symbol('dead')

export function newLife(): Life {
  const died = Promise.withResolvers<typeof DEAD>()
  let isDead = false
  let moment = ''
  let fuse: { readonly of: 'writes' | 'requests'; left: number; readonly isDone: boolean } | null = null

  const never = () => new Promise<never>(() => undefined)
  const die = (words: string) => {
    isDead = true
    moment = words
    died.resolve(DEAD)
    return never()
  }
  return {
    fuse: (of, at, isDone) => {
      fuse = { of, left: at, isDone }
    },
    unfuse: () => {
      fuse = null
    },
    outlive: (work) => Promise.race([died.promise, work]),
    isDead: () => isDead,
    moment: () => moment,
    beat: async (of, work) => {
      if (isDead) return await never()
      const isLast = fuse?.of === of && --fuse.left === 0
      if (isLast && fuse?.isDone === false) return await die(`before one of the ${of}`)
      const result = await work()
      if (isLast) return await die(`after one of the ${of}`)
      // Whoever died meanwhile does not hear of it.
      return isDead ? await never() : result
    },
  }
}

/** The database as a mortal process has it: what it began to write is written whole, or not at all. */
export function mortalDatabase(db: Database, life: Life): Database {
  return {
    ...db,
    transaction: <Result>(work: Parameters<typeof db.transaction<Result>>[0]) =>
      life.beat('writes', () => db.transaction(work)) as Promise<Result>,
  }
}
