import type { Database } from '../base/database/database.ts'
import type { Migrations } from '../base/database/migrations.ts'
import type { FeedId } from '../feed/feed.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    keptPages: { feed: string; words: string }
  }
}

export const keptPagesMigrations: Migrations = {
  '2026-11-28-article-kept-pages-1': {
    up: async (db) => {
      await db.schema
        .createTable('keptPages')
        .addColumn('feed', 'text', (column) => column.primaryKey().references('feed.id').onDelete('cascade'))
        .addColumn('words', 'text', (column) => column.notNull())
        .execute()
    },
  },
}

/** Which feeds have publishers who keep the pages behind them from us, and how they say it: for people. */
export function keptPages(db: Database) {
  const wordsOf = async (feeds: readonly FeedId[]): Promise<ReadonlyMap<FeedId, string>> => {
    if (feeds.length === 0) return new Map()
    const rows = await db.reads.selectFrom('keptPages').selectAll().where('feed', 'in', feeds).execute()
    return new Map(rows.map(({ feed, words }) => [feed as FeedId, words]))
  }

  return {
    wordsOf,

    /** The page that was wanted last was kept from us; `null`: it was given. */
    note: async (feed: FeedId, words: string | null): Promise<void> => {
      // Nearly always as it was: the database is not troubled.
      if (((await wordsOf([feed])).get(feed) ?? null) === words) return
      await db.transaction(async (tx) => {
        await tx.deleteFrom('keptPages').where('feed', '=', feed).execute()
        // Somebody may have removed the feed while its page was read.
        const isFollowed = await tx.selectFrom('feed').select('id').where('id', '=', feed).executeTakeFirst()
        if (words !== null && isFollowed !== undefined)
          await tx.insertInto('keptPages').values({ feed, words }).execute()
      })
    },
  }
}

export type KeptPages = ReturnType<typeof keptPages>
