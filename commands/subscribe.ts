import { digestNames } from '../src/brief/define-digest.ts'
import type { Block } from '../src/chat/blocks.ts'
import { defineCommand, type OptionValues } from '../src/chat/command.ts'
import type { MemberStore } from '../src/chat/member-store.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import { readZone } from '../src/chat/read-schedule.ts'
import type { Request } from '../src/chat/request.ts'
import type { SubscriptionStore } from '../src/delivery/subscription-store.ts'
import { type ChangeRooms, editIt, pauseIt, resumeIt, undoIt } from './change-subscription.ts'
import { demandOpenPlace } from './open-place.ts'
import { subscriptionNumber } from './own-numbers.ts'
import { datesOption } from './read-dates.ts'
import { filterOptions } from './read-filter.ts'
import { speakerOption, topicOption } from './read-names.ts'
import { readWish, type WishOption } from './read-wish.ts'
import { sortNames } from './sort-words.ts'
import { askZone, confirm, unreadWords } from './subscribe-words.ts'

type Rooms = ChangeRooms & {
  readonly subscriptions: Pick<SubscriptionStore, 'add' | 'list'>
  readonly members: Pick<MemberStore, 'setZone'>
}

type Name = WishOption | 'to' | 'edit' | 'pause' | 'for' | 'resume' | 'undo'

/** A channel's standing wish for a digest or for alerts; made, changed, and put to rest. */
export const subscribe = defineCommand<Rooms, Name>({
  name: 'subscribe',
  summary: 'Post a digest on a schedule, or alerts as they come, in this channel; or change one',
  examples: [
    '/subscribe topic:Libya speaker:Lavrov,Fidan at:09:00 days:mon-fri tz:Africa/Tripoli',
    '/subscribe topic:Libya kind:alerts only:moves except:"outlet The Daily Ledger" gather:1h',
    '/subscribe topic:Libya digest:weekly days:mon at:09:00',
    '/subscribe edit 3 at:07:30 group:speaker',
    '/subscribe pause 3 for:7d',
  ],
  options: {
    topic: topicOption('One or more topics; none: all'),
    speaker: speakerOption('One or more speakers; none: all'),
    kind: {
      kind: 'choice',
      description: 'A digest on a schedule, or alerts as they come',
      choices: ['digest', 'alerts'],
    },
    digest: {
      kind: 'choice',
      description: 'morning: what is new; weekly, monthly: with a picture of who moved',
      choices: digestNames,
    },
    at: { kind: 'time', description: 'Local time of the digest, such as 09:00; several with commas' },
    days: { kind: 'days', description: 'Days, such as mon-fri; of a monthly digest 1 to 31, last, or mon' },
    tz: { kind: 'zone', description: 'Time zone, such as Africa/Tripoli; none: yours' },
    to: {
      kind: 'channel',
      description: 'Another channel (owners only); none: this one. Typed also: thread, me, or a link to a thread',
    },
    ...filterOptions,
    group: { kind: 'choice', description: 'What stands together in a digest', choices: ['topic', 'speaker', 'none'] },
    'when-empty': {
      kind: 'choice',
      description: 'A digest with nothing new: say so, or stay silent',
      choices: ['say', 'silent'],
    },
    gather: { kind: 'text', description: 'Alerts in one message after 15m, 1h … 24h; none: at once' },
    most: { kind: 'number', description: 'So many alerts an hour come by themselves, the rest in one message' },
    dates: datesOption('Language of its dates, such as German or fr-CA; none: the team’s'),
    edit: subscriptionNumber('Number of one to change: all else says how'),
    pause: subscriptionNumber('Number of one to pause, with for: or until it is resumed'),
    for: { kind: 'text', description: 'How long to pause it, such as 8h or 7d' },
    resume: subscriptionNumber('Number of a paused one that goes on'),
    undo: { kind: 'number', description: 'A change to take back; the Undo button sends it' },
  },
  forms: [
    {
      title: 'Follow here',
      fields: [
        'topic',
        'speaker',
        'kind',
        { option: 'at', label: 'Time', hint: 'Local time of the digest, such as 09:00; none: 09:00' },
        { option: 'tz', label: 'Time zone' },
        { option: 'days', hint: 'None: every day; of a weekly digest Monday, of a monthly one its first day' },
        { option: 'digest', label: 'Which digest' },
        { option: 'to', label: 'Channel', hint: 'Another channel (owners only); none: this one' },
        {
          option: 'only',
          label: 'Only these moves',
          hint: 'None: all. "moves": reversed, shifted, hardened, softened',
        },
        { option: 'except', label: 'Leave out' },
        { option: 'group', label: 'Group by' },
        { option: 'dates', label: 'Language of dates' },
      ],
    },
  ],

  sortWords: async (words, rooms, { team }, as) => {
    const [verb = '', number = '', ...rest] = words
    const action = VERBS.get(verb.toLowerCase())
    if (action === undefined || !/^#?\d{1,9}$/.test(number)) {
      return sortNames(words, rooms.roster, await rooms.topics.bookOf(team), as)
    }
    const plain = number.replace('#', '')
    if (rest.length === 0 || action === 'resume') return { [action]: plain }
    if (action === 'pause') return { pause: plain, for: rest.filter((word) => word.toLowerCase() !== 'for').join(' ') }
    return { edit: plain, ...sortNames(rest, rooms.roster, await rooms.topics.bookOf(team)) }
  },

  async run(options, rooms, request) {
    const { edit, pause, resume, undo, for: length, to, ...wished } = options
    if ([edit, pause, resume, undo].filter((one) => one !== undefined).length > 1) throw oneAtATime()
    if (undo !== undefined) return await undoIt(undo, rooms, request)
    if (resume !== undefined) return await resumeIt(resume, rooms, request)
    if (pause !== undefined) return await pauseIt(pause, length, rooms, request)
    if (edit !== undefined)
      return await editIt(edit, { ...wished, ...(to === undefined ? {} : { to }) }, rooms, request)
    if (length !== undefined) throw noPause(length)
    return await make({ ...wished, ...(to === undefined ? {} : { to }) }, rooms, request)
  },
})

