import type { Block } from '../src/chat/blocks.ts'
import type { OptionValues } from '../src/chat/command.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import { readDurationMs } from '../src/chat/read-when.ts'
import type { Request } from '../src/chat/request.ts'
import type { Edited } from '../src/delivery/edit-subscription.ts'
import type { Subscription } from '../src/delivery/subscription.ts'
import type { SubscriptionStore } from '../src/delivery/subscription-store.ts'
import { demandOpenPlace, type Places } from './open-place.ts'
import { demandOwn, readSubscription } from './own-subscription.ts'
import type { FilterRooms } from './read-filter.ts'
import { readWish, type WishOption } from './read-wish.ts'
import { unreadWords } from './subscribe-words.ts'
import {
  filterWords,
  type Names,
  NEXT_SHOWN,
  nextWords,
  pauseWords,
  placeWords,
  scheduleWords,
  zoneOf,
} from './subscription-words.ts'

export type ChangeRooms = FilterRooms & {
  readonly subscriptions: Pick<
    SubscriptionStore,
    'listAll' | 'get' | 'edit' | 'undoEdit' | 'pause' | 'resume' | 'nextSlots'
  >
  readonly places: Places
}

/** Whoever wants it to rest for longer wants to unsubscribe. */
const LONGEST_MS = 366 * 86_400_000
const MINUTE_MS = 60_000
const ECHO = 40

/** Another place, time, zone or filter: what it was, what it is now, when it comes next, and the way back. */
export async function editIt(
  number: string,
  options: OptionValues<WishOption | 'to'>,
  rooms: ChangeRooms,
  request: Request,
): Promise<readonly Block[]> {
  const { subscriptions, places } = rooms
  const meant = await going('edit', number, rooms, request)
  demandOwn(meant, request, 'change')
  const names = await namesOf(meant, rooms)
  const here = { team: meant.team, platform: meant.platform, channel: meant.channel, createdBy: meant.createdBy }
  const moved = options.to === undefined ? null : await demandOpenPlace(request, options.to, places)
  const place = moved === null ? here : { ...here, channel: moved.channel }
  const { wish, unread } = await readWish(options, { base: meant, place, zone: null }, { ...rooms, ...names }, request)
  const edited = await subscriptions.edit(meant.id, wish, request.at)
  const doubt = moved?.doubt ?? null
  return [
    ...(await editBlocks(edited, meant, rooms, request)),
    ...(doubt === null ? [] : [{ kind: 'note', line: doubt } as const]),
    ...unreadWords(unread),
  ]
}

/** Takes back one edit: `3.2` is the second one of subscription 3. */
export async function undoIt(typed: string, rooms: ChangeRooms, request: Request): Promise<readonly Block[]> {
  const [, number = '', edit] = /^#?(\d{1,9})\.(\d{1,9})$/.exec(typed.trim()) ?? []
  const meant = await going('undo', edit === undefined ? typed : number, rooms, request)
  demandOwn(meant, request, 'change')
  const edited = await rooms.subscriptions.undoEdit(meant.id, Number(edit ?? meant.edit?.number ?? 0), request.at)
  if (edited !== null) return await editBlocks(edited, meant, rooms, request)
  const names = await namesOf(meant, rooms)
  return [
    { kind: 'text', line: `That change was taken back, or followed by another: nothing was changed now.` },
    { kind: 'note', line: `Subscription ${meant.number} is ${whole(meant, names, request)}.` },
  ]
}

/** No digests and no alerts of it, for a time or until it is resumed. */
export async function pauseIt(
  number: string,
  length: string | undefined,
  rooms: ChangeRooms,
  request: Request,
): Promise<readonly Block[]> {
  const meant = await going('pause', number, rooms, request)
  demandOwn(meant, request, 'pause')
  const until = length === undefined ? null : new Date(request.at.getTime() + lengthMs(length))
  await rooms.subscriptions.pause(meant.id, until, request.at)
  const now = { ...meant, pause: { at: request.at, until } }
  const names = await namesOf(meant, rooms)
  const rest = pauseWords(now, request, zoneOf(now, request.timeZone)) ?? ''
  const meanwhile =
    meant.kind === 'digest'
      ? 'Nothing is lost: its next digest tells what came meanwhile too.'
      : 'Alerts of that time are not made up for: /said finds what was said.'
  return [
    { kind: 'heading', text: `Subscription ${meant.number}: ${rest}` },
    { kind: 'text', line: `${filterWords(meant.filter, names)}: ${scheduleWords(meant)}.` },
    ...nextWords(now, request),
    { kind: 'note', line: meanwhile },
    { kind: 'buttons', buttons: [{ label: 'Resume now', command: formatCommand('subscribe', { resume: number }) }] },
  ]
}

