import { slotDay } from '../src/brief/day-words.ts'
import type { Block, Button, Line } from '../src/chat/blocks.ts'
import { cutText } from '../src/chat/clean-text.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import type { Request } from '../src/chat/request.ts'
import type { Delivery } from '../src/delivery/delivery.ts'
import { type Slot, slotsBetween } from '../src/delivery/due-slots.ts'
import { slotKey } from '../src/delivery/shown.ts'
import type { DigestSubscription, Subscription } from '../src/delivery/subscription.ts'
import type { SubscriptionStore } from '../src/delivery/subscription-store.ts'
import { faultWords, shortFate, stateWords } from './fate-words.ts'
import { instantOf, type Moment, readMoment } from './read-moment.ts'
import { type Clock, filterWords, type Names, scheduleWords, slotWords } from './subscription-words.ts'
import { type SlotRooms, slotBlocks } from './why-slot.ts'

export type HereRooms = SlotRooms & { readonly subscriptions: Pick<SubscriptionStore, 'listAll'> }

/** Lines of the overview; as many buttons as one row holds. */
const SHOWN = 8
const BUTTONS = 5
/** A digest of another minute than the one that was named is hardly meant. */
const AROUND_MS = 15 * 60_000
const DAY_MS = 86_400_000
/** Messages that are looked through for a time. */
const READ = 200
/** Of several digests at one time these are told in full. */
const IN_FULL = 3
const TITLE = 60

/** What came here of late, and what did not: the newest first, each with a button that tells why. */
export async function whatCame(rooms: HereRooms, request: Request): Promise<readonly Block[]> {
  const place = placeOf(request)
  if (place === null) return []
  const digests = await digestsHere(rooms, request)
  const slots = await Promise.all(
    digests.map(async (subscription) => {
      const found = await rooms.fates.slots(subscription.id, SHOWN)
      return await Promise.all(
        found.map(async (slot) => {
          const message = slot.delivery === null ? null : await rooms.fates.messageOf(place.team, slot.delivery)
          const words = `digest ${subscription.number}: ${shortFate(slot, message)}`
          const command = formatCommand('why', { digest: slotKey(subscription.number, slot) })
          return { at: slot.dueAt, zone: subscription.schedule.zone, words, command }
        }),
      )
    }),
  )
  const zone = request.timeZone ?? digests[0]?.schedule.zone ?? 'UTC'
  const alerts = (await rooms.fates.messagesIn(place, READ))
    .filter(({ kind }) => kind !== 'digest')
    .slice(0, SHOWN)
    .map((one) => ({ at: one.createdAt, zone, words: `${titleOf(one)}: ${stateWords(one)}`, command: commandOf(one) }))
  const missing = (await rooms.fates.faultsIn(place, SHOWN)).map((fault) => ({
    ...{ at: fault.failedAt, zone, command: null },
    words: faultWords(fault, request.at),
  }))
  const all = [...slots.flat(), ...alerts, ...missing]
    .sort((one, other) => other.at.getTime() - one.at.getTime())
    .slice(0, SHOWN)
  if (all.length === 0) return []
  const buttons = all
    .flatMap(({ command }, i): readonly Button[] => (command === null ? [] : [{ label: `Why ${i + 1}?`, command }]))
    .slice(0, BUTTONS)
  return [
    { kind: 'heading', text: 'What came here, and what did not' },
    {
      kind: 'list',
      items: all.map(
        ({ at, zone: of, words }, i): Line => [
          { strong: String(i + 1) },
          `  ${slotWords(at, of, request.dates)}, ${words}`,
        ],
      ),
    },
    ...(buttons.length === 0 ? [] : [{ kind: 'buttons', buttons } as const]),
    { kind: 'note', line: 'For another time: /why at:09:00, /why at:"yesterday 09:00"' },
  ]
}

/** "Why did nothing come at nine?": every digest that was promised here then, and the alerts around that time. */
export async function whyAt(
  typed: string,
  rooms: HereRooms,
  names: Names,
  request: Request,
): Promise<readonly Block[]> {
  const place = placeOf(request)
  if (place === null) return [{ kind: 'text', line: 'There is no channel here.' }]
  const here = await rooms.subscriptions.listAll(request.team, place.channel)
  const digests = here.filter((one): one is DigestSubscription => one.kind === 'digest' && one.team === request.team)
  const zone = request.timeZone ?? digests[0]?.schedule.zone ?? 'UTC'
  const moment = readMoment('at', typed, { at: request.at, zone, looks: 'back' })
  const meant = digests.flatMap((subscription) =>
    slotsAt(subscription, moment, zone).map((slot) => ({ subscription, slot })),
  )
  const full = await Promise.all(meant.slice(0, IN_FULL).map((one) => slotBlocks(one, rooms, names, request)))
  const more = meant.slice(IN_FULL).map(
    ({ subscription: { number }, slot }): Button => ({
      label: `Digest ${number}, ${slot.name}`,
      command: formatCommand('why', { digest: slotKey(number, slot) }),
    }),
  )
  const others = await messagesAround(moment, zone, rooms, request)
  const missing = (await rooms.fates.faultsIn(place, READ)).filter(({ failedAt }) => isAround(moment, zone, failedAt))
  const lines = [
    ...others.map(
      (one): Line => `${slotWords(one.createdAt, zone, request.dates)}, ${titleOf(one)}: ${stateWords(one)}`,
    ),
    ...missing.map(
      (fault): Line => `${slotWords(fault.failedAt, zone, request.dates)}, ${faultWords(fault, request.at)}`,
    ),
  ]
  return [
    ...(meant.length === 0 ? nothingPromised(moment, { zone, dates: request.dates }, here, names) : []),
    ...full.flatMap((blocks, i): readonly Block[] => (i === 0 ? blocks : [{ kind: 'divider' }, ...blocks])),
    ...(more.length === 0 ? [] : [{ kind: 'buttons', buttons: more.slice(0, BUTTONS) } as const]),
    ...alertBlocks(lines, here),
  ]
}

