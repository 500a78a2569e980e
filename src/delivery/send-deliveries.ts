import type { Clock } from '../base/clock.ts'
import type { Writes } from '../base/database/database.ts'
import { keyOf } from '../base/id.ts'
import type { Log } from '../base/log.ts'
import type { Block } from '../chat/blocks.ts'
import { directMessageTo, type Messenger, type PostOutcome } from '../chat/messenger.ts'
import type { Platform } from '../chat/request.ts'
import type { Delivery, DeliveryId } from './delivery.ts'
import { type Outbox, owe, refuseOpen } from './outbox.ts'
import type { SubscriptionStore } from './subscription-store.ts'

type SendDeps = {
  readonly outbox: Outbox
  readonly subscriptions: SubscriptionStore
  readonly messengers: ReadonlyMap<Platform, Messenger>
  readonly clock: Clock
  readonly log: Log
}

/** A lost answer: the platform gets this long to show the message before we look for it (PLATFORMS.md, section 4). */
const LOOK_AFTER_MS = 30_000

/** A place that could not be read for this long after the post: the fate is `unknown`, for a person to settle. */
const LOOK_FOR_MS = 15 * 60_000

/** The platforms' clocks and ours may differ by this much when we ask what was posted since. */
const CLOCKS_DIFFER_MS = 60_000

/** Refusals for want of a permission before we stop; it may be given meanwhile. */
const REFUSALS = 3
const AFTER_REFUSAL_MS = [60_000, 10 * 60_000] as const

/** At once in all, and of one team: a team with a thousand channels does not keep the others waiting. */
const AT_ONCE = 8
const AT_ONCE_TEAM = 2

/**
 * Sends what is owed on one platform, channel by channel in order, each message once.
 *
 * `work` sends whatever is due and returns how many messages it dealt with; call it again until
 * it returns 0. It is safe to call at any time and after any crash.
 */
export function deliverySender(platform: Platform, deps: SendDeps): { readonly work: () => Promise<number> } {
  const restingUntil = new Map<string, number>()

  return {
    work: async () => {
      const messenger = deps.messengers.get(platform)
      if (messenger === undefined) return 0
      const now = deps.clock.now()
      const open = await deps.outbox.open(platform, now, AT_ONCE * 25)
      const batch = pick(open, (channel) => (restingUntil.get(channel) ?? 0) > now.getTime())
      await Promise.all(
        batch.map(async (delivery) => {
          const outcome = await attempt(messenger, delivery, deps)
          const restMs = outcome.kind === 'later' ? outcome.retryAfterMs : messenger.restMs
          restingUntil.set(delivery.channel, deps.clock.now().getTime() + restMs)
        }),
      )
      for (const [channel, until] of restingUntil) if (until <= now.getTime()) restingUntil.delete(channel)
      return batch.length
    },
  }
}

/** The first of each channel that does not rest, few of one team, in the order of the list. */
function pick(open: readonly Delivery[], rests: (channel: string) => boolean): readonly Delivery[] {
  const channels = new Set<string>()
  const ofTeam = new Map<number, number>()
  const picked: Delivery[] = []
  for (const delivery of open) {
    const busy = ofTeam.get(delivery.team) ?? 0
    if (picked.length >= AT_ONCE || channels.has(delivery.channel) || rests(delivery.channel) || busy >= AT_ONCE_TEAM)
      continue
    channels.add(delivery.channel)
    ofTeam.set(delivery.team, busy + 1)
    picked.push(delivery)
  }
  return picked
}

async function attempt(messenger: Messenger, delivery: Delivery, deps: SendDeps): Promise<PostOutcome> {
  const outcome =
    delivery.state === 'sending' ? await look(messenger, delivery, deps) : await post(messenger, delivery, deps)
  await record(delivery, outcome, deps)
  return outcome
}

async function post(messenger: Messenger, delivery: Delivery, { outbox, clock }: SendDeps): Promise<PostOutcome> {
  await outbox.begin(delivery.id, clock.now())
  return await messenger.post(messageOf(delivery))
}

