import type { Reads } from '../base/database/database.ts'
import type { Delivery } from './delivery.ts'
import { deliveryOf } from './outbox.ts'
import type { Origin } from './rewrite-post.ts'
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
    filterOf: async (delivery) => (await subscriptionOf(reads, delivery))?.filter ?? null,
    zone: subscription?.kind === 'digest' ? subscription.schedule.zone : null,
  }
}

async function subscriptionOf(reads: Reads, { subscription }: Delivery) {
  return subscription === null ? null : await subscriptionById(reads, subscription)
}
