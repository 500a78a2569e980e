import type { Block, Button } from '../src/chat/blocks.ts'
import { type Answer, defineCommand, type OptionValues } from '../src/chat/command.ts'
import { ForbiddenError } from '../src/chat/forbidden-error.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import { isAtLeast, type Request } from '../src/chat/request.ts'
import type { Place } from '../src/delivery/delivery.ts'
import type { Quiet } from '../src/delivery/quiet.ts'
import type { KeptQuiet, QuietStore } from '../src/delivery/quiet-store.ts'
import type { SubscriptionStore } from '../src/delivery/subscription-store.ts'
import type { Roster } from '../src/speaker/roster.ts'
import { demandPlace } from './demand-place.ts'
import { endCommand, placesOf, quietsSet, whoseOption } from './own-quiets.ts'
import { isOwn } from './own-subscription.ts'
import { meanwhileWords, quietCommand, quietWords } from './quiet-words.ts'
import { speakerOption, type TopicBooks, topicOption } from './read-names.ts'
import { isAsked, readQuiet, sortQuietWords } from './read-quiet.ts'
import type { Names } from './subscription-words.ts'

type Rooms = {
  readonly quiets: Pick<QuietStore, 'add' | 'end' | 'list' | 'takeBack'>
  readonly subscriptions: Pick<SubscriptionStore, 'list'>
  readonly roster: Roster
  readonly topics: TopicBooks
}

type Name = 'action' | 'topic' | 'speaker' | 'for' | 'until' | 'from' | 'to' | 'tz' | 'whose' | 'which' | 'undo'

/** A time in which a channel or a person wants to be left alone, for once or every day. */
export const quiet = defineCommand<Rooms, Name>({
  name: 'quiet',
  summary: 'No alerts here for a time, of everything or of a topic, or in some hours of every day',
  examples: ['/quiet for:24h', '/quiet topic:Libya for:7d', '/quiet from:22:00 to:07:00', '/quiet end', '/quiet'],
  options: {
    action: { kind: 'choice', description: 'end: it is over now; none: set it, or list what is set', choices: ['end'] },
    topic: topicOption('Only what is on this topic; none: everything, digests too'),
    speaker: speakerOption('Only what this speaker says; none: everything, digests too'),
    for: { kind: 'text', description: 'How long from now, such as 30m, 8h, 24h or 7d', suggest: async () => SUGGESTED },
    until: { kind: 'text', description: 'Until when, such as 18:00, "mon 09:00" or "2026-12-01 09:00"' },
    from: { kind: 'time', description: 'Every day from this local time on, such as 22:00' },
    to: { kind: 'time', description: 'Every day up to this local time, such as 07:00' },
    tz: { kind: 'zone', description: 'Time zone of those times; none: yours' },
    whose: {
      kind: 'choice',
      description: 'here: this channel; me: what I write to you alone',
      choices: ['here', 'me'],
    },
    which: { kind: 'text', description: 'One of several that are set; its End button sends it' },
    undo: { kind: 'number', description: 'Takes back that something was ended; the Undo button sends it' },
  },
  forms: [
    {
      title: 'Set a quiet time',
      opens: 'by button',
      fields: [
        'for',
        'topic',
        'speaker',
        { option: 'from', label: 'Every day from' },
        { option: 'to', label: 'Every day up to' },
        { option: 'until', label: 'Until' },
        { option: 'tz', label: 'Time zone' },
        'whose',
      ],
    },
  ],

  sortWords: async (words, { roster, topics }, { team }) => sortQuietWords(words, roster, await topics.bookOf(team)),

  async run(options, rooms, request): Promise<Answer> {
    const { team } = demandPlace(request)
    const names = { roster: rooms.roster, book: await rooms.topics.bookOf(team) }
    const whose = options.whose === 'me' || (options.whose === undefined && request.isDirectMessage) ? 'me' : 'here'
    const isEnd = options.action === 'end'
    if (!isEnd && options.undo === undefined && !isAsked(options)) return say(await list(rooms, names, request))

    const places = placesOf(whose, request)
    if (whose === 'here') await demandMayQuiet(rooms, request)
    const blocks = isEnd
      ? await end(options, places, { whose, names }, rooms, request)
      : options.undo === undefined
        ? await set(options, places, { whose, names }, rooms, request)
        : await takeBack(options.undo, places, rooms)
    // Whoever else is in the channel finds out why it is silent.
    return whose === 'me' || request.isDirectMessage ? say(blocks) : { blocks, seenBy: 'everybody' }
  },
})

const SUGGESTED = ['30m', '1h', '8h', '24h', '7d'].map((value) => ({ label: value, value }))

type Whose = { readonly whose: 'here' | 'me'; readonly names: Names }

async function set(
  options: OptionValues<Name>,
  places: readonly Place[],
  { whose, names }: Whose,
  { quiets }: Rooms,
  request: Request,
): Promise<readonly Block[]> {
  const { quiet: wished, zone } = readQuiet(options, names, request)
  if (whose === 'me' && !request.isDirectMessage && wished.kind === 'for a time' && wished.filter !== null) {
    const explanation =
      'What I write to you alone is about feeds and subscriptions, not about topics. Leave the topic out, or ask in our conversation.'
    throw new NotUnderstoodError({ option: 'whose', typed: 'me', explanation, suggestions: ['here'] })
  }
  const kept = await Promise.all(places.map((place) => quiets.add(place, wished, request.member.id, request.at)))
  const [first] = kept
  const undo =
    first === undefined || first.before === null
      ? endCommand(first?.id, whose)
      : quietCommand(first.before, whose, zone)
  return [
    { kind: 'text', line: `Quiet ${whereOf(whose)} ${quietWords(wished, names, { zone, dates: request.dates })}.` },
    { kind: 'note', line: meanwhileWords(wished) },
    { kind: 'buttons', buttons: [{ label: 'Undo', command: undo, style: 'danger' }] },
  ]
}

