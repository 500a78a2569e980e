import { type Messenger, type Outgoing, type PostOutcome, SHOWS_WITHIN_MS } from '../../src/chat/messenger.ts'
import type { Platform } from '../../src/chat/request.ts'

/** So many requests in so many milliseconds. */
type Limit = readonly [count: number, ms: number] | null

export type Limits = {
  readonly platform: Platform
  /** What its door asks the sender for. */
  readonly rests: Pick<Messenger, 'restMs' | 'teamRestMs' | 'anyRestMs'>
  readonly place: Limit
  readonly team: Limit
  readonly all: Limit
  /** How long it takes to answer. */
  readonly answersMs: number
}

/**
 * A platform on a simulated clock that takes no more than it states, and in which every channel
 * whose name begins with `dead` is gone or closed. Answers come when `answer` is called.
 */
export function limitedPlatform({ platform, rests, place, team, all, answersMs }: Limits, sinceMs: () => number) {
  const taken = new Map<string, number[]>()
  const waiting: { readonly at: number; readonly give: () => void }[] = []
  const messages = new Map<string, number>()
  const refusedAt: number[] = []
  let tooMany = 0
  let requests = 0

  /** How long until one more fits; 0 takes the place. */
  const waitFor = (keys: readonly (readonly [string, Limit])[]): number => {
    const now = sinceMs()
    const waits = keys.map(([key, limit]) => {
      if (limit === null) return 0
      const [count, ms] = limit
      const recent = (taken.get(key) ?? []).filter((at) => at > now - ms)
      taken.set(key, recent)
      return recent.length < count ? 0 : (recent.at(-count) ?? now) + ms - now
    })
    const wait = Math.max(...waits)
    if (wait === 0) for (const [key, limit] of keys) if (limit !== null) taken.get(key)?.push(now)
    return wait
  }

  const outcomeOf = ({ channel, team: of }: Outgoing): PostOutcome => {
    requests += 1
    const wait = waitFor([
      [`place ${channel}`, place],
      [`team ${of}`, team],
      ['all', all],
    ])
    if (wait > 0) {
      tooMany += 1
      return { kind: 'later', code: '429', retryAfterMs: Math.ceil(wait / 1_000) * 1_000 }
    }
    if (channel.startsWith('dead')) {
      refusedAt.push(sinceMs())
      const why = Number(channel.split('-')[1]) % 10 === 0 ? 'forbidden' : 'gone'
      return { kind: 'refused', code: why, why, explanation: `That channel is ${why}.` }
    }
    messages.set(channel, (messages.get(channel) ?? 0) + 1)
    return { kind: 'sent', receipt: channel }
  }

  const messenger: Messenger = {
    platform,
    ...rests,
    editRestMs: 0,
    showsWithinMs: SHOWS_WITHIN_MS,
    edit: async () => ({ kind: 'edited' }),
    post: (message) =>
      new Promise((resolve) => {
        const outcome = outcomeOf(message)
        waiting.push({ at: sinceMs() + answersMs, give: () => resolve(outcome) })
      }),
    findPosted: async ({ channel }) =>
      messages.has(channel) ? { kind: 'found', receipt: channel } : { kind: 'absent' },
  }

  return {
    messenger,
    nextAnswerAt: (): number | null => (waiting.length === 0 ? null : Math.min(...waiting.map(({ at }) => at))),
    /** Gives the answers whose time has come. */
    answer: () => {
      const now = sinceMs()
      for (const one of waiting.splice(0)) {
        if (one.at <= now) one.give()
        else waiting.push(one)
      }
    },
    counts: () => ({ tooMany, requests, refusedAt, messages }),
  }
}

export type LimitedPlatform = ReturnType<typeof limitedPlatform>