const VERBS: ReadonlyMap<string, 'edit' | 'pause' | 'resume'> = new Map([
  ['edit', 'edit'],
  ['change', 'edit'],
  ['pause', 'pause'],
  ['resume', 'resume'],
])

async function make(
  options: OptionValues<WishOption | 'to'>,
  rooms: Rooms,
  request: Request,
): Promise<readonly Block[]> {
  const { subscriptions, members, roster, topics, places } = rooms
  const { team, channel, doubt } = await demandOpenPlace(request, options.to, places)
  const book = await topics.bookOf(team)
  const zone = options.tz === undefined ? request.timeZone : readZone('tz', options.tz)
  const place = { team, platform: request.platform, channel, createdBy: request.member.id }
  const { wish, unread } = await readWish(options, { base: null, place, zone }, { ...rooms, book }, request)
  if (wish.kind === 'digest' && zone === null) return askZone(options, await zonesOf(rooms, request))
  if (request.timeZone === null && zone !== null) await members.setZone(request, zone)
  const made = await subscriptions.add(wish, request.at)
  const notes: readonly Block[] = [
    ...(doubt === null ? [] : [{ kind: 'note', line: doubt } as const]),
    ...unreadWords(unread),
  ]
  return confirm(made, request, { roster, book }, notes)
}

/** Those that digests of the asker's team come in, the most frequent first. */
async function zonesOf({ subscriptions }: Rooms, { team }: Request): Promise<readonly string[]> {
  const own = (await subscriptions.list(team)).filter((one) => one.team === team)
  const zones = own.flatMap((one) => (one.kind === 'digest' ? [one.schedule.zone] : []))
  const groups = [...Map.groupBy(zones, (zone) => zone)]
  return groups.sort(([, a], [, b]) => b.length - a.length).map(([zone]) => zone)
}

function oneAtATime(): NotUnderstoodError {
  const explanation = 'One at a time: edit:, pause: or resume:, each with the number of a subscription.'
  return new NotUnderstoodError({ option: 'edit', typed: '', explanation })
}

function noPause(typed: string): NotUnderstoodError {
  const explanation = 'for: says how long one is paused: /subscribe pause 3 for:7d. /subscriptions lists the numbers.'
  return new NotUnderstoodError({ option: 'for', typed, explanation })
}
