import type { Writes } from '../base/database/database.ts'
import { partsOfPlace } from '../chat/messenger.ts'
import { partsIn } from './alert-parts.ts'
import type { Delivery, Place } from './delivery.ts'
import { deliveryOf } from './delivery-row.ts'
import { placesOwed } from './owe.ts'
import { allWaitUntil, type Quiet } from './quiet.ts'

type Given = {
  /** Of one team. */
  readonly held: readonly Delivery[]
  readonly quiets: readonly Quiet[]
  readonly at: Date
}

/** Lets those wait on that a quiet time keeps, whenever it began; the others. */
export async function keepQuiet(tx: Writes, { held, quiets, at }: Given): Promise<readonly Delivery[]> {
  const said = await saidIn(tx, held)
  const free: Delivery[] = []
  for (const one of held) {
    const until = allWaitUntil(quiets, said(one), at)
    if (until === null) free.push(one)
    else await waitUntil(tx, one, until)
  }
  return free
}

/** What waits for a quiet's end waits for the end of those that hold now: one was ended, or is another than it was. */
export async function waitAnew(tx: Writes, place: Place, { quiets, at }: Omit<Given, 'held'>): Promise<void> {
  const rows = await tx
    .selectFrom('delivery')
    .selectAll()
    .where('team', '=', place.team)
    .where('platform', '=', place.platform)
    .where('channel', '=', place.channel)
    .where('state', '=', 'held')
    .where('code', '=', 'quiet')
    .execute()
  const held = rows.map(deliveryOf)
  const said = await saidIn(tx, held)
  for (const one of held) await waitUntil(tx, one, allWaitUntil(quiets, said(one), at) ?? at)
}

/** The places in which something waits for a quiet's end: of this one, and its threads. */
export async function quietIn(tx: Writes, { channel, ...whose }: Place): Promise<readonly Place[]> {
  const waiting = await placesOwed(tx, whose, { states: ['held'], code: 'quiet' })
  return waiting.filter((one) => one.channel === channel || partsOfPlace(one.channel).within === channel)
}

async function saidIn(tx: Writes, held: readonly Delivery[]) {
  const [first] = held
  const ids = held.map(({ id }) => id)
  const parts = Map.groupBy(first === undefined ? [] : await partsIn(tx, first.team, ids), ({ delivery }) => delivery)
  return ({ id }: Delivery) => (parts.get(id) ?? []).map(({ said }) => said)
}

async function waitUntil(tx: Writes, { id }: Delivery, until: Date): Promise<void> {
  await tx
    .updateTable('delivery')
    .set({ notBefore: until.getTime(), code: 'quiet' })
    .where('id', '=', id)
    .where('state', '=', 'held')
    .execute()
}
