import { readWords, type Word } from '../words/words.ts'
import { type ArticleReading, type DocumentContext, type Mention, readArticle } from './article-reading.ts'
import type { KeywordHit } from './keyword-index.ts'
import { placesOfWord } from './place-of-word.ts'
import { type Use, useOf } from './set-aside.ts'
import type { Topic, TopicAssignment, TopicId, TopicSupport } from './topic.ts'
import type { TopicReader } from './topic-reader.ts'

/** More topics than these make a list, not an answer. */
const MOST_TOPICS = 6

/** A statement has some hundred characters; of a longer text the beginning is read. */
const LONGEST_STATEMENT = 10_000

export type AssignTopics = (text: string, context: DocumentContext) => readonly TopicAssignment[]

/**
 * See `TopicBook.assign`. The statements of one article come one after the other, so its reading is kept
 * until another article comes.
 */
export function topicAssigner(reader: TopicReader): AssignTopics {
  let kept: { readonly of: DocumentContext; readonly reading: ArticleReading } | null = null
  const readingOf = (context: DocumentContext): ArticleReading => {
    if (kept === null || kept.of.text !== context.text || kept.of.title !== context.title) {
      kept = { of: context, reading: readArticle(context, reader) }
    }
    return kept.reading
  }
  return (whole, context) => {
    const text = whole.slice(0, LONGEST_STATEMENT)
    const own = assignByWords(text, context, reader, readingOf)
    return own.length > 0 || context.at === undefined ? own : inherit(text, readingOf(context), context.at, reader)
  }
}

type Used = KeywordHit & { readonly use: Use }
type Supported = { readonly topic: Topic; readonly own: readonly Used[]; readonly support: TopicSupport | null }

function assignByWords(
  text: string,
  context: DocumentContext,
  reader: TopicReader,
  readingOf: (context: DocumentContext) => ArticleReading,
): readonly TopicAssignment[] {
  const words = readWords(text)
  const found = reader.index.find(words)
  // "The Russian embassy in Libya" is about the two, and tells where.
  const sides = new Set(found.filter(({ keyword }) => keyword.isSide).map(({ from }) => from))
  const hits = found
    .map((hit): Used => ({ ...hit, use: useOf(hit, words, text) }))
    .map((hit): Used => (hit.use === 'about' && isPartOf(sides, hit) ? { ...hit, use: 'place' } : hit))
    .filter(({ use }) => use !== 'aside')
  if (hits.length === 0) return []
  const places = placesFor(hits, words, text, reader, () => ({ reading: readingOf(context), at: context.at }))
  const named = hits.filter(tellsPlace)
  const isElsewhere = (hit: Used) => {
    const own = placesOfWord(hit, named, words, reader)
    return own.size > 0 && !own.has(reader.rootOf(hit.keyword.topic))
  }

  const supported = [...Map.groupBy(hits, (hit) => hit.keyword.topic)].flatMap(([topic, own]): Supported[] => {
    const standsAlone = own.some(
      (hit) => hit.keyword.isSide || (hit.use === 'about' && (topic.parent === null || hit.keyword.isName)),
    )
    if (standsAlone) return [{ topic, own, support: null }]
    const support = topic.parent === null || own.every(isElsewhere) ? undefined : places.get(reader.rootOf(topic))
    return support === undefined ? [] : [{ topic, own, support }]
  })
  const covered = new Set(supported.flatMap(({ topic }) => reader.lineOf(topic).slice(1)))
  return supported
    .filter(({ topic }) => !covered.has(topic))
    .map((one) => ({ ...one, weight: weightOf(one.own) }))
    .sort((a, b) => b.weight - a.weight || (a.topic.id < b.topic.id ? -1 : 1))
    .slice(0, MOST_TOPICS)
    .map(({ topic, own, support }) => ({ topic: topic.id as TopicId, words: wordsOf(own, words, text), support }))
}

function isPartOf(sides: ReadonlySet<number>, { keyword, from }: KeywordHit): boolean {
  return !keyword.isSide && keyword.isName && keyword.topic.parent === null && sides.has(from)
}

