import type { Clock } from '../base/clock.ts'
import type { Database } from '../base/database/database.ts'
import { keyOf } from '../base/id.ts'
import { PUBLIC, type TeamId } from '../base/scope.ts'
import type { Told } from '../brief/told.ts'
import type { Block } from '../chat/blocks.ts'
import type { DeliveryId } from './delivery.ts'
import { waitOf } from './hold-alert.ts'
import { owe, type Place } from './outbox.ts'
import type { QuietStore } from './quiet-store.ts'
import { type AlertSubscription, matches, type Said } from './subscription.ts'
import type { SubscriptionStore } from './subscription-store.ts'

/** What an alert is made from. */
export type Alertable = {
  /** The brief's permanent id. */
  readonly id: string
  /** Whose it is; a private brief leaves its team never. */
  readonly team: TeamId
  /** A feed listed it already when it was first read: not news to anybody. */
  readonly isOld: boolean
  /** As a team reads it, a part for each speaker; nothing where nothing of it may be posted. */
  readonly readFor: (team: TeamId) => Promise<readonly AlertPart[]>
}

/** Words of one speaker as the doors show them, and what decides who gets them. */
export type AlertPart = Said & {
  /** The same of each thing that it tells, where a filter must find all that it asks for in one of them. */
  readonly each?: readonly Said[]
  readonly blocks: readonly Block[]
  readonly tells?: readonly Told[]
}

type AlertDeps = {
  readonly db: Database
  readonly subscriptions: SubscriptionStore
  readonly quiets: Pick<QuietStore, 'of'>
  readonly clock: Clock
}

/**
 * Owes a brief to every channel that asked for it, as the channel's team reads it; run twice, it owes nothing twice. Where a channel
 * wants quiet, or gathers, or has had its share of the hour, it is held, and leaves with the others.
 */
export async function queueAlerts(
  brief: Alertable,
  { db, subscriptions, quiets, clock }: AlertDeps,
): Promise<readonly DeliveryId[]> {
  const wanted = (await subscriptions.activeAlerts(clock.now())).filter(
    (subscription) =>
      (brief.team === PUBLIC || brief.team === subscription.team) && (subscription.withOld || !brief.isOld),
  )
  const owed: DeliveryId[] = []
  for (const subscription of wanted) {
    const { team, platform, channel } = subscription
    const parts = (await brief.readFor(team)).filter((part) => isWanted(subscription, part))
    const [said] = parts
    if (said === undefined) continue
    const { blocks, tells } = alertOf(parts)
    const at = clock.now()
    const place = { team, platform, channel }
    const quietNow = await quiets.of(place, at)
    const id = alertId(place, brief.id)
    await db.transaction(async (tx) => {
      const wait = await waitOf(tx, { place, subscription, quiets: quietNow, said, at })
      const message = { id, ...place, subscription: subscription.id, blocks, tells, brief: brief.id }
      await owe(tx, { ...message, kind: 'alert' }, at, wait ?? undefined)
    })
    owed.push(id)
  }
  return owed
}

/** Whether a subscription asks for a part: one of the things that it tells has all that its filter wants. */
export function isWanted({ filter }: Pick<AlertSubscription, 'filter'>, part: AlertPart): boolean {
  return (part.each ?? [part]).some((one) => matches(filter, one))
}

/** The message that these parts make. */
export function alertOf(parts: readonly AlertPart[]): {
  readonly blocks: readonly Block[]
  readonly tells: readonly Told[]
} {
  return {
    blocks: parts.flatMap(({ blocks }, i) => (i === 0 ? blocks : [{ kind: 'divider' } as const, ...blocks])),
    tells: parts.flatMap(({ tells = [] }) => tells),
  }
}

/** The alert about a brief in a channel: one, whatever the subscriptions there are. */
export function alertId({ platform, channel }: Pick<Place, 'platform' | 'channel'>, brief: string): DeliveryId {
  return keyOf('alert', platform, channel, brief) as DeliveryId
}
