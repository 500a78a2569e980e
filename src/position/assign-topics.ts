import { type KeywordHit, type KeywordIndex, keywordIndex } from './keyword-index.ts'
import type { Topic, TopicAssignment, TopicId } from './topic.ts'
import { readWords, type Word } from './words.ts'

/** What stands around a text. */
export type DocumentContext = {
  readonly title?: string | null
  readonly text?: string | null
  /** Where in `text` the statement begins, in UTF-16 code units: what stands around it counts more. */
  readonly at?: number
}

export type TopicReader = {
  readonly index: KeywordIndex
  /** The topic itself and those above it, the top one last. */
  readonly lineOf: (topic: Topic) => readonly Topic[]
}

export function topicReader(topics: readonly Topic[]): TopicReader {
  const byId = new Map(topics.map((topic) => [topic.id, topic]))
  const lineOf = (topic: Topic): readonly Topic[] => {
    const parent = topic.parent === null ? undefined : byId.get(topic.parent)
    return parent === undefined ? [topic] : [topic, ...lineOf(parent)]
  }
  return { index: keywordIndex(topics), lineOf }
}

/** More topics than these make a list, not an answer. */
const MOST_TOPICS = 6
/** How often an article must name a place before a sentence without a place is taken to be about it. */
const CONTEXT_HITS = 3
/** An article about the neighbour names the place too; the main place is named at least this share as often. */
const CONTEXT_SHARE = 0.5
/** Only the beginning of an article says what it is about. */
const CONTEXT_CHARACTERS = 6_000

/** See `TopicBook.assign`. */
export function assignTopics(text: string, context: DocumentContext, reader: TopicReader): readonly TopicAssignment[] {
  const words = readWords(text)
  const hits = reader.index.find(words).filter((hit) => !isSetAside(words, hit))
  const named = rootsOf(hits.filter(tellsPlace), reader)
  // A sentence that names its own place is about that place, whatever the article is about.
  const places = named.size > 0 ? named : placesOf(context, reader)

  const byTopic = Map.groupBy(hits, (hit) => hit.keyword.topic)
  const found = [...byTopic].filter(([topic, own]) => {
    const root = reader.lineOf(topic).at(-1)
    return topic.parent === null || own.some((hit) => hit.keyword.isName) || (root !== undefined && places.has(root))
  })
  const covered = new Set(found.flatMap(([topic]) => reader.lineOf(topic).slice(1)))
  return found
    .filter(([topic]) => !covered.has(topic))
    .map(([topic, own]) => ({ topic, own, weight: weightOf(own) }))
    .sort((a, b) => b.weight - a.weight || (a.topic.id < b.topic.id ? -1 : 1))
    .slice(0, MOST_TOPICS)
    .map(({ topic, own }) => ({ topic: topic.id as TopicId, words: wordsOf(own, words, text) }))
}

/** A name tells the place: "Libyan" of its own topic, "Idlib" of a topic below Syria. */
function tellsPlace({ keyword }: KeywordHit): boolean {
  return keyword.topic.parent === null || keyword.isName
}

function rootsOf(hits: readonly KeywordHit[], reader: TopicReader): ReadonlySet<Topic> {
  return new Set(hits.map((hit) => reader.lineOf(hit.keyword.topic).at(-1) as Topic))
}

/** The places that an article is about: those in its title, else those it names most. */
function placesOf({ title, text }: DocumentContext, reader: TopicReader): ReadonlySet<Topic> {
  const inTitle = rootsOf(reader.index.find(readWords(title ?? '')).filter(tellsPlace), reader)
  if (inTitle.size > 0) return inTitle
  const hits = reader.index.find(readWords((text ?? '').slice(0, CONTEXT_CHARACTERS))).filter(tellsPlace)
  const counts = Map.groupBy(hits, (hit) => reader.lineOf(hit.keyword.topic).at(-1) as Topic)
  const most = Math.max(0, ...[...counts.values()].map((own) => own.length))
  return new Set(
    [...counts]
      .filter(([, own]) => own.length >= CONTEXT_HITS && own.length >= most * CONTEXT_SHARE)
      .map(([topic]) => topic),
  )
}

/** "Unlike Libya", "this has nothing to do with Iran", the "so-called" republic: named, and not spoken about. */
const SET_ASIDE =
  /\b(?:unlike|apart from|nothing to do with|not about|rather than|so-called|so called)\W{0,3}(?:the |in |of )?$/

function isSetAside(words: readonly Word[], { from }: KeywordHit): boolean {
  const before = words.slice(Math.max(0, from - 5), from).map((word) => word.lower)
  return SET_ASIDE.test(`${before.join(' ')} `)
}

function weightOf(hits: readonly KeywordHit[]): number {
  return [...new Set(hits.map((hit) => hit.keyword))].reduce((sum, keyword) => sum + keyword.weight, 0)
}

/** The words of the text, as they stand in it; of nested ones the longest. */
function wordsOf(hits: readonly KeywordHit[], words: readonly Word[], text: string): readonly string[] {
  const longest = hits.filter(
    (hit) =>
      !hits.some(
        (other) =>
          other !== hit && other.from <= hit.from && other.to >= hit.to && other.to - other.from > hit.to - hit.from,
      ),
  )
  return [...new Set(longest.map((hit) => text.slice(words[hit.from]?.start, words[hit.to - 1]?.end)))]
}
