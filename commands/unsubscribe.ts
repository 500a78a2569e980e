import type { Block } from '../src/chat/blocks.ts'
import { defineCommand } from '../src/chat/command.ts'
import { ForbiddenError } from '../src/chat/forbidden-error.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import { isAtLeast, type Request } from '../src/chat/request.ts'
import type { Subscription } from '../src/delivery/subscription.ts'
import type { SubscriptionStore } from '../src/delivery/subscription-store.ts'
import type { Roster } from '../src/speaker/roster.ts'
import { subscriptionNumber } from './own-numbers.ts'
import { readSpeakers, readTopics, speakerOption, type TopicBooks, topicOption } from './read-names.ts'
import { sortNames } from './sort-words.ts'
import { filterWords, type Names, scheduleWords, subscribeCommand } from './subscription-words.ts'

type Rooms = {
  readonly subscriptions: Pick<SubscriptionStore, 'list' | 'remove'>
  readonly roster: Roster
  readonly topics: TopicBooks
}

/** Ends what a channel was subscribed to: by number, or all of it on a topic or speaker. */
export const unsubscribe = defineCommand<Rooms, 'number' | 'topic' | 'speaker'>({
  name: 'unsubscribe',
  summary: 'End a subscription of this channel, by its number, topic or speaker',
  examples: ['/unsubscribe 3', '/unsubscribe topic:Libya'],
  options: {
    number: subscriptionNumber('Number of the subscription, as /subscriptions shows it'),
    topic: topicOption('End those on this topic'),
    speaker: speakerOption('End those on this speaker'),
  },

  sortWords: async ([first = '', ...rest], { roster, topics }, { team }, as) =>
    /^#?\d+$/.test(first) && rest.length === 0
      ? { number: first }
      : sortNames([first, ...rest], roster, await topics.bookOf(team), as),

  async run({ number, topic, speaker }, { subscriptions, roster, topics }, request) {
    const book = await topics.bookOf(request.team)
    const speakers = readSpeakers(speaker, roster, request.at).map(({ id }): string => id)
    const about = readTopics(topic, book).map(({ id }): string => id)
    const all = (await subscriptions.list(request.team)).filter(({ team }) => team === request.team)
    const meant = all.filter((one) =>
      number === undefined
        ? one.channel === request.channel &&
          (speakers.some((id) => one.filter.speakers.includes(id)) ||
            about.some((id) => one.filter.topics.includes(id)))
        : one.number === Number(number.replace(/^#/, '')),
    )
    if (meant.length === 0) throw notFound(number, all)
    for (const one of meant) demandOwnOf(one, request)
    for (const one of meant) await subscriptions.remove(one.team, one.number)
    return meant.flatMap((one) => confirm(one, { roster, book }))
  },
})

/** Everybody may end what they began; only an owner what others began. */
function demandOwnOf(subscription: Subscription, request: Request): void {
  const isOwn = subscription.createdBy === request.member.id && subscription.platform === request.platform
  if (isOwn || isAtLeast(request.role, 'owner')) return
  throw new ForbiddenError('owner', `end subscription ${subscription.number}, which somebody else made`)
}

function notFound(number: string | undefined, all: readonly Subscription[]): NotUnderstoodError {
  const numbers = all.map((one) => String(one.number))
  const known = numbers.length === 0 ? 'There are none yet.' : '/subscriptions lists them.'
  const what =
    number === undefined
      ? 'No subscription of this channel is about that.'
      : `There is no subscription ${number.slice(0, 20)}.`
  return new NotUnderstoodError({ option: 'number', typed: number ?? '', explanation: `${what} ${known}` })
}

function confirm(subscription: Subscription, names: Names): readonly Block[] {
  const what = `${filterWords(subscription.filter, names)}: ${scheduleWords(subscription)}`
  return [
    { kind: 'text', line: `Ended subscription ${subscription.number}: ${what}.` },
    { kind: 'buttons', buttons: [{ label: 'Undo', command: subscribeCommand(subscription, names) }] },
  ]
}
