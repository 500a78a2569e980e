import { webApi } from '@slack/bolt'
import type { EditOutcome, PostOutcome } from '../chat/messenger.ts'

type Refusal = Extract<PostOutcome, { kind: 'refused' }>

/** Slack's words for "not here, not ever again". @see chat.postMessage, errors */
export const GONE: Readonly<Record<string, string>> = {
  channel_not_found: 'Slack does not know this channel any more, or the bot was removed from a private one.',
  is_archived: 'This channel is archived.',
  thread_not_found: 'This thread is no longer there.',
  messages_tab_disabled: 'Direct messages to the bot are switched off in its app settings.',
  user_is_bot: 'Slack does not let a bot write to a bot.',
  cannot_dm_bot: 'Slack does not let a bot write to a bot.',
  user_not_found: 'Slack does not know this person any more.',
  user_disabled: 'This person has left the workspace.',
  user_not_visible: 'The bot may not write to this person.',
  account_inactive: 'The app was removed from this workspace.',
  token_revoked: 'The app was removed from this workspace.',
  token_expired: 'The token of this workspace has expired. Install the app again.',
  invalid_auth: 'Slack does not accept the token of this workspace any more. Install the app again.',
  not_authed: 'Slack does not accept the token of this workspace any more. Install the app again.',
  team_not_found: 'Slack does not know this workspace any more.',
  team_access_not_granted: 'The app has no access to this workspace any more.',
}

/** What a person of the workspace can put right. */
export const FORBIDDEN: Readonly<Record<string, string>> = {
  not_in_channel: 'The bot is not in this channel. Invite it: /invite @onrecord',
  missing_scope: 'The app lacks a permission. Install it again with the current manifest.',
  no_permission: 'The workspace does not allow the app to post here. Ask an admin.',
  restricted_action: 'The workspace does not allow the app to post here. Ask an admin.',
  access_denied: 'The workspace does not allow the app to post here. Ask an admin.',
  accesslimited: 'The workspace does not allow the app to post from here. Ask an admin.',
  ekm_access_denied: 'The admins of the workspace have suspended posting.',
  org_login_required: 'The workspace is moving to an organisation. Ask an admin.',
  two_factor_setup_required: 'The workspace asks for two-factor sign-in first. Ask an admin.',
  enterprise_is_restricted: 'The organisation does not allow the app to post. Ask an admin.',
  not_allowed_token_type: 'The app has the wrong kind of token. Install it again with the current manifest.',
}

/** Nothing was posted, and trying again is right; after how long if Slack names no time. */
const LATER_MS: Readonly<Record<string, number>> = {
  ratelimited: 60_000,
  rate_limited: 60_000,
  message_limit_exceeded: 3_600_000,
  internal_error: 30_000,
  service_unavailable: 60_000,
  request_timeout: 30_000,
  team_added_to_org: 300_000,
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
  return code === 'fatal_error' || Object.hasOwn(LATER_MS, code)
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
    return { kind: 'later', code: 'ratelimited', retryAfterMs: error.retryAfter * 1000 }
  }
  if (error instanceof webApi.WebAPIPlatformError) return outcomeOfCode(error.data.error)
  if (error instanceof webApi.WebAPIHTTPError) return outcomeOfStatus(error.statusCode, error.body)
  if (error instanceof webApi.WebAPIRequestError) {
    const code = causeCode(error.original)
    return NEVER_LEFT.has(code)
      ? { kind: 'later', code: 'unreachable', retryAfterMs: 30_000 }
      : { kind: 'unknown', code: 'answer_lost' }
  }
  // The client throws a bare Error for a 429 without a usable Retry-After.
  if (error instanceof Error && error.message.startsWith('Retry header did not contain')) {
    return outcomeOfCode('ratelimited')
  }
  throw error
}

function outcomeOfCode(code: string): PostOutcome {
  const later = Object.hasOwn(LATER_MS, code) ? LATER_MS[code] : undefined
  if (later !== undefined) return { kind: 'later', code, retryAfterMs: later }
  if (code === 'fatal_error') return { kind: 'unknown', code }
  if (Object.hasOwn(GONE, code)) return refusal(code, 'gone', GONE[code])
  if (Object.hasOwn(FORBIDDEN, code) || code.startsWith('restricted_action')) {
    return refusal(code, 'forbidden', FORBIDDEN[code] ?? FORBIDDEN.restricted_action)
  }
  return refusal(code, 'invalid', `Slack refused the message (${code}). The operator's log has more.`)
}

function outcomeOfStatus(status: number, body: unknown): PostOutcome {
  const code = typeof body === 'string' ? /"error":\s*"([a-z_]{1,60})"/.exec(body)?.[1] : undefined
  if (code !== undefined && Object.hasOwn(LATER_MS, code)) return outcomeOfCode(code)
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
