import type { Clock } from '../../src/base/clock.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { type Messenger, type Outgoing, type PostOutcome, SHOWS_WITHIN_MS } from '../../src/chat/messenger.ts'
import type { Platform } from '../../src/chat/request.ts'
import { randomOf, seedOf } from '../support/random.ts'

export type Weather = 'fine' | 'shaky' | 'out'

/** A message that stands on a platform. */
export type Standing = {
  readonly team: number
  readonly channel: string
  readonly text: string
  readonly at: Date
  /** How often it was posted. */
  times: number
  readonly editedAt: Date[]
}

/** What dying at a request does: the promise that it gives never ends. */
export type Heart = { readonly beat: (of: 'writes' | 'requests', work: () => Promise<unknown>) => Promise<unknown> }

/** Of a hundred requests in shaky weather, how many meet which trouble. */
const TROUBLE = { tooMany: 12, lostAnswer: 10, lostMessage: 10, invalid: 1 }

/**
 * A chat platform: it keeps what is posted, and misbehaves as the weather is. What it does to a message follows from
 * the message and the try alone, so a shorter history meets the same.
 */
export function simulatedPlatform(platform: Platform, { clock, seed }: { clock: Clock; seed: number }) {
  const standing = new Map<string, Standing>()
  const invalid = new Set<string>()
  const gone = new Set<string>()
  const tries = new Map<string, number>()
  const met = new Map<string, number>()
  let weather: Weather = 'fine'

  const count = (what: string) => met.set(what, (met.get(what) ?? 0) + 1)
  const chanceOf = (key: string) => {
    const times = (tries.get(key) ?? 0) + 1
    tries.set(key, times)
    return randomOf(seedOf(seed, key, times))
  }

  const keep = ({ team, channel, blocks, key }: Outgoing) => {
    const before = standing.get(key)
    if (before !== undefined) before.times += 1
    else standing.set(key, { team, channel, text: plainText(blocks), at: clock.now(), times: 1, editedAt: [] })
  }

  const answer = (message: Outgoing): PostOutcome => {
    const { key, team, channel } = message
    if (weather === 'out') {
      count('out of order')
      return { kind: 'later', code: 'service_unavailable', retryAfterMs: 30_000 }
    }
    if (gone.has(`${team} ${channel}`)) {
      count('refused')
      return { kind: 'refused', code: 'is_archived', why: 'gone', explanation: 'The channel was archived.' }
    }
    const random = chanceOf(key)
    const die = weather === 'shaky' ? random(100) : 100
    if (die < TROUBLE.tooMany) {
      count('too many')
      return { kind: 'later', code: 'ratelimited', retryAfterMs: (1 + random(90)) * 1_000 }
    }
    const { tooMany, lostAnswer, lostMessage } = TROUBLE
    if (die < tooMany + lostAnswer + lostMessage) {
      const isLostMessage = die < tooMany + lostMessage
      count(isLostMessage ? 'message lost' : 'answer lost')
      if (!isLostMessage) keep(message)
      return { kind: 'unknown', code: 'no answer' }
    }
    if (die < tooMany + lostAnswer + lostMessage + TROUBLE.invalid) {
      count('invalid')
      invalid.add(key)
      return { kind: 'refused', code: '200000', why: 'invalid', explanation: 'A rule keeps such words out.' }
    }
    keep(message)
    return { kind: 'sent', receipt: key }
  }

  /** As a process has it that may die at each request, before the platform has it or after. */
  const messengerOf = (heart: Heart): Messenger => {
    const asked = <Outcome>(work: () => Outcome) => heart.beat('requests', async () => work()) as Promise<Outcome>
    return {
      platform,
      ...(platform === 'slack' ? { restMs: 1_100, teamRestMs: 200, anyRestMs: 0 } : {}),
      ...(platform === 'slack' ? {} : { restMs: 0, teamRestMs: 0, anyRestMs: 21 }),
      ...{ editRestMs: 1_300, showsWithinMs: SHOWS_WITHIN_MS },
      post: (message) => asked(() => answer(message)),
      findPosted: ({ key }) =>
        asked(() => {
          if (weather === 'out') return { kind: 'unreadable', code: 'service_unavailable' } as const
          count('looked')
          return standing.has(key) ? ({ kind: 'found', receipt: key } as const) : ({ kind: 'absent' } as const)
        }),
      edit: ({ key }) =>
        asked(() => {
          if (weather === 'out') return { kind: 'later', code: 'service_unavailable', retryAfterMs: 30_000 } as const
          if (weather === 'shaky' && chanceOf(`edit ${key}`)(4) === 0)
            return { kind: 'later', code: 'no answer', retryAfterMs: 15_000 } as const
          standing.get(key)?.editedAt.push(clock.now())
          count('edited')
          return { kind: 'edited' } as const
        }),
    } as Messenger
  }

  return {
    standing,
    /** Messages that it found wrong in themselves. */
    invalid,
    met,
    messengerOf,
    become: (next: Weather) => {
      weather = next
    },
    weather: () => weather,
    close: (team: number, channel: string) => void gone.add(`${team} ${channel}`),
    open: (team: number, channel: string) => void gone.delete(`${team} ${channel}`),
  }
}
