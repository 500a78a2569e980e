import type { Span } from '../../statement/statement.ts'
import { readWords } from '../words/words.ts'
import type { KeywordHit } from './keyword-index.ts'
import { useOf } from './set-aside.ts'
import type { Topic } from './topic.ts'
import type { TopicReader } from './topic-reader.ts'

/** What stands around a text. */
export type DocumentContext = {
  readonly title?: string | null
  readonly text?: string | null
  /** Where in `text` the statement begins, in UTF-16 code units: what stands close by counts more. */
  readonly at?: number
}

/** What stands around the statement of an article whose words are at `spans`. */
export function contextAround(
  { title, text }: { readonly title: string | null; readonly text: string },
  [first]: readonly Span[],
): DocumentContext {
  return { title, text, ...(first === undefined ? {} : { at: first[0] }) }
}

/** A keyword of the article, as it stands there. */
export type Mention = {
  readonly topic: Topic
  readonly words: string
  readonly start: number
  readonly tellsPlace: boolean
}

/** What an article as a whole says about topics; read once, asked for each of its statements. */
export type ArticleReading = {
  readonly inTitle: readonly Mention[]
  /** The places it names most, each by one of its mentions. */
  readonly places: readonly Mention[]
  /** Topics that the article is about, not only some sentence of it. */
  readonly subjects: ReadonlySet<Topic>
  /** The mentions in the paragraph of `at`, and those in the one before. */
  readonly around: (at: number) => { readonly here: readonly Mention[]; readonly before: readonly Mention[] }
}

/** How often an article must name something before a sentence without it is taken to be about it. */
const NAMED_OFTEN = 3
/** An article about the neighbour names the place too; the main place is named at least this share as often. */
const PLACE_SHARE = 0.5
/** A second subject is spoken of at least this share as often as the first. */
const SUBJECT_SHARE = 0.34
/** Longer articles are read from their beginning only; the longest speeches have some 100,000 characters. */
const READ_CHARACTERS = 120_000
/** What a whole article is about, its beginning says. */
const OPENING_CHARACTERS = 6_000
/** Paragraphs of transcripts run on; what was said long before is another matter. */
const NEAR_CHARACTERS = 1_200

export function readArticle({ title, text }: DocumentContext, reader: TopicReader): ArticleReading {
  const whole = (text ?? '').slice(0, READ_CHARACTERS)
  const named = { title: mentionsIn(title ?? '', reader), text: mentionsIn(whole, reader) }
  const byRoot = Map.groupBy(
    named.text.filter(({ tellsPlace, start }) => tellsPlace && start < OPENING_CHARACTERS),
    ({ topic }) => reader.rootOf(topic),
  )
  const places = leading(byRoot, PLACE_SHARE).flatMap(([, [first]]) => first ?? [])
  const roots = new Set([...named.title.filter(telling), ...places].map(({ topic }) => reader.rootOf(topic)))
  // "The elections" of an article that speaks of no country in the book are nobody's.
  const isPlaced = (mention: Mention) => mention.tellsPlace || roots.has(reader.rootOf(mention.topic))
  const inTitle = named.title.filter(isPlaced)
  const mentions = named.text.filter(isPlaced)
  const opening = mentions.filter(({ start }) => start < OPENING_CHARACTERS)
  return {
    inTitle,
    places,
    subjects: subjectsOf(inTitle, opening, reader),
    around: (at) => {
      const here = whole.lastIndexOf('\n', at - 1) + 1
      const next = whole.indexOf('\n', at)
      const ends = next === -1 ? whole.length : next
      const before = whole.slice(0, here).trimEnd().lastIndexOf('\n') + 1
      const within = (from: number, to: number) =>
        mentions.filter(({ start }) => start >= Math.max(from, at - NEAR_CHARACTERS) && start < to)
      return { here: within(here, Math.min(ends, at + NEAR_CHARACTERS)), before: within(before, here) }
    },
  }
}

function telling({ tellsPlace }: Mention): boolean {
  return tellsPlace
}

/** All that stand beside the title's, and what the opening names again and again. */
function subjectsOf(inTitle: readonly Mention[], opening: readonly Mention[], reader: TopicReader): ReadonlySet<Topic> {
  const counts = new Map<Topic, readonly Mention[]>()
  for (const mention of opening) {
    for (const topic of reader.lineOf(mention.topic)) counts.set(topic, [...(counts.get(topic) ?? []), mention])
  }
  const named = inTitle.flatMap(({ topic }) => reader.lineOf(topic))
  return new Set([...named, ...leading(counts, SUBJECT_SHARE).map(([topic]) => topic)])
}

/** Those named often, and not much less than the one named most. */
function leading(counts: ReadonlyMap<Topic, readonly Mention[]>, share: number): [Topic, readonly Mention[]][] {
  const most = Math.max(0, ...[...counts.values()].map((own) => own.length))
  return [...counts].filter(([, own]) => own.length >= NAMED_OFTEN && own.length >= most * share)
}

function mentionsIn(text: string, reader: TopicReader): readonly Mention[] {
  const words = readWords(text)
  const hits = reader.index.find(words).filter((hit) => useOf(hit, words, text) !== 'aside')
  return hits.map((hit: KeywordHit): Mention => {
    const start = words[hit.from]?.start ?? 0
    return {
      topic: hit.keyword.topic,
      words: text.slice(start, words[hit.to - 1]?.end),
      start,
      tellsPlace: hit.keyword.topic.parent === null || hit.keyword.isName,
    }
  })
}
