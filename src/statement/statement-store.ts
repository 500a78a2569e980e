import type { Article, ArticleId } from '../article/article.ts'
import type { Clock } from '../base/clock.ts'
import type { Database, Reads, Writes } from '../base/database/database.ts'
import { type TextIndex, textIndex } from '../base/database/text-index.ts'
import { type TeamId, visibleTo } from '../base/scope.ts'
import type { Roster } from '../speaker/roster.ts'
import type { SpeakerId } from '../speaker/speaker.ts'
import { type Came, cameBetween, cameOfIds, dropOldTouches, touch } from './came-between.ts'
import { checkWords } from './check-words.ts'
import { type OwnSpeakers, ownSpeakers } from './own-speakers.ts'
import { sameWords } from './same-words.ts'
import type { FoundStatement } from './statement.ts'
import type { StatementId } from './statement-id.ts'
import { STATEMENT_TEXT } from './statement-migrations.ts'
import { newStatement, type Statement, type StatementRow, statementOf } from './statement-row.ts'
import { rowsOf, type SeenRow, type StatementQuestion, searchStatements, seenBy } from './statement-search.ts'
import { insertStatements, removeStatements, setTopics, setView } from './statement-writes.ts'

export type { Came } from './came-between.ts'
export type { StatementId } from './statement-id.ts'
export type { Statement } from './statement-row.ts'
export type { StatementQuestion } from './statement-search.ts'

/** What one article said, for the record. */
export type ArticleStatements = {
  readonly article: Article
  readonly found: readonly FoundStatement[]
  /** Ids of the topics of a statement, wider topics included. */
  readonly topicsOf: (found: FoundStatement) => readonly string[]
}

/** Statements a month. */
export type MonthCount = { readonly month: string; readonly count: number }

type StoreDeps = { readonly clock: Clock; readonly roster: Pick<Roster, 'byId'> }

/** Statements that one transaction writes while people ask; STORAGE.md, rule 7. */
const AT_ONCE = 20

/** Statements that one transaction takes away. */
const REMOVED_AT_ONCE = 50

