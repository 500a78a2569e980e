import type { Database, Reads } from '../base/database/database.ts'
import { writeAll } from '../base/database/write-all.ts'
import { PUBLIC, type TeamId } from '../base/scope.ts'
import type { StatementId } from '../statement/statement-id.ts'
import { facetRow, type RecordedFacet, type Thread, threadKey, toThread } from './position-rows.ts'
import type { threadRecord } from './thread-record.ts'

/** All that one scope sees in a statement; `null`: what everybody sees. */
export type SeenFacets = {
  readonly team: TeamId
  readonly statement: StatementId
  /** Whose the statement is. */
  readonly owner: TeamId
  readonly facets: readonly RecordedFacet[] | null
}

/**
 * Replaces what scopes see in statements, and puts the threads that this touches on the list of those to be made
 * anew, all or nothing; the same twice changes nothing the second time. Gives the threads.
 */
export async function refacet(
  db: Database,
  record: Pick<ReturnType<typeof threadRecord>, 'forgetThreads'>,
  seen: readonly SeenFacets[],
  at: Date,
): Promise<readonly Thread[]> {
  const touched = new Map<string, { readonly thread: Thread; readonly teams: Set<TeamId> }>()
  const touch = (thread: Thread, team: TeamId) => {
    const key = threadKey(thread)
    const known = touched.get(key) ?? { thread, teams: new Set() }
    touched.set(key, known)
    known.teams.add(team)
  }
  // A view that comes or goes changes a thread for its team also where it has no row in it.
  const before = await threadsBefore(
    db.reads,
    seen.map(({ statement }) => statement),
  )
  for (const { statement, team, facets } of seen) {
    for (const thread of before.get(statement) ?? []) touch(thread, team)
    for (const facet of facets ?? []) touch(facet, team)
  }
  for (const { thread, teams } of touched.values()) {
    // What moves everybody's record moves that of each team with a record of its own.
    if (teams.has(PUBLIC)) for (const team of await teamsIn(db.reads, thread)) teams.add(team)
  }
  await db.transaction(async (tx) => {
    for (const { team, statement, owner, facets } of seen) {
      await writeAll(tx, [
        tx.deleteFrom('facet').where('statement', '=', statement).where('team', '=', team),
        ...(team === owner
          ? []
          : [
              tx.deleteFrom('facetView').where('statement', '=', statement).where('team', '=', team),
              ...(facets === null ? [] : [tx.insertInto('facetView').values({ statement, team })]),
            ]),
        ...(facets ?? []).map((facet) =>
          tx.insertInto('facet').values(facetRow(facet, at, { isView: team !== owner })),
        ),
      ])
    }
    const marks = [...touched.values()].flatMap(({ thread, teams }) => [...teams].map((team) => ({ thread, team })))
    await writeAll(
      tx,
      marks.map(({ thread: { speaker, topic, proposition }, team }) =>
        tx
          .insertInto('threadToReplay')
          .values({ team, speaker, topic, proposition: proposition ?? '' })
          .onConflict((conflict) => conflict.doNothing()),
      ),
    )
  })
  const threads = [...touched.values()].map(({ thread }) => thread)
  record.forgetThreads(threads)
  return threads
}

/** @see PositionStore.teamsIn */
export async function teamsIn(reads: Reads, thread: Thread): Promise<readonly TeamId[]> {
  const rows = reads
    .selectFrom('facet')
    .where('facet.speaker', '=', thread.speaker)
    .where('facet.topic', '=', thread.topic)
    .where('facet.proposition', '=', thread.proposition ?? '')
  const own = await rows.select('facet.team').distinct().where('facet.team', '!=', PUBLIC).execute()
  // Most installations have no view at all, and threads are long.
  const any = await reads.selectFrom('facetView').select('team').limit(1).executeTakeFirst()
  const views =
    any === undefined
      ? []
      : await rows
          .innerJoin('facetView', 'facetView.statement', 'facet.statement')
          .select('facetView.team')
          .distinct()
          .execute()
  return [...new Set([...own, ...views].map((row) => row.team as TeamId))].sort((a, b) => a - b)
}

async function threadsBefore(
  reads: Reads,
  statements: readonly StatementId[],
): Promise<ReadonlyMap<StatementId, readonly Thread[]>> {
  if (statements.length === 0) return new Map()
  const rows = await reads
    .selectFrom('facet')
    .select(['statement', 'speaker', 'topic', 'proposition'])
    .distinct()
    .where('statement', 'in', [...new Set(statements)])
    .execute()
  const threads = Map.groupBy(rows, (row) => row.statement as StatementId)
  return new Map([...threads].map(([statement, own]) => [statement, own.map(toThread)]))
}
