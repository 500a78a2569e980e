import type { Article } from '../article/article.ts'
import type { Span } from '../statement/statement.ts'
import type { Statement } from '../statement/statement-row.ts'

/** What is wrong with a text that claims to quote or describe; counted by kind, never shown to a channel. */
export type Fault = {
  readonly kind: 'quotation' | 'source' | 'speaker' | 'number' | 'negation' | 'name' | 'label' | 'stance' | 'word'
  /** For the log: no words of an article, which may be private. */
  readonly what: string
}

/** The article that a statement names, read anew; its text is empty once it is too old to be kept. */
export type Stored = Pick<Article, 'id' | 'text' | 'url'>

/** What stands between the words of two spans. */
const GAP = ' … '

/**
 * Whether the words of a statement are cut by its spans from the very article that it names; `null` looks
 * into the sentences that are kept with the statement instead.
 */
export function verifyWords(statement: Statement, article: Stored | null | undefined): readonly Fault[] {
  const fault = (kind: Fault['kind'], what: string): readonly Fault[] => [{ kind, what }]
  if (article === undefined) return fault('source', 'the article is not on record')
  if (article !== null && (article.id !== statement.article || article.url !== statement.articleUrl)) {
    return fault('source', 'the article is not the one that the statement names')
  }
  const { contentSpans, content, context, contextSpan } = statement
  const isKept = article !== null && article.text !== ''
  const cut = ([start, end]: Span) =>
    isKept ? article.text.slice(start, end) : context.slice(start - contextSpan[0], end - contextSpan[0])
  const inOrder = contentSpans.every(([start, end], i) => start < end && start >= (contentSpans[i - 1]?.[1] ?? 0))
  if (contentSpans.length === 0 || !inOrder) return fault('quotation', 'the spans are no stretches in order')
  return contentSpans.map(cut).join(GAP) === content ? [] : fault('quotation', 'the spans cut other words')
}

const MARKS = /["“”„‟«»＂'‘’‚‛]|``/g

/** Words as two prints of them are compared: without marks, on one line, without what ends a cut. */
export function bareWords(text: string): string {
  return text
    .replace(MARKS, '')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^that\s+/i, '')
    .replace(/\s*[,;]?\s*(?:$|(?= …))/g, '')
    .toLowerCase()
}

/** Whether `printed` is all of `content`, or its beginning where it ends in "…". */
export function isAllOf(printed: string, content: string): boolean {
  const [shown, whole] = [bareWords(printed), bareWords(content)]
  if (shown === whole) return shown !== ''
  return shown.endsWith('…') && shown.length > 1 && whole.startsWith(shown.slice(0, -1).trimEnd())
}

/** The stretches between double quotation marks. */
export function quotedIn(text: string): readonly string[] {
  return [...text.matchAll(/[“"«]([^“”"«»]*)[”"»]/g)].map(([, words = '']) => words)
}
