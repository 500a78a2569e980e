import type { Reads, Writes } from '../base/database/database.ts'
import { type TeamId, visibleTo } from '../base/scope.ts'
import type { SpeakerId } from '../speaker/speaker.ts'
import type { OwnSpeakers } from './own-speakers.ts'
import type { StatementId } from './statement-id.ts'
import { topicsSeen } from './statement-row.ts'
import { visibleRows } from './statement-search.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    statementTouch: StatementTouchTable
  }
}

/** When a statement that was on record already last came to be seen otherwise, by everybody or by one team. */
type StatementTouchTable = { team: TeamId; statement: StatementId; at: number }

/** Of a statement what decides who is told of it, and whether it is news. */
export type Came = {
  readonly id: StatementId
  /** `YYYY-MM-DD`: its own date. */
  readonly on: string
  readonly recordedAt: Date
  /** A feed listed it already when it was first read. */
  readonly isBackfill: boolean
  /** As the asking team has them. */
  readonly speaker: SpeakerId | null
  readonly topics: readonly string[]
  readonly publisher: string | null
}

type Stretch = { readonly from: Date; readonly until: Date }

/** Rows that are read at once; a stretch may hold a whole archive. */
const A_PAGE = 1_000

/** Who looks at a stretch of time looks back a little further; a sooner touch needs no row. */
const TOUCHED_AFTER_MS = 30 * 60_000

/** What somebody files anew after this time is the record's, not the news'. */
const TOUCHED_WITHIN_MS = 14 * 86_400_000

/** Notes that statements are seen otherwise from now on by whoever `team` stands for; part of the transaction that makes it so. */
export async function touch(
  tx: Writes,
  { id, recordedAt }: { readonly id: StatementId; readonly recordedAt: number },
  team: TeamId,
  now: Date,
): Promise<void> {
  const at = now.getTime()
  const ageMs = at - recordedAt
  if (ageMs < TOUCHED_AFTER_MS || ageMs > TOUCHED_WITHIN_MS) return
  await tx
    .insertInto('statementTouch')
    .values({ team, statement: id, at })
    .onConflict((conflict) => conflict.columns(['team', 'statement']).doUpdateSet({ at }))
    .execute()
}

/**
 * What came to us in `[from, until)`, and what `team` sees otherwise since then: all of it, read page by page.
 * It may hold a little of what came before.
 */
export async function cameBetween(
  reads: Reads,
  team: TeamId,
  { from, until }: Stretch,
  own: OwnSpeakers,
): Promise<readonly Came[]> {
  const came = new Map<StatementId, Came>()
  // Each scope is walked in its own index; `in` would sort (STORAGE.md, rule 2).
  for (const scope of visibleTo(team)) {
    let last: { readonly recordedAt: number; readonly id: StatementId } | undefined
    do {
      const after = last
      let rows = slimRows(reads, team)
        .where('statement.team', '=', scope)
        .where('statement.recordedAt', '>=', after?.recordedAt ?? from.getTime())
        .where('statement.recordedAt', '<', until.getTime())
      if (after !== undefined)
        rows = rows.where((row) =>
          row.or([row('statement.recordedAt', '>', after.recordedAt), row('statement.id', '>', after.id)]),
        )
      const page = await rows.orderBy('statement.recordedAt').orderBy('statement.id').limit(A_PAGE).execute()
      for (const row of page) came.set(row.id, cameOf(row, own))
      last = page.length < A_PAGE ? undefined : page.at(-1)
    } while (last !== undefined)
  }
  const touched = await reads
    .selectFrom('statementTouch')
    .select('statement')
    .where('team', 'in', visibleTo(team))
    .where('at', '>=', from.getTime())
    .where('at', '<', until.getTime())
    .execute()
  const others = touched.map(({ statement }) => statement).filter((id) => !came.has(id))
  return [...came.values(), ...(await cameOfIds(reads, team, others, own))].sort((one, other) => other.id - one.id)
}

/** The same of these ids, as far as the team sees them. */
export async function cameOfIds(
  reads: Reads,
  team: TeamId,
  ids: readonly StatementId[],
  own: OwnSpeakers,
): Promise<readonly Came[]> {
  const found: Came[] = []
  for (let i = 0; i < ids.length; i += A_PAGE) {
    const rows = await slimRows(reads, team)
      .where('statement.id', 'in', ids.slice(i, i + A_PAGE))
      .execute()
    found.push(...rows.map((row) => cameOf(row, own)))
  }
  return found
}

/** Lets go of what is no news any more. */
export async function dropOldTouches(tx: Writes, now: Date): Promise<void> {
  await tx
    .deleteFrom('statementTouch')
    .where('at', '<', now.getTime() - 2 * TOUCHED_WITHIN_MS)
    .execute()
}

function slimRows(reads: Reads, team: TeamId) {
  return visibleRows(reads, team).select([
    'statement.id',
    'statement.on',
    'statement.recordedAt',
    'statement.isBackfill',
    'statement.speaker',
    'statement.topics',
    'statement.publisher',
  ])
}

type SlimRow = Awaited<ReturnType<ReturnType<typeof slimRows>['execute']>>[number]

function cameOf(row: SlimRow, { merges }: OwnSpeakers): Came {
  const said = row.correctedId === null ? row.speaker : row.ownSpeaker
  return {
    id: row.id,
    on: row.on,
    recordedAt: new Date(row.recordedAt),
    isBackfill: row.isBackfill === 1,
    speaker: said === null ? null : (merges.get(said) ?? said),
    topics: JSON.parse(topicsSeen(row)),
    publisher: row.publisher,
  }
}
