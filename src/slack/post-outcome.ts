import { webApi } from '@slack/bolt'
import type { EditOutcome, PostOutcome } from '../chat/messenger.ts'

type Refusal = Extract<PostOutcome, { kind: 'refused' }>

/** Slack's words for "not here, not ever again": what is the matter, and what to do. @see chat.postMessage, errors */
export const GONE: Readonly<Record<string, string>> = {
  channel_not_found:
    'Slack does not know this channel any more, or the bot was removed from a private one. Invite it (/invite @onrecord), or subscribe in another channel.',
  is_archived: 'This channel is archived. Unarchive it, or subscribe in another one.',
  thread_not_found: 'This thread is no longer there. Subscribe in another one, or in its channel.',
  messages_tab_disabled:
    'Direct messages to the bot are switched off. Ask whoever manages the app to allow them (App Home, Messages Tab).',
  user_is_bot: 'Slack does not let a bot write to a bot. Subscribe in a channel.',
  cannot_dm_bot: 'Slack does not let a bot write to a bot. Subscribe in a channel.',
  user_not_found: 'Slack does not know this person any more. Somebody else has to subscribe.',
  user_disabled: 'This person has left the workspace. Somebody else has to subscribe.',
  user_not_visible: 'The bot may not write to this person. Subscribe in a channel.',
  account_inactive: 'The app was removed from this workspace. Install it again.',
  token_revoked: 'The app was removed from this workspace. Install it again.',
  token_expired: 'The token of this workspace has expired. Install the app again.',
  invalid_auth: 'Slack does not accept the token of this workspace any more. Install the app again.',
  not_authed: 'Slack does not accept the token of this workspace any more. Install the app again.',
  team_not_found: 'Slack does not know this workspace any more. Install the app again.',
  team_access_not_granted: 'The app has no access to this workspace any more. Ask an admin to give it back.',
}

/** What a person of the workspace can put right. */
export const FORBIDDEN: Readonly<Record<string, string>> = {
  not_in_channel: 'The bot is not in this channel. Invite it: /invite @onrecord',
  missing_scope: 'The app lacks a permission. Install it again with the current manifest.',
  no_permission: 'The workspace does not allow the app to post here. Ask an admin.',
  restricted_action: 'The workspace does not allow the app to post here. Ask an admin.',
  access_denied: 'The workspace does not allow the app to post here. Ask an admin.',
  accesslimited: 'The workspace does not allow the app to post from here. Ask an admin.',
  ekm_access_denied: 'The admins of the workspace have suspended posting. Ask one of them.',
  org_login_required: 'The workspace is moving to an organisation. Ask an admin.',
  two_factor_setup_required: 'The workspace asks for two-factor sign-in first. Ask an admin.',
  enterprise_is_restricted: 'The organisation does not allow the app to post. Ask an admin.',
  not_allowed_token_type: 'The app has the wrong kind of token. Install it again with the current manifest.',
}

const PAUSE = 'Slack asked for a pause.'
const TROUBLE = 'Slack has trouble at present (https://status.slack.com).'

/** Nothing was posted, and trying again is right: why, and after how long if Slack names no time. */
export const LATER: Readonly<Record<string, { readonly ms: number; readonly explanation: string }>> = {
  ratelimited: { ms: 60_000, explanation: PAUSE },
  rate_limited: { ms: 60_000, explanation: PAUSE },
  message_limit_exceeded: { ms: 3_600_000, explanation: 'The workspace has had as many messages as Slack allows it.' },
  internal_error: { ms: 30_000, explanation: TROUBLE },
  service_unavailable: { ms: 60_000, explanation: TROUBLE },
  request_timeout: { ms: 30_000, explanation: TROUBLE },
  team_added_to_org: { ms: 300_000, explanation: 'The workspace is being moved into an organisation.' },
}

/** The request cannot have left this machine. */
const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** Slack's words for trouble that passes and says nothing about the token. */
export function isPassing(code: string): boolean {
  return code === 'fatal_error' || Object.hasOwn(LATER, code)
}

/** Slack found the message too long for one: rendered smaller, it may pass. */
export function isTooLong(outcome: PostOutcome | EditOutcome): boolean {
  return outcome.kind === 'refused' && ['msg_blocks_too_long', 'msg_too_long'].includes(outcome.code)
}

/**
 * What an error of the Web API client means for the message that was to be posted.
 *
 * Whatever leaves it open whether the message is there is `unknown`, `fatal_error` included:
 * of that one Slack says that some part may have succeeded.
 *
 * @throws the error itself if it is none of Slack's: a bug.
 */
export function outcomeOf(error: unknown): PostOutcome {
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return { kind: 'later', code: 'ratelimited', retryAfterMs: error.retryAfter * 1000, explanation: PAUSE }
  }
  if (error instanceof webApi.WebAPIPlatformError) return outcomeOfCode(error.data.error)
  if (error instanceof webApi.WebAPIHTTPError) return outcomeOfStatus(error.statusCode, error.body)
  if (error instanceof webApi.WebAPIRequestError) {
    const code = causeCode(error.original)
    return NEVER_LEFT.has(code)
      ? { kind: 'later', code: 'unreachable', retryAfterMs: 30_000, explanation: 'Slack cannot be reached.' }
      : { kind: 'unknown', code: 'answer_lost' }
  }
  // The client throws a bare Error for a 429 without a usable Retry-After.
  if (error instanceof Error && error.message.startsWith('Retry header did not contain')) {
    return outcomeOfCode('ratelimited')
  }
  throw error
}

function outcomeOfCode(code: string): PostOutcome {
  const later = Object.hasOwn(LATER, code) ? LATER[code] : undefined
  if (later !== undefined) return { kind: 'later', code, retryAfterMs: later.ms, explanation: later.explanation }
  if (code === 'fatal_error') return { kind: 'unknown', code }
  if (Object.hasOwn(GONE, code)) return refusal(code, 'gone', GONE[code])
  if (Object.hasOwn(FORBIDDEN, code) || code.startsWith('restricted_action')) {
    return refusal(code, 'forbidden', FORBIDDEN[code] ?? FORBIDDEN.restricted_action)
  }
  return refusal(code, 'invalid', `Slack refused the message (${code}). The operator's log has more.`)
}

function outcomeOfStatus(status: number, body: unknown): PostOutcome {
  const code = typeof body === 'string' ? /"error":\s*"([a-z_]{1,60})"/.exec(body)?.[1] : undefined
  if (code !== undefined && Object.hasOwn(LATER, code)) return outcomeOfCode(code)
  if (status >= 500) return { kind: 'unknown', code: `http_${status}` }
  return refusal(
    `http_${status}`,
    'invalid',
    `Slack refused the message (HTTP ${status}). The operator's log has more.`,
  )
}

function refusal(code: string, why: Refusal['why'], explanation: string | undefined): Refusal {
  return { kind: 'refused', code, why, explanation: explanation ?? code }
}

function causeCode(error: unknown): string {
  let at = error
  for (let depth = 0; depth < 5 && at instanceof Error; depth += 1) {
    const { code, cause } = at as { code?: unknown; cause?: unknown }
    if (typeof code === 'string') return code
    at = cause
  }
  return ''
}
