import { cutText } from '../src/chat/clean-text.ts'
import type { OptionDefinition } from '../src/chat/command.ts'
import type { SubscriptionStore } from '../src/delivery/subscription-store.ts'
import type { Roster } from '../src/speaker/roster.ts'
import type { TopicBooks } from './read-names.ts'
import { filterWords, scheduleWords } from './subscription-words.ts'

type Rooms = {
  readonly subscriptions: Pick<SubscriptionStore, 'list'>
  readonly roster: Roster
  readonly topics: TopicBooks
}

/** Slack's limit for the label of a choice. */
const LABEL = 75

/** The number of a subscription of this channel, or where there is none of the asker's, suggested with what it is. */
export function subscriptionNumber<Some extends Rooms>(
  description: string,
  only?: 'digest' | 'alerts',
): OptionDefinition<Some> {
  return {
    kind: 'number',
    description,
    suggest: async (typed, { subscriptions, roster, topics }, { team, channel, member, role }) => {
      const book = await topics.bookOf(team)
      const wanted = typed.trim().replace('#', '').toLowerCase()
      const all = (await subscriptions.list(team, channel ?? undefined)).filter((one) => one.team === team)
      // A form knows no channel: then those that the asker may end.
      const own = channel !== null || role === 'owner' ? all : all.filter(({ createdBy }) => createdBy === member.id)
      return own
        .filter(({ kind }) => only === undefined || kind === only)
        .map((one) => ({
          value: String(one.number),
          words: `${filterWords(one.filter, { roster, book })}, ${scheduleWords(one)}`,
        }))
        .filter(({ value, words }) => value.startsWith(wanted) || words.toLowerCase().includes(wanted))
        .map(({ value, words }) => ({ value, label: cutText(`${value}: ${words}`, LABEL) }))
    },
  }
}