/** Statements on record: kept once, found newest first, seen by the team they belong to. */
export function statementStore(db: Database, { clock, roster }: StoreDeps) {
  const text = textIndex(db.kind, STATEMENT_TEXT)
  const shown = (rows: readonly SeenRow[], { merges, names }: OwnSpeakers): readonly Statement[] =>
    rows.map((row) => statementOf(row, (one) => roster.byId(one)?.name ?? names.get(one) ?? null, merges))
  const shownTo = async (team: TeamId, rows: readonly SeenRow[]) => shown(rows, await ownSpeakers(db.reads, team))
  const find = async (question: StatementQuestion) => {
    const own = await ownSpeakers(db.reads, question.team)
    return shown(await searchStatements(db.reads, text, question, own), own)
  }

  return {
    /**
     * Keeps what an article said; the ids of all of it, in the order given. Saving twice changes nothing.
     *
     * @throws {MisquotedError} if any words are not what their spans cut; then nothing is kept.
     */
    save: (
      article: Article,
      found: readonly FoundStatement[],
      topicsOf: ArticleStatements['topicsOf'],
    ): Promise<readonly StatementId[]> => save(db, text, [{ article, found, topicsOf }], clock.now(), AT_ONCE),

    /** The same for many articles in large transactions: for filling an archive while nobody asks. */
    saveAll: (articles: readonly ArticleStatements[], atOnce: number): Promise<readonly StatementId[]> =>
      save(db, text, articles, clock.now(), atOnce),

    /** Newest first, or the closest to the words; pages go on from the last id (`before`). */
    find,

    /** `null` if there is none, or it is another team's. */
    get: async (team: TeamId, id: StatementId): Promise<Statement | null> =>
      (await shownTo(team, await rowsOf(db.reads, team, [id])))[0] ?? null,

    /** Whatever its scope: for the steps of the pipeline, which work for the statement's own team. */
    read: async (id: StatementId): Promise<Statement | null> => {
      const owner = await db.reads.selectFrom('statement').select('team').where('id', '=', id).executeTakeFirst()
      return owner === undefined
        ? null
        : ((await shownTo(owner.team, await rowsOf(db.reads, owner.team, [id])))[0] ?? null)
    },

    /** Those of the ids that the team may see, newest first. */
    getAll: async (team: TeamId, ids: readonly StatementId[]): Promise<readonly Statement[]> =>
      shownTo(team, await rowsOf(db.reads, team, ids)),

    /** Where else the words of these were printed, as the team may know. @see sameWords */
    sameWords: async (
      team: TeamId,
      statements: readonly Statement[],
    ): Promise<ReadonlyMap<StatementId, readonly Statement[]>> => {
      const own = await ownSpeakers(db.reads, team)
      return await sameWords(db.reads, team, statements, (rows) => shown(rows, own))
    },

    /** The latest word of a speaker on a topic. */
    latestOf: async (team: TeamId, speaker: SpeakerId, topic: string): Promise<Statement | null> =>
      (await find({ team, speaker, topic, limit: 1 }))[0] ?? null,

    /** Of every scope: what articles at this address said. For those who take away what was derived from it. */
    idsAt: async (url: string): Promise<readonly StatementId[]> => {
      const rows = await db.reads.selectFrom('statement').select('id').where('articleUrl', '=', url).execute()
      return rows.map((row) => row.id)
    },

    /** What an article said, in the order in which it was saved. */
    statementsOfArticle: async (team: TeamId, article: ArticleId): Promise<readonly Statement[]> =>
      shownTo(team, await seenBy(db.reads, team).where('article', '=', article).orderBy('statement.id').execute()),

    /** @see cameBetween */
    cameBetween: async (
      team: TeamId,
      stretch: { readonly from: Date; readonly until: Date },
    ): Promise<readonly Came[]> => cameBetween(db.reads, team, stretch, await ownSpeakers(db.reads, team)),

    /** Those of the ids that the team sees, as `cameBetween` gives them. */
    cameOf: async (team: TeamId, ids: readonly StatementId[]): Promise<readonly Came[]> =>
      ids.length === 0 ? [] : cameOfIds(db.reads, team, ids, await ownSpeakers(db.reads, team)),

    /** How many statements each month, oldest first; months without any are left out. */
    countByMonth: (question: CountQuestion): Promise<readonly MonthCount[]> => countByMonth(db.reads, question),

    /** Of every scope, or as much as a team sees: what is older than `before` (`null`: from the newest on), newest first. */
    olderThan: async (
      before: StatementId | null,
      { team, limit }: { readonly team: TeamId | 'any'; readonly limit: number },
    ): Promise<readonly { readonly id: StatementId; readonly team: TeamId }[]> => {
      // Each scope is walked backwards in its own index; `in` would sort (STORAGE.md, rule 2).
      const walks = (team === 'any' ? [null] : visibleTo(team)).map(async (scope) => {
        let rows = db.reads.selectFrom('statement').select(['id', 'team'])
        if (scope !== null) rows = rows.where('team', '=', scope)
        if (before !== null) rows = rows.where('id', '<', before)
        return await rows.orderBy('id', 'desc').limit(limit).execute()
      })
      return (await Promise.all(walks))
        .flat()
        .sort((one, other) => other.id - one.id)
        .slice(0, limit)
    },

    /**
     * Gives statements the topics that a book reads in them: for whoever may see them if it is their owner's book
     * (`PUBLIC`: everybody's), else in the team's view alone. All or nothing; what a team put right stands.
     * Digests tell of it, unless it is no news: a book that was edited finds much that everybody has read.
     */
    retag: (wishes: readonly Retagging[], { isNews = true }: { readonly isNews?: boolean } = {}): Promise<void> =>
      db.transaction(async (tx) => {
        for (const wish of wishes) await retag(tx, text, wish, isNews ? clock.now() : null)
      }),

    /** How the team sees one statement once it has put it right; `undefined` and `null`: as it was read. Twice is once. */
    putRight: (team: TeamId, id: StatementId, { speaker, topics }: PutRight): Promise<void> =>
      db.transaction(async (tx) => {
        const [row] = await rowsOf(tx, team, [id])
        if (row === undefined) return
        await touch(tx, row, team, clock.now())
        await tx.deleteFrom('givenSpeaker').where('team', '=', team).where('statement', '=', id).execute()
        if (speaker !== undefined) {
          await tx.insertInto('givenSpeaker').values({ team, statement: id, speaker }).execute()
        }
        if (!isSameList(row.correctedTopics, topics)) await setView(tx, text, bare(row), { team, corrected: topics })
      }),

    /** Of every scope that the team sees (`null`: of all scopes): the ids of what an article was read to give to this speaker, oldest first. */
    idsOf: async (team: TeamId | null, speaker: SpeakerId): Promise<readonly StatementId[]> => {
      let all = db.reads.selectFrom('statement').select('id').where('speaker', '=', speaker)
      if (team !== null) all = all.where('team', 'in', visibleTo(team))
      const rows = await all.orderBy('id').execute()
      return rows.map((row) => row.id)
    },

    /** Takes away for good; how many statements went. A team's own view of what others see goes too. */
    forget: (whose: StatementsToForget): Promise<number> => forget(db, text, whose),

    /** Keeps the text index in order, and lets go of what only digests of that time asked for; for a quiet hour. */
    tidy: (): Promise<void> =>
      db.transaction(async (tx) => {
        await dropOldTouches(tx, clock.now())
        await text.tidy(tx)
      }),
  }
}

export type StatementStore = ReturnType<typeof statementStore>

/** What a team puts right about one statement. */
type PutRight = {
  /** `undefined`: whoever was read; `null`: nobody whom we know. */
  readonly speaker: SpeakerId | null | undefined
  /** `null`: those that were read. */
  readonly topics: readonly string[] | null
}

