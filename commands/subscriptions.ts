import { PUBLIC } from '../src/base/scope.ts'
import type { Block, Inline, Line } from '../src/chat/blocks.ts'
import { defineCommand } from '../src/chat/command.ts'
import { demandRole } from '../src/chat/forbidden-error.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import { memberOf, partsOfPlace } from '../src/chat/messenger.ts'
import type { Request } from '../src/chat/request.ts'
import { nextSlots } from '../src/delivery/due-slots.ts'
import { isPaused, type Subscription } from '../src/delivery/subscription.ts'
import type { SubscriptionStore } from '../src/delivery/subscription-store.ts'
import type { Roster } from '../src/speaker/roster.ts'
import { allowReaders, type Places } from './open-place.ts'
import { demandOwn, isOwn, readSubscription } from './own-subscription.ts'
import type { TopicBooks } from './read-names.ts'
import { type SettleRooms, settleMessage } from './settle-message.ts'
import {
  filterWords,
  goesOnAt,
  type Names,
  namesOf,
  nextWords,
  pauseWords,
  placeWords,
  scheduleWords,
  slotWords,
  zoneOf,
} from './subscription-words.ts'

type Rooms = SettleRooms & {
  readonly subscriptions: Pick<SubscriptionStore, 'list' | 'listOf' | 'listAll' | 'get' | 'again'>
  readonly roster: Roster
  readonly topics: TopicBooks
  readonly places: Places
}

/** What this channel gets, and when it gets it next. */
export const subscriptions = defineCommand<Rooms, 'of' | 'again' | 'arrived' | 'missing'>({
  name: 'subscriptions',
  summary: 'What does this channel get, and when?',
  examples: ['/subscriptions', '/subscriptions of:me', '/subscriptions of:team', '/subscriptions again:3'],
  options: {
    of: {
      kind: 'choice',
      description: 'Of this channel, your own in every channel, or of the whole team (owners only)',
      choices: ['channel', 'me', 'team'],
    },
    again: { kind: 'text', description: 'Number of one that has stopped: its channel is tried again' },
    arrived: {
      kind: 'text',
      description: 'A message that nobody knows about is there; my question about it sends this',
    },
    missing: { kind: 'text', description: 'It is not there: it is sent, once; my question about it sends this' },
  },

  async run({ of: typed = 'channel', again, arrived, missing }, rooms, request) {
    if (arrived !== undefined) return await settleMessage(arrived, 'there', rooms, request)
    if (missing !== undefined) return await settleMessage(missing, 'missing', rooms, request)
    if (again !== undefined) return await checkAgain(again, rooms, request)
    // A private message outside any team has no channel and no team: there are one's own.
    const isOutside = request.team === PUBLIC
    const of = isOutside ? 'me' : typed
    if (of === 'team') demandRole(request, 'owner', 'see the subscriptions of every channel')
    if (request.channel === null && of === 'channel') return [{ kind: 'text', line: 'There is no channel here.' }]
    const own = await asked(of, rooms, request)
    if (own.length === 0) {
      return [
        { kind: 'text', line: NOTHING[of] ?? '' },
        {
          kind: 'note',
          line: `${isOutside ? 'In a channel of your server, for example' : 'For example'}: /subscribe topic:Libya at:09:00 days:mon-fri`,
        },
      ]
    }
    const names = await namesOf(own, rooms)
    const items = own.map((one) => line(one, of === 'channel' ? request.channel : null, request, names(one)))
    const heading: Block = {
      kind: 'heading',
      text: own.length === 1 ? '1 subscription' : `${own.length} subscriptions`,
    }
    return [
      heading,
      { kind: 'list', items },
      {
        kind: 'note',
        line: `${isOutside ? 'On its server, by its number' : 'By its number'}: /subscribe edit 3 at:10:00, /subscribe pause 3 for:7d, /unsubscribe 3`,
      },
      ...goOnButtons(own, request),
    ]
  },
})

const NOTHING: Readonly<Record<string, string>> = {
  channel: 'This channel is subscribed to nothing yet.',
  me: 'You have subscribed no channel to anything yet.',
  team: 'No channel is subscribed to anything yet.',
}

