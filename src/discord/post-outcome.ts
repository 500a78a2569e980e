import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js'
import type { PostOutcome } from '../chat/messenger.ts'

type Refusal = { readonly why: 'gone' | 'forbidden' | 'invalid'; readonly explanation: string }

/**
 * Discord's answers that stay as they are until a person does something: what is the matter, and what to do. 220001
 * (a forum's webhook without a thread) is none of them, since nothing of ours is posted by a webhook.
 *
 * @see https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
 */
export const REFUSALS: Readonly<Record<number, Refusal>> = {
  10003: { why: 'gone', explanation: 'The channel is no longer there. Subscribe again in another one.' },
  10004: { why: 'gone', explanation: 'I am no longer on that server. Invite me again, then subscribe again.' },
  10013: { why: 'gone', explanation: 'That person is no longer on Discord. Somebody else has to subscribe.' },
  40067: {
    why: 'forbidden',
    explanation:
      'That forum wants a tag on each post and has none that I may use. Add a tag that is open to everybody.',
  },
  50001: {
    why: 'forbidden',
    explanation: 'I cannot see that channel. Give me "View Channel" there, or subscribe in another one.',
  },
  50007: {
    why: 'forbidden',
    explanation: 'Your direct messages are closed to me. Allow direct messages from members of our server.',
  },
  50008: { why: 'invalid', explanation: 'Messages cannot be posted in that kind of channel. Choose a text channel.' },
  50013: {
    why: 'forbidden',
    explanation: 'I may not write in that channel. Give me "Send Messages" (in a thread: "Send Messages in Threads").',
  },
  50083: { why: 'forbidden', explanation: 'That thread is archived. Open it again, or subscribe in another channel.' },
  50278: {
    why: 'forbidden',
    explanation: 'We no longer share a server, so I cannot write to you. Invite me again to one of yours.',
  },
  160005: { why: 'forbidden', explanation: 'That thread is locked. Unlock it, or subscribe in another channel.' },
  200000: {
    why: 'invalid',
    explanation: 'AutoMod of that server refused the message. Let my role pass its rule to get such messages.',
  },
  200001: {
    why: 'invalid',
    explanation: 'AutoMod of that server refused the title. Let my role pass its rule to get such messages.',
  },
}

/** What passes by itself: nobody has to do anything, but whoever waits may know why. */
export const LATER: Readonly<Record<number, string>> = {
  20016: 'The channel is in slow mode.',
  20028: 'The channel has had as many messages as Discord allows it at once.',
  30046: 'Discord lets messages older than an hour be edited only now and then.',
  40333: 'Discord is overloaded.',
  130000: 'Discord is overloaded.',
}
/** The client keeps the code of a 429 to itself. */
const PAUSE = 'Discord asked for a pause: slow mode of the channel, or its limit for messages.'
const TROUBLE = 'Discord has trouble at present (https://discordstatus.com).'
const TOKEN = 'Discord does not accept the token of the bot: its operator has to give it a new one.'
const LATER_MS = 30_000
/** The token was refused: only the operator can help, and what is owed waits meanwhile. */
const UNAUTHORIZED_MS = 5 * 60_000

/** Failures to connect: the request cannot have arrived. */
const NEVER_ARRIVED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** What a failed post means for the message; `inDoubt` if it may stand there although the answer said otherwise. */
export type FailedPost = { readonly outcome: PostOutcome; readonly inDoubt: boolean }

/** @returns `null` for an error that is not Discord's nor the network's: a bug. */
export function failedPost(error: unknown): FailedPost | null {
  if (error instanceof RateLimitError) return later('429', error.retryAfter, PAUSE)
  if (error instanceof DiscordAPIError) return sure(refusedBy(error))
  // A server in front of Discord failed: the one behind it may have posted.
  if (error instanceof HTTPError) return { ...later(String(error.status), LATER_MS, TROUBLE), inDoubt: true }
  if (!(error instanceof Error)) return null
  // After a 401 the client drops its token and says so at every request.
  if (/Expected token to be set/.test(error.message)) return later('401', UNAUTHORIZED_MS, TOKEN)
  const code = networkCode(error)
  if (code === null) return null
  return NEVER_ARRIVED.has(code) ? later(code, LATER_MS) : { outcome: { kind: 'unknown', code }, inDoubt: true }
}

function refusedBy(error: DiscordAPIError): PostOutcome {
  const number = Number(error.code)
  const code = String(error.code)
  // The nonce was known, but somebody has deleted its message: it was posted, once.
  if (number === 10008) return { kind: 'sent', receipt: 'deleted' }
  const known = REFUSALS[number]
  if (known !== undefined) return { kind: 'refused', code, ...known }
  if (LATER[number] !== undefined || error.status === 429) {
    const { retry_after: seconds } = error.rawError as { retry_after?: number }
    const retryAfterMs = seconds === undefined ? LATER_MS : seconds * 1000
    return { kind: 'later', code, retryAfterMs, explanation: LATER[number] ?? PAUSE }
  }
  if (error.status === 401) return { kind: 'later', code: '401', retryAfterMs: UNAUTHORIZED_MS, explanation: TOKEN }
  if (error.status === 403) return { kind: 'refused', code, why: 'forbidden', explanation: NOT_LET }
  return {
    kind: 'refused',
    code,
    why: 'invalid',
    explanation: `Discord refused the message as it was (code ${code}). Tell the operator this code.`,
  }
}

const NOT_LET =
  'Discord does not let me post there. Give me "View Channel" and "Send Messages" there, or subscribe in another channel.'

function networkCode(error: Error): string | null {
  if (error.name === 'AbortError') return 'no answer'
  const { code } = error as { code?: unknown }
  if (typeof code === 'string' && /^(E[A-Z_]+|UND_ERR_\w+)$/.test(code)) return code
  return error.cause instanceof Error ? networkCode(error.cause) : null
}

function later(code: string, retryAfterMs: number, explanation = 'Discord cannot be reached.'): FailedPost {
  return sure({ kind: 'later', code, retryAfterMs, explanation })
}

function sure(outcome: PostOutcome): FailedPost {
  return { outcome, inDoubt: false }
}
