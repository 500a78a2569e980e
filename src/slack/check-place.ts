import { webApi } from '@slack/bolt'
import type { TeamId } from '../base/scope.ts'
import { type CheckPlace, memberOf, type PlaceCheck, partsOfPlace, threadIn } from '../chat/messenger.ts'
import { SlackUnreachableError } from './slack-errors.ts'
import type { Workspace, Workspaces } from './workspaces.ts'

/** A link to a message: the beginning of a thread, or an answer in one. */
const LINK =
  /^https:\/\/[\w.-]+\.slack\.com\/archives\/([A-Z0-9]{1,30})\/p(\d{10})(\d{6})(?:\?(?:.*&)?thread_ts=(\d{10}\.\d{6}).*)?/
const CHANNEL_LINK = /^https:\/\/[\w.-]+\.slack\.com\/archives\/([A-Z0-9]{1,30})\/?$/
const PLACE = /^[CDG][A-Z0-9]{1,30}(?:\/\d{10}\.\d{6})?$/

/** Whether the bot can post in a channel or thread, by what Slack says of it. */
export function checkSlackPlace(workspaces: Pick<Workspaces, 'ofTeam'>): CheckPlace {
  return async ({ team, channel: typed }) => {
    if (memberOf(typed) !== null) return { kind: 'open', channel: typed, audience: 'private' }
    const place = placeOf(typed)
    if (place === null)
      return shut('I do not know that channel. Choose one by its #name, or give a link to it or to a message in it.')
    try {
      const workspace = await workspaces.ofTeam(team as TeamId)
      if (workspace === null) return shut('The bot is not connected to that workspace any more.')
      const { within, thread } = partsOfPlace(place)
      const found = await channelCheck(within, place, workspace)
      return found.kind === 'open' && thread !== null ? await threadCheck(found, within, thread, workspace) : found
    } catch (error) {
      return whyNot(error)
    }
  }
}

/** Slack's id of what a person gave, with the thread behind a stroke; `null` for what is neither. */
function placeOf(typed: string): string | null {
  const [, channel, seconds, fraction, thread] = LINK.exec(typed) ?? []
  if (channel !== undefined) return threadIn(channel, thread ?? `${seconds}.${fraction}`)
  const id = CHANNEL_LINK.exec(typed)?.[1] ?? typed
  return PLACE.test(id) ? id : null
}

async function channelCheck(channel: string, place: string, { client }: Workspace): Promise<PlaceCheck> {
  // Whoever writes to us there can be answered there.
  if (channel.startsWith('D')) return { kind: 'open', channel: place, audience: 'private' }
  const { channel: found } = await client.conversations.info({ channel })
  if (found?.is_archived === true) return shut('That channel is archived.')
  // Public ones are posted to without an invitation (`chat:write.public`).
  const isPublic = found?.is_private !== true && found?.is_mpim !== true
  const isShared = found?.is_ext_shared === true || found?.is_pending_ext_shared === true
  const audience = isShared ? 'shared' : isPublic ? 'public' : 'private'
  if (found?.is_member === true || isPublic) return { kind: 'open', channel: place, audience }
  return shut('I am not in that channel. Invite me there first: /invite @onrecord')
}

/** The message that the thread hangs on is there. */
async function threadCheck(
  around: PlaceCheck,
  channel: string,
  thread: string,
  { client }: Workspace,
): Promise<PlaceCheck> {
  const { messages = [] } = await client.conversations.replies({ channel, ts: thread, limit: 1 })
  const [first] = messages
  if (first?.ts === undefined) return shut('That thread is no longer there.')
  // A link to an answer leads to its thread.
  return { ...around, channel: threadIn(channel, first.thread_ts ?? first.ts) } as PlaceCheck
}

function whyNot(error: unknown): PlaceCheck {
  if (error instanceof webApi.WebAPIPlatformError) {
    const code = error.data.error
    if (code === 'channel_not_found' || code === 'not_in_channel')
      return shut('I do not see that channel. If it is private, invite me there first: /invite @onrecord')
    if (code === 'thread_not_found') return shut('That thread is no longer there.')
    return { kind: 'unknown', code }
  }
  if (error instanceof webApi.WebAPIRateLimitedError) return { kind: 'unknown', code: 'ratelimited' }
  if (error instanceof webApi.WebAPIHTTPError) return { kind: 'unknown', code: `http_${error.statusCode}` }
  if (error instanceof webApi.WebAPIRequestError || error instanceof SlackUnreachableError)
    return { kind: 'unknown', code: 'unreachable' }
  throw error
}

function shut(explanation: string): PlaceCheck {
  return { kind: 'shut', explanation }
}
