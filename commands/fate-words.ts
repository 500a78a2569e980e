import { type AlertFault, isGivenUp } from '../src/delivery/alert-faults.ts'
import { CORRECTED } from '../src/delivery/amendment.ts'
import { type Delivery, LEFT, STOPPED, UNSUBSCRIBED } from '../src/delivery/delivery.ts'
import { PUT_OFF } from '../src/delivery/put-off.ts'
import { type SettledSlot, TOO_LATE } from '../src/delivery/slot-store.ts'
import { type Clock, slotWords } from './subscription-words.ts'

/** Nobody calls it late before. */
const PROMPT_MS = 2 * 60_000

/** What became of a message: one sentence, and what explains it. */
export function messageWords(
  message: Delivery,
  { zone, dates, now }: Clock & { readonly now: Date },
  dueAt: Date = message.createdAt,
): readonly string[] {
  const at = (date: Date) => slotWords(date, zone, dates)
  const { state, code, explanation, tries, sentAt, notBefore } = message
  const platform = platformName(message)
  switch (state) {
    case 'sent':
      return [
        `Posted ${at(sentAt ?? message.createdAt)} (${zone}).`,
        ...(sentAt !== null && sentAt.getTime() - dueAt.getTime() > PROMPT_MS
          ? [
              `It left ${spanWords(sentAt.getTime() - dueAt.getTime())} after its time${tries > 1 ? `, at the ${ordinal(tries)} try` : ''}.`,
            ]
          : []),
      ]
    case 'due':
      return tries === 0
        ? [
            now.getTime() - notBefore.getTime() > PROMPT_MS
              ? `Not posted yet, and nothing has been tried: the way to ${platform} is closed, or many messages are before it. The operator’s log has more.`
              : 'It is on its way: nothing has been tried yet.',
          ]
        : [
            `Not posted yet: ${platform} did not take it (${code ?? 'no code'}). ${explanation === null ? '' : `${explanation} `}I try again ${at(notBefore)} (${zone}); ${tries === 1 ? 'one try' : `${tries} tries`} so far.`,
          ]
    case 'sending':
      return [
        `Sent, but the answer of ${platform} was lost. I look whether it is there before I send it again: a message never comes twice.`,
      ]
    case 'unknown':
      return [
        `Nobody knows: it was sent, the answer of ${platform} was lost, and the channel cannot be read to see whether it is there.`,
        'It is never sent again by itself. Whoever subscribed was asked in private to look in the channel and to press whether it is there.',
      ]
    case 'held':
      return [`Held back until ${at(notBefore)} (${zone}): ${heldWords(code)}. It comes then, with what else waits.`]
    case 'bundled':
      return ['It came together with others, in one message.']
    case 'refused':
      return refusalWords(message)
  }
}

/** Why a message was not taken, and what mends it. */
export function refusalWords(message: Pick<Delivery, 'code' | 'explanation' | 'platform'>): readonly string[] {
  const { code, explanation } = message
  if (code === CORRECTED) return ['Not posted: by then your team had put right what it would have told.']
  if (code === UNSUBSCRIBED) return ['Not posted: somebody ended the subscription before it left.']
  if (code === STOPPED)
    return ['Not posted: the channel had just refused another message for good, so its subscriptions were stopped.']
  if (code === LEFT) return ['Not posted: I was removed from here before it left.']
  if (code === PUT_OFF) return ['Not posted.', ...(explanation === null ? [] : [explanation])]
  if (code === TOO_LATE)
    return [
      `Not posted: ${platformName(message)} took no messages until the next digest was due, which tells all of it.`,
    ]
  return [
    `Not posted: ${platformName(message)} refused it for good (code ${code ?? 'unknown'}).`,
    ...(explanation === null ? [] : [explanation]),
  ]
}

/** What became of an alert that is not there. */
export function faultWords(fault: AlertFault, now: Date): string {
  return isGivenUp(fault, now)
    ? 'an alert could not be written: a fault of mine. What was said is on record; the operator’s log has more'
    : 'an alert could not be written yet: a fault of mine. I try again within the hour'
}

function platformName({ platform }: Pick<Delivery, 'platform'>): string {
  return platform === 'terminal' ? 'the terminal' : capital(platform)
}

export function heldWords(code: string | null): string {
  if (code === 'quiet') return 'a quiet time is set here (/quiet shows it)'
  if (code === 'kept') return 'it was kept while this channel took no messages'
  if (code === 'too many') return 'this channel has had its ten alerts of the hour'
  return 'alerts are gathered here, as the subscription asks for'
}

/** The same in a few words, for a line of a list. */
export function shortFate(slot: SettledSlot, message: Delivery | null): string {
  if (slot.fate === 'queued') return message === null ? 'posted; its message is no longer kept' : stateWords(message)
  if (slot.fate === 'skipped (empty)') return 'nothing to tell'
  if (slot.fate === 'not written') return 'could not be written'
  if (slot.fate === 'skipped (quiet)') return 'skipped: it was quiet here'
  return slot.delivery === null ? 'skipped: I was away' : 'skipped: the platform took no messages'
}

export function stateWords({ state, code }: Delivery): string {
  const words: Readonly<Record<Delivery['state'], string>> = {
    sent: 'posted',
    due: 'about to be posted',
    sending: 'sent, not confirmed yet',
    unknown: 'sent, never confirmed',
    held: `held back: ${heldWords(code)}`,
    bundled: 'came together with others',
    refused:
      code === CORRECTED
        ? 'taken off: put right before'
        : code === UNSUBSCRIBED
          ? 'taken off: unsubscribed'
          : code === LEFT
            ? 'taken off: I was removed from here'
            : `refused (${code ?? 'no code'})`,
  }
  return words[state]
}

function spanWords(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (minutes < 120) return `${minutes} minutes`
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} hours` : `${Math.round(minutes / 1440)} days`
}

function ordinal(count: number): string {
  return ['', 'first', 'second', 'third'][count] ?? `${count}th`
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
