import type { Writes } from '../base/database/database.ts'
import { alertText, type KeptPart, partsIn, showParts, speakerKey } from './alert-parts.ts'
import { lookInstead } from './amendment-store.ts'
import { type Delivery, type DeliveryId, type DeliveryState, type Place, STOPPED, UNSUBSCRIBED } from './delivery.ts'
import { deliveryOf } from './delivery-row.ts'
import type { Subscription, SubscriptionId } from './subscription.ts'
import { writeTold } from './told-store.ts'

type States = ReadonlyMap<SubscriptionId, Subscription['state']>

/** The alerts of a place in these states, the oldest first. */
export async function alertsIn(
  tx: Writes,
  { team, platform, channel }: Place,
  { states, since }: { readonly states: readonly DeliveryState[]; readonly since?: Date },
): Promise<readonly Delivery[]> {
  const rows = await tx
    .selectFrom('delivery')
    .selectAll()
    .where('channel', '=', channel)
    .where('platform', '=', platform)
    .where('team', '=', team)
    .where('kind', '=', 'alert')
    .where('state', 'in', states)
    .where('createdAt', '>', since?.getTime() ?? 0)
    .orderBy('createdAt')
    .orderBy('id')
    .execute()
  return rows.map(deliveryOf)
}

/**
 * Lets alerts of one team say what subscriptions that go on want of them, now that one was ended, or goes on again.
 * What nobody wants is taken off; what was taken off and is wanted again waits for the next tick, as `heldFor`. Of
 * what was tried already, something may stand in the channel: its text stays.
 */
export async function fitAlerts(
  tx: Writes,
  alerts: readonly Delivery[],
  { at, heldFor = 'gathered' }: { readonly at: Date; readonly heldFor?: string },
): Promise<void> {
  const [first] = alerts
  if (first === undefined) return
  const parts = Map.groupBy(
    await partsIn(
      tx,
      first.team,
      alerts.map(({ id }) => id),
    ),
    ({ delivery }) => delivery,
  )
  const states = await statesOf(tx, [...parts.values()].flat())
  for (const alert of alerts) {
    const own = parts.get(alert.id)
    if (own !== undefined) await fitOne(tx, alert, own, { states, at, heldFor })
  }
}

async function fitOne(
  tx: Writes,
  alert: Delivery,
  parts: readonly KeptPart[],
  { states, at, heldFor }: { readonly states: States; readonly at: Date; readonly heldFor: string },
): Promise<void> {
  const goesOn = (id: SubscriptionId) => states.get(id) === 'active'
  const wanted = parts.filter(({ wantedBy }) => wantedBy.some(goesOn))
  const by = wanted.flatMap(({ wantedBy }) => wantedBy).filter(goesOn)
  const isRefused = alert.state === 'refused'
  if (by.length === 0) {
    const isKept = parts.some(({ wantedBy }) => wantedBy.some((id) => states.get(id) === 'stopped'))
    if (!isRefused || (isKept && alert.code === UNSUBSCRIBED))
      await change(tx, alert.id, { state: 'refused', code: isKept ? STOPPED : UNSUBSCRIBED })
    return
  }
  const subscription = by.find((id) => id === alert.subscription) ?? by[0] ?? null
  const isRead = isRefused || alert.tries === 0
  const { blocks, tells } = alertText(wanted)
  const notBefore = Math.max(alert.notBefore.getTime(), at.getTime())
  const back = { state: 'held' as const, code: heldFor, explanation: null, refusals: 0, notBefore }
  await change(tx, alert.id, {
    subscription,
    ...(isRefused ? back : {}),
    ...(isRead ? { blocks: JSON.stringify(blocks) } : {}),
  })
  if (!isRead) return
  await writeTold(tx, alert, tells)
  await showParts(tx, alert.id, wanted.map(speakerKey))
}

/**
 * Takes apart the messages of several alerts that have not left, where one of the alerts was wanted by that
 * subscription: each of them waits by itself again. One that was tried stays whole, as long as anybody wants any of it.
 */
export async function partBundles(tx: Writes, place: Place, { subscription, states, at }: Parting): Promise<void> {
  for (const bundle of await alertsIn(tx, place, { states })) {
    const members = bundle.subscription === null ? await membersOf(tx, bundle) : []
    const parts = await partsIn(tx, bundle.team, members)
    if (!parts.some(({ wantedBy }) => wantedBy.includes(subscription))) continue
    if (bundle.tries === 0) {
      await letMembersWait(tx, bundle, { at })
      await writeTold(tx, bundle, [])
      await tx.deleteFrom('delivery').where('id', '=', bundle.id).execute()
    } else if (![...(await statesOf(tx, parts)).values()].includes('active')) {
      await change(tx, bundle.id, { state: 'refused', code: UNSUBSCRIBED })
    }
  }
}

type Parting = {
  readonly subscription: SubscriptionId
  /** In which the messages are that are looked at. */
  readonly states: readonly DeliveryState[]
  readonly at: Date
}

/** The alerts of a message that came to nothing, each by itself again. */
export async function letMembersWait(
  tx: Writes,
  { id, team }: Delivery,
  { at, heldFor }: { readonly at: Date; readonly heldFor?: string },
): Promise<readonly Delivery[]> {
  await lookInstead(tx, id, await membersOf(tx, { id, team }), at)
  const rows = await tx
    .updateTable('delivery')
    .set({ state: 'held', bundle: null, notBefore: at.getTime() })
    .$if(heldFor !== undefined, (row) => row.set({ code: heldFor ?? null }))
    .where('bundle', '=', id)
    .where('team', '=', team)
    .where('state', '=', 'bundled')
    .returningAll()
    .execute()
  return rows.map(deliveryOf)
}

async function membersOf(tx: Writes, { id, team }: Pick<Delivery, 'id' | 'team'>): Promise<readonly DeliveryId[]> {
  const rows = await tx.selectFrom('delivery').select('id').where('bundle', '=', id).where('team', '=', team).execute()
  return rows.map((row) => row.id as DeliveryId)
}

async function statesOf(tx: Writes, parts: readonly KeptPart[]): Promise<States> {
  const ids = [...new Set(parts.flatMap(({ wantedBy }) => wantedBy))]
  if (ids.length === 0) return new Map()
  const rows = await tx.selectFrom('subscription').select(['id', 'state']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, state }) => [id as SubscriptionId, state]))
}

async function change(
  tx: Writes,
  id: DeliveryId,
  values: {
    readonly state?: DeliveryState
    readonly code?: string
    readonly explanation?: null
    readonly refusals?: number
    readonly notBefore?: number
    readonly subscription?: SubscriptionId | null
    readonly blocks?: string
  },
): Promise<void> {
  await tx
    .updateTable('delivery')
    .set(values)
    .where('id', '=', id)
    .where('state', 'in', ['held', 'due', 'sending', 'refused'])
    .execute()
}
