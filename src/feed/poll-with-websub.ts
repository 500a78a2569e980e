import type { WebAnswer } from '../base/web/open-web.ts'
import type { EntryId, FeedId } from './feed.ts'
import { type PollDeps, pollFeed } from './poll-feed.ts'
import { intervalWithPush, withJitter } from './poll-schedule.ts'
import { type HubOffer, hubOffer } from './websub-offer.ts'
import type { WebsubStore } from './websub-store.ts'

export type WebsubDeps = {
  readonly websub: WebsubStore
  /** The address under which hubs reach us; a callback is one part of a path below it. */
  readonly callbacks: string
}

/** A hub that was silent about this much news is not relied on, until it tells of some again. */
const MISSED_AT_MOST = 2

/**
 * Polls a feed as `pollFeed` does, takes note of the hub that it offers, and lets the next poll
 * wait longer while that hub tells us of news.
 *
 * @see W3C WebSub
 */
export async function pollWithWebsub(
  id: FeedId,
  deps: PollDeps,
  { websub, callbacks }: WebsubDeps,
): Promise<readonly EntryId[]> {
  const feed = await deps.store.get(id)
  const startedAt = deps.clock.now()
  let answer: WebAnswer | null = null
  let offer: HubOffer | null = null
  const entries = await pollFeed(id, {
    ...deps,
    fetch: async (address, request) => {
      answer = await deps.fetch(address, request)
      return answer
    },
    parse: async (bytes, hints) => {
      const parsed = await deps.parse(bytes, hints)
      if (answer !== null) offer = hubOffer(answer, parsed)
      return parsed
    },
  })
  if (feed === null) return entries
  if (offer !== null) await websub.offered(feed, offer, callbacks, deps.clock.now())
  await setPace(id, { startedAt, polledBefore: feed.lastPolledAt }, deps, websub)
  return entries
}

type Poll = { readonly startedAt: Date; readonly polledBefore: Date | null }

async function setPace(id: FeedId, { startedAt, polledBefore }: Poll, deps: PollDeps, websub: WebsubStore) {
  const now = deps.clock.now()
  const own = await websub.of(id)
  if (own === null || own.aliveUntil === null || own.aliveUntil <= now.getTime()) return
  const isToldOf = (since: Date) => own.pushedAt !== null && own.pushedAt >= since.getTime()
  if (own.pushedAt !== null && own.pushedAt > startedAt.getTime()) {
    await websub.pollAgain(id, startedAt, now)
    return
  }
  const wasSilent = !isToldOf(polledBefore ?? startedAt) && (await websub.hasNewsSince(id, startedAt))
  const missed = own.missed + (wasSilent ? 1 : 0)
  if (wasSilent) await websub.change(own.token, { missed })
  if (missed >= MISSED_AT_MOST) return
  const feed = await deps.store.get(id)
  if (feed === null) return
  const waitMs = withJitter(intervalWithPush(feed.intervalMs), deps.random)
  await websub.slowDown(id, new Date(Math.min(own.aliveUntil, now.getTime() + waitMs)))
}
