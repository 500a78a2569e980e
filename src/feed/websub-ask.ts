import type { Clock } from '../base/clock.ts'
import { AppError } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import { withJitter } from './poll-schedule.ts'
import type { PostToHub } from './websub-post.ts'
import type { WebsubStore, WebsubSubscription } from './websub-store.ts'

export type AskHubsDeps = {
  readonly store: WebsubStore
  readonly post: PostToHub
  readonly clock: Clock
  readonly log: Log
  /** 0 to 1, for the jitter. */
  readonly random: () => number
}

/** The lease that we ask for; W3C WebSub, section 8.2, calls it a good one. */
const LEASE_SECONDS = 10 * 86_400

/** Requests that one round sends, so that ten thousand feeds of one hub are no flood. */
const A_ROUND = 50

/** A hub that does not answer, or does not confirm, is asked again after this, then twice, then four times that. */
const FIRST_WAIT_MS = 3_600_000
const LONGEST_WAIT_MS = 7 * 86_400_000

/** A hub that cannot be told that we leave lets the lease run out. */
const GOODBYES = 3

/**
 * Asks the hubs whose turn it is: to subscribe, to renew, to unsubscribe where nobody follows the
 * feed any more. One request at a time a hub. What a hub answers is noted by what it does next:
 * it confirms at our callback, or it is asked again later.
 *
 * @see W3C WebSub, section 5
 */
export async function askHubs(deps: AskHubsDeps): Promise<void> {
  const now = deps.clock.now()
  await deps.store.endOrphans(now)
  const due = await deps.store.due(now, A_ROUND)
  const hosts = Map.groupBy(due, ({ hub }) => URL.parse(hub)?.host ?? '')
  await Promise.all([...hosts.values()].map((subscriptions) => askHub(subscriptions, deps)))
}

async function askHub(subscriptions: readonly WebsubSubscription[], deps: AskHubsDeps): Promise<void> {
  let isSilent = false
  for (const one of subscriptions) {
    if (isOver(one, deps.clock.now())) {
      await deps.store.drop(one.token)
      continue
    }
    // Written before the request: the hub may confirm before it answers, and a crash must not make a loop.
    const at = deps.clock.now().getTime()
    const waitMs = withJitter(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(one.tries, 20)), deps.random)
    const asked = isSilent ? {} : { askedAt: at, tries: one.tries + 1 }
    await deps.store.change(one.token, { ...asked, nextAskAt: at + waitMs })
    if (!isSilent) isSilent = !(await ask(one, deps))
  }
}

/** Nothing is left to be told to the hub. */
function isOver({ wanted, askedAt, tries, aliveUntil }: WebsubSubscription, now: Date): boolean {
  if (wanted === 'subscribe') return false
  return askedAt === null || tries >= GOODBYES || (aliveUntil !== null && aliveUntil <= now.getTime())
}

/** Whether the hub gave any answer. */
async function ask(one: WebsubSubscription, { post, log }: AskHubsDeps): Promise<boolean> {
  const facts = { feedId: one.feed, hub: URL.parse(one.hub)?.host, mode: one.wanted }
  try {
    const status = await post(one.hub, formOf(one))
    if (status >= 200 && status <= 299) log.info(facts, 'hub asked')
    else log.warn({ ...facts, status }, 'hub refused')
    return true
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    log.warn({ ...facts, error }, 'hub not reached')
    return false
  }
}

function formOf({ wanted, topic, callback, secret }: WebsubSubscription): URLSearchParams {
  const common = { 'hub.mode': wanted, 'hub.topic': topic, 'hub.callback': callback }
  if (wanted === 'unsubscribe') return new URLSearchParams(common)
  return new URLSearchParams({ ...common, 'hub.secret': secret, 'hub.lease_seconds': String(LEASE_SECONDS) })
}
