import type { Database, Reads, Writes } from '../../base/database/database.ts'
import { writeAll } from '../../base/database/write-all.ts'
import { PUBLIC, type TeamId } from '../../base/scope.ts'
import type { StatementId } from '../../statement/statement-id.ts'
import { teamsIn } from './own-records.ts'
import {
  distinctThreads,
  facetRow,
  type RecordedFacet,
  type Thread,
  threadColumns,
  threadKey,
  toThread,
} from './position-rows.ts'
import type { threadRecord } from './thread-record.ts'

/** All that one scope sees in a statement. */
export type SeenFacets =
  /** As it was read, by whoever may see it: `team` is the statement's own. */
  | {
      readonly kind: 'read'
      readonly team: TeamId
      readonly statement: StatementId
      readonly facets: readonly RecordedFacet[]
    }
  /** As one team has it, by its own book or by what it put right; `null`: as it was read. */
  | {
      readonly kind: 'view'
      readonly team: TeamId
      readonly statement: StatementId
      readonly facets: readonly RecordedFacet[] | null
    }

type FacetRow = ReturnType<typeof facetRow>
/** What a scope saw in a statement until now, and what it sees from now on; `null`: it has no view. */
type Step = {
  readonly seen: SeenFacets
  readonly before: readonly FacetRow[] | null
  readonly after: readonly FacetRow[] | null
}

/**
 * Replaces what scopes see in statements, and puts the threads that this touches on the list of those to be made
 * anew, all or nothing; the same twice changes nothing the second time. Gives the threads in which the statements
 * stand, or stood until now, for those scopes.
 */
export async function refacet(
  db: Database,
  record: Pick<ReturnType<typeof threadRecord>, 'forgetThreads'>,
  seen: readonly SeenFacets[],
  at: Date,
): Promise<readonly Thread[]> {
  const known = await knownOf(db.reads, [...new Set(seen.map(({ statement }) => statement))])
  const steps = seen.map((one): Step => {
    const viewer = one.kind === 'view' ? one.team : null
    const before = known.of(one)
    return { seen: one, before, after: one.facets?.map((facet) => facetRow(facet, at, viewer)) ?? null }
  })
  const changed = steps.filter(({ before, after }) => !isSame(before, after))
  const ofStatement = Map.groupBy(steps, ({ seen: one }) => one.statement)
  const threadsOf = ({ seen: { statement } }: Step) => {
    const after = (ofStatement.get(statement) ?? []).flatMap((step) => step.after ?? [])
    return distinctThreads([...known.threadsOf(statement), ...after.map(toThread)])
  }
  if (changed.length > 0) {
    const marks = await toMark(db.reads, changed, { threadsOf, viewersOf: known.viewersOf })
    await db.transaction(async (tx) => {
      for (const step of changed) await replace(tx, step)
      await writeAll(
        tx,
        marks.map(({ team, thread }) =>
          tx
            .insertInto('threadToReplay')
            .values({ team, ...threadColumns(thread) })
            .onConflict((conflict) => conflict.doNothing()),
        ),
      )
    })
  }
  const touched = new Set(changed)
  const threads = distinctThreads(
    steps.filter((step) => step.after !== null || touched.has(step)).flatMap((step) => threadsOf(step)),
  )
  if (changed.length > 0) record.forgetThreads(threads)
  return threads
}

/** What is on record of these statements, whatever the scope. */
async function knownOf(reads: Reads, statements: readonly StatementId[]) {
  const rows =
    statements.length === 0
      ? []
      : await reads.selectFrom('facet').selectAll().where('statement', 'in', statements).execute()
  const views =
    statements.length === 0
      ? []
      : await reads.selectFrom('facetView').selectAll().where('statement', 'in', statements).execute()
  const byStatement = Map.groupBy(rows, (row) => row.statement)
  const viewersOf = (statement: StatementId) =>
    views.flatMap((view) => (view.statement === statement ? [view.team as TeamId] : []))
  return {
    viewersOf,
    threadsOf: (statement: StatementId): readonly Thread[] => (byStatement.get(statement) ?? []).map(toThread),
    of: ({ kind, team, statement }: SeenFacets): readonly FacetRow[] | null => {
      const own = byStatement.get(statement) ?? []
      if (kind === 'read') return own.filter((row) => row.isView === 0)
      return viewersOf(statement).includes(team) ? own.filter((row) => row.isView === 1 && row.team === team) : null
    },
  }
}

function isSame(before: Step['before'], after: Step['after']): boolean {
  if (before === null || after === null) return before === after
  const contents = (rows: readonly FacetRow[]) =>
    JSON.stringify(rows.map(({ recordedAt: _, ...row }) => JSON.stringify(Object.entries(row).sort())).sort())
  return contents(before) === contents(after)
}

type Touched = {
  readonly threadsOf: (step: Step) => readonly Thread[]
  readonly viewersOf: (statement: StatementId) => readonly TeamId[]
}

/** A view that comes or goes changes a thread for its team also where it has no row in it. */
async function toMark(reads: Reads, changed: readonly Step[], { threadsOf, viewersOf }: Touched) {
  const marks = new Map<string, { readonly team: TeamId; readonly thread: Thread }>()
  const mark = (team: TeamId, thread: Thread) => marks.set(`${team} ${threadKey(thread)}`, { team, thread })
  for (const step of changed) {
    const { team, kind, statement } = step.seen
    const isEverybodys = team === PUBLIC && kind === 'read'
    for (const thread of threadsOf(step)) {
      mark(team, thread)
      // What moves everybody's record moves that of each team with a record of its own.
      const others = isEverybodys ? [...viewersOf(statement), ...(await teamsIn(reads, thread))] : []
      for (const other of others) mark(other, thread)
    }
  }
  return [...marks.values()]
}

async function replace(tx: Writes, { seen: { kind, team, statement }, after }: Step): Promise<void> {
  const isView = kind === 'view' ? 1 : 0
  await writeAll(tx, [
    tx.deleteFrom('facet').where('statement', '=', statement).where('team', '=', team).where('isView', '=', isView),
    ...(kind === 'read'
      ? []
      : [
          tx.deleteFrom('facetView').where('statement', '=', statement).where('team', '=', team),
          ...(after === null ? [] : [tx.insertInto('facetView').values({ statement, team })]),
        ]),
    ...(after ?? []).map((row) => tx.insertInto('facet').values(row)),
  ])
}
