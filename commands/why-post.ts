import type { Block, Button } from '../src/chat/blocks.ts'
import { demandRole } from '../src/chat/forbidden-error.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import { memberOf } from '../src/chat/messenger.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import type { Request } from '../src/chat/request.ts'
import type { Delivery, DeliveryId } from '../src/delivery/delivery.ts'
import { WAITED } from '../src/delivery/release-held.ts'
import { showCommand } from '../src/delivery/shown.ts'
import type { Subscription } from '../src/delivery/subscription.ts'
import type { SubscriptionStore } from '../src/delivery/subscription-store.ts'
import { amendedWords } from './amended-words.ts'
import { messageWords } from './fate-words.ts'
import { demandSeen, isOwnMessage } from './own-subscription.ts'
import type { TopicBooks } from './read-names.ts'
import { filterWords, type Names, scheduleWords, slotWords } from './subscription-words.ts'
import { type SlotRooms, slotBlocks } from './why-slot.ts'

export type PostRooms = SlotRooms & {
  readonly subscriptions: Pick<SubscriptionStore, 'get'>
  readonly roster: Names['roster']
  readonly topics: TopicBooks
}

/** Why one message came, or did not: by which rule, what it was about, what the platform said. */
export async function whyPost(typed: string, rooms: PostRooms, request: Request): Promise<readonly Block[]> {
  const message = await rooms.fates.message(typed as DeliveryId, request)
  if (message === null) throw notFound(typed)
  const subscription =
    message.subscription === null ? null : await rooms.subscriptions.get(message.subscription, request)
  if (subscription !== null) demandSeen(subscription, request)
  else if (!(await isSeenHere(message, rooms, request))) demandRole(request, 'owner', 'see what other channels got')
  const names = { roster: rooms.roster, book: await rooms.topics.bookOf(message.team) }
  const slot = subscription?.kind === 'digest' ? await slotOf(message, subscription, rooms) : null
  if (subscription?.kind === 'digest' && slot !== null)
    return await slotBlocks({ subscription, slot }, rooms, names, request)
  return await messageBlocks(message, subscription, { rooms, names }, request)
}

/** Of several in one message: where it stands, to whom it was written, and whoever subscribed to one of them. */
async function isSeenHere(message: Delivery, rooms: PostRooms, request: Request): Promise<boolean> {
  if (message.channel === request.channel || memberOf(message.channel) === request.member.id) return true
  return await isOwnMessage(message, rooms, request)
}

const SLOTS_READ = 400

async function slotOf(message: Delivery, { id }: Subscription, { fates }: PostRooms) {
  return (await fates.slots(id, SLOTS_READ)).find(({ delivery }) => delivery === message.id) ?? null
}

async function messageBlocks(
  message: Delivery,
  subscription: Subscription | null,
  { rooms, names }: { readonly rooms: PostRooms; readonly names: Names },
  request: Request,
): Promise<readonly Block[]> {
  const { timeZone, at: now, dates } = request
  const zone = timeZone ?? 'UTC'
  const at = (date: Date) => `${slotWords(date, zone, dates)} (${zone})`
  const together = message.bundle === null ? null : await rooms.fates.messageOf(message.team, message.bundle)
  const bundled = await rooms.fates.bundledIn(message.id, message.team)
  const wantedBy = (await rooms.fates.wantedBy(message)).filter((id) => id !== subscription?.id)
  const others = (
    await Promise.all(wantedBy.map((id) => rooms.subscriptions.get(id, { ...request, team: message.team })))
  ).filter((one) => one !== null)
  const corrections = await rooms.fates.correctionsOf(message)
  const facts = [
    ruleWords(message, subscription, names),
    ...others.map((one) => ruleWords(message, one, names)),
    `Came to be owed: ${at(message.createdAt)}`,
    ...(together === null ? [] : [`The message it came in: ${messageWords(together, { zone, dates, now }).join(' ')}`]),
    ...(bundled.length === 0 ? [] : [`It holds ${bundled.length} briefs that waited: ${reasonsOf(bundled)}`]),
    ...(message.tries === 0 ? [] : [`Tries: ${message.tries}${lastTry(message, at)}`]),
  ]
  // Outside the team only what was written to the asker is shown again.
  const mayShow = message.team === request.team || memberOf(message.channel) === request.member.id
  const buttons: readonly Button[] = [
    ...(bundled.length > 0 && mayShow ? [{ label: 'Show all', command: showCommand(message.id) }] : []),
    ...(corrections.length > 0 && mayShow ? [{ label: 'As it reads now', command: showCommand(message.id) }] : []),
    ...(together === null ? [] : [{ label: 'That message', command: formatCommand('why', { post: together.id }) }]),
    ...(subscription?.state === 'stopped'
      ? [{ label: 'Check again', command: formatCommand('subscriptions', { again: subscription.id }) }]
      : []),
  ]
  return [
    { kind: 'heading', text: titleOf(message) },
    ...[...messageWords(message, { zone, dates, now }), ...amendedWords(corrections, { zone, dates })].map(
      (line): Block => ({ kind: 'text', line }),
    ),
    { kind: 'list', items: facts },
    ...(buttons.length === 0 ? [] : [{ kind: 'buttons', buttons } as const]),
  ]
}

function lastTry({ sendingSince }: Delivery, at: (date: Date) => string): string {
  return sendingSince === null ? '' : `, the last begun ${at(sendingSince)}`
}

/** Gathered ones say why in the message; of those that waited their codes still tell. */
function reasonsOf(held: readonly Delivery[]): string {
  const codes = new Set(held.map(({ code }) => code))
  const words = [
    ...(codes.has('quiet') ? ['a quiet time was set here'] : []),
    ...(codes.has('too many') ? ['a channel gets ten alerts an hour, and the rest of the hour together'] : []),
    ...(codes.has(WAITED) ? ['they could not be posted when they came'] : []),
    ...(codes.has('gathered') ? ['the subscription gathers'] : []),
  ]
  return words.length === 0 ? 'they came together' : words.join('; ')
}

function ruleWords({ kind }: Delivery, subscription: Subscription | null, names: Names): string {
  if (kind === 'correction') return 'It puts right what another message had told'
  if (subscription === null)
    return kind === 'notice' ? 'A line of mine about subscriptions or feeds' : 'Several briefs in one message'
  const what = `${filterWords(subscription.filter, names)}: ${scheduleWords(subscription)}`
  return `By subscription ${subscription.number}: ${what}`
}

function titleOf({ blocks, kind }: Delivery): string {
  const heading = blocks.find((block) => block.kind === 'heading')
  return `Message: ${heading?.text ?? (kind === 'notice' ? 'a line of mine' : `a ${kind}`)}`
}

function notFound(typed: string): NotUnderstoodError {
  const explanation = 'I have no such message for you. /why shows what came here; its buttons send such ids.'
  return new NotUnderstoodError({ option: 'post', typed, explanation })
}
