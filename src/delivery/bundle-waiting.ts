import type { Writes } from '../base/database/database.ts'
import { doubtedIn } from './amendment-store.ts'
import type { Delivery } from './delivery.ts'
import { deliveryOf } from './delivery-row.ts'
import { alertsIn } from './fit-alerts.ts'
import { letGo, WAITED } from './release-held.ts'
import { writeTold } from './told-store.ts'

/** Alerts that could not leave for longer than this are told together. */
const WAITED_MS = 15 * 60_000

/** Whether it may have to leave together with others of its channel. */
export function mayHaveWaited({ kind, state, tries, createdAt }: Delivery, at: Date): boolean {
  return kind === 'alert' && state === 'due' && tries === 0 && isLong(createdAt, at)
}

function isLong(createdAt: Date, at: Date): boolean {
  return at.getTime() - createdAt.getTime() > WAITED_MS
}

/**
 * Makes one message of the alerts of a channel that have waited long, because the platform took nothing or because
 * one before them was put off; `false` if there is but one. What was tried already stays as it is.
 */
export async function bundleWaiting(tx: Writes, alert: Delivery, at: Date): Promise<boolean> {
  const { team, platform, channel } = alert
  const due = await alertsIn(tx, alert, { states: ['due'] })
  // What is about to be put right is on its own until then.
  const apart = await doubtedIn(tx, team)
  const waiting = due.filter((one) => mayHaveWaited(one, at) && !apart.has(one.id))
  if (waiting.length < 2) return false
  // Another process may begin with one of them at this very moment: what it has, it sends.
  const taken = new Set(
    (await untried(tx, waiting).set({ state: 'held', code: WAITED }).returning('id').execute()).map(({ id }) => id),
  )
  const held: Delivery[] = []
  for (const one of waiting) if (taken.has(one.id)) held.push(...(await takeApart(tx, one)))
  if (held.length > 0) await letGo(tx, { team, platform, channel }, held, at)
  return true
}

function untried(tx: Writes, alerts: readonly Delivery[]) {
  const ids = alerts.map(({ id }) => id)
  return tx.updateTable('delivery').where('id', 'in', ids).where('state', '=', 'due').where('tries', '=', 0)
}

/** The alerts that a message holds; a message that nobody has seen is not needed beside them. */
async function takeApart(tx: Writes, message: Delivery): Promise<readonly Delivery[]> {
  const { id, team } = message
  const rows = await tx
    .updateTable('delivery')
    .set({ state: 'held', code: WAITED, bundle: null })
    .where('bundle', '=', id)
    .where('team', '=', team)
    .returningAll()
    .execute()
  if (rows.length === 0) return [{ ...message, code: WAITED }]
  await writeTold(tx, { id, team }, [])
  await tx.deleteFrom('delivery').where('id', '=', id).execute()
  return rows
    .map(deliveryOf)
    .toSorted((one, other) => one.createdAt.getTime() - other.createdAt.getTime() || (one.id < other.id ? -1 : 1))
}
