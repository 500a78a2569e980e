import type { TeamId } from '../src/base/scope.ts'
import type { Follows } from '../src/chat/interest.ts'
import type { SubscriptionStore } from '../src/delivery/subscription-store.ts'
import type { TopicId } from '../src/position/topics/topic.ts'
import type { Roster } from '../src/speaker/roster.ts'
import type { SpeakerId } from '../src/speaker/speaker.ts'
import { type TopicBooks, typedName } from './read-names.ts'

type Rooms = {
  readonly subscriptions: Pick<SubscriptionStore, 'list'>
  readonly topics: TopicBooks
  readonly rosterFor: (team: TeamId) => Promise<Roster>
}

/** Whom and what the team's own subscriptions follow, as it is typed; several times what several follow. */
export async function teamFollows(team: TeamId, { subscriptions, topics, rosterFor }: Rooms): Promise<Follows> {
  const [all, book, roster] = await Promise.all([subscriptions.list(team), topics.bookOf(team), rosterFor(team)])
  const filters = all.filter((one) => one.team === team).map(({ filter }) => filter)
  return {
    speakers: filters
      .flatMap(({ speakers }) => speakers)
      .flatMap((id) => {
        const speaker = roster.byId(id as SpeakerId)
        return speaker === null ? [] : [typedName(speaker, roster)]
      }),
    topics: filters.flatMap(({ topics: ids }) => ids).flatMap((id) => book.byId(id as TopicId)?.label ?? []),
  }
}
