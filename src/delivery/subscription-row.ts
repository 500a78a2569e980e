import { keyOf } from '../base/id.ts'
import type { Platform } from '../chat/request.ts'
import type { AlertSubscription, DigestSubscription, Filter, Subscription } from './subscription.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    subscription: SubscriptionRow
  }
}

export type SubscriptionRow = {
  id: string
  team: number
  number: number
  platform: Platform
  channel: string
  kind: Subscription['kind']
  filter: string
  details: string
  /** The key of what is wished for now: the same wish for the same place is kept once. */
  wish: string
  createdBy: string
  createdAt: number
  state: Subscription['state']
  explanation: string | null
  endedAt: number | null
  pausedAt: number | null
  pausedUntil: number | null
  /** How often it was changed, when last, and what it was before: a `Wanted` as JSON. */
  edits: number
  editedAt: number | null
  before: string | null
  /** Slots due up to this instant have been looked at. */
  checkedUntil: number
  /** Statements recorded up to this instant have been in a digest. */
  coveredUntil: number
}

/** What a person asks for; the rest the store knows. */
export type Wish = Pick<Subscription, 'team' | 'platform' | 'channel' | 'filter' | 'createdBy' | 'dates'> & WishedKind

type WishedKind =
  | Pick<DigestSubscription, 'kind' | 'digest' | 'schedule' | 'whenEmpty' | 'groupBy'>
  | Pick<AlertSubscription, 'kind' | 'withOld' | 'gatherMinutes' | 'atMostAnHour'>

/** What of a wish an edit may change, as its row has it. */
export type Wanted = Pick<SubscriptionRow, 'channel' | 'kind' | 'filter' | 'details'>

/** The wish as its row has it: the same wish in the same letters, whoever put it together. */
export function wantedOf(wish: Pick<Wish, 'channel' | 'filter' | 'dates'> & WishedKind): Wanted {
  const { channel, filter, kind } = wish
  return { channel, kind, filter: JSON.stringify(sorted(filter)), details: JSON.stringify(detailsOf(wish)) }
}

export function wishKey(
  { team, platform }: Pick<Wish, 'team' | 'platform'>,
  { channel, kind, filter, details }: Wanted,
): string {
  return keyOf(team, platform, channel, kind, filter, details)
}

function detailsOf(wish: Pick<Wish, 'dates'> & WishedKind): object {
  const { dates } = wish
  if (wish.kind === 'alerts') {
    const { withOld, gatherMinutes, atMostAnHour } = wish
    return { withOld, gatherMinutes, atMostAnHour, dates }
  }
  const { digest, schedule, whenEmpty, groupBy } = wish
  const { times, days, zone, ofMonth } = schedule
  return { digest, schedule: { times, days, zone, ofMonth }, whenEmpty, groupBy, dates }
}

/** The same wish in the same words: lists in order, and no list that says nothing. */
function sorted({ speakers, topics, propositions = [], labels = [], outlets = [], except }: Filter): Filter {
  const isGiven = except !== undefined && Object.values(except).some((list) => list.length > 0)
  const exceptLabels = except?.labels ?? []
  return {
    speakers: speakers.toSorted(),
    topics: topics.toSorted(),
    ...(propositions.length === 0 ? {} : { propositions: propositions.toSorted() }),
    ...(labels.length === 0 ? {} : { labels: labels.toSorted() }),
    ...(outlets.length === 0 ? {} : { outlets: outlets.toSorted() }),
    ...(isGiven
      ? {
          except: {
            speakers: except.speakers.toSorted(),
            topics: except.topics.toSorted(),
            outlets: except.outlets.toSorted(),
            ...(exceptLabels.length === 0 ? {} : { labels: exceptLabels.toSorted() }),
          },
        }
      : {}),
  }
}

export function subscriptionOf(row: SubscriptionRow): Subscription {
  return {
    id: row.id,
    team: row.team,
    number: row.number,
    platform: row.platform,
    channel: row.channel,
    filter: JSON.parse(row.filter),
    createdBy: row.createdBy,
    createdAt: new Date(row.createdAt),
    state: row.state,
    explanation: row.explanation,
    endedAt: row.endedAt === null ? null : new Date(row.endedAt),
    pause:
      row.pausedAt === null
        ? null
        : { at: new Date(row.pausedAt), until: row.pausedUntil === null ? null : new Date(row.pausedUntil) },
    edit: row.editedAt === null ? null : { number: row.edits, at: new Date(row.editedAt) },
    kind: row.kind,
    ...JSON.parse(row.details),
  } as Subscription
}
