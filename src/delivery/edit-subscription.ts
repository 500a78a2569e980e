import type { Writes } from '../base/database/database.ts'
import { goOn } from './revive-subscription.ts'
import { isPaused, type Subscription, type SubscriptionId } from './subscription.ts'
import { type SubscriptionRow, subscriptionOf, type Wanted, type Wish, wantedOf, wishKey } from './subscription-row.ts'

/** What came of an edit. */
export type Edited =
  | { readonly kind: 'edited'; readonly before: Subscription; readonly after: Subscription }
  | { readonly kind: 'same'; readonly after: Subscription }
  /** Another subscription is that already. */
  | { readonly kind: 'taken'; readonly by: number }
  | { readonly kind: 'gone' }

/**
 * Makes a subscription what `wish` says. It stays the same one: what its digests have told and how far they have
 * come is left as it is, so the next one begins where the last one ended, whatever was changed. What is owed to the
 * old place already is posted there. One that its place had refused goes on where it is moved to.
 */
export async function editSubscription(tx: Writes, id: SubscriptionId, wish: Wish, at: Date): Promise<Edited> {
  const row = await tx.selectFrom('subscription').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? { kind: 'gone' } : await change(tx, row, wantedOf(wish), at)
}

/** Takes back the edit of that number, if it is the last one. An undo is an edit too, and can be taken back. */
export async function undoEdit(tx: Writes, id: SubscriptionId, number: number, at: Date): Promise<Edited | null> {
  const row = await tx
    .selectFrom('subscription')
    .selectAll()
    .where('id', '=', id)
    .where('edits', '=', number)
    .executeTakeFirst()
  if (row === undefined || row.before === null) return null
  return await change(tx, row, JSON.parse(row.before) as Wanted, at)
}

async function change(tx: Writes, row: SubscriptionRow, wanted: Wanted, at: Date): Promise<Edited> {
  const before = subscriptionOf(row)
  if (before.state === 'ended') return { kind: 'gone' }
  const wish = wishKey(before, wanted)
  if (wish === row.wish) return { kind: 'same', after: before }
  const other = await tx
    .selectFrom('subscription')
    .select('number')
    .where('team', '=', row.team)
    .where('wish', '=', wish)
    .where('state', '!=', 'ended')
    .executeTakeFirst()
  if (other !== undefined) return { kind: 'taken', by: other.number }

  const { channel, kind, filter, details } = row
  const isMoved = wanted.channel !== channel
  const changed = {
    ...wanted,
    wish,
    edits: row.edits + 1,
    editedAt: at.getTime(),
    before: JSON.stringify({ channel, kind, filter, details } satisfies Wanted),
    // Times that it has only now were not promised for the minutes before.
    ...(wanted.details === details ? {} : { checkedUntil: Math.max(row.checkedUntil, at.getTime()) }),
  }
  await tx.updateTable('subscription').set(changed).where('id', '=', row.id).execute()
  if (isMoved && before.state === 'stopped') await goOn(tx, before.id, null, at)
  const after = await tx.selectFrom('subscription').selectAll().where('id', '=', row.id).executeTakeFirstOrThrow()
  return { kind: 'edited', before, after: subscriptionOf(after) }
}

/** Nothing comes of it until then; what its digests have not told yet waits for the first one after that. */
export async function pauseSubscription(tx: Writes, id: SubscriptionId, until: Date | null, at: Date): Promise<void> {
  await tx
    .updateTable('subscription')
    .set({ pausedAt: at.getTime(), pausedUntil: until?.getTime() ?? null })
    .where('id', '=', id)
    .execute()
}

export async function resumeSubscription(tx: Writes, id: SubscriptionId, at: Date): Promise<boolean> {
  const row = await tx.selectFrom('subscription').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined || !isPaused(subscriptionOf(row), at)) return false
  await tx.updateTable('subscription').set({ pausedUntil: at.getTime() }).where('id', '=', id).execute()
  return true
}
