import type { ArticleStore } from '../article/article-store.ts'
import type { Clock } from '../base/clock.ts'
import { PUBLIC, type TeamId } from '../base/scope.ts'
import type { StatementId } from '../statement/statement-id.ts'
import type { Statement } from '../statement/statement-row.ts'
import type { Retagging, StatementStore } from '../statement/statement-store.ts'
import type { DocumentContext } from './assign-topics.ts'
import type { BookChange } from './book-change.ts'
import type { SeenFacets } from './facet-views.ts'
import type { PositionStore } from './position-store.ts'
import { NOTHING_REPLAYED, replay } from './replay.ts'
import { type Rereader, rereader } from './reread.ts'
import { BY_DESK, seeSame, statementFacets } from './statement-facets.ts'
import type { TopicStore } from './topic-store.ts'

export type RereadDeps = {
  readonly statements: Pick<StatementStore, 'getAll' | 'olderThan' | 'retagAll'>
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
 * Changes are taken one after the other, each doing only its own to a statement. Stopped anywhere, it goes on
 * where it was; what is done twice is done once. What comes of it is old, and nobody's news.
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
    // A team without facets or views of its own in a thread has no record of its own there.
    const isOwn = scope === PUBLIC || (await positions.teamsIn(thread)).includes(scope)
    await positions.recompute(
      scope,
      thread,
      clock.now(),
      (all, known) => (isOwn ? replay(thread, all, known) : NOTHING_REPLAYED),
      { kind: 'nothing' },
    )
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

async function rereadStatements(change: BookChange, page: readonly Row[], deps: RereadDeps): Promise<void> {
  const withBook = change.team === PUBLIC ? await deps.topics.teamsWithBook() : []
  const scopes = change.team === PUBLIC ? [...new Set([...page.map((row) => row.team), ...withBook])] : [change.team]
  const readers = new Map<TeamId, Rereader>()
  const seen = new Map<TeamId, ReadonlyMap<StatementId, Statement>>()
  for (const scope of scopes) readers.set(scope, rereader(await deps.topics.pairOf(scope, change)))
  for (const scope of new Set([PUBLIC, ...scopes])) {
    const theirs = page.filter((row) => row.team === scope || row.team === PUBLIC).map((row) => row.id)
    seen.set(scope, new Map((await deps.statements.getAll(scope, theirs)).map((one) => [one.id, one])))
  }
  const contextOf = articleContext(deps)
  const retagged: Retagging[] = []
  for (const row of page) {
    const eyes = change.team !== PUBLIC ? [change.team] : [row.team, ...(row.team === PUBLIC ? withBook : [])]
    const found: Retagging[] = []
    let isTouched = false
    for (const team of new Set(eyes)) {
      const statement = seen.get(team)?.get(row.id)
      const reader = readers.get(team)
      if (statement === undefined || reader === undefined) continue
      const context = reader.needsContext(statement) ? await contextOf(statement) : {}
      const read = reader.read(statement, context)
      isTouched ||= read !== null
      found.push({ id: row.id, team, topics: read?.topics ?? statement.topics })
    }
    if (isTouched) retagged.push(...found)
    await breathe()
  }
  if (retagged.length === 0) return
  await deps.statements.retagAll(retagged)
  await refacet(retagged, seen, deps)
}

/** Reads the facets of statements again, each in the eyes of those whose topics of it may have changed. */
async function refacet(
  retagged: readonly Retagging[],
  seen: ReadonlyMap<TeamId, ReadonlyMap<StatementId, Statement>>,
  { topics, positions, clock }: RereadDeps,
): Promise<void> {
  const facets: SeenFacets[] = []
  for (const { id, team, topics: theirs } of retagged) {
    const statement = seen.get(team)?.get(id)
    // What a desk entered says what the desk says it does, by whatever book.
    if (statement === undefined || statement.reason === BY_DESK) continue
    const read = { ...statement, topics: theirs }
    const own = statementFacets(read, team, await topics.bookOf(team))
    const isView = statement.team !== team
    const everybodys = retagged.find((one) => one.id === id && one.team === PUBLIC)?.topics
    const shared = isView ? await sharedFacets(seen.get(PUBLIC)?.get(id) ?? statement, everybodys, topics) : []
    facets.push({ team, statement: id, owner: statement.team, facets: isView && seeSame(own, shared) ? null : own })
    await breathe()
  }
  await positions.refacet(facets, clock.now())
}

/** What everybody sees in a statement. */
async function sharedFacets(statement: Statement, retagged: readonly string[] | undefined, topics: TopicStore) {
  const shown = { ...statement, topics: retagged ?? statement.topics }
  return statementFacets(shown, PUBLIC, await topics.bookOf(PUBLIC))
}

/** The article around a statement; statements of one article stand together. */
export function articleContext({ articles }: Pick<RereadDeps, 'articles'>) {
  let last: { readonly article: string; readonly context: DocumentContext } | null = null
  return async ({ article, articleTitle }: Pick<Statement, 'article' | 'articleTitle'>): Promise<DocumentContext> => {
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