async function end(
  { which, ...options }: OptionValues<Name>,
  places: readonly Place[],
  { whose, names }: Whose,
  { quiets }: Rooms,
  request: Request,
): Promise<readonly Block[]> {
  const kept = (await Promise.all(places.map((place) => quiets.list(place, request.at)))).flat()
  const about = isAsked(options) ? readQuiet({ for: '1h', ...options }, names, request).quiet : null
  const meant = kept.filter((one) => isMeant(one, which, about, kept))
  if (meant.length === 0)
    return [{ kind: 'text', line: `Nothing of that is set ${whereOf(whose)}: what comes, comes at once.` }]
  const isAll = meant.length === kept.length
  const ended = isAll
    ? (await Promise.all(places.map((place) => quiets.end(place, request.at)))).flat()
    : (await Promise.all(meant.flatMap(({ id }) => places.map((place) => quiets.end(place, request.at, id))))).flat()
  const zone = request.timeZone ?? 'UTC'
  const words = [...new Set(ended.map((one) => quietWords(one.quiet, names, { zone, dates: request.dates })))]
  const undo = formatCommand('quiet', { undo: String(request.at.getTime()), ...whoseOption(whose) })
  return [
    { kind: 'text', line: `No longer quiet ${whereOf(whose)}. Ended:` },
    { kind: 'list', items: words },
    { kind: 'note', line: 'What was held meanwhile comes now, in one message.' },
    { kind: 'buttons', buttons: [{ label: 'Undo', command: undo }] },
  ]
}

/** One by its id; else those about the same things; else all. The id names the same thing in each place of a person. */
function isMeant(one: KeptQuiet, which: string | undefined, about: Quiet | null, all: readonly KeptQuiet[]): boolean {
  if (which !== undefined) {
    const named = all.find(({ id }) => id === which)
    return named !== undefined && isSame(one.quiet, named.quiet)
  }
  return about === null || isSame(one.quiet, about)
}

function isSame(one: Quiet, other: Quiet): boolean {
  if (one.kind === 'hours' || other.kind === 'hours') return one.kind === other.kind
  return JSON.stringify(one.filter) === JSON.stringify(other.filter)
}

async function takeBack(typed: string, places: readonly Place[], { quiets }: Rooms) {
  const endedAt = new Date(Number(typed))
  if (Number.isNaN(endedAt.getTime()))
    throw new NotUnderstoodError({ option: 'undo', typed, explanation: 'The Undo button of /quiet end sends that.' })
  const back = (await Promise.all(places.map((place) => quiets.takeBack(place, endedAt)))).reduce((a, b) => a + b, 0)
  if (back === 0) return [{ kind: 'text', line: 'There is nothing to take back.' }] satisfies readonly Block[]
  return [
    { kind: 'text', line: 'It is quiet again, as it was set before.' },
    { kind: 'buttons', buttons: [{ label: 'What is set', command: formatCommand('quiet', {}) }] },
  ] satisfies readonly Block[]
}

async function list({ quiets }: Rooms, names: Names, request: Request): Promise<readonly Block[]> {
  const whoses: readonly Whose['whose'][] = request.isDirectMessage ? ['me'] : ['here', 'me']
  const all = (await Promise.all(whoses.map((whose) => quietsSet(whose, quiets, names, request)))).flat()
  if (all.length === 0) {
    return [
      { kind: 'text', line: 'Nothing is quiet here: what comes, comes at once.' },
      { kind: 'note', line: 'For example: /quiet for:24h, /quiet topic:Libya for:7d, /quiet from:22:00 to:07:00' },
    ]
  }
  const buttons = all.slice(0, BUTTONS).map(
    ({ whose, id }, i): Button => ({
      label: all.length === 1 ? 'End it' : `End ${i + 1}`,
      command: endCommand(id, whose),
    }),
  )
  return [
    { kind: 'heading', text: 'Quiet times' },
    {
      kind: 'list',
      items: all.map(({ whose, words }, i) => [{ strong: String(i + 1) }, `  ${capital(whereOf(whose))} ${words}`]),
    },
    { kind: 'buttons', buttons },
  ]
}

const BUTTONS = 5

/** A channel is silenced by those who may end what comes there: editors, owners, and who subscribed it. */
async function demandMayQuiet({ subscriptions }: Rooms, request: Request): Promise<void> {
  if (request.isDirectMessage || isAtLeast(request.role, 'editor')) return
  const here = await subscriptions.list(request.team, request.channel ?? undefined)
  if (here.some((one) => isOwn(one, request))) return
  throw new ForbiddenError('editor', 'make a channel quiet whose subscriptions somebody else made')
}

function whereOf(whose: 'here' | 'me'): string {
  return whose === 'me' ? 'for you' : 'here'
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function say(blocks: readonly Block[]): Answer {
  return { blocks }
}
