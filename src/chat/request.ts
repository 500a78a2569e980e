import type { TeamId } from '../base/scope.ts'
import type { DateLanguage } from './date-language.ts'

export type Platform = 'slack' | 'discord' | 'terminal'

/** owner: feeds, taxonomy, settings; editor: corrections, propositions; member: ask, own subscriptions. */
export type Role = 'owner' | 'editor' | 'member'

const RANK: Readonly<Record<Role, number>> = { member: 0, editor: 1, owner: 2 }

/** Whether `role` includes what `needed` may do. */
export function isAtLeast(role: Role, needed: Role): boolean {
  return RANK[role] >= RANK[needed]
}

/** Who asks, from where, and when. Made by a door from what the platform has verified; never from typed text. */
export type Request = {
  readonly platform: Platform
  /** Decides what the asker may see; `PUBLIC` in a Discord direct message. */
  readonly team: TeamId
  /** The platform's id of the place; `null` where it has none (a modal opened from a home page). */
  readonly channel: string | null
  readonly isDirectMessage: boolean
  /** The thread of the channel that it was asked in, where threads are no channels of their own. */
  readonly thread?: string | null
  readonly member: { readonly id: string; readonly name: string }
  readonly role: Role
  /** IANA name, if the platform or the person told us. */
  readonly timeZone: string | null
  /** In which the team reads dates; the command book knows it. */
  readonly dates?: DateLanguage
  readonly at: Date
}
