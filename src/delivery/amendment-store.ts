import type { Selectable } from 'kysely'
import type { Database, Writes } from '../base/database/database.ts'
import { BATCH, inBatches } from '../base/database/in-batches.ts'
import type { TeamId } from '../base/scope.ts'
import type { StatementId } from '../statement/statement-id.ts'
import { type Amendment, amendedSince, type Cause, CORRECTED, GATHERS_MS, joinCauses } from './amendment.ts'
import type { Delivery, DeliveryId, DeliveryState } from './delivery.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    amendment: AmendmentTable
  }
}

/** One row for each message that has to be looked at; it goes once that is done. */
type AmendmentTable = {
  delivery: string
  team: number
  /** JSON */
  because: string
  /** JSON */
  statements: string
  dueAt: number
}

/** Messages that people see, or will, or may. Of those in a bundle, the bundle. */
const SHOWN: readonly DeliveryState[] = ['held', 'due', 'sending', 'sent', 'unknown']

const IDS_AT_ONCE = 500

/** What of the record is not as it was. `team`: for which team; `null`: for all of them. */
export type Otherwise = {
  readonly team: TeamId | null
  readonly statements: readonly StatementId[]
  readonly cause: Cause
}

/** Which messages have to be written anew. */
export function amendmentStore(db: Database) {
  return {
    /** Puts every message on the list that told any of these statements; run twice it puts none there twice. */
    want: (news: Otherwise, at: Date): Promise<void> =>
      db.transaction(async (tx) => {
        for (const [id, { team, statements }] of await postsThatTold(tx, news, at)) {
          await join(tx, { delivery: id, team, statements: [...statements], because: [news.cause] }, at)
        }
      }),

    /** Takes a person's name off the messages that say who corrected them; what is kept of such notes goes at once. */
    unname: async (tx: Writes, team: TeamId, numbers: readonly number[], at: Date): Promise<number> => {
      const notes = await tx
        .selectFrom('delivery')
        .select(['id', 'amends', 'amended'])
        .where('team', '=', team)
        .where('amends', 'is not', null)
        .execute()
      const named = notes.filter(({ amended }) => {
        const { because } = JSON.parse(amended ?? '{"because":[]}') as { readonly because: readonly Cause[] }
        return because.some((one) => 'number' in one && numbers.includes(one.number))
      })
      for (const { id, amends } of named) {
        await tx.updateTable('delivery').set({ blocks: '[]' }).where('id', '=', id).execute()
        const post = { delivery: amends as DeliveryId, team, statements: [], because: [{ kind: 'unnamed' } as const] }
        await join(tx, post, at)
      }
      return named.length
    },

    /** What is to be looked at now, the oldest first. */
    due: async (at: Date, atMost: number): Promise<readonly Amendment[]> => {
      const rows = await db.reads
        .selectFrom('amendment')
        .selectAll()
        .where('dueAt', '<=', at.getTime())
        .orderBy('dueAt')
        .orderBy('delivery')
        .limit(atMost)
        .execute()
      return rows.map(amendmentOf)
    },

    /** The messages of a team that wait to be looked at because of this correction: where they stand. */
    waitingFor: async (team: TeamId, correction: number): Promise<readonly Pick<Delivery, 'channel' | 'state'>[]> => {
      const rows = await db.reads
        .selectFrom('amendment')
        .innerJoin('delivery', 'delivery.id', 'amendment.delivery')
        .select(['amendment.because', 'delivery.channel', 'delivery.state'])
        .where('amendment.team', '=', team)
        .execute()
      return rows.filter(({ because }) =>
        (JSON.parse(because) as Cause[]).some((one) => 'number' in one && one.number === correction),
      )
    },

    /** Not now: its message is on its way. */
    postpone: (delivery: DeliveryId, until: Date): Promise<void> =>
      db.transaction(async (tx) => {
        await tx.updateTable('amendment').set({ dueAt: until.getTime() }).where('delivery', '=', delivery).execute()
      }),

    /** Lets go of what messages told that are too old to be edited. */
    dropOld: async (at: Date): Promise<void> => {
      for (const table of ['toldStatement', 'amendment'] as const)
        await inBatches(db, async (tx) => {
          const rows = await tx
            .selectFrom(table)
            .select('delivery')
            .distinct()
            // From what was told to the messages: of those there are many more.
            .where((row) =>
              row(
                row.selectFrom('delivery').select('createdAt').whereRef('delivery.id', '=', `${table}.delivery`),
                '<',
                amendedSince(at).getTime(),
              ),
            )
            .limit(BATCH)
            .execute()
          const old = rows.map(({ delivery }) => delivery)
          if (old.length > 0) await tx.deleteFrom(table).where('delivery', 'in', old).execute()
          return old.length
        })
    },
  }
}

