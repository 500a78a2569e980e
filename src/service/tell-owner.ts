import type { Clock } from '../base/clock.ts'
import { keyOf } from '../base/id.ts'
import { PUBLIC } from '../base/scope.ts'
import type { Block } from '../chat/blocks.ts'
import { cleanName, cutText } from '../chat/clean-text.ts'
import { formatCommand } from '../chat/format-command.ts'
import { directMessageTo } from '../chat/messenger.ts'
import type { DeliveryId } from '../delivery/delivery.ts'
import { owe } from '../delivery/owe.ts'
import type { FeedId } from '../feed/feed.ts'
import type { House } from './open-house.ts'

/** Most failures pass within a day, and a night is no reason to write to anybody. */
const PATIENCE_MS = 24 * 3_600_000
const FAILURES = 5

const TITLE = 80
/** Longer names are of no use to whoever knows the server. */
const NAME = 60

/**
 * Writes once to the member who added a feed when it has failed for a day, or is gone for good;
 * again only if it worked in between. Feeds that everybody reads are the operator's, who has the log.
 */
export async function tellOwner(
  id: FeedId,
  { db, feeds, teams }: Pick<House, 'db' | 'feeds' | 'teams'>,
  clock: Clock,
): Promise<void> {
  const feed = await feeds.get(id)
  if (feed === null || feed.state === 'active' || feed.addedBy === null || feed.team === PUBLIC) return
  const workedAt = feed.lastReadAt ?? feed.addedAt
  const isLong = feed.failures >= FAILURES && clock.now().getTime() - workedAt.getTime() >= PATIENCE_MS
  if (feed.state === 'failing' && !isLong) return
  const team = (await teams.list()).find((one) => one.id === feed.team)
  if (team === undefined) return
  const name = cutText(cleanName(feed.title ?? ''), TITLE)
  const host = new URL(feed.url).host
  await db.transaction(async (tx) => {
    await owe(
      tx,
      {
        id: keyOf('feed fails', feed.id, workedAt.getTime()) as DeliveryId,
        ...{ team: feed.team, platform: team.platform, channel: directMessageTo(feed.addedBy ?? '') },
        ...{ subscription: null, kind: 'notice' },
        blocks: [
          {
            kind: 'text',
            line: ['I cannot read ', { strong: name === '' ? host : `${name} (${host})` }, ', which you added.'],
          },
          { kind: 'note', line: feed.failure ?? 'It gives no answer.' },
          wayOn(team, feed.id),
        ],
      },
      clock.now(),
    )
  })
}

/** On Discord a private message is in no team, so nothing of a team can be changed there: it says where it can. */
function wayOn({ platform, name }: { readonly platform: string; readonly name: string }, feed: FeedId): Block {
  const stop = formatCommand('feeds', { action: 'remove', address: feed })
  if (platform === 'discord')
    return { kind: 'note', line: `To stop reading it, send this on ${cutText(cleanName(name), NAME)}: ${stop}` }
  return {
    kind: 'buttons',
    buttons: [
      { label: 'All feeds', command: formatCommand('feeds', {}) },
      { label: 'Stop reading it', command: stop },
    ],
  }
}
