import type { Database, Reads, Writes } from '../../base/database/database.ts'
import { PUBLIC, type TeamId, visibleTo } from '../../base/scope.ts'
import type { StatementId } from '../../statement/statement-id.ts'
import {
  type ChangeDraft,
  changeId,
  changeRow,
  facetId,
  type Recorded,
  type RecordedFacet,
  type Thread,
  threadColumns,
  threadKey,
  toFacet,
} from './position-rows.ts'
import type { Replayed } from './replay.ts'

/** All facets of a thread, oldest first, and what was found when they were last replayed, if that is still known. */
export type Replay = (facets: readonly RecordedFacet[], known: Replayed | null) => Replayed

/** Whether what comes of it is news to people who read digests: not where old statements were read again. */
export type News = 'news' | 'no news'

type Kept = {
  readonly team: TeamId
  readonly thread: Thread
  readonly facets: readonly RecordedFacet[]
  /** The keys of their rows: a facet that a team put right has another one. */
  readonly ids: ReadonlySet<string>
  readonly replayed: Replayed
  /** What was added to the thread since, by the keys of the rows. */
  readonly added: Map<string, RecordedFacet>
}

/** Facets of threads that stay in memory: some ten megabytes. */
const KEPT_FACETS = 20_000
/** Statements asked for at once by their numbers. */
const ASKED_AT_ONCE = 200
/** Somebody else may write to the same thread meanwhile; after this the thread is read while nobody can. */
const TRIES = 2

/**
 * Keeps the changes of threads in step with their facets. Reads first and writes what differs in a short
 * transaction, which looks whether a facet came or went meanwhile. What was read last stays in memory,
 * so that a new statement costs itself and not its thread.
 */
export function threadRecord(db: Database) {
  const memory = new Map<string, Kept>()

  const keep = (key: string, kept: Kept) => {
    memory.delete(key)
    memory.set(key, kept)
    let facets = [...memory.values()].reduce((sum, one) => sum + one.facets.length, 0)
    for (const [oldest, { facets: own }] of memory) {
      if (facets <= KEPT_FACETS || oldest === key) break
      memory.delete(oldest)
      facets -= own.length
    }
  }

  return {
    /** After rows were removed: everything is read anew. */
    forgetAll: () => memory.clear(),

    /** After facets were added as they were read: who keeps their thread need not ask for them. */
    noteAdded: (facets: readonly RecordedFacet[]): void => {
      for (const facet of facets) {
        const thread = threadKey(facet)
        for (const kept of memory.values()) {
          const isSeen = facet.team === PUBLIC || facet.team === kept.team
          if (isSeen && threadKey(kept.thread) === thread) kept.added.set(facetId(facet), facet)
        }
      }
    },

    /** After facets of these threads say something else: they are read anew, for every team. */
    forgetThreads: (threads: readonly Thread[]): void => {
      const gone = new Set(threads.map(threadKey))
      for (const [key, { thread }] of memory) if (gone.has(threadKey(thread))) memory.delete(key)
    },

    recompute: async (team: TeamId, thread: Thread, at: Date, replay: Replay, news: News): Promise<void> => {
      const key = JSON.stringify([team, threadKey(thread)])
      const mark = { recordedAt: at.getTime(), isReread: news === 'news' ? 0 : 1 }
      for (let tries = 0; tries < TRIES; tries++) {
        const { facets, ids, kept } = await readThread(db.reads, { team, thread, kept: memory.get(key) ?? null })
        const replayed = replay(facets, kept?.replayed ?? null)
        const known = kept === null ? await rowsOf(db.reads, team, thread) : null
        const steps = differences(team, replayed.drafts, kept?.replayed.drafts ?? null, known)
        const isWritten =
          steps.isNone ||
          (await db.transaction(async (tx) => {
            if (!(await isSame(tx, { team, thread }, facets))) return false
            await write(tx, team, steps, mark)
            return true
          }))
        if (isWritten) return keep(key, { team, thread, facets, ids, replayed, added: new Map() })
        memory.delete(key)
      }
      await db.transaction(async (tx) => {
        const { facets } = await readThread(tx, { team, thread, kept: null })
        const { drafts } = replay(facets, null)
        await write(tx, team, differences(team, drafts, null, await rowsOf(tx, team, thread)), mark)
      })
    },
  }
}

type Asked = { readonly team: TeamId; readonly thread: Thread; readonly kept: Kept | null }

/** What `team` reads: everybody's facets and its own, and in the place of statements that it has a view of, that view. */
function facetRows(reads: Reads, team: TeamId, thread: Thread) {
  return reads
    .selectFrom('facet')
    .where((row) => row.and(threadColumns(thread)))
    .where('team', 'in', visibleTo(team))
    .where(({ or, and, eb, not, exists, selectFrom }) => {
      if (team === PUBLIC) return eb('isView', '=', 0)
      const view = selectFrom('facetView')
        .select('facetView.statement')
        .whereRef('facetView.statement', '=', 'facet.statement')
        .where('facetView.team', '=', team)
      return or([eb('isView', '=', 1), and([eb('isView', '=', 0), not(exists(view))])])
    })
}

/** Whether these are all facets that there are: as many, of the same statements. */
async function isSame(
  reads: Reads,
  { team, thread }: Omit<Asked, 'kept'>,
  facets: readonly RecordedFacet[],
): Promise<boolean> {
  const row = await facetRows(reads, team, thread)
    .select((rows) => [rows.fn.countAll().as('all'), rows.fn.sum('statement').as('sum')])
    .executeTakeFirst()
  const sum = facets.reduce((total, { statement }) => total + statement, 0)
  return Number(row?.all ?? 0) === facets.length && Number(row?.sum ?? 0) === sum
}

