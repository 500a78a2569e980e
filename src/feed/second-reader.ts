import { workerPool } from '../base/worker-pool.ts'
import type { RawFeed } from './raw-feed.ts'

/** Reads what the first reader refused; `null` if it refuses too. */
export type SecondReader = (text: string) => Promise<RawFeed | null>

/** rss-parser needs 40 ms for a common feed; one of its regular expressions is quadratic, and hangs on a long item. */
const TIME_LIMIT_MS = 2_000
const MEMORY_MB = 256

/** rss-parser in a thread of its own, which is ended where it hangs. */
export function openSecondReader(): SecondReader & AsyncDisposable {
  const pool = workerPool<string, RawFeed | null>({
    file: new URL('./rss-parser-worker.ts', import.meta.url),
    size: 1,
    timeLimitMs: TIME_LIMIT_MS,
    memoryMb: MEMORY_MB,
  })
  const read = (text: string) => pool.run(text).catch(() => null)
  return Object.assign(read, { [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose]() })
}
