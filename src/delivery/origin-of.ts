import type { Reads } from '../base/database/database.ts'
import { partsIn, partsOfAlert, speakerKey } from './alert-parts.ts'
import type { Delivery } from './delivery.ts'
import { deliveryOf } from './delivery-row.ts'
import { alertId } from './queue-alerts.ts'
import type { AlertWishes, Origin } from './rewrite-post.ts'
import { slotOf } from './slot-store.ts'
import type { Standing } from './standing.ts'
import { subscriptionById } from './subscription-store.ts'
import { toldOf } from './told-store.ts'

/** Where a message came from, and in which zone its readers read days, if it is known. */
export async function originOf(
  reads: Reads,
  { post }: Pick<Standing, 'post'>,
): Promise<Origin & { readonly zone: string | null }> {
  const subscription = await subscriptionOf(reads, post)
  const rows = await reads
    .selectFrom('delivery')
    .selectAll()
    .where('bundle', '=', post.id)
    .where('team', '=', post.team)
    .orderBy('createdAt')
    .orderBy('id')
    .execute()
  return {
    subscription,
    slot: await slotOf(reads, post.id),
    bundled: rows.map(deliveryOf),
    // What it told at first: what fell out of it by a correction comes back by its undo.
    told: await toldOf(reads, post.id),
    wishesOf: (alert) => wishesOf(reads, alert),
    zone: subscription?.kind === 'digest' ? subscription.schedule.zone : null,
  }
}

async function subscriptionOf(reads: Reads, { subscription }: Delivery) {
  return subscription === null ? null : await subscriptionById(reads, subscription)
}

async function wishesOf(reads: Reads, alert: Delivery): Promise<AlertWishes> {
  const own = await partsIn(reads, alert.team, [alert.id])
  const key = alert.brief === null ? null : { alert: alertId(alert, alert.brief), team: alert.team }
  const others = key === null ? [] : (await partsOfAlert(reads, key)).filter(({ delivery }) => delivery !== alert.id)
  const ids = new Set(own.flatMap(({ wantedBy }) => wantedBy))
  // What each subscription wanted is not kept for ever.
  if (ids.size === 0 && alert.subscription !== null) ids.add(alert.subscription)
  const shown = new Set(own.filter(({ isShown }) => isShown).flatMap(({ wantedBy }) => wantedBy))
  const known = (await Promise.all([...ids].map((id) => subscriptionById(reads, id)))).filter((one) => one !== null)
  // In the order in which they were asked when it was written: the first may decide how dates read.
  const asked = known.toSorted((one, other) => one.createdAt.getTime() - other.createdAt.getTime())
  const wishes = asked.map(({ id, filter, dates }) => ({
    id,
    filter,
    dates,
    isShown: own.length === 0 || shown.has(id),
  }))
  return { wishes: wishes.length === 0 ? null : wishes, elsewhere: new Set(others.map(speakerKey)) }
}
