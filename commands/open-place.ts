import { AppError } from '../src/base/errors.ts'
import { PUBLIC, type TeamId } from '../src/base/scope.ts'
import { demandRole } from '../src/chat/forbidden-error.ts'
import {
  type Audience,
  directMessageTo,
  memberOf,
  type PlaceCheck,
  partsOfPlace,
  threadIn,
} from '../src/chat/messenger.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import type { Platform, Request } from '../src/chat/request.ts'
import { NoPlaceError } from './demand-place.ts'

/** Nothing could be posted where a person wants something. */
class ShutPlaceError extends AppError {
  override readonly name = 'ShutPlaceError'
  readonly code = 'commands/shut-place'
  readonly explanation: string
  readonly retry = 'never'

  constructor(explanation: string) {
    super('a place that cannot be posted to')
    this.explanation = `${explanation} Nothing was changed.`
  }
}

/** The platform did not say whether something can be posted there. */
class UncheckedPlaceError extends AppError {
  override readonly name = 'UncheckedPlaceError'
  readonly code = 'commands/unchecked-place'
  readonly explanation =
    'I could not find out whether I may post there, so nothing was changed. Send it again in a minute, or send it in that channel without to:.'
  readonly retry = 'later'
}

/** Looks before something is promised. */
export type Places = {
  readonly check: (
    platform: Platform,
    place: { readonly team: TeamId; readonly channel: string },
  ) => Promise<PlaceCheck>
  /** Whoever chose the place has said that those who read it now may read what is posted. */
  readonly allow: (place: Place, audience: Audience, at: Date) => Promise<void>
}

type Place = { readonly platform: Platform; readonly team: TeamId; readonly channel: string }

export type OpenPlace = {
  readonly team: TeamId
  readonly channel: string
  /** What to say where the platform did not tell whether this very channel can be posted to; else `null`. */
  readonly doubt: string | null
}

/**
 * Where something is to be posted, once the platform has said that it can be. `to`: a channel, a link to a thread,
 * `thread` for the one in which it was asked, `me` for a private message; nothing: here.
 *
 * @throws {NoPlaceError} if neither the request nor `to` names a channel of a team.
 * @throws {ForbiddenError} where only owners may say so.
 * @throws {ShutPlaceError} {UncheckedPlaceError} before anything is promised there.
 */
export async function demandOpenPlace(request: Request, to: string | undefined, places: Places): Promise<OpenPlace> {
  const wanted = placeMeant(request, to)
  if (wanted === null || request.team === PUBLIC) throw new NoPlaceError('no channel of a team')
  const { team, platform } = request
  const isNamed = to !== undefined && wanted !== request.channel
  if (isNamed && !isOwnPlace(wanted, request)) demandRole(request, 'owner', 'subscribe another channel')
  const check = await places.check(platform, { team, channel: wanted })
  if (check.kind === 'shut') throw new ShutPlaceError(check.explanation)
  if (check.kind === 'open') {
    // A link is known for what it is only now.
    if (isNamed && !isOwnPlace(check.channel, request)) demandRole(request, 'owner', 'subscribe another channel')
    await allowReaders(check, request, places)
    return { team, channel: check.channel, doubt: null }
  }
  if (isNamed) throw new UncheckedPlaceError(check.code)
  const doubt = 'I could not find out whether I may post here. If I may not, you are told in private.'
  return { team, channel: wanted, doubt }
}

/**
 * What is posted to a channel shared with another organisation is read there, too: that only owners decide.
 *
 * @throws {ForbiddenError} for others.
 */
export async function allowReaders(
  { channel, audience }: Extract<PlaceCheck, { kind: 'open' }>,
  request: Request,
  places: Places,
): Promise<void> {
  const { team, platform, at } = request
  if (audience === 'shared') demandRole(request, 'owner', 'post to a channel that is shared with another organisation')
  await places.allow({ team, platform, channel }, audience, at)
}

function placeMeant({ channel, thread = null, member }: Request, to: string | undefined): string | null {
  switch (to?.trim().toLowerCase()) {
    case undefined:
    case 'here':
      return channel
    case 'me':
      return directMessageTo(member.id)
    case 'thread':
      if (channel === null || thread === null) throw noThread()
      return threadIn(channel, thread)
    default:
      return to?.trim() || channel
  }
}

function noThread(): NotUnderstoodError {
  const explanation = 'Here is no thread. Mention me in one, or give the link to its first message: to:https://…'
  return new NotUnderstoodError({ option: 'to', typed: 'thread', explanation })
}

/** One's own private messages, and threads of the channel in which one asks. */
function isOwnPlace(place: string, { channel, member }: Request): boolean {
  return memberOf(place) === member.id || (channel !== null && partsOfPlace(place).within === channel)
}
