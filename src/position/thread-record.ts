import type { Database, Reads, Writes } from '../base/database/database.ts'
import { PUBLIC, type TeamId } from '../base/scope.ts'
import type { StatementId } from '../statement/statement-id.ts'
import {
  type ChangeDraft,
  changeId,
  changeRow,
  type RecordedFacet,
  type Thread,
  threadKey,
  toFacet,
} from './position-rows.ts'
import type { Replayed } from './replay.ts'

/** All facets of a thread, oldest first, and what was found when they were last replayed, if that is still known. */
export type Replay = (facets: readonly RecordedFacet[], known: Replayed | null) => Replayed

/** What of a recomputed thread is news to people who read digests. */
export type News = {
  /** `nothing`: old statements were read again. */
  readonly kind: 'everything' | 'nothing'
  /** In a record that a team gets of its own: what these statements lead, since the rest was known. */
  readonly statements?: ReadonlySet<StatementId>
}

const ALL_IS_NEWS: News = { kind: 'everything' }

type Kept = {
  readonly thread: Thread
  readonly facets: readonly RecordedFacet[]
  readonly replayed: Replayed
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

    /** After facets of a thread say something else, for every team. */
    forgetThreads: (threads: readonly Thread[]): void => {
      const gone = new Set(threads.map(threadKey))
      for (const [key, { thread }] of memory) if (gone.has(threadKey(thread))) memory.delete(key)
    },

    recompute: async (team: TeamId, thread: Thread, at: Date, replay: Replay, news = ALL_IS_NEWS): Promise<void> => {
      const key = JSON.stringify([team, threadKey(thread)])
      for (let tries = 0; tries < TRIES; tries++) {
        const { facets, kept } = await readThread(db.reads, { team, thread, kept: memory.get(key) ?? null })
        const replayed = replay(facets, kept?.replayed ?? null)
        const known = kept === null ? await rowsOf(db.reads, team, thread) : null
        const steps = differences(team, replayed.drafts, kept?.replayed.drafts ?? null, known)
        const mark = { at, isReread: rereadTest(news, team, known) }
        const isWritten =
          steps.isNone ||
          (await db.transaction(async (tx) => {
            if (!(await isSame(tx, { team, thread }, facets))) return false
            await write(tx, team, steps, mark)
            return true
          }))
        if (isWritten) return keep(key, { thread, facets, replayed })
        memory.delete(key)
      }
      await db.transaction(async (tx) => {
        const { facets } = await readThread(tx, { team, thread, kept: null })
        const { drafts } = replay(facets, null)
        const known = await rowsOf(tx, team, thread)
        await write(tx, team, differences(team, drafts, null, known), { at, isReread: rereadTest(news, team, known) })
      })
    },
  }
}

type Asked = { readonly team: TeamId; readonly thread: Thread; readonly kept: Kept | null }

/** Which drafts are old words read again. */
function rereadTest(
  { kind, statements }: News,
  team: TeamId,
  known: ReadonlyMap<string, string> | null,
): (draft: ChangeDraft) => boolean {
  if (kind === 'nothing') return () => true
  // The first time that a team has a record of its own, most of it is what everybody's said before.
  const begins = team !== PUBLIC && known?.size === 0 && statements !== undefined
  return (draft) => begins && !draft.evidence.some((id) => statements.has(id))
}

/** A team has its own facets and everybody's, without those of statements that it has a view of its own on. */
function facetRows(reads: Reads, team: TeamId, { speaker, topic, proposition }: Thread) {
  const rows = reads
    .selectFrom('facet')
    .where('speaker', '=', speaker)
    .where('topic', '=', topic)
    .where('proposition', '=', proposition ?? '')
  if (team === PUBLIC) return rows.where('team', '=', PUBLIC)
  return rows.where(({ or, and, eb, not, exists, selectFrom }) =>
    or([
      eb('facet.team', '=', team),
      and([
        eb('facet.team', '=', PUBLIC),
        not(
          exists(
            selectFrom('facetView')
              .select('facetView.statement')
              .whereRef('facetView.statement', '=', 'facet.statement')
              .where('facetView.team', '=', team),
          ),
        ),
      ]),
    ]),
  )
}

