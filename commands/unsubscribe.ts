import { digestNames } from '../src/brief/define-digest.ts'
import type { Block } from '../src/chat/blocks.ts'
import { defineCommand } from '../src/chat/command.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import type { Request } from '../src/chat/request.ts'
import type { Subscription } from '../src/delivery/subscription.ts'
import type { SubscriptionStore } from '../src/delivery/subscription-store.ts'
import type { Roster } from '../src/speaker/roster.ts'
import { subscriptionNumber } from './own-numbers.ts'
import { demandOwn, readSubscription } from './own-subscription.ts'
import { readSpeakers, readTopics, speakerOption, type TopicBooks, topicOption } from './read-names.ts'
import { sortNames } from './sort-words.ts'
import { filterWords, type Names, nextWords, scheduleWords } from './subscription-words.ts'

type Rooms = {
  readonly subscriptions: Pick<SubscriptionStore, 'list' | 'listAll' | 'get' | 'remove' | 'revive'>
  readonly roster: Roster
  readonly topics: TopicBooks
}

/** Ends what a channel was subscribed to: by number, or all of it on a topic or speaker. */
export const unsubscribe = defineCommand<Rooms, 'number' | 'topic' | 'speaker' | 'digest' | 'undo'>({
  name: 'unsubscribe',
  summary: 'End a subscription of this channel, by its number, topic or speaker',
  examples: ['/unsubscribe 3', '/unsubscribe topic:Libya', '/unsubscribe digest:weekly'],
  options: {
    number: subscriptionNumber('Number of the subscription, as /subscriptions shows it'),
    topic: topicOption('End those on this topic'),
    speaker: speakerOption('End those on this speaker'),
    digest: { kind: 'choice', description: 'End digests of this kind only', choices: digestNames },
    undo: {
      kind: 'number',
      description: 'Number of one that was ended: it goes on as it was; the Undo button sends it',
    },
  },
  forms: [
    {
      title: 'End a subscription',
      fields: [{ option: 'number', label: 'Subscription', isNeeded: true }],
    },
  ],

  sortWords: async ([first = '', ...rest], { roster, topics }, { team }, as) =>
    /^#?\d+$/.test(first) && rest.length === 0
      ? { number: first }
      : sortNames([first, ...rest], roster, await topics.bookOf(team), as),

  async run({ number, topic, speaker, digest, undo }, rooms, request) {
    const { subscriptions, roster, topics } = rooms
    if (undo !== undefined) return await takeBack(undo, rooms, request)
    const book = await topics.bookOf(request.team)
    const speakers = readSpeakers(speaker, roster, request.at).map(({ id }): string => id)
    const about = readTopics(topic, book).map(({ id }): string => id)
    const all = (await subscriptions.list(request.team)).filter(({ team }) => team === request.team)
    if (number === undefined && speaker === undefined && topic === undefined && digest === undefined)
      throw whichOne(all)
    const isAbout = ({ filter }: Subscription) =>
      speakers.some((id) => filter.speakers.includes(id)) ||
      about.some((id) => filter.topics.includes(id)) ||
      (digest !== undefined && speakers.length + about.length === 0)
    const isOfKind = (one: Subscription) => digest === undefined || (one.kind === 'digest' && one.digest === digest)
    const meant = all.filter((one) =>
      number === undefined
        ? one.channel === request.channel && isOfKind(one) && isAbout(one)
        : one.number === Number(number.replace(/^#/, '')),
    )
    if (meant.length === 0) throw notFound(number, all)
    for (const one of meant) demandOwn(one, request)
    for (const one of meant) await subscriptions.remove(one.team, one.number, request.at)
    return meant.flatMap((one) => confirm(one, { roster, book }))
  },
})

/** The very subscription, in its own channel, wherever the button is pressed. */
async function takeBack(typed: string, { subscriptions, roster, topics }: Rooms, request: Request) {
  const meant = await readSubscription('undo', typed, subscriptions, request)
  demandOwn(meant, request, 'take back the end of')
  const isBack = await subscriptions.revive(meant.id, request.at)
  const now = (await subscriptions.get(meant.id, request)) ?? meant
  const names = { roster, book: await topics.bookOf(now.team) }
  const where = now.channel === request.channel ? '' : ', in its own channel'
  return [
    {
      kind: 'text',
      line: `Subscription ${now.number} ${isBack ? 'goes on as it was' : 'was not ended: it goes on'}${where}: ${filterWords(now.filter, names)}, ${scheduleWords(now)}.`,
    },
    ...nextWords(now, request),
  ] satisfies readonly Block[]
}

function whichOne(all: readonly Subscription[]): NotUnderstoodError {
  const explanation =
    all.length === 0
      ? 'There are no subscriptions yet. /subscribe makes one.'
      : `Which one? /subscriptions lists them; then /unsubscribe ${all[0]?.number}`
  return new NotUnderstoodError({ option: 'number', typed: '', explanation })
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
    {
      kind: 'buttons',
      buttons: [{ label: 'Undo', command: formatCommand('unsubscribe', { undo: String(subscription.number) }) }],
    },
  ]
}
