import type { Block, Line } from '../src/chat/blocks.ts'
import { defineCommand } from '../src/chat/command.ts'
import { demandRole } from '../src/chat/forbidden-error.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import type { Request } from '../src/chat/request.ts'
import { nextSlots } from '../src/delivery/due-slots.ts'
import type { Subscription } from '../src/delivery/subscription.ts'
import type { SubscriptionStore } from '../src/delivery/subscription-store.ts'
import type { Roster } from '../src/speaker/roster.ts'
import { demandOwn, isOwn, readSubscription } from './own-subscription.ts'
import type { TopicBooks } from './read-names.ts'
import { type SettleRooms, settleMessage } from './settle-message.ts'
import { filterWords, type Names, nextWords, scheduleWords, slotWords } from './subscription-words.ts'

type Rooms = SettleRooms & {
  readonly subscriptions: Pick<SubscriptionStore, 'list' | 'listAll' | 'get' | 'again'>
  readonly roster: Roster
  readonly topics: TopicBooks
}

/** What this channel gets, and when it gets it next. */
export const subscriptions = defineCommand<Rooms, 'of' | 'again' | 'arrived' | 'missing'>({
  name: 'subscriptions',
  summary: 'What does this channel get, and when?',
  examples: ['/subscriptions', '/subscriptions of:team', '/subscriptions again:3'],
  options: {
    of: {
      kind: 'choice',
      description: 'Of this channel, or of the whole team (owners only)',
      choices: ['channel', 'team'],
    },
    again: { kind: 'text', description: 'Number of one that has stopped: its channel is tried again' },
    arrived: {
      kind: 'text',
      description: 'A message that nobody knows about is there; my question about it sends this',
    },
    missing: { kind: 'text', description: 'It is not there: it is sent, once; my question about it sends this' },
  },

  async run({ of = 'channel', again, arrived, missing }, rooms, request) {
    if (arrived !== undefined) return await settleMessage(arrived, 'there', rooms, request)
    if (missing !== undefined) return await settleMessage(missing, 'missing', rooms, request)
    if (again !== undefined) return await checkAgain(again, rooms, request)
    const ofTeam = of === 'team'
    if (ofTeam) demandRole(request, 'owner', 'see the subscriptions of every channel')
    if (request.channel === null && !ofTeam) return [{ kind: 'text', line: 'There is no channel here.' }]
    const visible = await rooms.subscriptions.list(request.team, ofTeam ? undefined : (request.channel ?? undefined))
    const own = visible.filter(({ team }) => team === request.team)
    if (own.length === 0) {
      return [
        {
          kind: 'text',
          line: ofTeam ? 'No channel is subscribed to anything yet.' : 'This channel is subscribed to nothing yet.',
        },
        { kind: 'note', line: 'For example: /subscribe topic:Libya at:09:00 days:mon-fri' },
      ]
    }
    const names = { roster: rooms.roster, book: await rooms.topics.bookOf(request.team) }
    const items = own.map((one) => line(one, request.at, ofTeam, names))
    const heading: Block = {
      kind: 'heading',
      text: own.length === 1 ? '1 subscription' : `${own.length} subscriptions`,
    }
    return [
      heading,
      { kind: 'list', items },
      { kind: 'note', line: 'End one with /unsubscribe and its number.' },
      ...againButtons(own),
    ]
  },
})

/** Stopped ones that get a button; whoever has more of them uses the numbers. */
const BUTTONS = 5

function againButtons(own: readonly Subscription[]): readonly Block[] {
  const stopped = own.filter(({ state }) => state === 'stopped').slice(0, BUTTONS)
  if (stopped.length === 0) return []
  const buttons = stopped.map(({ number }) => ({
    label: `Check ${number} again`,
    command: formatCommand('subscriptions', { again: String(number) }),
  }))
  return [{ kind: 'buttons', buttons }]
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
  const going = { ...meant, state: 'active' } as const
  const line: readonly Block[] = [
    { kind: 'text', line: `Subscription ${meant.number} goes on here: ${what}.` },
    ...nextWords(going, request.at),
  ]
  const isTried = await rooms.subscriptions.again(meant.id, line, request.at)
  if (!isTried) return [{ kind: 'text', line: `Subscription ${meant.number} goes on: ${what}.` }]
  const seen = isOwn(meant, request) ? 'you are told in private, within the hour' : 'whoever made it is told in private'
  return [
    {
      kind: 'text',
      line: `Subscription ${meant.number} goes on, and I am writing a line to its channel now: ${what}.`,
    },
    { kind: 'note', line: `If the channel refuses it again, ${seen}; /subscriptions shows it too.` },
    ...nextWords(going, request.at),
  ]
}

function line(subscription: Subscription, at: Date, withChannel: boolean, names: Names): Line {
  const what = `  ${filterWords(subscription.filter, names)}: ${scheduleWords(subscription)}`
  const where = withChannel ? ` in ${subscription.channel}` : ''
  return [{ strong: String(subscription.number) }, what, where, { faint: state(subscription, at) }]
}

function state(subscription: Subscription, at: Date): string {
  if (subscription.state === 'stopped') return `, stopped: ${subscription.explanation ?? 'the platform refused'}`
  if (subscription.kind === 'alerts') return ''
  const [next] = nextSlots(subscription.schedule, at, 1)
  return next === undefined ? '' : `, next ${slotWords(next.dueAt, subscription.schedule.zone)}`
}
