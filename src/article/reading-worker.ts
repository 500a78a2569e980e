/** A thread that reads feeds and pages, so that no document can stop the service's heartbeat. */
import { parentPort } from 'node:worker_threads'
import type { WorkerAnswer } from '../base/worker-pool.ts'
import type { Entry } from '../feed/feed.ts'
import type { ParsedFeed } from '../feed/normalise-feed.ts'
import { type FeedHints, NotAFeedError, parseFeed } from '../feed/parse-feed.ts'
import { openSecondReader } from '../feed/second-reader.ts'
import { type FeedWords, readFeedWords } from './read-feed-words.ts'
import { PageBehindWallError, type PageHints, PageWithoutTextError, type ReadPage, readPage } from './read-page.ts'
import type { Wall } from './walls.ts'

export type ReadingTask =
  | { readonly kind: 'feed'; readonly bytes: Uint8Array; readonly hints: FeedHints }
  | { readonly kind: 'page'; readonly bytes: Uint8Array; readonly hints: PageHints }
  | { readonly kind: 'words'; readonly entry: Pick<Entry, 'title' | 'summary' | 'content'> }

/** Refusals cross the thread as data: a class does not. */
export type ReadingResult =
  | { readonly kind: 'feed'; readonly feed: ParsedFeed }
  | { readonly kind: 'page'; readonly page: ReadPage }
  | { readonly kind: 'words'; readonly words: FeedWords }
  | { readonly kind: 'no feed'; readonly isPage: boolean }
  | { readonly kind: 'no text' }
  | { readonly kind: 'wall'; readonly wall: Wall }

const secondReader = openSecondReader()

parentPort?.on('message', (task: ReadingTask) => {
  read(task).then(
    (result) => parentPort?.postMessage({ result } satisfies WorkerAnswer<ReadingResult>),
    (error: unknown) => parentPort?.postMessage({ error } satisfies WorkerAnswer<ReadingResult>),
  )
})

async function read(task: ReadingTask): Promise<ReadingResult> {
  try {
    if (task.kind === 'feed') return { kind: 'feed', feed: await parseFeed(task.bytes, task.hints, { secondReader }) }
    if (task.kind === 'page') return { kind: 'page', page: readPage(task.bytes, task.hints) }
    return { kind: 'words', words: readFeedWords(task.entry) }
  } catch (error) {
    if (error instanceof NotAFeedError) return { kind: 'no feed', isPage: error.isPage }
    if (error instanceof PageWithoutTextError) return { kind: 'no text' }
    if (error instanceof PageBehindWallError) return { kind: 'wall', wall: error.wall }
    throw error
  }
}
