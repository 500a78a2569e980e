import type { ArticleStore } from '../../article/article-store.ts'
import type { Clock } from '../../base/clock.ts'
import { PUBLIC, type TeamId } from '../../base/scope.ts'
import type { StatementId } from '../../statement/statement-id.ts'
import type { Statement } from '../../statement/statement-row.ts'
import type { Retagging, StatementStore } from '../../statement/statement-store.ts'
import { putRight } from '../corrections/put-right.ts'
import type { SeenFacets } from '../record/facet-views.ts'
import type { Eyes } from '../record/facets-of.ts'
import type { PositionStore } from '../record/position-store.ts'
import { replay } from '../record/replay.ts'
import { eyesOf, facetsReadIn, viewersOf, viewsOf } from '../record/views-of.ts'
import type { BookChange } from './book-change.ts'
import { type Rereader, rereader } from './reread.ts'
import type { TopicStore } from './topic-store.ts'
import type { AroundStatement } from './topics-in.ts'

export type RereadDeps = {
  readonly statements: Pick<StatementStore, 'read' | 'getAll' | 'olderThan' | 'retag' | 'putRight'>
  readonly articles: Pick<ArticleStore, 'get'>
  readonly positions: PositionStore
  readonly topics: TopicStore
  readonly clock: Clock
}

/** Statements that are looked at between two notes of how far it came. */
const STATEMENTS_AT_ONCE = 100
/** Threads made anew in one go. */
const THREADS_AT_ONCE = 10

/**
 * Goes one batch further in reading the record again by the oldest change of the team's book that it was not
 * read by yet: first the topics and facets of statements, newest first, then the threads that this touched.
 * Gives a mark of how far it came, never the same twice, until there is nothing left (`null`).
 *
 * Changes are taken one after the other, each doing only its own to a statement; what a team put right stays over
 * it. Stopped anywhere, it goes on where it was; what is done twice is done once. What comes of it is old, and
 * nobody's news.
 */
export async function rereadBook(team: TeamId, deps: RereadDeps): Promise<string | null> {
  const { topics, positions, statements, clock } = deps
  const next = await topics.changeToReread(team)
  const marked = await positions.toReplay(THREADS_AT_ONCE)
  if (next === null && marked.length === 0) return null
  const page =
    next === null
      ? []
      : await statements.olderThan(next.from, { team: team === PUBLIC ? 'any' : team, limit: STATEMENTS_AT_ONCE })
  if (next !== null && page.length > 0) {
    await rereadStatements(next.change, page, deps)
    const last = page.at(-1)?.id as StatementId
    await topics.noteReread(next.change, last, clock.now())
    return `${next.change.number}:${last}`
  }
  for (const { team: scope, ...thread } of marked) {
    await positions.recompute(scope, thread, clock.now(), (all, known) => replay(thread, all, known), 'no news')
    await breathe()
  }
  await positions.isReplayed(marked)
  if (marked.length > 0) return `${next?.change.number ?? 0}:thread:${JSON.stringify(marked.at(-1))}`
  if (next !== null) await topics.noteReread(next.change, null, clock.now())
  return `${next?.change.number ?? 0}:done`
}

/** Reads everything again by all changes of the team that are left; for where nobody waits. */
export async function rereadAll(team: TeamId, deps: RereadDeps): Promise<void> {
  while ((await rereadBook(team, deps)) !== null);
}

type Row = { readonly id: StatementId; readonly team: TeamId }
/** One team, as the change meets it. */
type Reader = {
  readonly team: TeamId
  readonly eyes: Eyes
  readonly reread: Rereader
  readonly seen: ReadonlyMap<StatementId, Statement>
}

async function rereadStatements(change: BookChange, page: readonly Row[], deps: RereadDeps): Promise<void> {
  const readersOf = await readersFor(change, page, deps)
  const contextOf = articleContext(deps)
  const retagged: Retagging[] = []
  const touched: Row[] = []
  for (const row of page) {
    const found: Retagging[] = []
    let isTouched = false
    for (const { team, eyes, reread, seen } of readersOf(row)) {
      const statement = seen.get(row.id)
      if (statement === undefined) continue
      const read = reread(statement, await contextOf(statement))
      isTouched ||= read !== null || eyes.folded.touches(row.id)
      found.push({ id: row.id, team, topics: read?.topics ?? statement.asRead.topics })
    }
    if (isTouched) {
      retagged.push(...found)
      touched.push(row)
    }
    await breathe()
  }
  if (touched.length === 0) return
  await deps.statements.retag(retagged, { isNews: false })
  for (const row of touched) await refacet(row, readersOf(row), deps)
}

/** Those whose topics of a statement the change may touch, the statement's own team first. */
async function readersFor(
  change: BookChange,
  page: readonly Row[],
  deps: RereadDeps,
): Promise<(row: Row) => readonly Reader[]> {
  const isShared = change.team === PUBLIC
  const viewers = isShared ? await viewersOf(PUBLIC, deps) : []
  const scopes = isShared ? [...new Set([...page.map((row) => row.team), ...viewers])] : [change.team]
  const readers = new Map<TeamId, Reader>()
  for (const team of scopes) {
    const theirs = page.filter((row) => row.team === team || row.team === PUBLIC).map((row) => row.id)
    const seen = new Map((await deps.statements.getAll(team, theirs)).map((one) => [one.id, one]))
    const eyes = await eyesOf(team, deps)
    const reread = rereader(await deps.topics.pairOf(team, change), eyes.folded.propositions)
    readers.set(team, { team, eyes, reread, seen })
  }
  return ({ team }) =>
    [...new Set(isShared ? [team, ...(team === PUBLIC ? viewers : [])] : [change.team])].flatMap(
      (scope) => readers.get(scope) ?? [],
    )
}

/** Reads the facets of a statement again, in the eyes of those whose topics of it may have changed. */
async function refacet({ id, team: owner }: Row, readers: readonly Reader[], deps: RereadDeps): Promise<void> {
  const { statements, positions, clock } = deps
  for (const { team, eyes } of readers) {
    const [statement] = eyes.folded.touches(id) ? await statements.getAll(team, [id]) : []
    if (statement !== undefined) await putRight(team, statement, eyes, statements)
  }
  const statement = await statements.read(id)
  if (statement === null) return
  const teams = readers.map(({ team }) => team)
  const read: readonly SeenFacets[] = teams.includes(owner)
    ? [{ kind: 'read', team: owner, statement: id, facets: await facetsReadIn(statement, deps) }]
    : []
  // Also for those that have nothing of their own any more: their views go.
  const views = await viewsOf(
    [statement],
    teams.filter((team) => team !== PUBLIC),
    statements.getAll,
    deps,
  )
  await positions.refacet([...read, ...views], clock.now())
  await breathe()
}

/** The article around a statement; statements of one article stand together. */
export function articleContext({ articles }: Pick<RereadDeps, 'articles'>) {
  let last: { readonly article: string; readonly context: AroundStatement } | null = null
  return async ({ article, articleTitle }: Pick<Statement, 'article' | 'articleTitle'>): Promise<AroundStatement> => {
    if (last?.article !== article) {
      const found = await articles.get(article)
      last = { article, context: { title: articleTitle, text: found?.text ?? null } }
    }
    return last.context
  }
}

/** Lets people who ask be heard in between. */
export function breathe(): Promise<void> {
  return new Promise((goOn) => setImmediate(goOn))
}