/** What is kept, with what was added to it since. */
function withAdded({ facets, ids, added }: Kept): Pick<Kept, 'facets' | 'ids'> {
  const fresh = [...added].filter(([id]) => !ids.has(id))
  if (fresh.length === 0) return { facets, ids }
  return {
    facets: [...facets, ...fresh.map(([, facet]) => facet)].sort(inOrder),
    ids: ids.union(new Set(fresh.map(([id]) => id))),
  }
}

async function idsOf(reads: Reads, team: TeamId, thread: Thread): Promise<ReadonlyMap<string, StatementId>> {
  const rows = await facetRows(reads, team, thread).select(['id', 'statement']).execute()
  return new Map(rows.map((row) => [row.id, row.statement as StatementId]))
}

/** The facets of a thread, of which only those are read that are not kept; `kept: null` where a kept one is gone. */
async function readThread(
  reads: Reads,
  { team, thread, kept }: Asked,
): Promise<Pick<Kept, 'facets' | 'ids'> & { kept: Kept | null }> {
  const likely = kept === null ? null : withAdded(kept)
  if (likely !== null && (await isSame(reads, { team, thread }, likely.facets))) return { ...likely, kept }
  const now = kept === null ? null : await idsOf(reads, team, thread)
  const missing = now === null ? [] : [...now].flatMap(([id, statement]) => (kept?.ids.has(id) ? [] : [statement]))
  const isTrue = now !== null && missing.length <= ASKED_AT_ONCE && kept?.ids.isSubsetOf(now)
  if (kept === null || !isTrue) {
    const rows = await facetRows(reads, team, thread).selectAll().execute()
    return { facets: rows.map(toFacet).sort(inOrder), ids: new Set(rows.map(({ id }) => id)), kept: null }
  }
  if (missing.length === 0) return { facets: kept.facets, ids: kept.ids, kept }
  const rows = await facetRows(reads, team, thread).where('statement', 'in', missing).selectAll().execute()
  return {
    facets: [...kept.facets, ...rows.map(toFacet)].sort(inOrder),
    ids: kept.ids.union(new Set(rows.map(({ id }) => id))),
    kept,
  }
}

/** By day, then place; statements are numbered once and for all. */
function inOrder(a: RecordedFacet, b: RecordedFacet): number {
  if (a.saidOn !== b.saidOn) return a.saidOn < b.saidOn ? -1 : 1
  if (a.place !== b.place) return a.place < b.place ? -1 : 1
  return a.statement - b.statement
}

/** The changes that hold today: id, and what of them may grow or be said later. */
async function rowsOf(reads: Reads, team: TeamId, thread: Thread): Promise<ReadonlyMap<string, string>> {
  const rows = await reads
    .selectFrom('positionChange')
    .select(['id', 'evidence', 'status'])
    .where((row) => row.and(threadColumns(thread)))
    .where('team', '=', team)
    .where('supersededAt', 'is', null)
    .execute()
  return new Map(rows.map((row) => [row.id, stampOf(row.status, row.evidence)]))
}

/** What can differ in a row of the same finding. */
function stampOf(status: string, evidence: string): string {
  return `${status} ${evidence}`
}

function stampOfDraft({ status, evidence }: ChangeDraft): string {
  return stampOf(status, JSON.stringify(evidence))
}

type Steps = { readonly gone: readonly string[]; readonly added: readonly ChangeDraft[]; readonly isNone: boolean }

/** What the record lacks and what it has too much. `before`: the drafts that were written last, which need no look at the rows. */
function differences(
  team: TeamId,
  drafts: readonly ChangeDraft[],
  before: readonly ChangeDraft[] | null,
  rows: ReadonlyMap<string, string> | null,
): Steps {
  const held = new Set(before ?? [])
  const fresh = drafts.filter((draft) => !held.has(draft))
  const still = new Set(drafts)
  const known =
    rows ??
    new Map(
      held
        .difference(still)
        .keys()
        .map((draft) => [changeId(team, draft), stampOfDraft(draft)]),
    )
  const wanted = new Map(fresh.map((draft) => [changeId(team, draft) as string, draft]))
  const gone = [...known.keys()].filter((id) => !wanted.has(id))
  const added = [...wanted].flatMap(([id, draft]) => (known.get(id) === stampOfDraft(draft) ? [] : [draft]))
  return { gone, added, isNone: gone.length === 0 && added.length === 0 }
}

async function write(tx: Writes, team: TeamId, { gone, added }: Steps, mark: Recorded): Promise<void> {
  const at = mark.recordedAt
  for (let from = 0; from < gone.length; from += ASKED_AT_ONCE) {
    const ids = gone.slice(from, from + ASKED_AT_ONCE)
    await tx.updateTable('positionChange').set({ supersededAt: at }).where('id', 'in', ids).execute()
  }
  for (const draft of added) {
    const row = changeRow(changeId(team, draft), team, draft, (await knownBefore(tx, team, draft)) ?? mark)
    // Another outlet brought the same words; or it held before, was superseded, and holds again.
    await tx
      .insertInto('positionChange')
      .values(row)
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet({ supersededAt: null, evidence: row.evidence, status: row.status }),
      )
      .execute()
  }
}

/**
 * A team whose record of a thread becomes its own has known what everybody knows for as long: that is no news,
 * and what was news to everybody is not lost to it.
 */
async function knownBefore(tx: Writes, team: TeamId, draft: ChangeDraft): Promise<Recorded | null> {
  if (team === PUBLIC) return null
  const row = await tx
    .selectFrom('positionChange')
    .select(['recordedAt', 'isReread'])
    .where('id', '=', changeId(PUBLIC, draft))
    .where('team', '=', PUBLIC)
    .executeTakeFirst()
  return row ?? null
}
