import type { Writes } from '../base/database/database.ts'
import { uncover } from './cover-again.ts'
import type { Delivery } from './delivery.ts'
import { tellOwner } from './end-place.ts'
import type { SubscriptionId } from './subscription.ts'

/** Why a message was given up that the platform put off again and again. */
export const PUT_OFF = 'put off too long'

/** A message that is put off waits longer each time, from the first to the second, and as long as the platform says. */
const PAUSE_MS = [250, 10 * 60_000] as const

/** So long it is tried, and never less often than this, however long we were away. */
const TRIED_FOR_MS = 24 * 3_600_000
const TRIES = 10

/** How long a message waits that has just been put off, given the time that the platform named. */
export function pauseMs({ tries }: Pick<Delivery, 'tries'>, namedMs: number): number {
  const [first, most] = PAUSE_MS
  return Math.max(namedMs, Math.min(most, first * 2 ** Math.min(tries - 1, 20)))
}

export function isPutOffTooLong({ tries, firstTriedAt }: Delivery, now: Date): boolean {
  return tries >= TRIES && firstTriedAt !== null && now.getTime() - firstTriedAt.getTime() >= TRIED_FOR_MS
}

export function putOffWords(
  { platform, kind }: Delivery,
  { code, explanation }: { readonly code: string; readonly explanation?: string },
): string {
  const name = platform === 'slack' ? 'Slack' : platform === 'discord' ? 'Discord' : 'The terminal'
  const next =
    kind === 'digest' ? 'The next digest tells what it would have told.' : 'What it would have told is on record.'
  return `${name} put it off again and again (${code}), so I have stopped trying. ${explanation === undefined ? '' : `${explanation} `}${next}`
}

/**
 * What follows from giving a message up that was put off too long: its place keeps its subscriptions, the next digest
 * tells what this one would have told, and whoever subscribed hears of it, once until the place takes a message again.
 */
export async function endPutOff(tx: Writes, delivery: Delivery, explanation: string, at: Date): Promise<void> {
  if (delivery.subscription !== null && delivery.kind === 'digest')
    await uncover(tx, [delivery.subscription as SubscriptionId])
  if (!(await wasToldBefore(tx, delivery))) await tellOwner(tx, delivery, { explanation, at })
}

async function wasToldBefore(tx: Writes, { id, team, platform, channel }: Delivery): Promise<boolean> {
  const inPlace = tx
    .selectFrom('delivery')
    .where('channel', '=', channel)
    .where('platform', '=', platform)
    .where('team', '=', team)
  const taken = await inPlace
    .select((row) => row.fn.max<number | null>('sentAt').as('at'))
    .where('state', '=', 'sent')
    .executeTakeFirst()
  const before = await inPlace
    .select('id')
    .where('state', '=', 'refused')
    .where('code', '=', PUT_OFF)
    .where('id', '!=', id)
    .where('firstTriedAt', '>', taken?.at ?? 0)
    .executeTakeFirst()
  return before !== undefined
}
