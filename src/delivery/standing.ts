import type { Reads } from '../base/database/database.ts'
import type { Told } from '../brief/told.ts'
import { type Cause, joinCauses } from './amendment.ts'
import type { Delivery, DeliveryId } from './delivery.ts'
import { deliveryOf } from './delivery-row.ts'
import { toldOf } from './told-store.ts'

/** What people see of a message now: as it was posted, or as it was put right last. */
export type Standing = {
  readonly post: Delivery
  readonly told: readonly Told[]
  /** What it was put right for so far. */
  readonly because: readonly Cause[]
  /** Edits that have not left; none of them has been tried, or the message may read as they say. */
  readonly pending: readonly Delivery[]
  /** Something is on its way to the platform: what stands there is known once that is answered. */
  readonly isUnderWay: boolean
  /** An edit was tried and not confirmed: some of it may be there. */
  readonly isUncertain: boolean
  /** How many there are of all kinds. */
  readonly corrections: number
}

/** `null` if the message is no longer kept. */
export async function standingOf(reads: Reads, id: DeliveryId): Promise<Standing | null> {
  const row = await reads.selectFrom('delivery').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) return null
  const post = deliveryOf(row)
  const corrections = await correctionsOf(reads, id)
  const open = corrections.filter(({ state }) => state === 'due' || state === 'sending')
  const last = corrections.findLast(({ state }) => state === 'sent') ?? null
  return {
    post,
    told: await toldOf(reads, last?.id ?? id),
    because: [last, ...open].reduce<readonly Cause[]>((all, one) => joinCauses(all, one?.amends?.because ?? []), []),
    pending: open,
    isUnderWay: isOnItsWay(post) || open.some(isOnItsWay),
    isUncertain: open.some(({ tries }) => tries > 0),
    corrections: corrections.length,
  }
}

/** All that was owed to put a message right, the oldest first. */
export async function correctionsOf(reads: Reads, post: DeliveryId): Promise<readonly Delivery[]> {
  const rows = await reads
    .selectFrom('delivery')
    .selectAll()
    .where('amends', '=', post)
    .orderBy('createdAt')
    .orderBy('id')
    .execute()
  return rows.map(deliveryOf)
}

/** Of a message that was tried and put off, some part may stand there; an edit can be made again whatever stands. */
function isOnItsWay({ state, tries, amends }: Delivery): boolean {
  return state === 'sending' || (state === 'due' && tries > 0 && amends?.way !== 'edit')
}
