import type { Request } from '../src/chat/request.ts'
import { AMENDED_DAYS } from '../src/delivery/amendment.ts'
import type { AmendmentStore } from '../src/delivery/amendment-store.ts'
import type { Delivery } from '../src/delivery/delivery.ts'
import { type Clock, slotWords } from './subscription-words.ts'

export type AmendRooms = { readonly amendments: Pick<AmendmentStore, 'waitingFor'> }

/** What a correction, or its undoing, does to what was posted; `null` where nothing that was posted told of it. */
export async function willBeAmended(
  number: number,
  { amendments }: AmendRooms,
  request: Request,
): Promise<string | null> {
  const waiting = await amendments.waitingFor(request.team, number)
  const shown = waiting.filter(({ state }) => state === 'sent' || state === 'sending')
  const here = shown.filter(({ channel }) => channel === request.channel).length
  const elsewhere = shown.length - here
  const channels = new Set(shown.map(({ channel }) => channel).filter((channel) => channel !== request.channel)).size
  const counts = [
    ...(here === 0 ? [] : [`${postWords(here)} here`]),
    ...(elsewhere === 0
      ? []
      : [`${postWords(elsewhere)} in ${channels === 1 ? 'another place' : `${channels} other places`}`]),
  ]
  if (waiting.length === 0) return null
  const rest = 'What has not been posted yet is put right before it is.'
  if (shown.length === 0) return rest
  const older = `Posts older than ${AMENDED_DAYS} days stay as they are.`
  return `${counts.join(' and ')} told of it. Where that changes what is said, it is put right within two minutes, with a note. ${older}`
}

function postWords(count: number): string {
  return count === 1 ? '1 post' : `${count} posts`
}

/** What became of the corrections of a message, a sentence each, the oldest first. */
export function amendedWords(corrections: readonly Delivery[], clock: Clock): readonly string[] {
  return corrections.flatMap((one) => {
    const words = fateOf(one, clock)
    return words === null ? [] : [`${words}${causeWords(one)}`]
  })
}

function fateOf(
  { state, amends, sentAt, createdAt, code, explanation }: Delivery,
  { zone, dates }: Clock,
): string | null {
  const at = slotWords(sentAt ?? createdAt, zone, dates)
  const isBelow = amends?.way === 'reply'
  switch (state) {
    case 'sent':
      return isBelow
        ? `Corrected ${at} (${zone}) by a message below it: the platform did not let me edit it`
        : `Corrected ${at} (${zone}), in its place`
    case 'refused':
      if (code === 'deleted') return `To be corrected ${at} (${zone}), but it had been deleted`
      return `Not corrected ${at} (${zone}): the platform refused (code ${code ?? 'unknown'}). ${explanation ?? ''}`.trim()
    case 'unknown':
      return `A correction was sent ${at} (${zone}) below it, and never confirmed`
    default:
      return `A correction is on its way since ${slotWords(createdAt, zone, dates)} (${zone})`
  }
}

function causeWords({ amends }: Delivery): string {
  const causes = amends?.because ?? []
  const numbers = (kind: 'correction' | 'undone') =>
    causes.flatMap((cause) => (cause.kind === kind ? [cause.number] : [])).join(', ')
  const parts = [
    ...(numbers('correction') === '' ? [] : [`by correction ${numbers('correction')}`]),
    ...(numbers('undone') === '' ? [] : [`taken back: correction ${numbers('undone')}`]),
    ...(causes.some(({ kind }) => kind === 'forgotten') ? ['something is no longer on record'] : []),
  ]
  return parts.length === 0 ? '.' : ` (${parts.join('; ')}; /corrections lists them).`
}
