import type { TeamId } from '../base/scope.ts'
import type { Block } from './blocks.ts'
import type { Platform } from './request.ts'

/** One message owed to one place. `key` is the same for every try: doors derive nonce or metadata from it. */
export type Outgoing = {
  readonly team: number
  readonly channel: string
  readonly blocks: readonly Block[]
  readonly key: string
  /** The receipt of a message of ours below which it belongs: its thread, or a reply to it. */
  readonly under?: string
}

/** How a message that was posted has to read from now on. `key` is the one that it was posted with. */
export type Edit = Outgoing & { readonly receipt: string }

export type PostOutcome =
  | { readonly kind: 'sent'; readonly receipt: string }
  /** Will not work as it is: `gone` at once, `forbidden` after three, see PLATFORMS.md section 4. */
  | {
      readonly kind: 'refused'
      readonly code: string
      readonly why: 'gone' | 'forbidden' | 'invalid'
      readonly explanation: string
      /** Some parts of the message stand there: before a further try somebody has to look which. */
      readonly isPartThere?: true
    }
  | {
      readonly kind: 'later'
      readonly code: string
      readonly retryAfterMs: number
      /** Why the platform takes it later, for whoever asks meanwhile. */
      readonly explanation?: string
    }
  /** The answer was lost: the message may or may not be there. `findPosted` tells. */
  | { readonly kind: 'unknown'; readonly code: string }

export type Refused = Extract<PostOutcome, { kind: 'refused' }>

/** The same edit may be made again at any time, so a lost answer is `later`. */
export type EditOutcome =
  | { readonly kind: 'edited' }
  /** Somebody has deleted the message: there is nothing to edit. */
  | { readonly kind: 'deleted' }
  | Refused
  | Extract<PostOutcome, { kind: 'later' }>
  /** The platform edits messages of that age only now and then. It may stay so. */
  | { readonly kind: 'limited'; readonly code: string; readonly retryAfterMs: number }

export type FindOutcome =
  | { readonly kind: 'found'; readonly receipt: string }
  | { readonly kind: 'absent' }
  /** The place cannot be read, ever, or before the time that the platform names. */
  | { readonly kind: 'unreadable'; readonly code: string; readonly retryAfterMs?: number }

/** How messages leave by a door. Never throws for what a platform answers; bugs throw. */
export type Messenger = {
  readonly platform: Platform
  /** The platform wants this long between two messages to one place; 0 where its client keeps the pace itself. */
  readonly restMs: number
  /** And this long between two messages to one team, and between any two. */
  readonly teamRestMs: number
  readonly anyRestMs: number
  /** And this long between two edits for one team. */
  readonly editRestMs: number
  /** A message is there to be found at the latest this long after its post; `findPosted` is not asked before. */
  readonly showsWithinMs: number
  readonly post: (message: Outgoing) => Promise<PostOutcome>
  /** Looks whether the message with this key was posted after `since`. */
  readonly findPosted: (message: Outgoing, since: Date) => Promise<FindOutcome>
  /** Lets a message of ours read otherwise, in its place. Said twice, it does no more than once. */
  readonly edit: (message: Edit) => Promise<EditOutcome>
}

/** An edit whose answer was lost is made again after this time. */
export const EDIT_AGAIN_MS = 15_000

/** Platforms of many servers get this long to show a message whose answer was lost (PLATFORMS.md, section 4). */
export const SHOWS_WITHIN_MS = 30_000

/** No post takes longer than this, however many parts it has: whoever finds one under way elsewhere waits so long. */
export const POSTS_WITHIN_MS = 30_000
/** So no part is begun later than this; its own answer may take as long as a client waits. */
export const PARTS_BEGIN_WITHIN_MS = 15_000

/** The `channel` of a message to one person alone; the door opens the conversation. */
export const directMessageTo = (member: string): string => `@${member}`

/** The person behind such a `channel`; `null` for a place. */
export const memberOf = (channel: string): string | null => (channel.startsWith('@') ? channel.slice(1) : null)

/** A thread of a place that has no id of its own; on Discord threads are channels. */
export const threadIn = (channel: string, thread: string): string => `${channel}/${thread}`

/** The channel of a place, and the thread in it. */
export const partsOfPlace = (place: string): { readonly within: string; readonly thread: string | null } => {
  const [within = '', thread = null] = place.split('/')
  return { within, thread }
}

/** Who can read a place: those who were let in, everybody of the team, or people of other organisations too. */
export type Audience = 'private' | 'public' | 'shared'

const WIDTH: Readonly<Record<Audience, number>> = { private: 0, public: 1, shared: 2 }

/** Whether more people read a place with the one audience than with the other. */
export const isWider = (audience: Audience, than: Audience): boolean => WIDTH[audience] > WIDTH[than]

/** Whether messages can be posted to a place. */
export type PlaceCheck =
  /** `channel`: the place as it is posted to. */
  | { readonly kind: 'open'; readonly channel: string; readonly audience: Audience }
  | { readonly kind: 'shut'; readonly explanation: string }
  /** The platform did not say. */
  | { readonly kind: 'unknown'; readonly code: string }

/** Asks a platform about a place, as an id or as a link to it, before anything is promised there. Never throws for what a platform answers. */
export type CheckPlace = (place: { readonly team: TeamId; readonly channel: string }) => Promise<PlaceCheck>
