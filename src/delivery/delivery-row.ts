import type { Selectable } from 'kysely'
import type { TeamId } from '../base/scope.ts'
import type { Platform } from '../chat/request.ts'
import type { Amends, Delivery, DeliveryId, DeliveryState } from './delivery.ts'
import type { SubscriptionId } from './subscription.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    delivery: DeliveryTable
  }
}

/** A message as it is kept. */
export type DeliveryTable = {
  id: string
  team: number
  platform: Platform
  channel: string
  subscription: string | null
  kind: Delivery['kind']
  /** Alerts leave before digests. */
  rank: number
  blocks: string
  state: DeliveryState
  tries: number
  refusals: number
  notBefore: number
  /** When `notBefore` was written. */
  waitsSince: number | null
  sendingSince: number | null
  triedSince: number | null
  firstTriedAt: number | null
  resent: number
  looks: number
  receipt: string | null
  code: string | null
  explanation: string | null
  bundle: string | null
  brief: string | null
  /** Of a correction: the message that it puts right. */
  amends: string | null
  /** JSON: the rest of `Amends`. */
  amended: string | null
  createdAt: number
  sentAt: number | null
}

export function deliveryOf(row: Selectable<DeliveryTable>): Delivery {
  const { platform, channel, kind, state, tries, refusals, looks, resent, receipt, code, explanation } = row
  return {
    ...{ platform, channel, kind, state, tries, refusals, looks, resent, receipt, code, explanation },
    bundle: row.bundle as DeliveryId | null,
    brief: row.brief,
    amends: row.amends === null ? null : { post: row.amends as DeliveryId, ...JSON.parse(row.amended ?? '{}') },
    id: row.id as DeliveryId,
    team: row.team as TeamId,
    subscription: row.subscription as SubscriptionId | null,
    blocks: JSON.parse(row.blocks),
    notBefore: new Date(row.notBefore),
    sendingSince: row.sendingSince === null ? null : new Date(row.sendingSince),
    triedSince: row.triedSince === null ? null : new Date(row.triedSince),
    firstTriedAt: row.firstTriedAt === null ? null : new Date(row.firstTriedAt),
    createdAt: new Date(row.createdAt),
    sentAt: row.sentAt === null ? null : new Date(row.sentAt),
  }
}

/** What a message puts right, as its row has it. */
export function amendsColumns(amends: Amends | null): Pick<DeliveryTable, 'amends' | 'amended'> {
  if (amends === null) return { amends: null, amended: null }
  const { post, ...amended } = amends
  return { amends: post, amended: JSON.stringify(amended) }
}
