import type { Brand } from '../base/id.ts'
import type { TeamId } from '../base/scope.ts'
import type { Platform } from '../chat/request.ts'

export type SubscriptionId = Brand<string, 'SubscriptionId'>

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

export type Weekday = (typeof weekdays)[number]

/** What a subscription is about; an empty list means all. Within a list one suffices, both lists must agree. */
export type Filter = { readonly speakers: readonly string[]; readonly topics: readonly string[] }

/** When a digest is promised. */
export type Schedule = {
  /** Local times `HH:MM`, ascending, at least one. Each is one slot of a day. */
  readonly times: readonly string[]
  readonly days: readonly Weekday[]
  /** IANA name. */
  readonly zone: string
}

/** A channel's standing wish for a digest or for alerts. */
export type Subscription = {
  readonly id: SubscriptionId
  readonly team: TeamId
  /** What people type: 1, 2, 3 ... within their team; never given twice. */
  readonly number: number
  readonly platform: Platform
  readonly channel: string
  readonly filter: Filter
  readonly createdBy: string
  readonly createdAt: Date
  /** `stopped`: the platform refused for good; `explanation` says why. */
  readonly state: 'active' | 'stopped'
  readonly explanation: string | null
} & (
  | {
      readonly kind: 'digest'
      readonly digest: string
      readonly schedule: Schedule
      readonly whenEmpty: 'say so' | 'silent'
    }
  /** `withOld`: also what a feed already listed when it was first read. */
  | { readonly kind: 'alerts'; readonly withOld: boolean }
)

export type DigestSubscription = Extract<Subscription, { kind: 'digest' }>
export type AlertSubscription = Extract<Subscription, { kind: 'alerts' }>

/** Does something said by this speaker on these topics belong to the subscription? */
export function matches(
  filter: Filter,
  said: { readonly speaker: string | null; readonly topics: readonly string[] },
): boolean {
  const rightSpeaker = filter.speakers.length === 0 || (said.speaker !== null && filter.speakers.includes(said.speaker))
  const rightTopic = filter.topics.length === 0 || said.topics.some((topic) => filter.topics.includes(topic))
  return rightSpeaker && rightTopic
}
