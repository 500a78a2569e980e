import type { Selectable } from 'kysely'
import type { Database, Writes } from '../base/database/database.ts'
import { keyOf } from '../base/id.ts'
import { type TeamId, visibleTo } from '../base/scope.ts'
import type { EntryId } from '../feed/feed.ts'
import { markHandled } from '../feed/feed-store.ts'
import { withoutTracking } from '../feed/normalise-feed.ts'
import type { Article, ArticleId } from './article.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    article: ArticleTable
    articleOfEntry: ArticleOfEntryTable
  }
}

type ArticleTable = {
  id: string
  team: number
  url: string
  title: string
  text: string
  publisher: string | null
  author: string | null
  language: string | null
  publishedAt: number | null
  fetchedAt: number
  /** JSON of a `Dateline`. */
  dateline: string | null
  ownWordsOf: string | null
  isBackfill: number
}

/** Which article an entry led to. */
type ArticleOfEntryTable = { entry: string; article: string }

export type NewArticle = Omit<Article, 'id'>

/** The SQL of articles. */
export function articleStore(db: Database) {
  return {
    /** Stores an article that came through no feed; one that is known already stays as it is. */
    add: (article: NewArticle): Promise<ArticleId> => db.transaction((tx) => insertArticle(tx, article)),

    /** Stores what an entry led to, `null` for nothing, and marks it as handled: both or neither. */
    addForEntry: (entry: EntryId, article: NewArticle | null, now: Date): Promise<ArticleId | null> =>
      db.transaction(async (tx) => {
        await markHandled(tx, entry, now)
        if (article === null) return null
        const id = await insertArticle(tx, article)
        await tx
          .insertInto('articleOfEntry')
          .values({ entry, article: id })
          .onConflict((conflict) => conflict.column('entry').doNothing())
          .execute()
        return id
      }),

    /** The article that an earlier run of the same entry stored. */
    ofEntry: async (entry: EntryId): Promise<ArticleId | null> => {
      const row = await db.reads
        .selectFrom('articleOfEntry')
        .select('article')
        .where('entry', '=', entry)
        .executeTakeFirst()
      return row === undefined ? null : (row.article as ArticleId)
    },

    /** For the steps of the pipeline, which work for the article's own team. */
    get: async (id: ArticleId): Promise<Article | null> => {
      const row = await db.reads.selectFrom('article').selectAll().where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : articleOf(row)
    },

    /** Lets go of the text of articles that were fetched before then, and of what their entries carried; the rows stay. */
    dropTextsBefore: (before: Date): Promise<void> =>
      db.transaction(async (tx) => {
        await tx.updateTable('article').set({ text: '' }).where('fetchedAt', '<', before.getTime()).execute()
        await tx
          .updateTable('entry')
          .set({ summary: null, content: null })
          .where('seenAt', '<', before.getTime())
          .execute()
      }),

    /** An article that the team may see at this address; its own before the public one. */
    byUrl: async (team: TeamId, url: string): Promise<Article | null> => {
      const rows = await db.reads
        .selectFrom('article')
        .selectAll()
        .where('url', '=', withoutTracking(url))
        .where('team', 'in', visibleTo(team))
        .execute()
      const row = rows.find((one) => one.team === team) ?? rows[0]
      return row === undefined ? null : articleOf(row)
    },

    /** Takes away a team's articles, or those at an address in every scope; part of `forget`. */
    forget: async (tx: Writes, whose: { readonly team: TeamId } | { readonly url: string }): Promise<number> => {
      const theirs = 'team' in whose ? (['team', whose.team] as const) : (['url', withoutTracking(whose.url)] as const)
      await tx
        .deleteFrom('articleOfEntry')
        .where('article', 'in', (of) => of.selectFrom('article').select('id').where(theirs[0], '=', theirs[1]))
        .execute()
      return Number((await tx.deleteFrom('article').where(theirs[0], '=', theirs[1]).executeTakeFirst()).numDeletedRows)
    },
  }
}

export type ArticleStore = ReturnType<typeof articleStore>

/** The same address in the same scope is one article; what is public already is not stored again for a team. */
async function insertArticle(tx: Writes, article: NewArticle): Promise<ArticleId> {
  const url = withoutTracking(article.url)
  const known = await tx
    .selectFrom('article')
    .select('id')
    .where('url', '=', url)
    .where('team', 'in', visibleTo(article.team))
    .orderBy('team')
    .executeTakeFirst()
  if (known !== undefined) return known.id as ArticleId
  const id = keyOf(article.team, url)
  await tx
    .insertInto('article')
    .values({
      ...article,
      id,
      url,
      publishedAt: article.publishedAt?.getTime() ?? null,
      fetchedAt: article.fetchedAt.getTime(),
      dateline: article.dateline === null ? null : JSON.stringify(article.dateline),
      isBackfill: article.isBackfill ? 1 : 0,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  return id as ArticleId
}

function articleOf(row: Selectable<ArticleTable>): Article {
  return {
    ...row,
    id: row.id as ArticleId,
    team: row.team as TeamId,
    publishedAt: row.publishedAt === null ? null : new Date(row.publishedAt),
    fetchedAt: new Date(row.fetchedAt),
    dateline: row.dateline === null ? null : JSON.parse(row.dateline),
    isBackfill: row.isBackfill === 1,
  }
}
