import { schedule } from 'node-cron'
import type { Clock } from '../base/clock.ts'
import type { Config } from '../base/config.ts'
import type { Log } from '../base/log.ts'
import type { EntryId, FeedId } from '../feed/feed.ts'
import type { PollDeps } from '../feed/poll-feed.ts'
import { pollWithWebsub } from '../feed/poll-with-websub.ts'
import { askHubs } from '../feed/websub-ask.ts'
import { openWebsubEndpoint } from '../feed/websub-endpoint.ts'
import { openHubLine } from '../feed/websub-post.ts'
import type { House } from './open-house.ts'

type WebsubDeps = {
  readonly house: Pick<House, 'websub'>
  readonly userAgent: string
  /** Puts a feed that is due on the list of work. */
  readonly wake: (feed: FeedId) => Promise<void>
  readonly clock: Clock
  readonly log: Log
}

type Websub = {
  readonly poll: (id: FeedId, deps: PollDeps) => Promise<readonly EntryId[]>
  readonly port: number
  /** Asks the hubs whose turn it is at once, instead of at the next minute. */
  readonly ask: () => Promise<void>
} & AsyncDisposable

const EVERY_MINUTE = '30 * * * * *'

/**
 * Listens for hubs and asks them for subscriptions, where the operator gave us an address; else `null`.
 *
 * @throws {PortTakenError} if another program listens on the port.
 */
export async function openWebsub(
  { WEBSUB_PUBLIC_URL, WEBSUB_PORT, ALLOW_PRIVATE_ADDRESSES }: Config,
  { house, userAgent, wake, clock, log: parent }: WebsubDeps,
): Promise<Websub | null> {
  if (WEBSUB_PUBLIC_URL === undefined || WEBSUB_PORT === undefined) return null
  const log = parent.child({ room: 'feed' })
  const { websub: store } = house
  const endpoint = await openWebsubEndpoint({ port: WEBSUB_PORT, store, onNews: wake, clock, log })
  const line = openHubLine({ allowPrivate: ALLOW_PRIVATE_ADDRESSES === 'yes', userAgent })
  await store.movedTo(WEBSUB_PUBLIC_URL, clock.now())
  let asking: Promise<void> = Promise.resolve()
  const ask = () => {
    asking = askHubs({ store, post: line.post, clock, log, random: Math.random })
    return asking
  }
  const safeAsk = () => ask().catch((error: unknown) => log.error({ error }, 'hubs not asked'))
  const cron = schedule(EVERY_MINUTE, safeAsk, { noOverlap: true })
  return {
    poll: (id, deps) => pollWithWebsub(id, deps, { websub: store, callbacks: WEBSUB_PUBLIC_URL }),
    port: endpoint.port,
    ask,
    [Symbol.asyncDispose]: async () => {
      await cron.destroy()
      await line[Symbol.asyncDispose]()
      await endpoint[Symbol.asyncDispose]()
      // Whoever asked and failed has said so already.
      await asking.catch(() => undefined)
    },
  }
}
