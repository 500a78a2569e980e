import type { DocumentContext } from './assign-topics.ts'
import { topicReader } from './assign-topics.ts'
import type { Topic, TopicId } from './topic.ts'
import type { TopicBook } from './topic-book.ts'
import type { BookPair } from './topic-store.ts'
import { readWords } from './words.ts'

/** What of a statement the reading by another book needs. */
export type Readable = { readonly content: string; readonly topics: readonly string[] }

export type Reread = {
  readonly topics: readonly string[]
  readonly came: readonly string[]
  readonly left: readonly string[]
}

/**
 * How a change of the book reads statements: only what the change does is done to them, so that topics which
 * people put right stay, and those that an article gave whose text is gone by now.
 */
export type Rereader = {
  /** The text around the words decides for some statements; where it does not it need not be read. */
  readonly needsContext: (statement: Readable) => boolean
  /** `null`: the change does nothing to it. Twice is once: what it gives, it gives again. */
  readonly read: (statement: Readable, context: DocumentContext) => Reread | null
}

export function rereader({ before, after, changed }: BookPair): Rereader {
  const touched = new Set(changed.flatMap((id) => [...before.family(id), ...after.family(id)]))
  const isPlace = placeWords(before, touched) !== placeWords(after, touched)
  const indexes = [before, after].map((book) => topicReader(book.topics.filter(({ id }) => touched.has(id))).index)
  const reworded = new Set<string>(changed.filter((id) => sentencesOf(before, id) !== sentencesOf(after, id)))

  const concerns = ({ content, topics }: Readable) => {
    if (topics.some((id) => touched.has(id as TopicId))) return true
    const words = readWords(content)
    return indexes.some((index) => index.find(words).length > 0)
  }

  return {
    // A word that names a place says what whole articles are about.
    needsContext: (statement) => isPlace || concerns(statement),
    read: (statement, context) => {
      if (!isPlace && !concerns(statement)) return null
      const [was, now] = [before, after].map((book) => topicsIn(book, statement.content, context)) as [
        readonly string[],
        readonly string[],
      ]
      const came = now.filter((id) => !was.includes(id))
      const left = was.filter((id) => !now.includes(id))
      const kept = statement.topics.filter((id) => !left.includes(id))
      const all = [...kept, ...came.filter((id) => !kept.includes(id))]
      // In the order of the book where nobody put anything right.
      const topics = new Set(all).symmetricDifference(new Set(now)).size === 0 ? now : all
      const isReworded = topics.some((id) => reworded.has(id))
      return came.length + left.length > 0 || isReworded ? { topics, came, left } : null
    },
  }
}

/** The topics of a text, wider ones included. */
export function topicsIn(book: TopicBook, content: string, context: DocumentContext): readonly string[] {
  return book.withWider(book.assign(content, context).map(({ topic }) => topic))
}

/** All that decides what an article is about, of some topics. */
function placeWords(book: TopicBook, some: ReadonlySet<TopicId>): string {
  const own = book.topics.filter(({ id }) => some.has(id))
  return JSON.stringify(own.map((topic) => [topic.id, topic.parent, namesIn(topic), topic.excludes]))
}

/** @see assignTopics: every word of a topic at the top tells the place, and names of those below. */
function namesIn({ parent, keywords }: Topic): readonly string[] {
  return keywords.filter((keyword) => parent === null || !/(?:^|\s)\p{Ll}/u.test(keyword))
}

function sentencesOf(book: TopicBook, id: TopicId): string {
  return JSON.stringify(book.propositionsOf(id))
}