export async function resumeIt(number: string, rooms: ChangeRooms, request: Request): Promise<readonly Block[]> {
  const meant = await going('resume', number, rooms, request)
  demandOwn(meant, request, 'resume')
  const wasPaused = await rooms.subscriptions.resume(meant.id, request.at)
  const now = { ...meant, pause: null }
  const names = await namesOf(meant, rooms)
  const goesOn = wasPaused ? 'goes on' : 'was not paused: it goes on'
  return [
    {
      kind: 'text',
      line: `Subscription ${meant.number} ${goesOn}: ${filterWords(meant.filter, names)}, ${scheduleWords(meant)}.`,
    },
    ...nextWords(now, request, await slotsOf(now, rooms, request)),
  ]
}

async function editBlocks(
  edited: Edited,
  { number }: Subscription,
  rooms: ChangeRooms,
  request: Request,
): Promise<readonly Block[]> {
  switch (edited.kind) {
    case 'gone':
      return [{ kind: 'text', line: `Subscription ${number} has ended meanwhile: nothing was changed.` }]
    case 'taken':
      return [
        {
          kind: 'text',
          line: `Subscription ${edited.by} is just that already, so nothing was changed. End one of them: /unsubscribe ${number}`,
        },
      ]
    case 'same': {
      const names = await namesOf(edited.after, rooms)
      return [
        { kind: 'text', line: `Subscription ${number} is that already: ${whole(edited.after, names, request)}.` },
        { kind: 'note', line: `Say what is to be other: /subscribe edit ${number} at:10:00, or topic:, only:, to: …` },
      ]
    }
    case 'edited': {
      const { before, after } = edited
      const names = await namesOf(after, rooms)
      return [
        { kind: 'heading', text: `Subscription ${number} is changed` },
        {
          kind: 'list',
          items: [
            [{ strong: 'Before' }, `: ${whole(before, names, request)}`],
            [{ strong: 'Now' }, `: ${whole(after, names, request)}`],
          ],
        },
        ...nextWords(after, request, await slotsOf(after, rooms, request)),
        ...(after.channel === before.channel
          ? []
          : [{ kind: 'note', line: 'What was under way to the old place already is still posted there.' } as const]),
        {
          kind: 'buttons',
          buttons: [
            {
              label: 'Undo',
              command: formatCommand('subscribe', { undo: `${number}.${after.edit?.number ?? 0}` }),
              style: 'danger',
            },
            ...(after.kind === 'digest' ? [{ label: 'Preview', command: `/digest preview ${number}` }] : []),
          ],
        },
      ]
    }
  }
}

/** One that goes on or has stopped; what was ended is taken back first. */
async function going(
  option: string,
  number: string,
  { subscriptions }: ChangeRooms,
  request: Request,
): Promise<Subscription> {
  const meant = await readSubscription(option, number, subscriptions, request)
  if (meant.state !== 'ended') return meant
  throw new NotUnderstoodError({
    option,
    typed: number,
    explanation: `Subscription ${meant.number} was ended. /unsubscribe undo:${meant.number} makes it go on.`,
  })
}

/** Times that are promised anew by a change are told as they will be kept. */
async function slotsOf(subscription: Subscription, { subscriptions }: ChangeRooms, { at }: Request) {
  if (subscription.kind !== 'digest' || (subscription.pause !== null && subscription.pause.until === null))
    return undefined
  const from = new Date(Math.max(at.getTime(), subscription.pause?.until?.getTime() ?? 0))
  return await subscriptions.nextSlots(subscription, from, NEXT_SHOWN)
}

function whole(subscription: Subscription, names: Names, { channel }: Request): string {
  const where = placeWords(subscription.channel, channel)
  return `${filterWords(subscription.filter, names)}: ${scheduleWords(subscription)}${where === '' ? '' : `, ${where}`}`
}

async function namesOf({ team }: Subscription, { roster, topics }: ChangeRooms): Promise<Names> {
  return { roster, book: await topics.bookOf(team) }
}

/** Here `30m` is half an hour: nobody pauses for thirty months. */
function lengthMs(typed: string): number {
  const [, minutes] = /^(\d{1,5})\s*(?:m|min|mins|minutes?)$/i.exec(typed.trim()) ?? []
  const ms = minutes === undefined ? readDurationMs(typed) : Number(minutes) * MINUTE_MS
  if (ms !== null && ms > 0 && ms <= LONGEST_MS) return ms
  throw new NotUnderstoodError({
    option: 'for',
    typed,
    explanation: `I cannot read "${typed.slice(0, ECHO)}" as a time of up to a year. Write for:8h, for:7d or for:4w.`,
    suggestions: ['7d'],
  })
}
