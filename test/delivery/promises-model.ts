import { keyOf } from '../../src/base/id.ts'
import type { DigestSubscription } from '../../src/delivery/subscription.ts'

const MINUTE_MS = 60_000
const GRACE_MS = 120 * MINUTE_MS
const DAY_MS = 24 * 60 * MINUTE_MS

type Kept = {
  readonly subscription: DigestSubscription
  readonly topic: string | null
  checkedUntil: number
  readonly settled: Set<string>
  /** Statements that its digests have to tell of, each in one. */
  readonly owed: Set<string>
}

/**
 * What was promised, as simply as it can be said: of the slots that came due since the last tick the
 * last one is posted if it is not too old, and no slot twice. It finds slots by looking at the wall
 * clock minute by minute, and knows nothing of databases, crashes or platforms.
 */
export function promisesModel() {
  const kept = new Map<number, Kept>()
  const promised = new Set<string>()
  /** Promised, and unsubscribed from before it was posted for sure. */
  const mayBe = new Set<string>()

  return {
    kept,
    promised,
    mayBe,
    subscribe: (subscription: DigestSubscription, topic: string | null, now: Date) => {
      if (kept.has(subscription.number)) return
      const checkedUntil = now.getTime()
      kept.set(subscription.number, { subscription, topic, checkedUntil, settled: new Set(), owed: new Set() })
    },
    unsubscribe: (number: number, isPosted: (key: string) => boolean) => {
      const gone = kept.get(number)
      kept.delete(number)
      for (const key of promised) if (gone?.settled.has(key) && !isPosted(key)) mayBe.add(key)
    },
    say: (id: string, topic: string) => {
      for (const one of kept.values()) if (one.topic === null || one.topic === topic) one.owed.add(id)
    },
    tick: (now: Date) => {
      for (const one of kept.values()) {
        one.checkedUntil = Math.min(one.checkedUntil, now.getTime())
        const due = slotsByTheWall(one, now.getTime()).filter(({ key }) => !one.settled.has(key))
        for (const { key } of due) one.settled.add(key)
        const last = due.at(-1)
        if (last !== undefined && now.getTime() - last.at <= GRACE_MS) promised.add(last.key)
        if (due.length > 0) one.checkedUntil = now.getTime()
      }
    },
  }
}

export type PromisesModel = ReturnType<typeof promisesModel>

function slotsByTheWall({ subscription, checkedUntil }: Kept, until: number): readonly { key: string; at: number }[] {
  const { times, zone } = subscription.schedule
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
  const slots: { key: string; at: number }[] = []
  const seen = new Set<string>()
  // A repeated hour has been seen the first time, so the walk begins a day early.
  for (
    let at = Math.ceil((checkedUntil - DAY_MS) / MINUTE_MS) * MINUTE_MS;
    at <= until;
    at += 5 * MINUTE_MS - (at % (5 * MINUTE_MS))
  ) {
    const [day = '', time = ''] = format.format(at).split(' ')
    if (!times.includes(time) || seen.has(`${day} ${time}`)) continue
    seen.add(`${day} ${time}`)
    if (at > checkedUntil) slots.push({ key: keyOf('digest', subscription.id, day, time), at })
  }
  return slots
}
