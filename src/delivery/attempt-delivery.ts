import type { Clock } from '../base/clock.ts'
import type { Writes } from '../base/database/database.ts'
import { keyOf } from '../base/id.ts'
import type { Log } from '../base/log.ts'
import { type Messenger, memberOf, POSTS_WITHIN_MS, type PostOutcome } from '../chat/messenger.ts'
import { askOwner } from './ask-owner.ts'
import { type Delivery, mayStand } from './delivery.ts'
import { endPlace } from './end-place.ts'
import type { Outbox } from './outbox.ts'
import { endPutOff, isPutOffTooLong, PUT_OFF, pauseMs, putOffWords } from './put-off.ts'

export type AttemptDeps = {
  readonly outbox: Outbox
  readonly clock: Clock
  readonly log: Log
}

/** `nothing`: nobody was asked. `looked`: it was looked for in vain; until when the platform wants no further look. */
export type AttemptOutcome =
  | PostOutcome
  | { readonly kind: 'nothing' }
  | { readonly kind: 'looked'; readonly code: string; readonly retryAfterMs?: number }

/** Time between two looks for a message whose answer was lost: at first, and longer each time. */
const LOOK_AGAIN_MS = 30_000

/** A place that could not be read for this long after the post: the fate is `unknown`, for a person to settle. */
const LOOK_FOR_MS = 15 * 60_000
/** And not before so many looks, however long we were away ourselves. */
const LOOKS = 5

/** The platforms' clocks and ours may differ by this much when we ask what was posted since. */
const CLOCKS_DIFFER_MS = 60_000
/** Where our clock was set back since the post, nobody knows by how much: what was posted in this time is read. */
const CLOCK_WRONG_BY_MS = 24 * 3_600_000

/** Refusals for want of a permission before we stop; it may be given meanwhile. */
const REFUSALS = 3
const AFTER_REFUSAL_MS = [60_000, 10 * 60_000] as const

/** Posts of one message at which our own code may fail. */
const STUMBLES = 5

/** Posts what is owed, or looks first whether it is there, and writes down what came of it. */
export async function attemptDelivery(
  messenger: Messenger,
  delivery: Delivery,
  deps: AttemptDeps,
): Promise<AttemptOutcome> {
  const looked = mayStand(delivery) ? await stumbling(delivery, deps, () => look(messenger, delivery, deps)) : null
  if (looked !== null && looked.kind !== 'absent') {
    if (looked.kind !== 'nothing') await record(messenger, delivery, looked, deps)
    return looked
  }
  const at = deps.clock.now()
  const begun = await deps.outbox.begin(delivery, { at, lookAt: lookAt(messenger, at) })
  if (begun === null) return { kind: 'nothing' }
  const posted = await stumbling(begun, deps, () => messenger.post(messageOf(begun)))
  await record(messenger, begun, posted, deps)
  return posted
}

/** When whoever finds it under way may look for it: by then the post is over, and the platform shows it. */
export function lookAt({ showsWithinMs }: Messenger, at: Date): Date {
  return new Date(at.getTime() + showsWithinMs + Math.min(POSTS_WITHIN_MS, showsWithinMs))
}

type Looked = AttemptOutcome | { readonly kind: 'absent' }

/** A post was begun and never confirmed: by a lost answer, or because we died. Never blindly again. */
async function look(messenger: Messenger, delivery: Delivery, { outbox, clock }: AttemptDeps): Promise<Looked> {
  const at = clock.now()
  const begun = delivery.sendingSince ?? delivery.createdAt
  if (begun > at) {
    const notBefore = lookAt(messenger, at)
    await outbox.beganNow(delivery.id, { at, notBefore, code: 'clock went back' })
    return { kind: 'nothing' }
  }
  const found = await messenger.findPosted(messageOf(delivery), lookSince(delivery, at))
  if (found.kind === 'found') return { kind: 'sent', receipt: found.receipt }
  if (found.kind === 'absent') return found
  const { code, retryAfterMs } = found
  return retryAfterMs === undefined ? { kind: 'looked', code } : { kind: 'looked', code, retryAfterMs }
}

function lookSince({ triedSince, sendingSince, createdAt }: Delivery, at: Date): Date {
  const since = triedSince ?? sendingSince ?? createdAt
  const wrongByMs = since > at ? CLOCK_WRONG_BY_MS : 0
  return new Date(Math.min(since.getTime(), at.getTime()) - wrongByMs - CLOCKS_DIFFER_MS)
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
  outcome: Exclude<AttemptOutcome, { kind: 'nothing' }>,
  deps: AttemptDeps,
): Promise<void> {
  const { outbox, clock, log } = deps
  const now = clock.now()
  const after = (ms: number, { code, explanation }: { readonly code: string; readonly explanation?: string }) => ({
    ...{ at: now, code, explanation },
    notBefore: new Date(now.getTime() + ms),
  })
  const facts = { delivery: delivery.id, platform: delivery.platform, kind: delivery.kind }
  switch (outcome.kind) {
    case 'sent':
      return await outbox.sent(delivery.id, outcome.receipt, now)
    case 'later': {
      log.warn({ ...facts, code: outcome.code }, 'delivery put off')
      if (!isPutOffTooLong(delivery, now))
        return await outbox.postpone(delivery.id, after(pauseMs(delivery, outcome.retryAfterMs), outcome))
      log.error({ ...facts, code: outcome.code }, 'delivery put off too long')
      const end = { code: PUT_OFF, explanation: putOffWords(delivery, outcome) }
      return await outbox.giveUp(delivery.id, 'refused', end, (tx) => endPutOff(tx, delivery, end.explanation, now))
    }
    case 'unknown':
    case 'looked': {
      const sinceMs = now.getTime() - (delivery.sendingSince ?? now).getTime()
      if (sinceMs < LOOK_FOR_MS || delivery.looks < LOOKS) {
        const isPosted = outcome.kind === 'unknown' && delivery.looks === 0
        const namedMs = outcome.kind === 'looked' ? (outcome.retryAfterMs ?? 0) : 0
        const againMs = Math.max(namedMs, Math.min(LOOK_FOR_MS, LOOK_AGAIN_MS * 2 ** delivery.looks))
        return await outbox.lookLater(delivery.id, after(isPosted ? messenger.showsWithinMs : againMs, outcome))
      }
      log.error({ ...facts, code: outcome.code }, 'delivery unknown')
      return await outbox.giveUp(delivery.id, 'unknown', outcome, (tx) => askOwner(tx, delivery, now))
    }
    case 'refused': {
      const wait = outcome.why === 'forbidden' ? AFTER_REFUSAL_MS[delivery.refusals] : undefined
      const isWorthAnother = memberOf(delivery.channel) === null && delivery.refusals + 1 < REFUSALS
      if (wait !== undefined && isWorthAnother)
        return await outbox.refusedOnce(delivery.id, after(wait, outcome), outcome.isPartThere)
      log.error({ ...facts, code: outcome.code }, 'delivery refused')
      // That nothing can be said below an old message does not end what is promised to its place.
      const follow = delivery.kind === 'correction' ? undefined : (tx: Writes) => endPlace(tx, delivery, outcome, now)
      return await outbox.giveUp(delivery.id, 'refused', outcome, follow)
    }
  }
}

function messageOf(delivery: Delivery) {
  const { team, channel, blocks, id, amends, resent } = delivery
  // What a person says is missing is not to be found by what was posted before.
  const key = resent === 0 ? id : keyOf('resent', id, resent)
  return amends === null ? { team, channel, blocks, key } : { team, channel, blocks, key, under: amends.receipt }
}
