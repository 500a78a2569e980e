import type { Reads, Writes } from '../base/database/database.ts'
import { writeAll } from '../base/database/write-all.ts'
import type { TeamId } from '../base/scope.ts'
import type { Told } from '../brief/told.ts'
import type { StatementId } from '../statement/statement-id.ts'
import type { DeliveryId } from './delivery.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    toldStatement: ToldTable
  }
}

/** Which statements a message tells of, and how: found by the statement when it turns out to be otherwise. */
type ToldTable = {
  delivery: string
  team: number
  statement: number
  about: string
  how: string
}

const ROWS_AT_ONCE = 500

/** Notes what a message tells, in the transaction that owes it; what was noted of it before goes. */
export async function writeTold(
  tx: Writes,
  { id, team }: { readonly id: DeliveryId; readonly team: TeamId },
  told: readonly Told[],
): Promise<void> {
  const rows = [...new Map(told.map((one) => [`${one.statement} ${one.about}`, one])).values()]
  const chunks = Array.from({ length: Math.ceil(rows.length / ROWS_AT_ONCE) }, (_, i) =>
    rows.slice(i * ROWS_AT_ONCE, (i + 1) * ROWS_AT_ONCE),
  )
  await writeAll(tx, [
    tx.deleteFrom('toldStatement').where('delivery', '=', id),
    ...chunks.map((chunk) =>
      tx.insertInto('toldStatement').values(chunk.map((one) => ({ delivery: id, team: team as number, ...one }))),
    ),
  ])
}

/** Several messages become one, which tells all of it. */
export async function joinTold(
  tx: Writes,
  { id, team }: { readonly id: DeliveryId; readonly team: TeamId },
  of: readonly DeliveryId[],
): Promise<void> {
  const all = await Promise.all(of.map((one) => toldOf(tx, one)))
  await writeTold(tx, { id, team }, all.flat())
}

export async function toldOf(reads: Reads | Writes, delivery: DeliveryId): Promise<readonly Told[]> {
  const rows = await reads
    .selectFrom('toldStatement')
    .select(['statement', 'about', 'how'])
    .where('delivery', '=', delivery)
    .orderBy('statement')
    .orderBy('about')
    .execute()
  return rows.map(({ statement, about, how }) => ({ statement: statement as StatementId, about, how }))
}

/** Whether two messages tell the same of these statements. */
export function isSameOf(statements: ReadonlySet<StatementId>, one: readonly Told[], other: readonly Told[]): boolean {
  const linesOf = (told: readonly Told[]) =>
    new Set(
      told
        .filter(({ statement }) => statements.has(statement))
        .map((row) => `${row.statement} ${row.about} ${row.how}`),
    )
  const [a, b] = [linesOf(one), linesOf(other)]
  return a.size === b.size && a.isSubsetOf(b)
}
