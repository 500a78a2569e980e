import type { Selectable } from 'kysely'
import type { Database, Reads, Writes } from '../base/database/database.ts'
import { keyOf } from '../base/id.ts'
import { type TeamId, visibleTo } from '../base/scope.ts'
import type { EntryId } from '../feed/feed.ts'
import { markHandled } from '../feed/feed-store.ts'
import { withoutTracking } from '../feed/normalise-feed.ts'
import type { Article, ArticleId } from './article.ts'
import {
  copiesOf,
  dropSketchesBefore,
  findKin,
  forgetCopies,
  insertCopy,
  insertSketch,
  type Kin,
  originalAt,
} from './kin-store.ts'
import { isNewVersion } from './same-text.ts'

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
  /** 1, and one more each time that its publisher changed the text at its address. */
  version: number
  /** The earlier version, or the article of another outlet that this one is an update of. */
  follows: string | null
}

/** Which article an entry led to. */
type ArticleOfEntryTable = { entry: string; article: string }

export type NewArticle = Omit<Article, 'id'>

/** Updates of updates: nobody has written more of them about one thing. */
const EARLIER_AT_MOST = 20

/** The SQL of articles. */
export function articleStore(db: Database) {
  // Two copies that arrive at once would each find no other: one place at a time.
  let placing: Promise<unknown> = Promise.resolve()
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = placing.then(work)
    placing = result.catch(() => undefined)
    return result
  }

  return {
    /** Stores an article that came through no feed; one that is known already stays as it is. */
    add: (article: NewArticle): Promise<ArticleId> =>
      db.transaction(async (tx) => {
        const url = withoutTracking(article.url)
        const known = await newestAt(tx, article.team, url)
        return known === null ? await insertArticle(tx, { ...article, url }, FIRST_VERSION) : (known.id as ArticleId)
      }),

    /**
     * Stores what an entry led to, `null` for nothing, and marks it as handled: both or neither.
     * `null` comes back where there is nothing to read: for a copy too, whose outlet is only noted.
     */
    addForEntry: (entry: EntryId, article: NewArticle | null, now: Date): Promise<ArticleId | null> =>
      inTurn(async () => {
        const text = article === null ? null : { ...article, url: withoutTracking(article.url) }
        const place = text === null ? null : await placeFor(db.reads, text)
        return await db.transaction(async (tx) => {
          await markHandled(tx, entry, now)
          if (text === null || place === null) return null
          const id = await takePlace(tx, text, place)
          await tx
            .insertInto('articleOfEntry')
            .values({ entry, article: id })
            .onConflict((conflict) => conflict.column('entry').doUpdateSet({ article: id }))
            .execute()
          return place.kind === 'kin' && place.kin.kinship === 'copy' ? null : id
        })
      }),

    /** The articles that this one is a new version or an update of, the nearest first: what they said is on record. */
    earlierThan: async (id: ArticleId): Promise<readonly ArticleId[]> => {
      const earlier: ArticleId[] = []
      let next: string | null = id
      while (next !== null && earlier.length < EARLIER_AT_MOST) {
        const row: { follows: string | null } | undefined = await db.reads
          .selectFrom('article')
          .select('follows')
          .where('id', '=', next)
          .executeTakeFirst()
        next = row?.follows ?? null
        if (next !== null) earlier.push(next as ArticleId)
      }
      return earlier
    },

    /** Which other outlets have the same text, by article. */
    copiesOf: (team: TeamId, articles: readonly ArticleId[]) => copiesOf(db.reads, team, articles),

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

    /** Ends looking for copies of texts that are some days old. */
    dropSketches: (now: Date): Promise<void> => db.transaction((tx) => dropSketchesBefore(tx, now)),

    /** An article that the team may see at this address, its newest version; its own before the public one. */
    byUrl: async (team: TeamId, url: string): Promise<Article | null> => {
      const row = await newestAt(db.reads, team, withoutTracking(url))
      return row === null ? null : articleOf(row)
    },

    /** Takes away a team's articles, or those at an address in every scope; part of `forget`. */
    forget: async (tx: Writes, whose: { readonly team: TeamId } | { readonly url: string }): Promise<number> => {
      const theirs = 'team' in whose ? (['team', whose.team] as const) : (['url', withoutTracking(whose.url)] as const)
      await tx
        .deleteFrom('articleOfEntry')
        .where('article', 'in', (of) => of.selectFrom('article').select('id').where(theirs[0], '=', theirs[1]))
        .execute()
      await forgetCopies(tx, 'team' in whose ? whose : { url: theirs[1] as string })
      return Number((await tx.deleteFrom('article').where(theirs[0], '=', theirs[1]).executeTakeFirst()).numDeletedRows)
    },
  }
}

export type ArticleStore = ReturnType<typeof articleStore>

type Place =
  /** The same address in the same scope is one article; what is public already is not stored again for a team. */
  | { readonly kind: 'known'; readonly id: ArticleId }
  | { readonly kind: 'version'; readonly follows: ArticleId; readonly version: number }
  | { readonly kind: 'kin'; readonly kin: Kin }
  | { readonly kind: 'new' }

const FIRST_VERSION = { version: 1, follows: null }

async function placeFor(reads: Reads, article: NewArticle): Promise<Place> {
  const known = await newestAt(reads, article.team, article.url)
  if (known !== null) {
    const id = known.id as ArticleId
    const isVersion = known.team === article.team && isNewVersion(article.text, known.text)
    return isVersion ? { kind: 'version', follows: id, version: known.version + 1 } : { kind: 'known', id }
  }
  const original = await originalAt(reads, article.team, article.url)
  if (original !== null) return { kind: 'known', id: original }
  const kin = await findKin(reads, article)
  return kin === null ? { kind: 'new' } : { kind: 'kin', kin }
}

async function takePlace(tx: Writes, article: NewArticle, place: Place): Promise<ArticleId> {
  if (place.kind === 'known') return place.id
  if (place.kind === 'kin') {
    await insertCopy(tx, place.kin.article, article)
    if (place.kin.kinship === 'copy') return place.kin.article
  }
  const id = await insertArticle(
    tx,
    article,
    place.kind === 'version' ? place : { ...FIRST_VERSION, follows: place.kind === 'kin' ? place.kin.article : null },
  )
  await insertSketch(tx, id, article)
  return id
}

/** A team's own before the public one, and of either the newest version. */
async function newestAt(reads: Reads, team: TeamId, url: string): Promise<Selectable<ArticleTable> | null> {
  const row = await reads
    .selectFrom('article')
    .selectAll()
    .where('url', '=', url)
    .where('team', 'in', visibleTo(team))
    .orderBy('team', 'desc')
    .orderBy('version', 'desc')
    .executeTakeFirst()
  return row ?? null
}

async function insertArticle(
  tx: Writes,
  article: NewArticle,
  { version, follows }: { readonly version: number; readonly follows: string | null },
): Promise<ArticleId> {
  const id = version === 1 ? keyOf(article.team, article.url) : keyOf(article.team, article.url, version)
  await tx
    .insertInto('article')
    .values({
      ...article,
      ...{ id, version, follows },
      publishedAt: article.publishedAt?.getTime() ?? null,
      fetchedAt: article.fetchedAt.getTime(),
      dateline: article.dateline === null ? null : JSON.stringify(article.dateline),
      isBackfill: article.isBackfill ? 1 : 0,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  return id as ArticleId
}

function articleOf({ version: _, follows: __, ...row }: Selectable<ArticleTable>): Article {
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
