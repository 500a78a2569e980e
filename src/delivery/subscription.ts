import type { Brand } from '../base/id.ts'
import type { TeamId } from '../base/scope.ts'
import type { Platform } from '../chat/request.ts'
import type { Label } from '../position/judging/label.ts'

export type SubscriptionId = Brand<string, 'SubscriptionId'>

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

export type Weekday = (typeof weekdays)[number]

/**
 * What a subscription is about; an empty list, or none, means all. Within a list one suffices, all
 * lists must agree, and `except` is left out whatever the lists say.
 */
export type Filter = {
  readonly speakers: readonly string[]
  readonly topics: readonly string[]
  /** What a statement does to the record. */
  readonly labels?: readonly Label[]
  /** Names of publishers, in any case. */
  readonly outlets?: readonly string[]
  readonly except?: Except
}

type Except = {
  readonly speakers: readonly string[]
  readonly topics: readonly string[]
  readonly outlets: readonly string[]
}

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
  /** `stopped`: the platform refused for good; `explanation` says why. `ended`: somebody unsubscribed, and may undo it. */
  readonly state: 'active' | 'stopped' | 'ended'
  readonly explanation: string | null
  /** When it stopped or was ended; `null` while it goes on. */
  readonly endedAt: Date | null
} & (
  | {
      readonly kind: 'digest'
      readonly digest: string
      readonly schedule: Schedule
      readonly whenEmpty: 'say so' | 'silent'
    }
  /** `withOld`: also what a feed already listed when it was first read. `gather`: in one message after that time, else at once. */
  | { readonly kind: 'alerts'; readonly withOld: boolean; readonly gather?: '15min' | 'hour' | '4h' }
)

export type DigestSubscription = Extract<Subscription, { kind: 'digest' }>
export type AlertSubscription = Extract<Subscription, { kind: 'alerts' }>

/** What a filter looks at. */
export type Said = {
  readonly speaker: string | null
  readonly topics: readonly string[]
  readonly labels: readonly Label[]
  readonly outlets: readonly string[]
}

/** Does something said belong to the subscription? */
export function matches(filter: Filter, said: Said): boolean {
  return leftOutBy(filter, said) === null
}

/** What of a filter leaves something out: the first that does; `null` where nothing does. */
export type LeftOut = 'speaker' | 'topic' | 'label' | 'outlet' | 'except'

export function leftOutBy({ speakers, topics, labels = [], outlets = [], except }: Filter, said: Said): LeftOut | null {
  const speaker = said.speaker === null ? [] : [said.speaker]
  const outletsOf = said.outlets.map(folded)
  const isIn = (wanted: readonly string[], given: readonly string[]) => given.some((one) => wanted.includes(one))
  if (topics.length > 0 && !isIn(topics, said.topics)) return 'topic'
  if (speakers.length > 0 && !isIn(speakers, speaker)) return 'speaker'
  if (labels.length > 0 && !isIn(labels, said.labels)) return 'label'
  if (outlets.length > 0 && !isIn(outlets.map(folded), outletsOf)) return 'outlet'
  if (except === undefined) return null
  const isExcepted =
    isIn(except.speakers, speaker) ||
    isIn(except.topics, said.topics) ||
    // What other outlets have too is not left out for the one that is.
    (outletsOf.length > 0 && outletsOf.every((one) => except.outlets.map(folded).includes(one)))
  return isExcepted ? 'except' : null
}

function folded(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase()
}
