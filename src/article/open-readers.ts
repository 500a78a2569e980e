import { workerPool } from '../base/worker-pool.ts'
import { NotAFeedError } from '../feed/parse-feed.ts'
import type { FeedParser } from '../feed/poll-feed.ts'
import type { ReadEntryDeps } from './read-entry.ts'
import { PageBehindWallError, PageWithoutTextError } from './read-page.ts'
import type { ReadingResult, ReadingTask } from './reading-worker.ts'

export type Readers = {
  readonly parseFeed: FeedParser
} & Pick<ReadEntryDeps, 'readPage' | 'readFeedWords'> &
  AsyncDisposable

/** The slowest honest page takes a second on a busy machine. */
const TIME_LIMIT_MS = 15_000
const MEMORY_MB = 512

/** The readers of feeds and pages, in `threads` threads beside the one that answers people. */
export function openReaders({ threads }: { readonly threads: number }): Readers {
  const pool = workerPool<ReadingTask, ReadingResult>({
    file: new URL('./reading-worker.ts', import.meta.url),
    size: threads,
    timeLimitMs: TIME_LIMIT_MS,
    memoryMb: MEMORY_MB,
  })
  return {
    parseFeed: async (bytes, hints) => {
      const result = await pool.run({ kind: 'feed', bytes, hints })
      if (result.kind === 'feed') return result.feed
      throw new NotAFeedError(result.kind === 'no feed' && result.isPage)
    },
    readPage: async (bytes, hints) => {
      const result = await pool.run({ kind: 'page', bytes, hints })
      if (result.kind === 'page') return result.page
      if (result.kind === 'wall') throw new PageBehindWallError(result.wall)
      throw new PageWithoutTextError('no text')
    },
    readFeedWords: async ({ title, summary, content }) => {
      const result = await pool.run({ kind: 'words', entry: { title, summary, content } })
      return result.kind === 'words' ? result.words : { paragraphs: [], isWhole: false }
    },
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  }
}