/** A post was begun and never confirmed: by a lost answer, or because we died. Never blindly again. */
async function look(messenger: Messenger, delivery: Delivery, deps: SendDeps): Promise<PostOutcome> {
  const begun = delivery.sendingSince ?? delivery.createdAt
  if (deps.clock.now().getTime() - begun.getTime() < LOOK_AFTER_MS) return { kind: 'unknown', code: 'too soon to look' }
  const found = await messenger.findPosted(messageOf(delivery), new Date(begun.getTime() - CLOCKS_DIFFER_MS))
  if (found.kind === 'found') return { kind: 'sent', receipt: found.receipt }
  if (found.kind === 'absent') return await post(messenger, delivery, deps)
  return { kind: 'unknown', code: found.code }
}

async function record(delivery: Delivery, outcome: PostOutcome, deps: SendDeps): Promise<void> {
  const { outbox, clock, log } = deps
  const now = clock.now()
  const after = (ms: number) => new Date(now.getTime() + ms)
  const facts = { delivery: delivery.id, platform: delivery.platform, kind: delivery.kind }
  switch (outcome.kind) {
    case 'sent':
      return await outbox.sent(delivery.id, outcome.receipt, now)
    case 'later':
      log.warn({ ...facts, code: outcome.code }, 'delivery put off')
      return await outbox.postpone(delivery.id, { notBefore: after(outcome.retryAfterMs), code: outcome.code })
    case 'unknown': {
      const begun = delivery.state === 'sending' ? (delivery.sendingSince ?? now) : now
      if (now.getTime() - begun.getTime() < LOOK_FOR_MS) {
        return await outbox.lookLater(delivery.id, { notBefore: after(LOOK_AFTER_MS), code: outcome.code })
      }
      log.error({ ...facts, code: outcome.code }, 'delivery unknown')
      return await outbox.giveUp(delivery.id, 'unknown', outcome.code)
    }
    case 'refused': {
      const wait = outcome.why === 'forbidden' ? AFTER_REFUSAL_MS[delivery.refusals] : undefined
      if (wait !== undefined && delivery.refusals + 1 < REFUSALS) {
        return await outbox.refusedOnce(delivery.id, { notBefore: after(wait), code: outcome.code })
      }
      log.error({ ...facts, code: outcome.code }, 'delivery refused')
      return await outbox.giveUp(delivery.id, 'refused', outcome.code, (tx) =>
        endSubscription(tx, delivery, outcome, deps),
      )
    }
  }
}

/** Nothing more is tried in a place that refuses us for good; the person who asked for it is told, once. */
async function endSubscription(
  tx: Writes,
  delivery: Delivery,
  { why, explanation }: Extract<PostOutcome, { kind: 'refused' }>,
  { subscriptions, clock }: SendDeps,
): Promise<void> {
  // A message that is wrong in itself says nothing about the place: the subscription goes on.
  if (delivery.subscription === null || why === 'invalid') return
  const ended = await subscriptions.stop(tx, delivery.subscription, explanation)
  if (ended === null) return
  await refuseOpen(tx, delivery.subscription, 'subscription stopped')
  const { team, platform } = delivery
  const id = keyOf('stopped', delivery.subscription, delivery.id) as DeliveryId
  const blocks: readonly Block[] = [
    { kind: 'heading', text: `Subscription ${ended.number} has stopped` },
    { kind: 'text', line: explanation },
    { kind: 'note', line: 'Once that is mended, subscribe again there: what was kept for it is not lost.' },
  ]
  const channel = directMessageTo(ended.createdBy)
  await owe(tx, { id, team, platform, channel, subscription: null, kind: 'notice', blocks }, clock.now())
}

function messageOf(delivery: Delivery) {
  return { team: delivery.team, channel: delivery.channel, blocks: delivery.blocks, key: delivery.id }
}
