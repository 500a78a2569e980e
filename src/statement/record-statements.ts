import type { Article, ArticleId } from '../article/article.ts'
import type { Roster } from '../speaker/roster.ts'
import { findStatements } from './find-statements.ts'
import type { FoundStatement } from './statement.ts'
import type { StatementId, StatementStore } from './statement-store.ts'

export type RecordDeps = {
  /** Whatever its scope: a step of the pipeline works for everybody. */
  readonly readArticle: (id: ArticleId) => Promise<Article | null>
  readonly statements: Pick<StatementStore, 'save'>
  readonly roster: Roster
  /** Which topics a statement of this article is about, wider topics included. */
  readonly topicsOf: (article: Article) => Promise<(found: FoundStatement) => readonly string[]>
}

/** English is read; an article in another language is kept as it is, and nothing is taken from it. */
const READ_LANGUAGE = /^en\b/i

/** Finds who said what in an article and puts it on record; run twice, it changes nothing. */
export async function recordStatements(id: ArticleId, deps: RecordDeps): Promise<readonly StatementId[]> {
  const article = await deps.readArticle(id)
  if (article === null || !READ_LANGUAGE.test(article.language ?? 'en')) return []
  const publishedOn = article.publishedAt?.toISOString().slice(0, 10) ?? null
  const found = findStatements({ ...article, publishedOn }, deps.roster)
  if (found.length === 0) return []
  return await deps.statements.save(article, found, await deps.topicsOf(article))
}
