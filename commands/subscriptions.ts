import type { Block, Line } from '../src/chat/blocks.ts'
import { defineCommand } from '../src/chat/command.ts'
import { demandRole } from '../src/chat/forbidden-error.ts'
import { nextSlots } from '../src/delivery/due-slots.ts'
import type { Subscription } from '../src/delivery/subscription.ts'
import type { SubscriptionStore } from '../src/delivery/subscription-store.ts'
import type { Roster } from '../src/speaker/roster.ts'
import type { TopicBooks } from './read-names.ts'
import { filterWords, type Names, scheduleWords, slotWords } from './subscription-words.ts'

type Rooms = {
  readonly subscriptions: Pick<SubscriptionStore, 'list'>
  readonly roster: Roster
  readonly topics: TopicBooks
}

/** What this channel gets, and when it gets it next. */
export const subscriptions = defineCommand<Rooms, 'of'>({
  name: 'subscriptions',
  summary: 'What does this channel get, and when?',
  examples: ['/subscriptions', '/subscriptions of:team'],
  options: {
    of: {
      kind: 'choice',
      description: 'Of this channel, or of the whole team (owners only)',
      choices: ['channel', 'team'],
    },
  },

  async run({ of = 'channel' }, rooms, request) {
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
    return [heading, { kind: 'list', items }, { kind: 'note', line: 'End one with /unsubscribe and its number.' }]
  },
})

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
