import type { Statement } from '../../statement/statement-row.ts'
import type { PropositionId } from '../topics/proposition.ts'
import type { TopicId } from '../topics/topic.ts'
import { topicReader } from '../topics/topic-reader.ts'
import { readWords } from '../words/words.ts'
import type { TopicBook } from './topic-book.ts'
import type { BookPair } from './topic-store.ts'
import { type AroundStatement, topicsIn } from './topics-in.ts'

/** What of a statement the reading by another book needs. */
export type Readable = Pick<Statement, 'content' | 'contentSpans' | 'asRead'>

export type Reread = {
  readonly topics: readonly string[]
  readonly came: readonly string[]
  readonly left: readonly string[]
}

/**
 * How a change of the book reads a statement in its article; `null`: the change does nothing to it. Only what the
 * change does is done, so that topics stay which an article gave whose text is gone by now. Twice is once: what it
 * gives, it gives again.
 */
export type Rereader = (statement: Readable, article: AroundStatement) => Reread | null

/** `merged`: propositions that the team takes for another. */
export function rereader(
  { before, after, changed }: BookPair,
  merged: ReadonlyMap<PropositionId, PropositionId> = new Map(),
): Rereader {
  const touched = new Set(changed.flatMap((id) => [...before.family(id), ...after.family(id)]))
  const reworded = rewordedTopics({ before, after, changed }, merged)
  const indexes = [before, after].map((book) => topicReader(book.topics.filter(({ id }) => touched.has(id))).index)
  const says = (text: string) => {
    const words = readWords(text)
    return indexes.some((index) => index.find(words).length > 0)
  }
  // The statements of an article come one after the other.
  let last: { readonly of: AroundStatement; readonly says: boolean } | null = null
  const isAround = (article: AroundStatement) => {
    if (last?.of !== article) last = { of: article, says: says(`${article.title ?? ''}\n${article.text ?? ''}`) }
    return last.says
  }

  return (statement, article) => {
    const { topics } = statement.asRead
    const isOn = topics.some((id) => touched.has(id as TopicId) || reworded.has(id as TopicId))
    // What an article speaks of may decide what a sentence in it is about that names nothing.
    if (!isOn && !says(statement.content) && !isAround(article)) return null
    const was = topicsIn(before, statement, article)
    const now = topicsIn(after, statement, article)
    const came = now.filter((id) => !was.includes(id))
    const left = was.filter((id) => !now.includes(id))
    const kept = topics.filter((id) => !left.includes(id))
    const all = [...kept, ...came.filter((id) => !kept.includes(id))]
    // In the order of the book where it gives all of them.
    const read = new Set(all).symmetricDifference(new Set(now)).size === 0 ? now : all
    const isReworded = read.some((id) => reworded.has(id as TopicId))
    return came.length + left.length > 0 || isReworded ? { topics: read, came, left } : null
  }
}

/** The topics whose propositions the change touches, and those whose propositions a team takes for one of them. */
function rewordedTopics(
  { before, after, changed }: BookPair,
  merged: ReadonlyMap<PropositionId, PropositionId>,
): ReadonlySet<TopicId> {
  const sentencesOf = (book: TopicBook, id: TopicId) => JSON.stringify(book.propositionsOf(id))
  const reworded = new Set(changed.filter((id) => sentencesOf(before, id) !== sentencesOf(after, id)))
  const topicsOf = (id: PropositionId) => [before, after].flatMap((book) => book.proposition(id)?.topic ?? [])
  const partners = [...merged]
    .map((pair) => pair.flatMap(topicsOf))
    .filter((topics) => topics.some((id) => reworded.has(id)))
  return new Set([...reworded, ...partners.flat()])
}
