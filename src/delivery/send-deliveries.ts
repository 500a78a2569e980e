import type { Messenger } from '../chat/messenger.ts'
import type { Platform } from '../chat/request.ts'
import { type AttemptDeps, attemptDelivery } from './attempt-delivery.ts'
import { attemptEdit } from './attempt-edit.ts'
import type { Delivery } from './delivery.ts'
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
  const underWay = new Map<string, { readonly delivery: Delivery; readonly done: Promise<void> }>()
  let list: readonly Delivery[] = []
  let readAt = Number.NEGATIVE_INFINITY

  const begin = (messenger: Messenger, delivery: Delivery, now: number): void => {
    gate.began(delivery, messenger, now)
    guard.began(delivery, now)
    const attempt = delivery.amends?.way === 'edit' ? attemptEdit : attemptDelivery
    const done = attempt(messenger, delivery, deps)
      .then((outcome) => {
        gate.ended(delivery, outcome, messenger, clock.now().getTime())
        guard.ended(delivery, outcome, clock.now().getTime())
      })
      .catch((error: unknown) => log.error({ delivery: delivery.id, error }, 'delivery failed'))
      .finally(() => underWay.delete(placeKey(delivery)))
    underWay.set(placeKey(delivery), { delivery, done })
  }

  /** The next one by rank; within a rank, of the team that has the fewest under way. */
  const next = (now: number): Delivery | undefined => {
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
    const price = (one: Delivery) => ofTeam(one) + (guard.isSuspect(one) ? AT_ONCE : 0)
    return free
      .filter(({ kind }) => kind === first?.kind)
      .reduce<Delivery | undefined>(
        (best, one) => (best === undefined || price(one) < price(best) ? one : best),
        undefined,
      )
  }

  return {
    send: async () => {
      const messenger = deps.messengers.get(platform)
      if (messenger === undefined) return null
      const now = clock.now().getTime()
      if (Math.abs(now - readAt) >= (list.length === 0 ? EMPTY_LIST_AGES_MS : LIST_AGES_MS)) {
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
      if (list.length > 0)
        return Math.min(now + LOOK_AGAIN_MS, ...list.map((one) => Math.max(gate.freeAt(one), guard.freeAt(one, now))))
      const nextAt = await outbox.nextAt(platform)
      return nextAt === null ? null : Math.min(now + LOOK_AGAIN_MS, Math.max(nextAt.getTime(), now))
    },

    settled: async () => {
      await Promise.all([...underWay.values()].map(({ done }) => done))
    },
  }
}

/** Teams can share a channel: each has its own order there. */
function placeKey({ team, channel }: Delivery): string {
  return `${team} ${channel}`
}

function canWait({ kind }: Delivery): boolean {
  return kind === 'digest' || kind === 'correction'
}
