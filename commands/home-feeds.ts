import type { Block, Button, Line } from '../src/chat/blocks.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import type { Request } from '../src/chat/request.ts'
import type { Feed } from '../src/feed/feed.ts'
import type { FeedStore } from '../src/feed/feed-store.ts'
import { failureWords, feedName, removeButton } from './feed-words.ts'

export type FeedsRooms = { readonly feeds: Pick<FeedStore, 'feedsOf'> }

const SHOWN = 3

/** How many feeds are read, and those that need somebody, with what to do. */
export async function feedHealth({ feeds }: FeedsRooms, { team, role }: Request): Promise<readonly Block[]> {
  const all = await feeds.feedsOf(team)
  const ill = all.filter(({ state }) => state !== 'active').sort(goneFirst)
  const isOwner = role === 'owner'
  const removable = isOwner ? ill.filter((feed) => feed.state === 'gone' && feed.team === team) : []
  const buttons: readonly Button[] = [
    ...removable.slice(0, SHOWN).map((feed) => removeButton(feed, `Remove ${feedName(feed)}`)),
    ...(all.length === 0 ? [] : [{ label: 'All feeds', command: formatCommand('feeds', {}) }]),
    ...(isOwner
      ? [{ label: 'Add a feed', command: formatCommand('feeds', { action: 'add' }), opensForm: true } as const]
      : []),
  ]
  return [
    { kind: 'heading', text: 'Feeds' },
    { kind: 'text', line: countWords(all, ill, isOwner) },
    ...(ill.length === 0
      ? []
      : [{ kind: 'list', items: ill.slice(0, SHOWN).map((feed) => needWords(feed, isOwner)) } as const]),
    ...(buttons.length === 0 ? [] : [{ kind: 'buttons', buttons } as const]),
  ]
}

function goneFirst(a: Feed, b: Feed): number {
  return Number(b.state === 'gone') - Number(a.state === 'gone')
}

function countWords(all: readonly Feed[], ill: readonly Feed[], isOwner: boolean): string {
  if (all.length === 0) return isOwner ? 'No feed is read yet: add one.' : 'No feed is read yet: an owner adds them.'
  const read = all.length === 1 ? '1 feed is read' : `${all.length} feeds are read`
  if (ill.length === 0) return all.length === 1 ? `${read}, and it is well.` : `${read}, and all are well.`
  return `${read}; ${ill.length === 1 ? '1 needs' : `${ill.length} need`} a look${ill.length > SHOWN ? ', such as:' : ':'}`
}

function needWords(feed: Feed, isOwner: boolean): Line {
  const then =
    feed.state === 'failing'
      ? ''
      : isOwner
        ? ' It is not asked any more: remove it, or add its new address.'
        : ' It is not asked any more: an owner can remove it, or add its new address.'
  return [{ strong: feedName(feed) }, `, ${failureWords(feed)}`, then]
}
