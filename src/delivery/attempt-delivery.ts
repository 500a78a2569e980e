import type { Clock } from '../base/clock.ts'
import type { Writes } from '../base/database/database.ts'
import type { Log } from '../base/log.ts'
import { type Messenger, memberOf, type PostOutcome } from '../chat/messenger.ts'
import type { Delivery } from './delivery.ts'
import { endPlace } from './end-place.ts'
import type { Outbox } from './outbox.ts'

export type AttemptDeps = {
  readonly outbox: Outbox
  readonly clock: Clock
  readonly log: Log
}

/** Shortest time between two looks for a message whose answer was lost. */
const LOOK_AGAIN_MS = 30_000

/** A place that could not be read for this long after the post: the fate is `unknown`, for a person to settle. */
const LOOK_FOR_MS = 15 * 60_000
/** And not before so many looks, however long we were away ourselves. */
const LOOKS = 10

/** The platforms' clocks and ours may differ by this much when we ask what was posted since. */
const CLOCKS_DIFFER_MS = 60_000

/** Refusals for want of a permission before we stop; it may be given meanwhile. */
const REFUSALS = 3
const AFTER_REFUSAL_MS = [60_000, 10 * 60_000] as const

/** Nothing is put off for shorter: a platform that names no time is asked again after this. */
const LATER_AT_LEAST_MS = 250

/** Posts of one message at which our own code may fail. */
const STUMBLES = 5

/** Posts what is owed, or looks first whether it is there, and writes down what came of it. */
export async function attemptDelivery(
  messenger: Messenger,
  delivery: Delivery,
  deps: AttemptDeps,
): Promise<PostOutcome> {
  const looked =
    delivery.state === 'sending' ? await stumbling(delivery, deps, () => look(messenger, delivery, deps)) : null
  if (looked !== null && looked.kind !== 'absent') {
    await record(messenger, delivery, looked, deps)
    return looked
  }
  const begun = await deps.outbox.begin(delivery.id, deps.clock.now())
  if (begun === null) return { kind: 'later', code: 'owed no more', retryAfterMs: 0 }
  const posted = await stumbling(begun, deps, () => messenger.post(messageOf(begun)))
  await record(messenger, begun, posted, deps)
  return posted
}

/** A post was begun and never confirmed: by a lost answer, or because we died. Never blindly again. */
async function look(
  messenger: Messenger,
  delivery: Delivery,
  { clock }: AttemptDeps,
): Promise<PostOutcome | { readonly kind: 'absent' }> {
  const begun = delivery.sendingSince ?? delivery.createdAt
  if (clock.now().getTime() - begun.getTime() < messenger.showsWithinMs)
    return { kind: 'unknown', code: 'too soon to look' }
  const since = (delivery.triedSince ?? begun).getTime() - CLOCKS_DIFFER_MS
  const found = await messenger.findPosted(messageOf(delivery), new Date(since))
  if (found.kind === 'found') return { kind: 'sent', receipt: found.receipt }
  return found.kind === 'absent' ? found : { kind: 'unknown', code: found.code }
}

/** A message at which our own code fails keeps nobody else waiting, and is set aside in the end. */
export async function stumbling<Outcome>(
  delivery: Delivery,
  { log }: AttemptDeps,
  work: () => Promise<Outcome>,
): Promise<Outcome | PostOutcome> {
  try {
    return await work()
  } catch (error) {
    log.error({ delivery: delivery.id, error }, 'delivery stumbled')
    if (delivery.tries < STUMBLES) return { kind: 'unknown', code: 'bug' }
    const explanation = 'I could not write that message: a fault of mine. The operator’s log has more.'
    return { kind: 'refused', code: 'bug', why: 'invalid', explanation }
  }
}

async function record(
  messenger: Messenger,
  delivery: Delivery,
  outcome: PostOutcome,
  deps: AttemptDeps,
): Promise<void> {
  const { outbox, clock, log } = deps
  const now = clock.now()
  const after = (ms: number) => new Date(now.getTime() + ms)
  const facts = { delivery: delivery.id, platform: delivery.platform, kind: delivery.kind }
  switch (outcome.kind) {
    case 'sent':
      return await outbox.sent(delivery.id, outcome.receipt, now)
    case 'later': {
      log.warn({ ...facts, code: outcome.code }, 'delivery put off')
      const notBefore = after(Math.max(outcome.retryAfterMs, LATER_AT_LEAST_MS))
      return await outbox.postpone(delivery.id, { notBefore, code: outcome.code })
    }
    case 'unknown': {
      const sinceMs = now.getTime() - (delivery.sendingSince ?? now).getTime()
      if (sinceMs < LOOK_FOR_MS || delivery.looks < LOOKS) {
        const waitMs = sinceMs < messenger.showsWithinMs ? messenger.showsWithinMs - sinceMs : LOOK_AGAIN_MS
        return await outbox.lookLater(delivery.id, { notBefore: after(waitMs), code: outcome.code })
      }
      log.error({ ...facts, code: outcome.code }, 'delivery unknown')
      return await outbox.giveUp(delivery.id, 'unknown', outcome)
    }
    case 'refused': {
      const wait = outcome.why === 'forbidden' ? AFTER_REFUSAL_MS[delivery.refusals] : undefined
      const isWorthAnother = memberOf(delivery.channel) === null && delivery.refusals + 1 < REFUSALS
      if (wait !== undefined && isWorthAnother) {
        return await outbox.refusedOnce(delivery.id, { notBefore: after(wait), code: outcome.code })
      }
      log.error({ ...facts, code: outcome.code }, 'delivery refused')
      // That nothing can be said below an old message does not end what is promised to its place.
      const follow = delivery.kind === 'correction' ? undefined : (tx: Writes) => endPlace(tx, delivery, outcome, now)
      return await outbox.giveUp(delivery.id, 'refused', outcome, follow)
    }
  }
}

function messageOf(delivery: Delivery) {
  const { team, channel, blocks, id: key, amends } = delivery
  return amends === null ? { team, channel, blocks, key } : { team, channel, blocks, key, under: amends.receipt }
}
