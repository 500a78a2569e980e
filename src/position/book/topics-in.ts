import type { Span } from '../../statement/statement.ts'
import { contextAround } from '../topics/article-reading.ts'
import type { TopicBook } from './topic-book.ts'

/** An article as far as it tells what its statements are about; without its text where that is no longer kept. */
export type AroundStatement = { readonly title: string | null; readonly text: string | null }

/** The topics of a statement by a book, wider ones included, the most telling first. */
export function topicsIn(
  book: TopicBook,
  { content, contentSpans }: { readonly content: string; readonly contentSpans: readonly Span[] },
  { title, text }: AroundStatement,
): readonly string[] {
  const context = text === null ? { title } : contextAround({ title, text }, contentSpans)
  return book.withWider(book.assign(content, context).map(({ topic }) => topic))
}
