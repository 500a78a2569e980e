import { DiscordAPIError, type REST } from 'discord.js'
import type { DiscordMessage } from './discord-message.ts'
import type { Modal } from './modal.ts'
import { withFiles } from './paint-pictures.ts'
import { failedPost } from './post-outcome.ts'
import type { DiscordChoice } from './suggest-values.ts'

/** The first answer to an interaction; Discord waits three seconds for it. */
export type Callback =
  | { readonly type: 1 }
  /** A message. */
  | { readonly type: 4; readonly data: DiscordMessage }
  /** "Thinking …"; the answer follows within 15 minutes. */
  | { readonly type: 5; readonly data: { readonly flags: number } }
  /** Nothing is shown; the message of the button may be edited. */
  | { readonly type: 6 }
  | { readonly type: 8; readonly data: { readonly choices: readonly DiscordChoice[] } }
  | { readonly type: 9; readonly data: Modal }

export const PONG = 1
export const MESSAGE = 4
export const DEFER = 5
export const DEFER_UPDATE = 6
export const CHOICES = 8
export const MODAL = 9

/** `too late`: the interaction is void, the answer must go another way. `taken`: somebody else has answered it. */
type Responded = 'answered' | 'too late' | 'taken'

export type Respond = (callback: Callback) => Promise<Responded>

const UNKNOWN_INTERACTION = 10062
const ALREADY_ACKNOWLEDGED = 40060
/** The interaction's token has run out, or its message or webhook is gone. */
const EXPIRED = new Set([10008, 10015, UNKNOWN_INTERACTION, 50027])

/** Responds over REST, for interactions that came by the gateway. */
export function restRespond(rest: REST, { id, token }: { readonly id: string; readonly token: string }): Respond {
  const send = (body: Callback) => rest.post(`/interactions/${id}/${token}/callback`, { body, auth: false })
  return async (callback) => {
    try {
      await send(callback)
      return 'answered'
    } catch (error) {
      if (!mayHaveArrived(error)) return refusal(error)
    }
    try {
      await send(callback)
      return 'answered'
    } catch (error) {
      // The first try had arrived after all, or nobody can tell: the answer itself will show.
      if (error instanceof DiscordAPIError && error.code === ALREADY_ACKNOWLEDGED) return 'answered'
      return mayHaveArrived(error) ? 'answered' : refusal(error)
    }
  }
}

function mayHaveArrived(error: unknown): boolean {
  const failed = failedPost(error)
  if (failed === null) throw error
  return failed.inDoubt
}

function refusal(error: unknown): Responded {
  if (error instanceof DiscordAPIError && error.code === ALREADY_ACKNOWLEDGED) return 'taken'
  if (error instanceof DiscordAPIError && error.code === UNKNOWN_INTERACTION) return 'too late'
  if (error instanceof DiscordAPIError && error.status < 500) throw error
  return 'too late'
}

const NO_FILES: ReadonlyMap<string, Uint8Array> = new Map()

type Place = { readonly application: string; readonly token: string }

/** Puts a message in the place of the first answer. Doing it twice changes nothing, so a lost answer is tried again. */
export async function editAnswer(
  rest: REST,
  { application, token }: Place,
  body: DiscordMessage,
  files: ReadonlyMap<string, Uint8Array> = NO_FILES,
): Promise<boolean> {
  const request = { ...withFiles(body, files), auth: false }
  const send = () => rest.patch(`/webhooks/${application}/${token}/messages/@original`, request)
  try {
    await send().catch((error) => {
      if (failedPost(error)?.inDoubt !== true) throw error
      return send()
    })
    return true
  } catch (error) {
    return isReached(error, false)
  }
}

/** `full`: Discord takes no further message of this interaction, what stands may still be edited. `void`: neither. */
type FollowedUp = 'there' | 'full' | 'void'

/** Where the app is not on the server, an interaction may have five messages behind the first. */
const NO_MORE_FOLLOW_UPS = 40094

/**
 * Adds a message behind the first answer. Discord knows no nonce here, so it is tried once: after a
 * lost answer it may be missing, but never doubled.
 */
export async function followUp(
  rest: REST,
  { application, token }: Place,
  body: DiscordMessage,
  files: ReadonlyMap<string, Uint8Array> = NO_FILES,
): Promise<FollowedUp> {
  try {
    await rest.post(`/webhooks/${application}/${token}`, { ...withFiles(body, files), auth: false })
    return 'there'
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === NO_MORE_FOLLOW_UPS) return 'full'
    return isReached(error, true) ? 'there' : 'void'
  }
}

/** Whether a message reached the interaction; `false` means that its token is void or Discord does not take it now. */
function isReached(error: unknown, ifInDoubt: boolean): boolean {
  if (error instanceof DiscordAPIError && !EXPIRED.has(Number(error.code))) throw error
  const failed = failedPost(error)
  if (failed === null) throw error
  return failed.inDoubt && ifInDoubt
}
