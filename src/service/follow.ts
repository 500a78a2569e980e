import type { Clock } from '../base/clock.ts'
import type { Config } from '../base/config.ts'
import { PUBLIC, type TeamId } from '../base/scope.ts'
import type { Block } from '../chat/blocks.ts'
import { TERMINAL_CHANNEL } from '../terminal/terminal.ts'
import type { House } from './open-house.ts'
import type { Sample } from './open-sample.ts'

type FollowDeps = { readonly house: House; readonly sample: Sample | null; readonly clock: Clock }

/**
 * Follows the sample's feed, or those that `FEEDS` names, for everybody; they are fetched by the
 * first poll like any other. What cannot be an address is said on the first screen.
 */
export async function followFeeds(
  { FEEDS = '' }: Config,
  { house, sample, clock }: FollowDeps,
): Promise<readonly Block[]> {
  const named = FEEDS.split(/[\s,]+/).filter((address) => address !== '')
  const good = named.filter((address) => /^https?:$/.test(URL.parse(address)?.protocol ?? ''))
  for (const url of [...good, ...(sample === null ? [] : [sample.feed])]) {
    await house.feeds.add({ url: new URL(url).href, team: PUBLIC, addedBy: null, title: null }, clock.now())
  }
  const bad = named.length - good.length
  if (bad === 0) return []
  return [
    {
      kind: 'note',
      line: `FEEDS: ${bad === 1 ? 'one entry is' : `${bad} entries are`} no address; write them whole, with https://, parted by spaces.`,
    },
  ]
}

/** Without a platform the terminal is the channel: it gets every brief, also of what feeds listed before. */
export async function followAll({ subscriptions }: House, team: TeamId, clock: Clock): Promise<void> {
  await subscriptions.add(
    {
      team,
      platform: 'terminal',
      channel: TERMINAL_CHANNEL,
      createdBy: 'terminal',
      filter: { speakers: [], topics: [] },
      kind: 'alerts',
      withOld: true,
    },
    clock.now(),
  )
}
