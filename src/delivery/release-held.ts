import type { Database, Writes } from '../base/database/database.ts'
import { keyOf } from '../base/id.ts'
import { type Block, type Choice, type Line, plainLine } from '../chat/blocks.ts'
import { formatCommand } from '../chat/format-command.ts'
import { doubtedIn } from './amendment-store.ts'
import type { Delivery, DeliveryId, Place } from './delivery.ts'
import { deliveryOf } from './delivery-row.ts'
import { keepQuiet } from './keep-quiet.ts'
import type { Outbox } from './outbox.ts'
import { owe } from './owe.ts'
import type { QuietStore } from './quiet-store.ts'
import { KEPT } from './revive-subscription.ts'
import { showCommand } from './shown.ts'
import { joinTold } from './told-store.ts'

/** Shown with their words, then by their headings alone; all are counted. */
const WITH_WORDS = 3
const NAMED = 20

/** Why alerts are together that could not leave when they came. */
export const WAITED = 'waited'

type ReleaseDeps = {
  readonly db: Database
  readonly outbox: Pick<Outbox, 'heldUntil'>
  readonly quiets: Pick<QuietStore, 'of'>
}

/**
 * Lets go of what was held long enough: of each channel one message, which tells of all of it.
 * Where it is quiet again meanwhile, it stays until that ends; what is about to be put right stays until it is. How
 * many messages came to be owed.
 */
export async function releaseHeld({ db, outbox, quiets }: ReleaseDeps, at: Date): Promise<number> {
  const held = await outbox.heldUntil(at)
  const places = Map.groupBy(held, ({ team, platform, channel }) => JSON.stringify([team, platform, channel]))
  let owed = 0
  for (const here of places.values()) {
    const first = here[0] as Delivery
    const place: Place = { team: first.team, platform: first.platform, channel: first.channel }
    const quietNow = await quiets.of(place, at)
    owed += await db.transaction(async (tx) => {
      const doubted = await doubtedIn(tx, first.team)
      const certain = here.filter(({ id }) => !doubted.has(id))
      const free = await keepQuiet(tx, { held: certain, quiets: quietNow, at })
      if (free.length > 0) await letGo(tx, place, free, at)
      return free.length > 0 ? 1 : 0
    })
  }
  return owed
}

/** Makes one message of what is held in a place, as it reads now; what is alone leaves as it is. */
export async function letGo(tx: Writes, place: Place, held: readonly Delivery[], at: Date): Promise<void> {
  // Some of them may have been in a message before that came to nothing.
  const bundle = keyOf('bundle', at.getTime(), ...held.map(({ id }) => id)) as DeliveryId
  const rows = await heldOf(tx, held).set({ state: 'bundled', bundle }).returningAll().execute()
  const left = new Map(rows.map((row) => [row.id, deliveryOf(row)]))
  const together = held.flatMap(({ id }) => left.get(id) ?? [])
  const [first, second] = together
  if (first === undefined) return
  if (second === undefined) {
    await tx
      .updateTable('delivery')
      .set({ state: 'due', code: null, bundle: null })
      .where('id', '=', first.id)
      .execute()
    return
  }
  const message = { id: bundle, ...place, subscription: null, kind: first.kind, blocks: bundleBlocks(together, bundle) }
  if (await owe(tx, message, at))
    await joinTold(
      tx,
      message,
      together.map(({ id }) => id),
    )
}

/** Those that are still held: since the list was read some may have been unsubscribed from, or put right. */
function heldOf(tx: Writes, held: readonly Delivery[]) {
  const ids = held.map(({ id }) => id)
  return tx.updateTable('delivery').where('id', 'in', ids).where('state', '=', 'held')
}

/** A message that tells of several, the oldest first. */
export function bundleBlocks(held: readonly Delivery[], id: DeliveryId): readonly Block[] {
  const named = held.slice(WITH_WORDS, WITH_WORDS + NAMED)
  const unnamed = held.length - WITH_WORDS - named.length
  return [
    { kind: 'heading', text: `${held.length} ${headingOf(held)}` },
    ...held
      .slice(0, WITH_WORDS)
      .flatMap(({ blocks }) => blocks.filter(({ kind }) => kind !== 'buttons' && kind !== 'menu').map(smaller)),
    ...(named.length === 0 ? [] : [{ kind: 'divider' } as const, { kind: 'list', items: named.map(nameOf) } as const]),
    ...(unnamed <= 0 ? [] : [{ kind: 'note', line: `And ${unnamed} more: ${showCommand(id)}` } as const]),
    { kind: 'menu', prompt: 'Open one of these by itself …', choices: held.slice(0, WITH_WORDS + NAMED).map(choiceOf) },
    {
      kind: 'buttons',
      buttons: [
        { label: 'Show all', command: showCommand(id) },
        { label: 'Why this?', command: formatCommand('why', { post: id }) },
      ],
    },
  ]
}

function headingOf(held: readonly Delivery[]): string {
  if (held[0]?.kind === 'notice') return 'messages for you while you wanted quiet'
  if (held.some(({ code }) => code === 'quiet')) return 'briefs that came while it was quiet here'
  if (held.some(({ code }) => code === WAITED)) return 'briefs that could not be posted when they came'
  if (held.some(({ code }) => code === KEPT)) return 'briefs that came while I could not post here'
  return held.some(({ code }) => code === 'too many') ? 'more briefs in the last hour' : 'new briefs'
}

/** By itself it has its own buttons and its own menu. */
function choiceOf(delivery: Delivery): Choice {
  return { label: plainLine(nameOf(delivery)), command: showCommand(delivery.id) }
}

/** One heading is enough for a message. */
function smaller(block: Block): Block {
  return block.kind === 'heading' ? { kind: 'text', line: [{ strong: block.text }] } : block
}

function nameOf({ blocks }: Delivery): Line {
  const heading = blocks.find((block) => block.kind === 'heading')
  return heading?.text ?? 'A brief'
}
