import type { Block } from '../src/chat/blocks.ts'
import { demandRole } from '../src/chat/forbidden-error.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import type { Request } from '../src/chat/request.ts'
import type { DeliveryId } from '../src/delivery/delivery.ts'
import type { FateReader } from '../src/delivery/fate-reader.ts'
import type { Outbox } from '../src/delivery/outbox.ts'
import type { SubscriptionStore } from '../src/delivery/subscription-store.ts'
import { messageWords } from './fate-words.ts'
import { isOwnMessage } from './own-subscription.ts'

export type SettleRooms = {
  readonly subscriptions: Pick<SubscriptionStore, 'get'>
  readonly fates: Pick<FateReader, 'message' | 'bundledIn'>
  readonly outbox: Pick<Outbox, 'settle'>
}

/**
 * What a person saw of a message that the platform never confirmed: it is there, or it is missing and sent now. Of
 * several who say so the first counts.
 */
export async function settleMessage(
  typed: string,
  found: 'there' | 'missing',
  rooms: SettleRooms,
  request: Request,
): Promise<readonly Block[]> {
  const message = await rooms.fates.message(typed as DeliveryId, request)
  if (message === null) throw notFound(found, typed)
  if (!(await isOwnMessage(message, rooms, request))) demandRole(request, 'owner', 'say what became of that message')
  const isSettled = await rooms.outbox.settle(message.id, found, request.at)
  const why = { label: 'Why?', command: formatCommand('why', { post: message.id }) }
  if (!isSettled) {
    const now = (await rooms.fates.message(message.id, request)) ?? message
    const words = messageWords(now, { zone: request.timeZone ?? 'UTC', dates: request.dates, now: request.at })
    return [
      { kind: 'text', line: `There is nothing to settle. ${words.join(' ')}` },
      { kind: 'buttons', buttons: [why] },
    ]
  }
  const line =
    found === 'there'
      ? 'Thank you: it counts as posted.'
      : 'Thank you: I send it now, once. If I cannot, you are told in private.'
  return [
    { kind: 'text', line },
    { kind: 'buttons', buttons: [why] },
  ]
}

function notFound(found: 'there' | 'missing', typed: string): NotUnderstoodError {
  const explanation = 'I have no such message for you. The buttons of the message that asks about it send this.'
  return new NotUnderstoodError({ option: found === 'there' ? 'arrived' : 'missing', typed, explanation })
}
