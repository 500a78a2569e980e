import type { Block, Line } from '../src/chat/blocks.ts'
import { type Answer, defineCommand } from '../src/chat/command.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import { readDurationMs, readSince } from '../src/chat/read-when.ts'
import type { Request } from '../src/chat/request.ts'
import { nextSlots, slotsBetween, spanMs } from '../src/delivery/due-slots.ts'
import { firstInstant } from '../src/delivery/local-time.ts'
import type { WriteDigest } from '../src/delivery/schedule-digests.ts'
import { showCommand, windowKey } from '../src/delivery/shown.ts'
import type { DigestSubscription, SubscriptionId } from '../src/delivery/subscription.ts'
import type { SubscriptionStore } from '../src/delivery/subscription-store.ts'
import type { Roster } from '../src/speaker/roster.ts'
import { subscriptionNumber } from './own-numbers.ts'
import { isOwn } from './own-subscription.ts'
import type { TopicBooks } from './read-names.ts'
import { type ShowRooms, showWhole } from './show-digest.ts'
import { filterWords, scheduleWords, slotWords } from './subscription-words.ts'

type Rooms = ShowRooms & {
  readonly subscriptions: Pick<SubscriptionStore, 'list' | 'listAll' | 'listOf'>
  readonly writeDigest: WriteDigest
  readonly roster: Roster
  readonly topics: TopicBooks
}

/** The digest of this channel, now or as it will come. */
export const digest = defineCommand<Rooms, 'action' | 'number' | 'since' | 'show' | 'page'>({
  name: 'digest',
  summary: 'The digest: post it now, preview it, or see when it comes',
  examples: ['/digest now', '/digest preview 3', '/digest next', '/digest show:3.2026-11-27.09:00'],
  options: {
    action: {
      kind: 'choice',
      description: 'now posts it here; preview shows it to you alone; next tells when it comes',
      choices: ['now', 'preview', 'next'],
    },
    number: subscriptionNumber('Number of the subscription; none: the first of this channel', 'digest'),
    since: { kind: 'when', description: 'From when on, such as 24h or 7d; none: since the last one' },
    show: { kind: 'text', description: 'All of one that was posted, such as 3.2026-11-27.09:00; its button sends it' },
    page: { kind: 'number', description: 'Which page of it' },
  },
  forms: [
    {
      title: 'Preview a digest',
      opens: 'by button',
      fields: [
        { option: 'number', label: 'Subscription' },
        { option: 'since', isFree: true },
      ],
    },
  ],

  async run({ action = 'preview', number, since, show, page }, rooms, request): Promise<Answer> {
    if (show !== undefined) {
      const asked = { page: Number(page ?? 1) || 1, everything: everything(request) }
      return { blocks: await showWhole(show, asked, rooms, request) }
    }
    const all = await digestsOf(rooms, request)
    const own = all.filter(({ channel }) => channel === request.channel)
    if (action === 'next') return { blocks: await upcoming(own, rooms, request) }
    const subscription = chosen(all, own, number, request)
    const window = { from: readFrom(since, subscription, request), until: request.at }
    const whole = showCommand(windowKey(subscription.number, window))
    const written = await rooms.writeDigest(subscription, window, null, whole)
    const blocks = written?.blocks ?? [{ kind: 'text', line: 'Nothing new is on record in that time.' } as const]
    const rest = written?.isCut === true ? [{ label: 'Show all', command: whole }] : []
    const zone = zoneOf(request)
    const words = (at: Date) => slotWords(at, zone, request.dates)
    const covers = `From ${words(window.from)} to ${words(window.until)} (${zone})`
    return {
      blocks: [
        ...blocks,
        { kind: 'note', line: covers },
        ...(rest.length === 0 ? [] : [{ kind: 'buttons', buttons: rest } as const]),
      ],
      seenBy: action === 'now' ? 'everybody' : 'asker',
    }
  },
})

async function digestsOf({ subscriptions }: Rooms, { team }: Request): Promise<readonly DigestSubscription[]> {
  const visible = await subscriptions.list(team)
  return visible.filter((one): one is DigestSubscription => one.kind === 'digest' && one.team === team)
}

/** Of this channel; by its number also the asker's own in another, or for owners any of the team. */
function chosen(
  all: readonly DigestSubscription[],
  own: readonly DigestSubscription[],
  number: string | undefined,
  request: Request,
): DigestSubscription {
  if (number === undefined) return own[0] ?? everything(request)
  const isMeant = (one: DigestSubscription) => one.number === Number(number.replace(/^#/, ''))
  const found =
    own.find(isMeant) ?? all.find((one) => isMeant(one) && (isOwn(one, request) || request.role === 'owner'))
  if (found !== undefined) return found
  throw new NotUnderstoodError({
    option: 'number',
    typed: number,
    explanation: `This channel has no digest ${number.slice(0, 20)}. /subscriptions lists what it has.`,
    suggestions: own.map((one) => String(one.number)).slice(0, 3),
  })
}

/** What a channel without a subscription gets to see when it asks. */
function everything({ team, platform, channel, member, at, timeZone }: Request): DigestSubscription {
  return {
    id: 'asked' as SubscriptionId,
    number: 0,
    team,
    platform,
    channel: channel ?? '',
    filter: { speakers: [], topics: [] },
    createdBy: member.id,
    createdAt: at,
    state: 'active',
    explanation: null,
    endedAt: null,
    pause: null,
    edit: null,
    kind: 'digest',
    digest: 'morning',
    schedule: { times: [], days: [], zone: timeZone ?? 'UTC' },
    whenEmpty: 'say so',
  }
}

function readFrom(since: string | undefined, { schedule }: DigestSubscription, request: Request): Date {
  const agoMs = since === undefined ? null : readDurationMs(since)
  if (agoMs !== null) return new Date(request.at.getTime() - agoMs)
  if (since !== undefined) return firstInstant(readSince(since, request), '00:00', zoneOf(request))
  const longAgo = new Date(request.at.getTime() - spanMs(schedule))
  return slotsBetween(schedule, longAgo, request.at).at(-1)?.dueAt ?? longAgo
}

function zoneOf({ timeZone }: Request): string {
  return timeZone ?? 'UTC'
}

async function upcoming(own: readonly DigestSubscription[], rooms: Rooms, request: Request): Promise<readonly Block[]> {
  if (own.length === 0) {
    return [
      { kind: 'text', line: 'No digest is scheduled for this channel.' },
      { kind: 'note', line: 'For example: /subscribe topic:Libya at:09:00 days:mon-fri' },
    ]
  }
  const names = { roster: rooms.roster, book: await rooms.topics.bookOf(request.team) }
  const items = own.map((one): Line => {
    const times = nextSlots(one.schedule, request.at, 3).map(({ dueAt }) =>
      slotWords(dueAt, one.schedule.zone, request.dates),
    )
    const what = `  ${filterWords(one.filter, names)}: ${scheduleWords(one)}`
    return [{ strong: String(one.number) }, what, { faint: `, next ${times.join(', ')}` }]
  })
  return [
    { kind: 'heading', text: 'Next digests' },
    { kind: 'list', items },
  ]
}
