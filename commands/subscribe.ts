import type { Block } from '../src/chat/blocks.ts'
import { defineCommand, type OptionValues } from '../src/chat/command.ts'
import { demandRole } from '../src/chat/forbidden-error.ts'
import { splitValues } from '../src/chat/format-command.ts'
import type { MemberStore } from '../src/chat/member-store.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import { readTime, readWeekdays, readZone } from '../src/chat/read-schedule.ts'
import type { Request } from '../src/chat/request.ts'
import type { Schedule, Subscription } from '../src/delivery/subscription.ts'
import type { SubscriptionStore } from '../src/delivery/subscription-store.ts'
import type { Roster } from '../src/speaker/roster.ts'
import { demandPlace } from './demand-place.ts'
import { readSpeakers, readTopics, speakerOption, type TopicBooks, topicOption } from './read-names.ts'
import { sortNames } from './sort-words.ts'
import { filterWords, type Names, nextWords, scheduleWords } from './subscription-words.ts'

type Rooms = {
  readonly subscriptions: Pick<SubscriptionStore, 'add'>
  readonly members: Pick<MemberStore, 'setZone'>
  readonly roster: Roster
  readonly topics: TopicBooks
}

type Name = 'topic' | 'speaker' | 'kind' | 'at' | 'days' | 'tz' | 'to'

/** A channel's standing wish for a digest or for alerts. */
export const subscribe = defineCommand<Rooms, Name>({
  name: 'subscribe',
  summary: 'Post a digest on a schedule, or alerts as they come, in this channel',
  examples: [
    '/subscribe topic:Libya speaker:Lavrov,Fidan at:09:00 days:mon-fri tz:Africa/Tripoli',
    '/subscribe topic:Libya kind:alerts',
  ],
  options: {
    topic: topicOption('One or more topics; none: all'),
    speaker: speakerOption('One or more speakers; none: all'),
    kind: {
      kind: 'choice',
      description: 'A digest on a schedule, or alerts as they come',
      choices: ['digest', 'alerts'],
    },
    at: { kind: 'time', description: 'Local time of the digest, such as 09:00; several with commas' },
    days: { kind: 'days', description: 'Days of the digest, such as mon-fri; none: every day' },
    tz: { kind: 'zone', description: 'Time zone, such as Africa/Tripoli; none: yours' },
    to: { kind: 'channel', description: 'Another channel to post to (owners only); none: this one' },
  },
  forms: [
    {
      title: 'Follow here',
      fields: [
        'topic',
        'speaker',
        'kind',
        'at',
        { option: 'tz', label: 'Time zone' },
        'days',
        { option: 'to', label: 'Channel' },
      ],
    },
  ],

  sortWords: async (words, { roster, topics }, { team }, as) => sortNames(words, roster, await topics.bookOf(team), as),

  async run(options, { subscriptions, members, roster, topics }, request) {
    const { channel, team } = demandPlace(request, options.to)
    if (options.to !== undefined && options.to !== request.channel)
      demandRole(request, 'owner', 'subscribe another channel')
    const book = await topics.bookOf(team)
    const filter = {
      speakers: readSpeakers(options.speaker, roster, request.at).map(({ id }) => id),
      topics: readTopics(options.topic, book).map(({ id }) => id),
    }
    const base = { team, platform: request.platform, channel, filter, createdBy: request.member.id }
    if (options.kind === 'alerts') {
      return confirm(await subscriptions.add({ ...base, kind: 'alerts', withOld: false }, request.at), request, {
        roster,
        book,
      })
    }
    const schedule = readSchedule(options, request)
    if (request.timeZone === null && options.tz !== undefined) await members.setZone(request, schedule.zone)
    const wish = { ...base, kind: 'digest', digest: 'morning', schedule, whenEmpty: 'say so' } as const
    return confirm(await subscriptions.add(wish, request.at), request, { roster, book })
  },
})

function readSchedule({ at = '09:00', days, tz }: OptionValues<Name>, { timeZone }: Request): Schedule {
  const zone = tz === undefined ? timeZone : readZone('tz', tz)
  if (zone === null) {
    throw new NotUnderstoodError({
      option: 'tz',
      typed: '',
      explanation: 'In which time zone? Add it once, such as tz:Africa/Tripoli; I will remember it.',
      suggestions: ['Europe/London', 'Europe/Berlin', 'Africa/Cairo'],
    })
  }
  const times = [...new Set(splitValues(at).map((time) => readTime('at', time)))].sort()
  return { times, days: readWeekdays('days', days === undefined ? ['daily'] : splitValues(days)), zone }
}

function confirm(subscription: Subscription, { at }: Request, names: Names): readonly Block[] {
  const isDigest = subscription.kind === 'digest'
  return [
    { kind: 'heading', text: `Subscription ${subscription.number}: ${filterWords(subscription.filter, names)}` },
    { kind: 'text', line: `${scheduleWords(subscription)}.` },
    ...nextWords(subscription, at),
    {
      kind: 'buttons',
      buttons: [
        { label: 'Undo', command: `/unsubscribe ${subscription.number}`, style: 'danger' },
        ...(isDigest ? [{ label: 'Preview', command: `/digest preview ${subscription.number}` }] : []),
      ],
    },
  ]
}
