import type { Brand } from '../base/id.ts'
import type { TeamId } from '../base/scope.ts'
import type { Block } from '../chat/blocks.ts'
import type { Platform } from '../chat/request.ts'
import type { Cause } from './amendment.ts'
import type { SubscriptionId } from './subscription.ts'

export type DeliveryId = Brand<string, 'DeliveryId'>

/**
 * due -> sending -> sent | refused | unknown. `sending` outlives a crash: whoever finds it later
 * looks at the place before a further try. `unknown` is never sent again by itself.
 *
 * held -> due | bundled: what comes while a channel wants quiet, or too much of it in an hour, waits
 * and then leaves in one message; `bundle` names it.
 */
export type DeliveryState = 'held' | 'bundled' | 'due' | 'sending' | 'sent' | 'refused' | 'unknown'

/** One message owed to one channel. */
export type Delivery = {
  /** Made from what is owed (subscription and slot, or subscription and brief), so nothing is owed twice. */
  readonly id: DeliveryId
  readonly team: TeamId
  readonly platform: Platform
  readonly channel: string
  readonly subscription: SubscriptionId | null
  /** `correction`: lets another message read otherwise, see `Amends`. */
  readonly kind: 'alert' | 'digest' | 'notice' | 'correction'
  readonly blocks: readonly Block[]
  readonly state: DeliveryState
  /** Posts that were tried, whatever came of them. */
  readonly tries: number
  readonly refusals: number
  readonly notBefore: Date
  /** When the post under way was begun. */
  readonly sendingSince: Date | null
  /**
   * When the first post was begun of those that may have left something there: a message has several parts. While it
   * is given, nothing is posted before somebody has looked.
   */
  readonly triedSince: Date | null
  /** When it was tried first. */
  readonly firstTriedAt: Date | null
  /** How often a person said that it is missing, so that it was to be sent as if never tried. */
  readonly resent: number
  /** How often it was looked for since then, in vain. */
  readonly looks: number
  /** The platform's id of the message. */
  readonly receipt: string | null
  /** The platform's code for the last failure. */
  readonly code: string | null
  /** Why it was refused for good, as a person can mend it. */
  readonly explanation: string | null
  /** The message in which it left, where it did not leave by itself. */
  readonly bundle: DeliveryId | null
  /** The brief that an alert is about. */
  readonly brief: string | null
  /** Of a correction: the message that it puts right. */
  readonly amends: Amends | null
  readonly createdAt: Date
  readonly sentAt: Date | null
}

/** Why a message was taken off the list: nobody there wants it any more, the place takes nothing, or the team is gone. */
export const UNSUBSCRIBED = 'unsubscribed'
export const STOPPED = 'subscription stopped'
export const LEFT = 'team left'

/**
 * The message that is put right, and how: by an edit in its place, or where the platform refuses that, by a message
 * below it.
 */
export type Amends = {
  readonly post: DeliveryId
  /** The receipt of that message. */
  readonly receipt: string
  readonly way: 'edit' | 'reply'
  readonly because: readonly Cause[]
  /** So many of the blocks say what was put right; the others are the message as it reads now. */
  readonly lead: number
}

/**
 * What became of one promised digest; `delivery` leads to the message. `not written`: our own work failed on it,
 * at every try.
 */
export type SlotFate = 'queued' | 'skipped (empty)' | 'skipped (late)' | 'skipped (quiet)' | 'not written'

/** Whether something of it may stand in its channel. */
export function mayStand({ state, triedSince }: Pick<Delivery, 'state' | 'triedSince'>): boolean {
  return state === 'sending' || (state === 'due' && triedSince !== null)
}

/** A channel of a team, on its platform. */
export type Place = Pick<Delivery, 'team' | 'platform' | 'channel'>
