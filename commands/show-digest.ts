import { clockWords, isOurs } from '../src/brief/day-words.ts'
import type { Block, Button } from '../src/chat/blocks.ts'
import { cutText } from '../src/chat/clean-text.ts'
import { demandRole } from '../src/chat/forbidden-error.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import { memberOf } from '../src/chat/messenger.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import type { Request } from '../src/chat/request.ts'
import type { Delivery, DeliveryId } from '../src/delivery/delivery.ts'
import type { FateReader } from '../src/delivery/fate-reader.ts'
import { localDay, localTime } from '../src/delivery/local-time.ts'
import { readShown, type ShowDigest, type Shown, showCommand } from '../src/delivery/shown.ts'
import type { DigestSubscription } from '../src/delivery/subscription.ts'
import type { SubscriptionStore } from '../src/delivery/subscription-store.ts'
import { demandSeen, digestsFor, theOneWith } from './own-subscription.ts'
import { type Clock, slotWords } from './subscription-words.ts'

export type ShowRooms = {
  readonly subscriptions: Pick<SubscriptionStore, 'listAll' | 'listOf'>
  readonly showDigest: ShowDigest
  readonly fates: FateReader
}

/** Briefs of a message on one page: each is a dozen lines. */
const BRIEFS_A_PAGE = 4
const ECHO = 40

/**
 * All of what a digest or a message with several briefs told in part, page by page: of a slot, the very things
 * that it told then, as the record has them today.
 */
export async function showWhole(
  typed: string,
  { page, everything }: { readonly page: number; readonly everything: DigestSubscription },
  rooms: ShowRooms,
  request: Request,
): Promise<readonly Block[]> {
  const shown = readShown(typed)
  if (shown === null) throw notFound(typed)
  if (shown.kind === 'message') return await briefsOf(shown.id, page, rooms, request)
  const subscription = shown.number === 0 ? everything : await digestOf(shown, typed, rooms, request)
  const { zone } = subscription.schedule
  if (shown.kind === 'window') {
    const { from, until } = shown.window
    const heading = `From ${slotWords(from, zone, request.dates)} to ${slotWords(until, zone, request.dates)} (${zone})`
    const found = await rooms.showDigest({ subscription, window: shown.window }, page)
    return pageBlocks(heading, found, typed)
  }
  const slot = await rooms.fates.slot(subscription.id, shown.on, shown.name)
  if (slot === null || slot.delivery === null) throw noDigest(shown, typed, slot !== null)
  const only = new Set(slot.told)
  const found = await rooms.showDigest({ subscription, window: slot.window, only }, page)
  return pageBlocks(
    `All of digest ${shown.number}, ${slotWords(slot.dueAt, zone, request.dates)} (${zone})`,
    found,
    typed,
  )
}

function pageBlocks(
  heading: string,
  { blocks, page, pages, statements, left }: Awaited<ReturnType<ShowDigest>>,
  key: string,
): readonly Block[] {
  const several = statements === 1 ? '1 statement' : `${statements} statements`
  const since =
    left === 0
      ? []
      : [
          {
            kind: 'note',
            line: `Of what it told then, ${left === 1 ? 'one thing reads' : `${left} things read`} otherwise today, after a late article or a correction: the words are here, the label of that day is not.`,
          } as const,
        ]
  return [
    { kind: 'heading', text: heading },
    { kind: 'note', line: pages === 1 ? several : `${several}, page ${page} of ${pages}` },
    ...(statements === 0 ? [{ kind: 'text', line: 'Nothing of it is on record any more.' } as const] : blocks),
    ...since,
    ...turning(key, page, pages),
  ]
}

function turning(key: string, page: number, pages: number): readonly Block[] {
  const buttons: readonly Button[] = [
    ...(page > 1 ? [{ label: 'Back', command: showCommand(key, page - 1) }] : []),
    ...(page < pages ? [{ label: 'More', command: showCommand(key, page + 1) }] : []),
  ]
  return buttons.length === 0 ? [] : [{ kind: 'buttons', buttons }]
}

/** A message of this place, or to the asker: as it was written. */
async function briefsOf(id: DeliveryId, wanted: number, rooms: ShowRooms, request: Request) {
  const message = await rooms.fates.message(id, request)
  const isTheirs = message !== null && memberOf(message.channel) === request.member.id
  if (message === null || (message.team !== request.team && !isTheirs)) throw notFound(id)
  if (message.channel !== request.channel && !isTheirs) demandRole(request, 'owner', 'see what other channels got')
  const all = await rooms.fates.bundledIn(id, message.team)
  if (all.length === 0) return await asItReads(message, rooms)
  const pages = Math.ceil(all.length / BRIEFS_A_PAGE)
  const page = Math.min(Math.max(1, wanted), pages)
  const here = all.slice((page - 1) * BRIEFS_A_PAGE, page * BRIEFS_A_PAGE)
  const zone = request.timeZone ?? 'UTC'
  return [
    { kind: 'heading', text: `${all.length} briefs in one message` },
    { kind: 'note', line: `As they were written, or put right since; the oldest first, page ${page} of ${pages}` },
    ...here.flatMap((brief) => [
      { kind: 'divider' } as const,
      cameAt(brief, { zone, dates: request.dates }),
      ...brief.blocks.map(smaller),
    ]),
    ...turning(id, page, pages),
  ] satisfies readonly Block[]
}

/** As it was posted, or as it was put right last. */
async function asItReads(message: Delivery, { fates }: ShowRooms): Promise<readonly Block[]> {
  // What named somebody who is forgotten is not kept.
  const kept = (await fates.correctionsOf(message)).filter(({ blocks }) => blocks.length > 0)
  return kept.at(-1)?.blocks ?? message.blocks
}

function cameAt({ createdAt }: Delivery, { zone, dates }: Clock): Block {
  const at = isOurs(dates)
    ? `${localDay(createdAt, zone)} ${localTime(createdAt, zone)}`
    : clockWords(createdAt, zone, dates)
  return { kind: 'note', line: `Written ${at} (${zone})` }
}

/** One heading is enough for a page. */
function smaller(block: Block): Block {
  return block.kind === 'heading' ? { kind: 'text', line: [{ strong: block.text }] } : block
}

/** Of this channel, the asker's own, or for an owner any of the team. */
async function digestOf(
  shown: Exclude<Shown, { kind: 'message' }>,
  typed: string,
  { subscriptions, fates }: ShowRooms,
  request: Request,
) {
  const numbered = (await digestsFor(subscriptions, request)).filter((one) => one.number === shown.number)
  const found = shown.kind === 'slot' ? await theOneWith(shown, numbered, fates) : numbered[0]
  if (found === undefined) throw notFound(typed)
  demandSeen(found, request)
  return found
}

function noDigest(
  { number, on, name }: Extract<Shown, { kind: 'slot' }>,
  typed: string,
  isKnown: boolean,
): NotUnderstoodError {
  const why = formatCommand('why', { digest: typed })
  const what = isKnown ? `Digest ${number} brought nothing` : `I have nothing of digest ${number}`
  const explanation = `${what} on ${on} at ${name}. ${why} tells why.`
  return new NotUnderstoodError({ option: 'show', typed, explanation })
}

function notFound(typed: string): NotUnderstoodError {
  const explanation = `I have no digest "${cutText(typed, ECHO)}" for you. The buttons under a digest send it: show:3.2026-11-27.09:00`
  return new NotUnderstoodError({ option: 'show', typed, explanation })
}