/** The slots of a day, or those at that instant or of that very name. */
function slotsAt({ schedule }: DigestSubscription, moment: Moment, zone: string): readonly Slot[] {
  const wanted = instantOf(moment, zone)
  const from = new Date(wanted.getTime() - DAY_MS)
  const around = slotsBetween(schedule, from, new Date(wanted.getTime() + 2 * DAY_MS))
  if (moment.time === null) {
    const end = new Date(instantOf({ on: moment.on, time: '23:59' }, zone).getTime() + 60_000)
    return around.filter(({ dueAt }) => dueAt >= wanted && dueAt < end)
  }
  return around.filter(
    ({ on, name, dueAt }) =>
      (on === moment.on && name === moment.time) || Math.abs(dueAt.getTime() - wanted.getTime()) < AROUND_MS,
  )
}

function nothingPromised(
  { on, time }: Moment,
  clock: Clock,
  here: readonly Subscription[],
  names: Names,
): readonly Block[] {
  const day = slotDay(on, clock.dates)
  const when = time === null ? `on ${day}` : `on ${day} at ${time} (${clock.zone})`
  return [
    { kind: 'text', line: `No digest was promised here ${when}, so none came.` },
    ...(here.length === 0
      ? [
          {
            kind: 'note',
            line: 'This channel is subscribed to nothing. For example: /subscribe topic:Libya at:09:00',
          } as const,
        ]
      : [
          { kind: 'text', line: 'What was or is promised here:' } as const,
          {
            kind: 'list',
            items: here.map(
              (one): Line => [
                { strong: String(one.number) },
                `  ${filterWords(one.filter, names)}: ${scheduleWords(one)}`,
                { faint: goneWords(one, clock) },
              ],
            ),
          } as const,
        ]),
  ]
}

/** What keeps it from coming; empty where nothing does. */
function goneWords({ state, explanation, endedAt }: Subscription, { zone, dates }: Clock): string {
  const since = endedAt === null ? '' : ` since ${slotWords(endedAt, zone, dates)}`
  if (state === 'ended') return `, ended${since}`
  return state === 'stopped' ? `, stopped${since}: ${explanation ?? 'the platform refused'}` : ''
}

async function messagesAround(moment: Moment, zone: string, { fates }: HereRooms, request: Request) {
  const place = placeOf(request)
  if (place === null) return []
  const all = await fates.messagesIn(place, READ)
  return all
    .filter(({ kind, createdAt }) => kind !== 'digest' && isAround(moment, zone, createdAt))
    .slice(0, SHOWN)
    .reverse()
}

function isAround(moment: Moment, zone: string, at: Date): boolean {
  const wanted = instantOf(moment, zone).getTime()
  const [from, until] = moment.time === null ? [wanted, wanted + DAY_MS] : [wanted - AROUND_MS, wanted + AROUND_MS]
  return at.getTime() >= from && at.getTime() < until
}

function alertBlocks(lines: readonly Line[], here: readonly Subscription[]): readonly Block[] {
  if (lines.length > 0)
    return [
      { kind: 'text', line: [{ strong: 'Alerts around that time' }] },
      { kind: 'list', items: lines },
    ]
  const isAlerted = here.some(({ kind, state }) => kind === 'alerts' && state === 'active')
  return isAlerted ? [{ kind: 'note', line: 'No alert came to be owed here around that time.' }] : []
}

async function digestsHere({ subscriptions }: HereRooms, { team, channel }: Request) {
  const all = channel === null ? [] : await subscriptions.listAll(team, channel)
  return all.filter((one): one is DigestSubscription => one.kind === 'digest' && one.team === team)
}

function placeOf({ team, platform, channel }: Request) {
  return channel === null ? null : { team, platform, channel }
}

function titleOf({ blocks, kind }: Delivery): string {
  const heading = blocks.find((block) => block.kind === 'heading')
  return heading === undefined ? (kind === 'notice' ? 'a line of mine' : 'alert') : cutText(heading.text, TITLE)
}

function commandOf({ id }: Delivery): string {
  return formatCommand('why', { post: id })
}
