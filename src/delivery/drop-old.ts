import type { Database, Writes } from '../base/database/database.ts'
import { BATCH, inBatches } from '../base/database/in-batches.ts'
import { writeAll } from '../base/database/write-all.ts'
import type { DeliveryState } from './delivery.ts'

/** Nothing more comes of a message in one of these states, unless a person says that it is missing. */
const SETTLED: readonly DeliveryState[] = ['sent', 'refused', 'unknown', 'bundled']

/** A digest looks so far back behind where its subscription has come for what was told already, and somewhat more. */
const TOLD_FOR_MS = 31 * 86_400_000

/** Messages that are looked for at once: a bundle takes its members along. */
const MESSAGES_AT_ONCE = BATCH / 2
const IDS_AT_ONCE = 500

/**
 * Lets go of what became of promises from before that instant: slots, messages, and what is kept of those. What is
 * still owed stays, and the newest slot of each subscription; so do the slots that tell the next digest, however long
 * its subscription has rested, what is told and from when on it has to look. A message goes with its members and
 * corrections, once all of them may. How many slots and messages went.
 */
export async function dropOld(db: Database, at: Date): Promise<number> {
  const slots = await inBatches(db, (tx) => dropSlots(tx, at))
  const messages = await inBatches(db, (tx) => dropMessages(tx, at))
  await db.transaction(async (tx) => {
    const kept = tx.selectFrom('subscription').select('id')
    await tx.deleteFrom('slotTry').where('subscription', 'not in', kept).execute()
  })
  return slots + messages
}

async function dropSlots(tx: Writes, at: Date): Promise<number> {
  const rows = await tx
    .selectFrom('slot')
    .leftJoin('subscription', 'subscription.id', 'slot.subscription')
    .select(['slot.subscription', 'slot.on', 'slot.name'])
    .where('slot.dueAt', '<', at.getTime())
    .where((row) => {
      const later = row
        .selectFrom('slot as later')
        .select('later.on')
        .whereRef('later.subscription', '=', 'slot.subscription')
        .whereRef('later.dueAt', '>', 'slot.dueAt')
      // The first digest after a rest reaches back to before it: where it is refused, the next one covers that again.
      const again = row
        .selectFrom('slot as asks')
        .innerJoin('delivery', 'delivery.id', 'asks.delivery')
        .select('asks.on')
        .whereRef('asks.subscription', '=', 'slot.subscription')
        .where('delivery.state', 'in', ['due', 'sending', 'refused'])
        .where((asks) => asks('asks.coversUntil', '>=', asks('subscription.coveredUntil', '-', TOLD_FOR_MS)))
        .where((asks) => asks('slot.coversUntil', '>=', asks('asks.coversFrom', '-', TOLD_FOR_MS)))
      return row.or([
        row('subscription.id', 'is', null),
        row.and([
          row('slot.coversUntil', '<', row('subscription.coveredUntil', '-', TOLD_FOR_MS)),
          row.exists(later),
          row.not(row.exists(again)),
        ]),
      ])
    })
    // Oldest first: where the time ends that was told is always known from what is left.
    .orderBy('slot.dueAt')
    .limit(BATCH)
    .execute()
  await writeAll(
    tx,
    rows.map(({ subscription, on, name }) =>
      tx.deleteFrom('slot').where('subscription', '=', subscription).where('on', '=', on).where('name', '=', name),
    ),
  )
  return rows.length
}

async function dropMessages(tx: Writes, at: Date): Promise<number> {
  const whole = (await wholesBefore(tx, at)).map(({ id }) => id)
  if (whole.length === 0) return 0
  const parts = await tx
    .selectFrom('delivery')
    .select('id')
    .where((row) => row.or([row('bundle', 'in', whole), row('amends', 'in', whole)]))
    .execute()
  const ids = [...new Set([...whole, ...parts.map(({ id }) => id)])]
  for (let i = 0; i < ids.length; i += IDS_AT_ONCE) {
    const some = ids.slice(i, i + IDS_AT_ONCE)
    for (const table of ['toldStatement', 'amendment', 'alertPart'] as const)
      await tx.deleteFrom(table).where('delivery', 'in', some).execute()
    await tx.deleteFrom('delivery').where('id', 'in', some).execute()
  }
  return ids.length
}

/** Messages that no slot leads to, and which are no part of another one; all that is part of them is old, too. */
async function wholesBefore(tx: Writes, at: Date): Promise<readonly { readonly id: string }[]> {
  return await tx
    .selectFrom('delivery as one')
    .select('one.id')
    .where('one.createdAt', '<', at.getTime())
    .where('one.state', 'in', SETTLED)
    .where((row) => {
      const slot = row.selectFrom('slot').select('slot.on').whereRef('slot.delivery', '=', 'one.id')
      const whole = row
        .selectFrom('delivery as whole')
        .select('whole.id')
        .where('whole.id', '=', (of) => of.fn.coalesce('one.bundle', 'one.amends'))
      const open = (by: 'bundle' | 'amends') =>
        row
          .selectFrom('delivery as part')
          .select('part.id')
          .whereRef(`part.${by}`, '=', 'one.id')
          .where((part) => part.or([part('part.createdAt', '>=', at.getTime()), part('part.state', 'not in', SETTLED)]))
      return row.not(
        row.or([row.exists(slot), row.exists(whole), row.exists(open('bundle')), row.exists(open('amends'))]),
      )
    })
    .orderBy('one.createdAt')
    .orderBy('one.id')
    .limit(MESSAGES_AT_ONCE)
    .execute()
}