export type AmendmentStore = ReturnType<typeof amendmentStore>

/** Takes it off the list, unless more came meanwhile: then `false`, and it is looked at again. */
export async function settleAmendment(tx: Writes, { delivery, because, statements }: Amendment): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('amendment')
    .where('delivery', '=', delivery)
    .where('because', '=', JSON.stringify(because))
    .where('statements', '=', JSON.stringify(statements))
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** The messages of a team that wait to be looked at: what they tell may not be so any more. */
export async function doubtedIn(tx: Writes, team: TeamId): Promise<ReadonlySet<string>> {
  const rows = await tx.selectFrom('amendment').select('delivery').where('team', '=', team).execute()
  return new Set(rows.map(({ delivery }) => delivery))
}

/** A message is taken apart: what was to be looked at in it is looked at in each of these. */
export async function lookInstead(
  tx: Writes,
  message: DeliveryId,
  members: readonly DeliveryId[],
  at: Date,
): Promise<void> {
  if (members.length === 0) return
  const row = await tx.deleteFrom('amendment').where('delivery', '=', message).returningAll().executeTakeFirst()
  if (row === undefined) return
  for (const delivery of members) await join(tx, { ...amendmentOf(row), delivery }, at)
}

type Found = { readonly team: TeamId; readonly statements: Set<StatementId> }

async function postsThatTold(
  tx: Writes,
  { team, statements }: Otherwise,
  at: Date,
): Promise<ReadonlyMap<DeliveryId, Found>> {
  const told = new Map<string, Set<StatementId>>()
  for (const some of chunksOf(statements)) {
    let rows = tx
      .selectFrom('toldStatement')
      .innerJoin('delivery', 'delivery.id', 'toldStatement.delivery')
      .select(['delivery.id', 'delivery.amends', 'toldStatement.statement'])
      .distinct()
      .where('toldStatement.statement', 'in', some)
    if (team !== null) rows = rows.where('toldStatement.team', '=', team)
    for (const { id, amends, statement } of await rows.execute()) {
      const post = amends ?? id
      told.set(post, (told.get(post) ?? new Set()).add(statement as StatementId))
    }
  }
  const found = new Map<DeliveryId, Found>()
  for (const some of chunksOf([...told.keys()])) {
    const posts = await tx
      .selectFrom('delivery')
      .select(['id', 'team'])
      .where('id', 'in', some)
      .where('createdAt', '>=', amendedSince(at).getTime())
      .where((row) =>
        row.or([
          row('state', 'in', SHOWN),
          row('code', '=', CORRECTED),
          // It comes after all where an unsubscription is taken back, or the place takes messages again; and no words
          // are kept in it that are to be forgotten.
          row.and([row('state', '=', 'refused'), row('kind', '!=', 'correction')]),
        ]),
      )
      .execute()
    for (const post of posts) {
      const statementsOf = told.get(post.id) ?? new Set()
      found.set(post.id as DeliveryId, { team: post.team as TeamId, statements: statementsOf })
    }
  }
  return found
}

async function join(tx: Writes, wanted: Omit<Amendment, 'dueAt'>, at: Date): Promise<void> {
  const { delivery, team } = wanted
  const row = await tx.selectFrom('amendment').selectAll().where('delivery', '=', delivery).executeTakeFirst()
  const known = row === undefined ? null : amendmentOf(row)
  const because = JSON.stringify(joinCauses(known?.because ?? [], wanted.because))
  const all = new Set([...(known?.statements ?? []), ...wanted.statements])
  const statements = JSON.stringify([...all].sort((one, other) => one - other))
  await tx
    .insertInto('amendment')
    .values({ delivery, team, because, statements, dueAt: at.getTime() + GATHERS_MS })
    .onConflict((conflict) => conflict.column('delivery').doUpdateSet({ because, statements }))
    .execute()
}

function amendmentOf(row: Selectable<AmendmentTable>): Amendment {
  return {
    delivery: row.delivery as DeliveryId,
    team: row.team as TeamId,
    because: JSON.parse(row.because),
    statements: JSON.parse(row.statements),
    dueAt: new Date(row.dueAt),
  }
}

function chunksOf<Id>(ids: readonly Id[]): readonly (readonly Id[])[] {
  return Array.from({ length: Math.ceil(ids.length / IDS_AT_ONCE) }, (_, i) =>
    ids.slice(i * IDS_AT_ONCE, (i + 1) * IDS_AT_ONCE),
  )
}
