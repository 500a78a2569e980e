import type { Reads, Writes } from '../base/database/database.ts'
import { keyOf } from '../base/id.ts'
import { type TeamId, visibleTo } from '../base/scope.ts'
import type { ArticleId } from './article.ts'
import { type Kinship, kinshipOf } from './same-text.ts'
import { shinglesOf, sketchOf } from './text-sketch.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    articleSketch: ArticleSketchTable
    articleCopy: ArticleCopyTable
  }
}

/** By which texts that share words find each other; kept for as long as copies are looked for. */
type ArticleSketchTable = { article: string; team: number; value: number; at: number }

/** Where else the text of an article stands. */
type ArticleCopyTable = {
  id: string
  original: string
  team: number
  url: string
  title: string
  publisher: string | null
  publishedAt: number | null
  seenAt: number
}

/** What a text needs to say of itself to be compared and named. */
export type Copy = {
  readonly team: TeamId
  readonly url: string
  readonly title: string
  readonly text: string
  readonly publisher: string | null
  readonly publishedAt: Date | null
  readonly fetchedAt: Date
}

/** Another outlet with the same text. */
export type Outlet = {
  readonly publisher: string | null
  readonly articleUrl: string
  readonly publishedAt: Date | null
}

/** A text that comes later than this is no copy but an anniversary. */
const WINDOW_MS = 72 * 3_600_000

/** Sketches are kept a little longer than they are asked for. */
const KEPT_MS = 2 * WINDOW_MS

/** The texts that share most are compared word by word, and no others. */
const COMPARED_AT_MOST = 5

export type Kin = { readonly article: ArticleId; readonly kinship: NonNullable<Kinship> }

/** The article of which this text is a copy or an update, among those that its team sees; the nearest first. */
export async function findKin(reads: Reads, copy: Copy): Promise<Kin | null> {
  const sketch = sketchOf(shinglesOf(copy.text))
  if (sketch.length === 0) return null
  const at = atOf(copy)
  const candidates = await reads
    .selectFrom('articleSketch')
    .select('article')
    .where('value', 'in', sketch)
    .where('at', '>=', at - WINDOW_MS)
    .where('at', '<=', at + WINDOW_MS)
    .where('team', 'in', visibleTo(copy.team))
    .groupBy('article')
    .orderBy((shared) => shared.fn.countAll(), 'desc')
    .orderBy('article')
    .limit(COMPARED_AT_MOST)
    .execute()
  const ids = candidates.map(({ article }) => article)
  if (ids.length === 0) return null
  const texts = await reads
    .selectFrom('article')
    .select(['id', 'text'])
    .where('id', 'in', ids)
    .where('team', 'in', visibleTo(copy.team))
    .execute()
  const kin = ids.flatMap((id) => {
    const kinship = kinshipOf(copy.text, texts.find((row) => row.id === id)?.text ?? '')
    return kinship === null ? [] : [{ article: id as ArticleId, kinship }]
  })
  return kin.find(({ kinship }) => kinship === 'copy') ?? kin[0] ?? null
}

/** Lets later texts find this one. */
export async function insertSketch(tx: Writes, article: string, copy: Copy): Promise<void> {
  const [team, at] = [copy.team, atOf(copy)]
  const rows = sketchOf(shinglesOf(copy.text)).map((value) => ({ article, team, value, at }))
  if (rows.length > 0) await tx.insertInto('articleSketch').values(rows).execute()
}

/** Names an outlet that has the text of `original` too. */
export async function insertCopy(tx: Writes, original: ArticleId, copy: Copy): Promise<void> {
  await tx
    .insertInto('articleCopy')
    .values({
      id: keyOf(copy.team, copy.url),
      original,
      team: copy.team,
      url: copy.url,
      title: copy.title,
      publisher: copy.publisher,
      publishedAt: copy.publishedAt?.getTime() ?? null,
      seenAt: copy.fetchedAt.getTime(),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

/** The article whose text stands at this address too. */
export async function originalAt(reads: Reads, team: TeamId, url: string): Promise<ArticleId | null> {
  const row = await reads
    .selectFrom('articleCopy')
    .select('original')
    .where('url', '=', url)
    .where('team', 'in', visibleTo(team))
    .orderBy('team', 'desc')
    .executeTakeFirst()
  return row === undefined ? null : (row.original as ArticleId)
}

/** The other outlets, as far as the team may know of them, that have the text of these articles; the first to print it first. */
export async function copiesOf(
  reads: Reads,
  team: TeamId,
  articles: readonly ArticleId[],
): Promise<ReadonlyMap<ArticleId, readonly Outlet[]>> {
  if (articles.length === 0) return new Map()
  const rows = await reads
    .selectFrom('articleCopy')
    .innerJoin('article', 'article.id', 'articleCopy.original')
    .select(['original', 'articleCopy.publisher', 'articleCopy.url', 'articleCopy.publishedAt'])
    .where('original', 'in', articles)
    .where('articleCopy.team', 'in', visibleTo(team))
    .where((where) =>
      where.or([
        where('articleCopy.publisher', 'is', null),
        where('article.publisher', 'is', null),
        where('articleCopy.publisher', '<>', where.ref('article.publisher')),
      ]),
    )
    .orderBy('seenAt')
    .orderBy('articleCopy.id')
    .execute()
  const outlets = rows.map(({ original, publisher, url, publishedAt }) => ({
    original: original as ArticleId,
    outlet: { publisher, articleUrl: url, publishedAt: publishedAt === null ? null : new Date(publishedAt) },
  }))
  return new Map(
    [...Map.groupBy(outlets, ({ original }) => original)].map(([id, some]) => [id, some.map(({ outlet }) => outlet)]),
  )
}

/** Texts this old are compared with no more. */
export async function dropSketchesBefore(tx: Writes, now: Date): Promise<void> {
  await tx
    .deleteFrom('articleSketch')
    .where('at', '<', now.getTime() - KEPT_MS)
    .execute()
}

export async function forgetCopies(
  tx: Writes,
  whose: { readonly team: TeamId } | { readonly url: string },
): Promise<void> {
  const rows = tx.deleteFrom('articleCopy')
  await ('team' in whose ? rows.where('team', '=', whose.team) : rows.where('url', '=', whose.url)).execute()
}

function atOf({ publishedAt, fetchedAt }: Copy): number {
  return (publishedAt ?? fetchedAt).getTime()
}
