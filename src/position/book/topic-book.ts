import { closest } from '../../chat/closest.ts'
import type { DocumentContext } from '../topics/article-reading.ts'
import { topicAssigner } from '../topics/assign-topics.ts'
import type { Proposition, PropositionId } from '../topics/proposition.ts'
import type { Topic, TopicAssignment, TopicId } from '../topics/topic.ts'
import { topicReader } from '../topics/topic-reader.ts'
import { foldWord } from '../words/words.ts'
import type { Book } from './read-book.ts'

/** A team's topics and propositions, in memory. Pure: the same question gets the same answer. */
export type TopicBook = Book & {
  readonly byId: (id: TopicId) => Topic | null
  readonly proposition: (id: PropositionId) => Proposition | null
  readonly propositionsOf: (topic: TopicId) => readonly Proposition[]
  /** The topic and everything below it. */
  readonly family: (topic: TopicId) => readonly TopicId[]
  /**
   * The topics that `text` is about, the most telling first, each with the words that made it one and what
   * made them count. `context` is the article around it: "the ceasefire" is Libya's in an article on Libya;
   * with `at`, where in the article `text` stands, its paragraph counts before the title.
   */
  readonly assign: (text: string, context?: DocumentContext) => readonly TopicAssignment[]
  /** The topics and all above them: a statement on a part is one on the whole too. */
  readonly withWider: (topics: readonly TopicId[]) => readonly TopicId[]
  /** The topics without those above another of them. */
  readonly narrowest: (topics: readonly TopicId[]) => readonly TopicId[]
  /** The topic with this id, label or alias, in any case; `null` if there is none. */
  readonly find: (name: string) => Topic | null
  /** What was probably meant by `typed`, slips of the pen allowed; best first. */
  readonly search: (typed: string, atMost: number) => readonly Topic[]
}

export function topicBook(book: Book): TopicBook {
  const topics = new Map(book.topics.map((topic) => [topic.id, topic]))
  const propositions = new Map(book.propositions.map((proposition) => [proposition.id, proposition]))
  const byTopic = Map.groupBy(book.propositions, (proposition) => proposition.topic)
  const byName = namesOf(book.topics)
  // People mix up i and y: Lybia, Sirya.
  const bySound = new Map([...byName].map(([name, topic]) => [name.replaceAll('y', 'i'), topic]))
  const assign = topicAssigner(topicReader(book.topics))

  const find = (name: string) => byName.get(foldName(name)) ?? null
  const family = (topic: TopicId): readonly TopicId[] => [
    topic,
    ...book.topics.filter((child) => child.parent === topic).flatMap((child) => family(child.id)),
  ]

  const lineOf = (id: TopicId): readonly TopicId[] => {
    const parent = topics.get(id)?.parent ?? null
    return parent === null ? [id] : [id, ...lineOf(parent)]
  }

  return {
    ...book,
    byId: (id) => topics.get(id) ?? null,
    proposition: (id) => propositions.get(id) ?? null,
    propositionsOf: (topic) => byTopic.get(topic) ?? [],
    family,
    withWider: (some) => [...new Set(some.flatMap(lineOf))],
    narrowest: (some) => {
      const wider = new Set(some.flatMap((id) => lineOf(id).slice(1)))
      return some.filter((id) => !wider.has(id))
    },
    assign: (text, context = {}) => assign(text, context),
    find,
    search: (typed, atMost) => {
      const wanted = foldName(typed)
      const inside = [...byName].filter(([name]) => ` ${name}`.includes(` ${wanted}`)).map(([, topic]) => topic)
      const near = closest(wanted.replaceAll('y', 'i'), [...bySound.keys()], atMost)
        .map((name) => bySound.get(name))
        .filter((topic) => topic !== undefined)
      const exact = find(typed)
      return [...new Set([...(exact === null ? [] : [exact]), ...inside, ...near])].slice(0, atMost)
    },
  }
}

/** Every name of every topic; where two share one, the first in the book has it. */
function namesOf(topics: readonly Topic[]): ReadonlyMap<string, Topic> {
  const names = new Map<string, Topic>()
  const claim = (name: string, topic: Topic) => {
    const folded = foldName(name)
    if (folded !== '' && !names.has(folded)) names.set(folded, topic)
  }
  for (const topic of topics) claim(topic.label, topic)
  for (const topic of topics) for (const name of [topic.id, ...topic.aliases]) claim(name, topic)
  return names
}

/** Longest name that is looked up; labels end at 120 characters. */
const LONGEST_NAME = 120

function foldName(name: string): string {
  return foldWord(name.slice(0, LONGEST_NAME))
    .replace(/[^\p{L}\p{N}+]+/gu, ' ')
    .trim()
}