/** The topics that a team's book reads in a statement. */
export type Retagging = { readonly id: StatementId; readonly team: TeamId; readonly topics: readonly string[] }

/** Nothing for a team that sees no such statement. */
async function retag(tx: Writes, text: TextIndex, { id, team, topics }: Retagging, newsAt: Date | null): Promise<void> {
  const [row] = await rowsOf(tx, team, [id])
  if (row === undefined || isSameSet(row.ownTopics ?? row.topics, topics)) return
  if (newsAt !== null) await touch(tx, row, team, newsAt)
  if (row.team === team) return await setTopics(tx, text, bare(row), topics)
  // A view that says what everybody sees is no view.
  await setView(tx, text, bare(row), { team, read: isSameSet(row.topics, topics) ? null : topics })
}

function isSameSet(json: string, topics: readonly string[]): boolean {
  return new Set(JSON.parse(json)).symmetricDifference(new Set(topics)).size === 0
}

function isSameList(json: string | null, topics: readonly string[] | null): boolean {
  return json === (topics === null ? null : JSON.stringify(topics))
}

function bare({
  ownTopics: _,
  correctedTopics: __,
  correctedId: ___,
  ownSpeaker: ____,
  ...row
}: SeenRow): StatementRow {
  return row
}

export type StatementsToForget = { readonly team: TeamId } | { readonly speaker: SpeakerId } | { readonly url: string }

type CountQuestion = {
  readonly team: TeamId
  readonly speaker?: SpeakerId | undefined
  readonly topic?: string | undefined
  /** Months, both included: `YYYY-MM`. */
  readonly since?: string | undefined
  readonly until?: string | undefined
}

async function save(
  db: Database,
  text: TextIndex,
  articles: readonly ArticleStatements[],
  recordedAt: Date,
  atOnce: number,
): Promise<readonly StatementId[]> {
  for (const { article, found } of articles) for (const one of found) checkWords(article.text, one)
  const statements = articles.flatMap(({ article, found, topicsOf }) =>
    found.map((one) => newStatement(article, one, { topics: topicsOf(one), recordedAt })),
  )
  const ids: StatementId[] = []
  for (let i = 0; i < statements.length; i += atOnce) {
    const some = statements.slice(i, i + atOnce)
    ids.push(...(await db.transaction((tx) => insertStatements(tx, text, some))))
  }
  return ids
}

async function countByMonth(
  reads: Reads,
  { team, speaker, topic, since, until }: CountQuestion,
): Promise<readonly MonthCount[]> {
  let rows = reads
    .selectFrom('statementCount')
    .select(['month', 'count'])
    .where('speaker', '=', speaker ?? '')
    .where('topic', '=', topic ?? '')
    .where('team', 'in', visibleTo(team))
  if (since !== undefined) rows = rows.where('month', '>=', since)
  if (until !== undefined) rows = rows.where('month', '<=', until)

  const sums = new Map<string, number>()
  for (const { month, count } of await rows.orderBy('month').execute()) sums.set(month, (sums.get(month) ?? 0) + count)
  return [...sums].map(([month, count]) => ({ month, count })).filter(({ count }) => count > 0)
}

async function forget(db: Database, text: TextIndex, whose: StatementsToForget): Promise<number> {
  let gone = 0
  if ('team' in whose) {
    const { team } = whose
    await forgetViews(db, text, team)
    await db.transaction(async (tx) => {
      for (const table of ['givenSpeaker', 'statementTouch'] as const)
        await tx.deleteFrom(table).where('team', '=', team).execute()
    })
  }
  for (;;) {
    const removed = await db.transaction(async (tx) => {
      const all = tx.selectFrom('statement').selectAll()
      const theirs =
        'team' in whose
          ? all.where('team', '=', whose.team)
          : 'speaker' in whose
            ? all.where('speaker', '=', whose.speaker)
            : all.where('articleUrl', '=', whose.url)
      const rows: readonly StatementRow[] = await theirs.limit(REMOVED_AT_ONCE).execute()
      await removeStatements(tx, text, rows)
      return rows.length
    })
    gone += removed
    if (removed < REMOVED_AT_ONCE) return gone
  }
}

async function forgetViews(db: Database, text: TextIndex, team: TeamId): Promise<void> {
  for (;;) {
    const left = await db.transaction(async (tx) => {
      const views = await tx
        .selectFrom('statementView')
        .select('statement')
        .where('team', '=', team)
        .limit(REMOVED_AT_ONCE)
        .execute()
      const ids = views.map((view) => view.statement)
      const rows = ids.length === 0 ? [] : await tx.selectFrom('statement').selectAll().where('id', 'in', ids).execute()
      for (const row of rows) await setView(tx, text, row, { team, read: null, corrected: null })
      return rows.length
    })
    if (left < REMOVED_AT_ONCE) return
  }
}
