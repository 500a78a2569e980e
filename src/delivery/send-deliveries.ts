import { steadyTime } from '../base/clock.ts'
import type { Messenger } from '../chat/messenger.ts'
import type { Platform } from '../chat/request.ts'
import { type AttemptDeps, type AttemptOutcome, attemptDelivery } from './attempt-delivery.ts'
import { attemptEdit } from './attempt-edit.ts'
import { bundleWaiting, mayHaveWaited } from './bundle-waiting.ts'
import type { Delivery } from './delivery.ts'
import type { OpenDelivery } from './outbox.ts'
import { pace } from './pace.ts'
import { refusalGuard } from './refusal-guard.ts'

type SendDeps = AttemptDeps & { readonly messengers: ReadonlyMap<Platform, Messenger> }

export type DeliverySender = {
  /** Begins what may leave now, without waiting for the answers; the instant, in ms, at which more may leave (`null`: nothing is owed). */
  readonly send: () => Promise<number | null>
  /** Resolves once every post under way has its answer written down. */
  readonly settled: () => Promise<void>
}

/** Posts under way at once, and of those, digests and corrections: an alert finds a free place at any time. */
const AT_ONCE = 16
const DIGESTS_AT_ONCE = 12

/** The list is read anew after this time, so that an alert does not wait for the digests before it. */
const LIST_AGES_MS = 500
const EMPTY_LIST_AGES_MS = 50
/** Long enough that channels which have to wait do not hide those which need not. */
const LIST_LENGTH = 2_000

/** Longest wait between two looks, however far the next message is. */
const LOOK_AGAIN_MS = 1_000

/**
 * Sends what is owed on one platform: each channel in order, each message once, teams in turns.
 *
 * `send` is safe to call at any time and after any crash; it never posts what may be there already.
 */
export function deliverySender(platform: Platform, deps: SendDeps): DeliverySender {
  const { outbox, clock, log } = deps
  const gate = pace()
  const guard = refusalGuard()
  // Rests are not to last longer because the clock was set back.
  const steady = steadyTime(clock)
  const underWay = new Map<string, { readonly delivery: OpenDelivery; readonly done: Promise<void> }>()
  let list: readonly OpenDelivery[] = []
  let readAt = Number.NEGATIVE_INFINITY

  const attempt = async (messenger: Messenger, delivery: OpenDelivery): Promise<AttemptOutcome> => {
    if (delivery.amends?.way === 'edit') return await attemptEdit(messenger, delivery, deps)
    // What waited long is told together: the list then holds the message of all.
    const at = clock.now()
    const isTogether =
      mayHaveWaited(delivery, at) && (await outbox.transaction((tx) => bundleWaiting(tx, delivery, at)))
    if (isTogether) return { kind: 'nothing' }
    return await attemptDelivery(messenger, delivery, deps)
  }

  const begin = (messenger: Messenger, delivery: OpenDelivery, now: number): void => {
    gate.began(delivery, messenger, now)
    guard.began(delivery, now)
    const done = attempt(messenger, delivery)
      .then((outcome) => {
        gate.ended(delivery, outcome, messenger, steady())
        return outcome
      })
      .catch((error: unknown) => {
        log.error({ delivery: delivery.id, error }, 'delivery failed')
        return null
      })
      .then((outcome) => guard.ended(delivery, outcome, steady()))
      .finally(() => underWay.delete(placeKey(delivery)))
    underWay.set(placeKey(delivery), { delivery, done })
  }

  /** The next one by rank; within a rank, of those that are surest to be taken, of the team that has the fewest under way. */
  const next = (now: number): OpenDelivery | undefined => {
    const digests = [...underWay.values()].filter(({ delivery }) => canWait(delivery)).length
    const ofTeam = ({ team }: Delivery) =>
      [...underWay.values()].filter(({ delivery }) => delivery.team === team).length
    const free = list.filter(
      (one) =>
        !underWay.has(placeKey(one)) &&
        (!canWait(one) || digests < DIGESTS_AT_ONCE) &&
        gate.freeAt(one) <= now &&
        guard.freeAt(one, now) <= now,
    )
    const [first] = free
    const priced = free
      .filter(({ kind }) => kind === first?.kind)
      .map((one) => ({ one, price: ofTeam(one) + guard.doubtOf(one, now) * AT_ONCE }))
    return priced.reduce<(typeof priced)[number] | undefined>(
      (best, each) => (best === undefined || each.price < best.price ? each : best),
      undefined,
    )?.one
  }

  return {
    send: async () => {
      const messenger = deps.messengers.get(platform)
      if (messenger === undefined) return null
      const now = steady()
      if (now - readAt >= (list.length === 0 ? EMPTY_LIST_AGES_MS : LIST_AGES_MS)) {
        const busy = new Set(underWay.keys())
        list = (await outbox.open(platform, clock.now(), LIST_LENGTH)).filter((one) => !busy.has(placeKey(one)))
        readAt = now
      }
      while (underWay.size < gate.atOnce(AT_ONCE)) {
        const delivery = next(now)
        if (delivery === undefined) break
        list = list.filter((one) => one !== delivery)
        begin(messenger, delivery, now)
      }
      const wall = clock.now().getTime()
      if (list.length > 0) {
        const freeAt = Math.min(...list.map((one) => Math.max(gate.freeAt(one), guard.freeAt(one, now))))
        return wall + Math.min(LOOK_AGAIN_MS, freeAt - now)
      }
      const nextAt = await outbox.nextAt(platform, new Date(wall))
      return nextAt === null ? null : Math.min(wall + LOOK_AGAIN_MS, Math.max(nextAt.getTime(), wall))
    },

    settled: async () => {
      await Promise.all([...underWay.values()].map(({ done }) => done))
    },
  }
}

function placeKey({ team, channel }: Delivery): string {
  return `${team} ${channel}`
}

function canWait({ kind }: Delivery): boolean {
  return kind === 'digest' || kind === 'correction'
}
