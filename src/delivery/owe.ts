import type { Writes } from '../base/database/database.ts'
import type { TeamId } from '../base/scope.ts'
import type { Told } from '../brief/told.ts'
import type { Amends, Delivery, DeliveryState, Place } from './delivery.ts'
import { amendsColumns } from './delivery-row.ts'
import type { SubscriptionId } from './subscription.ts'
import { writeTold } from './told-store.ts'

export type NewDelivery = Pick<
  Delivery,
  'id' | 'team' | 'platform' | 'channel' | 'subscription' | 'kind' | 'blocks'
> & {
  readonly brief?: string
  readonly amends?: Amends
  /** By which statements it is found once one of them turns out to be otherwise. */
  readonly tells?: readonly Told[]
}

const RANK: Readonly<Record<Delivery['kind'], number>> = { notice: 0, alert: 1, digest: 2, correction: 3 }

/** Why and until when a message waits from the beginning. */
export type Wait = { readonly notBefore: Date; readonly heldFor?: string }

/** Puts a message on the list, in the transaction that owes it; `false` if it was owed already. */
export async function owe(
  tx: Writes,
  { tells = [], brief, amends, ...message }: NewDelivery,
  at: Date,
  wait?: Wait,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('delivery')
    .values({
      ...message,
      ...{ brief: brief ?? null, ...amendsColumns(amends ?? null) },
      blocks: JSON.stringify(message.blocks),
      rank: RANK[message.kind],
      state: wait?.heldFor === undefined ? 'due' : 'held',
      tries: 0,
      refusals: 0,
      notBefore: (wait?.notBefore ?? at).getTime(),
      waitsSince: at.getTime(),
      sendingSince: null,
      triedSince: null,
      firstTriedAt: null,
      resent: 0,
      looks: 0,
      receipt: null,
      code: wait?.heldFor ?? null,
      explanation: null,
      bundle: null,
      createdAt: at.getTime(),
      sentAt: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  const isNew = (numInsertedOrUpdatedRows ?? 0n) > 0n
  if (isNew && tells.length > 0) await writeTold(tx, message, tells)
  return isNew
}

type Owed = {
  readonly states: readonly DeliveryState[]
  readonly kind?: Delivery['kind']
  readonly code?: string
  readonly since?: Date
}

/** In which places of a team something is in one of these states. */
export async function placesOwed(
  tx: Writes,
  { team, platform }: Omit<Place, 'channel'>,
  { states, kind, code, since }: Owed,
): Promise<readonly Place[]> {
  let rows = tx
    .selectFrom('delivery')
    .select('channel')
    .distinct()
    .where('team', '=', team)
    .where('platform', '=', platform)
    .where('state', 'in', states)
  if (kind !== undefined) rows = rows.where('kind', '=', kind)
  if (code !== undefined) rows = rows.where('code', '=', code)
  if (since !== undefined) rows = rows.where('createdAt', '>', since.getTime())
  return (await rows.orderBy('channel').execute()).map(({ channel }) => ({ team, platform, channel }))
}

/** Takes what a place or a subscription is still owed off the list; of a team all but what puts its posts right. */
export async function refuseOpen(
  tx: Writes,
  of: Place | { readonly subscription: SubscriptionId } | { readonly team: TeamId },
  code: string,
  states: readonly DeliveryState[] = ['due', 'held'],
): Promise<void> {
  const open = tx.updateTable('delivery').set({ state: 'refused', code }).where('state', 'in', states)
  const meant =
    'subscription' in of
      ? open.where('subscription', '=', of.subscription)
      : 'channel' in of
        ? open.where('channel', '=', of.channel).where('platform', '=', of.platform).where('team', '=', of.team)
        : open.where('team', '=', of.team).where('kind', '!=', 'correction')
  await meant.execute()
}
