import type { Clock } from '../base/clock.ts'
import type { Database } from '../base/database/database.ts'
import { keyOf } from '../base/id.ts'
import { PUBLIC, type TeamId } from '../base/scope.ts'
import type { Block } from '../chat/blocks.ts'
import type { DeliveryId } from './delivery.ts'
import { waitOf } from './hold-alert.ts'
import { owe, type Place } from './outbox.ts'
import type { QuietStore } from './quiet-store.ts'
import { matches, type Said } from './subscription.ts'
import type { SubscriptionStore } from './subscription-store.ts'

/** What an alert is made from: a brief as the doors show it, and what decides who gets it. */
export type Alertable = Said & {
  /** The brief's permanent id. */
  readonly id: string
  /** Whose it is; a private brief leaves its team never. */
  readonly team: TeamId
  /** Teams that are told in another way. */
  readonly notTo?: readonly TeamId[]
  /** A feed listed it already when it was first read: not news to anybody. */
  readonly isOld: boolean
  readonly blocks: readonly Block[]
}

type AlertDeps = {
  readonly db: Database
  readonly subscriptions: SubscriptionStore
  readonly quiets: Pick<QuietStore, 'of'>
  readonly clock: Clock
}

/**
 * Owes a brief to every channel that asked for it; run twice, it owes nothing twice. Where a channel
 * wants quiet, or gathers, or has had its share of the hour, it is held, and leaves with the others.
 */
export async function queueAlerts(
  brief: Alertable,
  { db, subscriptions, quiets, clock }: AlertDeps,
): Promise<readonly DeliveryId[]> {
  const wanted = (await subscriptions.activeAlerts()).filter(
    (subscription) =>
      (brief.team === PUBLIC || brief.team === subscription.team) &&
      brief.notTo?.includes(subscription.team) !== true &&
      (subscription.withOld || !brief.isOld) &&
      matches(subscription.filter, brief),
  )
  const owed: DeliveryId[] = []
  for (const { id: subscription, team, platform, channel, gather } of wanted) {
    const at = clock.now()
    const place = { team, platform, channel }
    const quietNow = await quiets.of(place, at)
    const id = alertId(place, brief.id)
    await db.transaction(async (tx) => {
      const wait = await waitOf(tx, { place, gather, quiets: quietNow, said: brief, at })
      await owe(tx, { id, ...place, subscription, kind: 'alert', blocks: brief.blocks }, at, wait ?? undefined)
    })
    owed.push(id)
  }
  return owed
}

/** The alert about a brief in a channel: one, whatever the subscriptions there are. */
export function alertId({ platform, channel }: Pick<Place, 'platform' | 'channel'>, brief: string): DeliveryId {
  return keyOf('alert', platform, channel, brief) as DeliveryId
}
