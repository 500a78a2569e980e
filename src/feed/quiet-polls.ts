import type { Database, Writes } from '../base/database/database.ts'
import type { FeedId } from './feed.ts'

/** A poll that brought nothing and changes nothing but its times. */
export type QuietPoll = { readonly feed: FeedId; readonly at: Date; readonly nextPollAt: Date }

const AT_ONCE = 100

/**
 * Most polls find nothing new. Those that end while the database is busy are written together,
 * so that a thousand of them cost it ten transactions and not a thousand.
 */
export function quietPolls(db: Database): (poll: QuietPoll) => Promise<void> {
  let waiting: { readonly poll: QuietPoll; readonly done: () => void; readonly failed: (error: unknown) => void }[] = []
  let isWriting = false

  const write = async () => {
    isWriting = true
    while (waiting.length > 0) {
      const now = waiting.slice(0, AT_ONCE)
      waiting = waiting.slice(AT_ONCE)
      const polls = now.map(({ poll }) => poll)
      await db
        .transaction((tx) => update(tx, polls))
        .then(
          () => {
            for (const { done } of now) done()
          },
          (error: unknown) => {
            for (const { failed } of now) failed(error)
          },
        )
    }
    isWriting = false
  }

  return (poll) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    waiting.push({ poll, done: resolve, failed: reject })
    if (!isWriting) void write()
    return promise
  }
}

async function update(tx: Writes, polls: readonly QuietPoll[]): Promise<void> {
  const [first, ...others] = polls
  if (first === undefined) return
  await tx
    .updateTable('feed')
    .set((row) => ({
      nextPollAt: others
        .reduce(
          (choice, { feed, nextPollAt }) => choice.when('id', '=', feed).then(nextPollAt.getTime()),
          row.case().when('id', '=', first.feed).then(first.nextPollAt.getTime()),
        )
        .else(row.ref('nextPollAt'))
        .end(),
      lastPolledAt: Math.max(...polls.map(({ at }) => at.getTime())),
    }))
    .where(
      'id',
      'in',
      polls.map(({ feed }) => feed),
    )
    .execute()
}