/** Whether these are still all facets: as many, and the newest is the newest. */
async function isSame(
  tx: Writes,
  { team, thread }: Omit<Asked, 'kept'>,
  facets: readonly RecordedFacet[],
): Promise<boolean> {
  const row = await facetRows(tx, team, thread)
    .select((rows) => [rows.fn.countAll().as('all'), rows.fn.max('statement').as('newest')])
    .executeTakeFirst()
  const newest = facets.reduce((most, { statement }) => Math.max(most, statement), facets[0]?.statement ?? 0)
  return Number(row?.all ?? 0) === facets.length && Number(row?.newest ?? 0) === newest
}

async function idsOf(reads: Reads, team: TeamId, thread: Thread): Promise<ReadonlySet<StatementId>> {
  const rows = await facetRows(reads, team, thread).select('statement').execute()
  return new Set(rows.map((row) => row.statement as StatementId))
}

/** The facets of a thread, of which only those are read that are not kept; `kept: null` where a kept one is gone. */
async function readThread(
  reads: Reads,
  { team, thread, kept }: Asked,
): Promise<{ readonly facets: readonly RecordedFacet[]; readonly kept: Kept | null }> {
  const ids = kept === null ? null : await idsOf(reads, team, thread)
  const missing = ids?.difference(new Set(kept?.facets.map(({ statement }) => statement))) ?? null
  const isTrue =
    missing !== null && missing.size <= ASKED_AT_ONCE && kept?.facets.every(({ statement }) => ids?.has(statement))
  if (kept === null || !isTrue) {
    const rows = await facetRows(reads, team, thread).selectAll().execute()
    return { facets: rows.map(toFacet).sort(inOrder), kept: null }
  }
  if (missing.size === 0) return { facets: kept.facets, kept }
  const rows = await facetRows(reads, team, thread)
    .where('statement', 'in', [...missing])
    .selectAll()
    .execute()
  return { facets: [...kept.facets, ...rows.map(toFacet)].sort(inOrder), kept }
}

/** By day, then place; statements are numbered once and for all. */
function inOrder(a: RecordedFacet, b: RecordedFacet): number {
  if (a.saidOn !== b.saidOn) return a.saidOn < b.saidOn ? -1 : 1
  if (a.place !== b.place) return a.place < b.place ? -1 : 1
  return a.statement - b.statement
}

/** The changes that hold today: id, and the statements they rest on as JSON. */
async function rowsOf(reads: Reads, team: TeamId, thread: Thread): Promise<ReadonlyMap<string, string>> {
  const rows = await reads
    .selectFrom('positionChange')
    .select(['id', 'evidence'])
    .where('speaker', '=', thread.speaker)
    .where('topic', '=', thread.topic)
    .where('proposition', '=', thread.proposition ?? '')
    .where('team', '=', team)
    .where('supersededAt', 'is', null)
    .execute()
  return new Map(rows.map((row) => [row.id, row.evidence]))
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
        .map((draft) => [changeId(team, draft), JSON.stringify(draft.evidence)]),
    )
  const wanted = new Map(fresh.map((draft) => [changeId(team, draft) as string, draft]))
  const gone = [...known.keys()].filter((id) => !wanted.has(id))
  const added = [...wanted].flatMap(([id, draft]) => (known.get(id) === JSON.stringify(draft.evidence) ? [] : [draft]))
  return { gone, added, isNone: gone.length === 0 && added.length === 0 }
}

type Mark = { readonly at: Date; readonly isReread: (draft: ChangeDraft) => boolean }

async function write(tx: Writes, team: TeamId, { gone, added }: Steps, { at, isReread }: Mark): Promise<void> {
  for (let from = 0; from < gone.length; from += ASKED_AT_ONCE) {
    const ids = gone.slice(from, from + ASKED_AT_ONCE)
    await tx.updateTable('positionChange').set({ supersededAt: at.getTime() }).where('id', 'in', ids).execute()
  }
  for (const draft of added) {
    const row = changeRow(changeId(team, draft), team, draft, { at, isReread: isReread(draft) })
    // Another outlet brought the same words; or it held before, was superseded, and holds again.
    await tx
      .insertInto('positionChange')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ supersededAt: null, evidence: row.evidence }))
      .execute()
  }
}