async function asked(of: string, { subscriptions: store }: Rooms, request: Request): Promise<readonly Subscription[]> {
  if (of === 'me') return await store.listOf(request)
  const visible = await store.list(request.team, of === 'team' ? undefined : (request.channel ?? undefined))
  return visible.filter(({ team }) => team === request.team)
}

/** Stopped and paused ones that get a button; whoever has more of them uses the numbers. */
const BUTTONS = 5

function goOnButtons(own: readonly Subscription[], { team, at }: Request): readonly Block[] {
  const buttons = own.flatMap((one) => {
    // Numbers are a team's own: outside it the id alone names one.
    const which = one.team === team ? String(one.number) : one.id
    if (one.state === 'stopped')
      return [{ label: `Check ${one.number} again`, command: formatCommand('subscriptions', { again: which }) }]
    return isPaused(one, at)
      ? [{ label: `Resume ${one.number}`, command: formatCommand('subscribe', { resume: which }) }]
      : []
  })
  return buttons.length === 0 ? [] : [{ kind: 'buttons', buttons: buttons.slice(0, BUTTONS) }]
}

/** Whether a place takes messages again shows when it gets one: a line of ours, and not first the digest. */
async function checkAgain(typed: string, rooms: Rooms, request: Request): Promise<readonly Block[]> {
  const meant = await readSubscription('again', typed, rooms.subscriptions, request)
  demandOwn(meant, request, 'check')
  const names = { roster: rooms.roster, book: await rooms.topics.bookOf(meant.team) }
  const what = `${filterWords(meant.filter, names)}: ${scheduleWords(meant)}`
  if (meant.state === 'ended')
    return [
      { kind: 'text', line: `Subscription ${meant.number} was ended: ${what}.` },
      {
        kind: 'buttons',
        buttons: [{ label: 'Make it go on', command: formatCommand('unsubscribe', { undo: meant.id }) }],
      },
    ]
  const seen = await rooms.places.check(meant.platform, { team: meant.team, channel: meant.channel })
  if (seen.kind === 'open')
    await allowReaders(seen, { ...request, team: meant.team, platform: meant.platform }, rooms.places)
  const going = { ...meant, state: 'active' } as const
  const line: readonly Block[] = [
    { kind: 'text', line: `Subscription ${meant.number} goes on here: ${what}.` },
    ...nextWords(going, request),
  ]
  const isTried = await rooms.subscriptions.again(meant.id, line, request.at)
  if (!isTried) return [{ kind: 'text', line: `Subscription ${meant.number} goes on: ${what}.` }]
  const toldTo = isOwn(meant, request)
    ? 'you are told in private, within the hour'
    : 'whoever made it is told in private'
  return [
    {
      kind: 'text',
      line: `Subscription ${meant.number} goes on, and I am writing a line to its channel now: ${what}.`,
    },
    { kind: 'note', line: `If the channel refuses it again, ${toldTo}; /subscriptions shows it too.` },
    ...nextWords(going, request),
  ]
}

function line(subscription: Subscription, place: string | null, request: Request, names: Names): Line {
  const what = `  ${filterWords(subscription.filter, names)}: ${scheduleWords(subscription)}`
  const where = placePieces(subscription.channel, place)
  return [{ strong: String(subscription.number) }, what, ...where, { faint: state(subscription, request) }]
}

/** Threads and private messages in words; of a channel its name, as the platform shows it. */
function placePieces(place: string, here: string | null): readonly Inline[] {
  const isChannel = memberOf(place) === null && partsOfPlace(place).thread === null
  if (isChannel && place !== here) return [' in ', { place }]
  const words = placeWords(place, here)
  return words === '' ? [] : [` ${words}`]
}

function state(subscription: Subscription, { at, timeZone, dates }: Request): string {
  if (subscription.state === 'stopped') return `, stopped: ${subscription.explanation ?? 'the platform refused'}`
  const rests = pauseWords(subscription, { at, dates }, zoneOf(subscription, timeZone))
  if (subscription.kind === 'alerts') return rests === null ? '' : `, ${rests}`
  const from = goesOnAt(subscription, at)
  const [next] = from === null ? [] : nextSlots(subscription.schedule, from, 1)
  const then = next === undefined ? '' : `, next ${slotWords(next.dueAt, subscription.schedule.zone, dates)}`
  return rests === null ? then : `, ${rests}${then}`
}
