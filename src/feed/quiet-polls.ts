import type { Database, Writes } from '../base/database/database.ts'
import type { FeedId } from './feed.ts'
import { writeTogether } from './write-together.ts'

/** A poll that brought nothing and changes nothing but its times. */
export type QuietPoll = { readonly feed: FeedId; readonly at: Date; readonly nextPollAt: Date }

const AT_ONCE = 100

/**
 * Most polls find nothing new. Those that end while the database is busy are written together,
 * so that a thousand of them cost it ten transactions and not a thousand.
 */
export function quietPolls(db: Database): (poll: QuietPoll) => Promise<void> {
  return writeTogether(db, { atOnce: AT_ONCE, write: update })
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