/**
 * The places that general words ("the ceasefire") are about, and where the text says so. A sentence that names
 * its own place is about that place; else its paragraph tells, then the title, then what the article names most.
 */
function placesFor(
  hits: readonly Used[],
  words: readonly Word[],
  text: string,
  reader: TopicReader,
  around: () => { readonly reading: ArticleReading; readonly at: number | undefined },
): ReadonlyMap<Topic, TopicSupport> {
  const own = supportBy(
    hits.filter(tellsPlace).map((hit) => ({ topic: hit.keyword.topic, words: phraseOf(hit, words, text) })),
    'statement',
    reader,
  )
  // "Terrorism" has no place of its own; "Yemen" is one.
  if (hits.some(({ keyword }) => keyword.isName && !keyword.isSide)) return own
  const { reading, at } = around()
  const near = at === undefined ? [] : reading.around(at).here
  const telling = ({ tellsPlace }: Mention) => tellsPlace
  const wider = near.some(telling)
    ? supportBy(near.filter(telling), 'nearby', reader)
    : reading.inTitle.some(telling)
      ? supportBy(reading.inTitle.filter(telling), 'title', reader)
      : supportBy(reading.places, 'article', reader)
  return new Map([...wider, ...own])
}

function tellsPlace({ keyword }: KeywordHit): boolean {
  return keyword.topic.parent === null || keyword.isName
}

function supportBy(
  mentions: readonly { readonly topic: Topic; readonly words: string }[],
  from: TopicSupport['from'],
  reader: TopicReader,
): ReadonlyMap<Topic, TopicSupport> {
  const support = new Map<Topic, TopicSupport>()
  for (const { topic, words } of mentions) {
    const root = reader.rootOf(topic)
    if (!support.has(root)) support.set(root, { from, words })
  }
  return support
}

/** Fewer words are a scrap of a sentence: "that question". */
const LEAST_WORDS = 5
/** Who speaks of himself ("when I am described as …") is not heard on the subject. */
const OF_ONESELF = /\b(?:I|my|me|myself)\b/
/** Points back to what was said before: "this work", "they". */
const POINTS_BACK = /\b(?:this|these|those|such|it|they|them|their)\b/i

/**
 * A statement that names nothing ("we will take part in this work") is about what its paragraph speaks of, or
 * the one before if it points back, as long as the whole article is about that too.
 */
function inherit(text: string, reading: ArticleReading, at: number, reader: TopicReader): readonly TopicAssignment[] {
  if (readWords(text).length < LEAST_WORDS || OF_ONESELF.test(text)) return []
  const { here, before } = reading.around(at)
  const isSubject = ({ topic }: Mention) => reading.subjects.has(topic)
  const near = [here, POINTS_BACK.test(text) ? before : []].map((some) => some.filter(isSubject))
  const topics = new Map(near.find((some) => some.length > 0)?.map(({ topic, words }) => [topic, words]))
  const covered = new Set([...topics.keys()].flatMap((topic) => reader.lineOf(topic).slice(1)))
  return [...topics]
    .filter(([topic]) => !covered.has(topic))
    .slice(0, MOST_TOPICS)
    .map(([topic, words]) => ({ topic: topic.id as TopicId, words: [], support: { from: 'nearby', words } }))
}

function weightOf(hits: readonly KeywordHit[]): number {
  return [...new Set(hits.map((hit) => hit.keyword))].reduce((sum, keyword) => sum + keyword.weight, 0)
}

function phraseOf({ from, to }: KeywordHit, words: readonly Word[], text: string): string {
  return text.slice(words[from]?.start, words[to - 1]?.end)
}

/** The words of the text, as they stand in it; of nested ones the longest. */
function wordsOf(hits: readonly KeywordHit[], words: readonly Word[], text: string): readonly string[] {
  const isInside = (inner: KeywordHit, outer: KeywordHit) =>
    outer.from <= inner.from && outer.to >= inner.to && outer.to - outer.from > inner.to - inner.from
  const longest = hits.filter((hit) => !hits.some((other) => isInside(hit, other)))
  return [...new Set(longest.map((hit) => phraseOf(hit, words, text)))]
}
