import type { Database, Reads, Writes } from '../base/database/database.ts'
import { BATCH, inBatches } from '../base/database/in-batches.ts'
import type { TeamId } from '../base/scope.ts'
import type { Told } from '../brief/told.ts'
import type { Block } from '../chat/blocks.ts'
import { directMessageTo } from '../chat/messenger.ts'
import type { DeliveryId } from './delivery.ts'
import type { Said, SubscriptionId } from './subscription.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    alertPart: AlertPartTable
  }
}

/** The key is the promise: each speaker's words of a brief are in one message of a channel. */
type AlertPartTable = {
  /** Of a brief in a channel, see `alertId`. */
  alert: string
  /** Whose words they are; '' for those of nobody we know. */
  speaker: string
  team: number
  /** The message that tells them. */
  delivery: string
  turn: number
  /** JSON: what quiet times look at. */
  said: string
  blocks: string
  /** JSON: which statements, see `Told`. */
  tells: string
  /** JSON: ids of subscriptions. */
  wantedBy: string
  /** 0 where nobody of them goes on: the message is without it. */
  isShown: number
}

/** A part of an alert, and the subscriptions of its channel that asked for it. */
export type WantedPart = {
  readonly said: Said
  readonly blocks: readonly Block[]
  readonly tells: readonly Told[]
  readonly wantedBy: readonly SubscriptionId[]
}

export type KeptPart = WantedPart & { readonly delivery: DeliveryId; readonly isShown: boolean }

export type AlertKey = { readonly alert: string; readonly team: TeamId }

export function speakerKey({ said }: Pick<WantedPart, 'said'>): string {
  return said.speaker ?? ''
}

/** Writes parts that a message tells; those of a speaker take the place of what was written of it before. */
export async function writeParts(
  tx: Writes,
  { alert, team, delivery }: AlertKey & { readonly delivery: DeliveryId },
  parts: readonly (WantedPart & { readonly turn: number })[],
): Promise<void> {
  for (const part of parts) {
    const { turn } = part
    const text = {
      said: JSON.stringify(part.said),
      blocks: JSON.stringify(part.blocks),
      tells: JSON.stringify(part.tells),
      wantedBy: JSON.stringify(part.wantedBy),
    }
    await tx
      .insertInto('alertPart')
      .values({ alert, team, delivery, turn, speaker: speakerKey(part), isShown: 1, ...text })
      .onConflict((conflict) => conflict.columns(['alert', 'speaker']).doUpdateSet(text))
      .execute()
  }
}

/** Says which parts of a message it shows: those of these speakers. */
export async function showParts(tx: Writes, delivery: DeliveryId, speakers: readonly string[]): Promise<void> {
  const own = tx.updateTable('alertPart').where('delivery', '=', delivery)
  await own.set({ isShown: 0 }).execute()
  if (speakers.length > 0) await own.set({ isShown: 1 }).where('speaker', 'in', speakers).execute()
}

/** The parts of a message that was written anew. */
export type PartsAnew = {
  readonly alert: string
  readonly parts: readonly (WantedPart & { readonly isShown: boolean })[]
}

/** Puts these in the place of what a message told; of one that is no alert, nothing. */
export async function replaceParts(
  tx: Writes,
  { delivery, team }: { readonly delivery: DeliveryId; readonly team: TeamId },
  anew: PartsAnew | null,
): Promise<void> {
  if (anew === null) return
  const { alert, parts } = anew
  await tx.deleteFrom('alertPart').where('delivery', '=', delivery).execute()
  await writeParts(
    tx,
    { alert, team, delivery },
    parts.map((part, turn) => ({ ...part, turn })),
  )
  await showParts(tx, delivery, parts.filter(({ isShown }) => isShown).map(speakerKey))
}

/** All that a channel was told, or will be, of one brief. */
export async function partsOfAlert(reads: Reads | Writes, { alert, team }: AlertKey): Promise<readonly KeptPart[]> {
  const rows = await reads
    .selectFrom('alertPart')
    .selectAll()
    .where('alert', '=', alert)
    .where('team', '=', team)
    .orderBy('turn')
    .execute()
  return rows.map(partOf)
}

/** What these messages tell, in their order. */
export async function partsIn(
  reads: Reads | Writes,
  team: TeamId,
  deliveries: readonly DeliveryId[],
): Promise<readonly KeptPart[]> {
  const found: KeptPart[] = []
  for (let i = 0; i < deliveries.length; i += IDS_AT_ONCE) {
    const rows = await reads
      .selectFrom('alertPart')
      .selectAll()
      .where('delivery', 'in', deliveries.slice(i, i + IDS_AT_ONCE))
      .where('team', '=', team)
      .orderBy('turn')
      .execute()
    found.push(...rows.map(partOf))
  }
  return found
}

const IDS_AT_ONCE = 500

/** The message that these parts make. */
export function alertText(parts: readonly Pick<WantedPart, 'blocks' | 'tells'>[]) {
  return {
    blocks: parts.flatMap(({ blocks }, i): readonly Block[] => (i === 0 ? blocks : [{ kind: 'divider' }, ...blocks])),
    tells: parts.flatMap(({ tells }) => tells),
  }
}

/** Lets go of the parts of messages from before that instant which wait for nothing any more, and of old faults. */
export async function dropAlertsBefore(db: Database, at: Date): Promise<void> {
  await inBatches(db, async (tx) => {
    const rows = await tx
      .selectFrom('alertPart')
      .select('delivery')
      .distinct()
      // From the parts to their messages: of those there are many more.
      .where((row) =>
        row(
          row
            .selectFrom('delivery')
            .select('createdAt')
            .whereRef('delivery.id', '=', 'alertPart.delivery')
            .where('state', 'not in', ['held', 'due', 'sending']),
          '<',
          at.getTime(),
        ),
      )
      .limit(BATCH)
      .execute()
    const left = rows.map(({ delivery }) => delivery)
    if (left.length > 0) await tx.deleteFrom('alertPart').where('delivery', 'in', left).execute()
    return left.length
  })
  await db.transaction((tx) => tx.deleteFrom('alertFault').where('failedAt', '<', at.getTime()).execute())
}

/** Takes away what is kept of a team's alerts, or of one person's in private, beside the messages. */
export async function forgetAlerts(
  tx: Writes,
  whose: { readonly team: TeamId } | { readonly member: string },
): Promise<number> {
  const [faults, parts] = [tx.deleteFrom('alertFault'), tx.deleteFrom('alertPart')]
  if ('team' in whose) {
    await faults.where('team', '=', whose.team).execute()
    return Number((await parts.where('team', '=', whose.team).executeTakeFirst()).numDeletedRows)
  }
  const channel = directMessageTo(whose.member)
  await faults.where('channel', '=', channel).execute()
  const theirs = tx.selectFrom('delivery').select('id').where('channel', '=', channel)
  return Number((await parts.where('delivery', 'in', theirs).executeTakeFirst()).numDeletedRows)
}

function partOf(row: AlertPartTable): KeptPart {
  return {
    delivery: row.delivery as DeliveryId,
    said: JSON.parse(row.said),
    blocks: JSON.parse(row.blocks),
    tells: JSON.parse(row.tells),
    wantedBy: JSON.parse(row.wantedBy),
    isShown: row.isShown === 1,
  }
}
