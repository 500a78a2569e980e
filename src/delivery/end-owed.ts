import type { Writes } from '../base/database/database.ts'
import { partsIn } from './alert-parts.ts'
import { type Delivery, type DeliveryState, UNSUBSCRIBED } from './delivery.ts'
import { alertsIn, fitAlerts, partBundles } from './fit-alerts.ts'
import { placesOwed, refuseOpen } from './owe.ts'
import type { Subscription, SubscriptionId } from './subscription.ts'

/** A subscription that has just been ended, or is gone. */
export type Ended = Pick<Subscription, 'id' | 'team' | 'platform'>

/**
 * Takes off the list what only that subscription wanted; of alerts and bundles that others want too, what they want is
 * owed. Wherever it is owed: what an edit moved away from is still posted there.
 *
 * `forGood`: nobody can take it back, so what was begun, and turns out not to be there, is not sent again either.
 */
export async function endOwed(
  tx: Writes,
  { id, team, platform }: Ended,
  at: Date,
  { forGood = false }: { readonly forGood?: boolean } = {},
): Promise<void> {
  const states: readonly DeliveryState[] = forGood ? ['held', 'due', 'sending'] : ['held', 'due']
  for (const place of await placesOwed(tx, { team, platform }, { kind: 'alert', states })) {
    await partBundles(tx, place, { subscription: id, states, at })
    await fitAlerts(tx, await wantedBy(tx, await alertsIn(tx, place, { states }), id), { at })
  }
  await refuseOpen(tx, { subscription: id }, UNSUBSCRIBED, states)
}

async function wantedBy(
  tx: Writes,
  alerts: readonly Delivery[],
  subscription: SubscriptionId,
): Promise<readonly Delivery[]> {
  const [first] = alerts
  if (first === undefined) return []
  const ids = alerts.map(({ id }) => id)
  const parts = (await partsIn(tx, first.team, ids)).filter((part) => part.wantedBy.includes(subscription))
  const theirs = new Set(parts.map(({ delivery }) => delivery))
  return alerts.filter(({ id }) => theirs.has(id))
}
