import type { Brand } from '../base/id.ts'
import type { TeamId } from '../base/scope.ts'
import type { DateLanguage } from '../chat/date-language.ts'
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
  /** What a statement says something about. */
  readonly propositions?: readonly string[]
  /** What a statement does to the record. */
  readonly labels?: readonly Label[]
  /** Names of publishers, in any case. */
  readonly outlets?: readonly string[]
  readonly except?: Except
}

export type Except = {
  readonly speakers: readonly string[]
  readonly topics: readonly string[]
  readonly outlets: readonly string[]
  readonly labels?: readonly Label[]
}

/** When a digest is promised. */
export type Schedule = {
  /** Local times `HH:MM`, ascending, at least one. Each is one slot of a day. */
  readonly times: readonly string[]
  readonly days: readonly Weekday[]
  /**
   * Of a month only that day, the last one where it is not so long; or `first`: the first of each of `days`. Not
   * given: every week.
   */
  readonly ofMonth?: number | 'first'
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
  /** The last time that it was told to rest; it may be over. */
  readonly pause: Pause | null
  /** The last time that it was changed. */
  readonly edit: Edit | null
  /** In which its dates are written; not given: as the team reads them. */
  readonly dates?: DateLanguage
} & (
  | {
      readonly kind: 'digest'
      readonly digest: string
      readonly schedule: Schedule
      readonly whenEmpty: 'say so' | 'silent'
      /** What stands together in it; not given: what changed first, whoever said it. */
      readonly groupBy?: GroupBy
    }
  | {
      readonly kind: 'alerts'
      /** Also what a feed already listed when it was first read. */
      readonly withOld: boolean
      /** In one message after that time, else at once. */
      readonly gatherMinutes?: number
      /** So many an hour come by themselves, what is more in one message; not given: as the service has it. */
      readonly atMostAnHour?: number
    }
)

export type GroupBy = 'topic' | 'speaker'

/** `until` is `null` where somebody has to say that it goes on. */
export type Pause = { readonly at: Date; readonly until: Date | null }

/** `number` counts the edits of one subscription, so that an undo is of this very one. */
type Edit = { readonly number: number; readonly at: Date }

/** Whether a subscription rests at that instant, or rested then, as far as its last pause tells. */
export function isPaused({ pause }: Pick<Subscription, 'pause'>, at: Date): boolean {
  return pause !== null && pause.at <= at && (pause.until === null || pause.until > at)
}

export type DigestSubscription = Extract<Subscription, { kind: 'digest' }>
export type AlertSubscription = Extract<Subscription, { kind: 'alerts' }>

/** What a filter looks at. */
export type Said = {
  readonly speaker: string | null
  readonly topics: readonly string[]
  /** About which its labels say something. */
  readonly propositions: readonly string[]
  readonly labels: readonly Label[]
  readonly outlets: readonly string[]
}

/** Does something said belong to the subscription? */
export function matches(filter: Filter, said: Said): boolean {
  return leftOutBy(filter, said) === null
}

/** What of a filter leaves something out: the first that does; `null` where nothing does. */
export type LeftOut = 'speaker' | 'topic' | 'proposition' | 'label' | 'outlet' | 'except'

export function leftOutBy(filter: Filter, said: Said): LeftOut | null {
  const { speakers, topics, propositions = [], labels = [], outlets = [], except } = filter
  const speaker = said.speaker === null ? [] : [said.speaker]
  const outletsOf = said.outlets.map(folded)
  const isIn = (wanted: readonly string[], given: readonly string[]) => given.some((one) => wanted.includes(one))
  if (topics.length > 0 && !isIn(topics, said.topics)) return 'topic'
  if (speakers.length > 0 && !isIn(speakers, speaker)) return 'speaker'
  if (propositions.length > 0 && !isIn(propositions, said.propositions)) return 'proposition'
  if (labels.length > 0 && !isIn(labels, said.labels)) return 'label'
  if (outlets.length > 0 && !isIn(outlets.map(folded), outletsOf)) return 'outlet'
  if (except === undefined) return null
  const isExcepted =
    isIn(except.speakers, speaker) ||
    isIn(except.topics, said.topics) ||
    // What has another label too, or another outlet, is not left out for the one that is.
    (said.labels.length > 0 && said.labels.every((label) => except.labels?.includes(label) === true)) ||
    (outletsOf.length > 0 && outletsOf.every((one) => except.outlets.map(folded).includes(one)))
  return isExcepted ? 'except' : null
}

function folded(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase()
}
