import type { Block, Line } from '../src/chat/blocks.ts'
import { cutText } from '../src/chat/clean-text.ts'
import { defineCommand } from '../src/chat/command.ts'
import { demandRole } from '../src/chat/forbidden-error.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import type { Request } from '../src/chat/request.ts'
import type { AddFeed } from '../src/feed/add-feed.ts'
import type { Feed, FeedId } from '../src/feed/feed.ts'
import type { FeedStore } from '../src/feed/feed-store.ts'
import { demandPlace } from './demand-place.ts'
import { failureWords, feedName, removeButton } from './feed-words.ts'
import { pageOf, pageOption, readPage } from './pages.ts'

type FeedDesk = Pick<FeedStore, 'feedsOf' | 'remove'> & {
  readonly add: AddFeed
  /** Why the words of a feed are all that is read of it, where its publisher keeps the pages from us. */
  readonly keptPages?: (feeds: readonly FeedId[]) => Promise<ReadonlyMap<FeedId, string>>
}

/** Rows of the list that one message holds. */
const A_PAGE = 40
/** More of a page are removed by their address. */
const REMOVED_BY_BUTTON = 5

/** The feeds that the team reads, how they are, and for owners: adding and removing. */
export const feeds = defineCommand<{ feeds: FeedDesk }, 'action' | 'address' | 'page'>({
  name: 'feeds',
  summary: 'Which feeds are read, and how are they? Owners add and remove',
  examples: ['/feeds', '/feeds add https://example.com/rss.xml'],
  options: {
    action: { kind: 'choice', description: 'What to do; none: list', choices: ['list', 'add', 'remove'] },
    address: {
      kind: 'feed',
      description: 'Address of an RSS, Atom or JSON feed; to remove one, its address or id',
      suggest: async (typed, { feeds: desk }, { team }) =>
        own(await desk.feedsOf(team), team)
          .filter((feed) => feedName(feed).toLowerCase().includes(typed.toLowerCase()))
          .map((feed) => ({ label: cutText(feedName(feed), 75), value: feed.id })),
    },
    page: pageOption,
  },
  forms: [
    {
      title: 'Add a feed',
      with: { action: 'add' },
      role: 'owner',
      fields: [{ option: 'address', isNeeded: true, isFree: true }],
    },
    {
      title: 'Remove a feed',
      with: { action: 'remove' },
      role: 'owner',
      fields: [{ option: 'address', label: 'Feed', isNeeded: true }],
    },
  ],

  async run({ action, address, page }, { feeds: desk }, request) {
    const doing = action ?? (address === undefined ? 'list' : 'add')
    if (doing === 'list') return list(await desk.feedsOf(request.team), readPage(page), { desk, request })
    demandRole(request, 'owner', `${doing} feeds`)
    const { team } = demandPlace(request)
    if (address === undefined) throw noAddress(doing)
    return doing === 'add' ? add(address, team, request, desk) : remove(address, team, desk)
  },
})

async function add(
  address: string,
  team: Request['team'],
  request: Request,
  desk: FeedDesk,
): Promise<readonly Block[]> {
  const feed = await desk.add({ url: withoutBrackets(address), team, addedBy: request.member.id })
  return [
    { kind: 'text', line: ['Reading ', { strong: feedName(feed) }, '. Its articles appear in a few minutes.'] },
    { kind: 'buttons', buttons: [removeButton(feed, 'Undo')] },
  ]
}

async function remove(address: string, team: Request['team'], desk: FeedDesk): Promise<readonly Block[]> {
  const all = own(await desk.feedsOf(team), team)
  const feed = all.find(({ id, url }) => id === address || url === withoutBrackets(address))
  if (feed === undefined) {
    throw new NotUnderstoodError({
      option: 'address',
      typed: address,
      explanation: 'This team has not added such a feed. /feeds lists those that are read.',
    })
  }
  await desk.remove(team, feed.id)
  return [
    { kind: 'text', line: ['No longer reading ', { strong: feedName(feed) }, '. What was read stays on record.'] },
  ]
}

/** Slack writes an address as `<https://…|as it was typed>`. */
function withoutBrackets(address: string): string {
  return /^<([^|>]{1,2000})(?:\|[^>]*)?>$/.exec(address)?.[1] ?? address
}

async function list(
  all: readonly Feed[],
  page: number,
  { desk, request: { team, role } }: { readonly desk: FeedDesk; readonly request: Request },
): Promise<readonly Block[]> {
  if (all.length === 0) {
    return [
      { kind: 'text', line: 'No feed is read yet.' },
      { kind: 'note', line: 'An owner adds one: /feeds add https://example.com/rss.xml' },
    ]
  }
  const { items: shown, words, next } = pageOf(all, page, A_PAGE)
  const kept = await desk.keptPages?.(shown.map(({ id }) => id))
  const items = shown.map(
    (feed): Line => [
      { strong: feedName(feed) },
      feed.team === team ? '' : ' (read for everybody)',
      { faint: howItIs(feed, kept?.get(feed.id)) },
    ],
  )
  const removable = role === 'owner' ? own(shown, team).slice(0, REMOVED_BY_BUTTON) : []
  const buttons = [
    ...(next === null ? [] : [{ label: 'More', command: formatCommand('feeds', { page: next }) }]),
    ...removable.map((feed) => removeButton(feed, `Remove ${feedName(feed)}`)),
  ]
  return [
    { kind: 'heading', text: `${all.length === 1 ? '1 feed' : `${all.length} feeds`}${words}` },
    { kind: 'list', items },
    ...(buttons.length === 0 ? [] : [{ kind: 'buttons', buttons } as const]),
  ]
}

function howItIs(feed: Feed, kept: string | undefined): string {
  if (feed.state !== 'active') return `, ${failureWords(feed)}`
  return kept === undefined ? '' : `, the words of the feed alone: ${kept}`
}

function own(all: readonly Feed[], team: Request['team']): readonly Feed[] {
  return all.filter((feed) => feed.team === team)
}

function noAddress(doing: string): NotUnderstoodError {
  return new NotUnderstoodError({
    option: 'address',
    typed: '',
    explanation: `Which one? Write /feeds ${doing} and the address of the feed, such as https://example.com/rss.xml.`,
  })
}
