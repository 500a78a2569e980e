import type { Clock } from '../base/clock.ts'
import type { Database } from '../base/database/database.ts'
import { keyOf } from '../base/id.ts'
import { PUBLIC, type TeamId } from '../base/scope.ts'
import type { Block } from '../chat/blocks.ts'
import type { Label } from '../position/label.ts'
import type { DeliveryId } from './delivery.ts'
import { owe } from './outbox.ts'
import { matches } from './subscription.ts'
import type { SubscriptionStore } from './subscription-store.ts'

/** What an alert is made from: a brief as the doors show it, and what decides who gets it. */
export type Alertable = {
  /** The brief's permanent id. */
  readonly id: string
  /** Whose it is; a private brief leaves its team never. */
  readonly team: TeamId
  readonly speaker: string | null
  readonly topics: readonly string[]
  readonly labels: readonly Label[]
  readonly outlets: readonly string[]
  /** A feed listed it already when it was first read: not news to anybody. */
  readonly isOld: boolean
  readonly blocks: readonly Block[]
}

/** Owes a brief to every channel that asked for it; run twice, it owes nothing twice. */
export async function queueAlerts(
  brief: Alertable,
  {
    db,
    subscriptions,
    clock,
  }: { readonly db: Database; readonly subscriptions: SubscriptionStore; readonly clock: Clock },
): Promise<readonly DeliveryId[]> {
  const wanted = (await subscriptions.activeAlerts()).filter(
    (subscription) =>
      (brief.team === PUBLIC || brief.team === subscription.team) &&
      (subscription.withOld || !brief.isOld) &&
      matches(subscription.filter, brief),
  )
  if (wanted.length === 0) return []
  const now = clock.now()
  return await db.transaction(async (tx) => {
    const owed: DeliveryId[] = []
    for (const { id: subscription, team, platform, channel } of wanted) {
      const id = keyOf('alert', platform, channel, brief.id) as DeliveryId
      await owe(tx, { id, team, platform, channel, subscription, kind: 'alert', blocks: brief.blocks }, now)
      owed.push(id)
    }
    return owed
  })
}
