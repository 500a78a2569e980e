import { type KeywordIndex, keywordIndex } from './keyword-index.ts'
import type { Topic } from './topic.ts'

export type TopicReader = {
  readonly index: KeywordIndex
  /** The topic itself and those above it, the top one last. */
  readonly lineOf: (topic: Topic) => readonly Topic[]
  /** The top one: the place, where the topic has one. */
  readonly rootOf: (topic: Topic) => Topic
}

export function topicReader(topics: readonly Topic[]): TopicReader {
  const byId = new Map(topics.map((topic) => [topic.id, topic]))
  const lineOf = (topic: Topic): readonly Topic[] => {
    const parent = topic.parent === null ? undefined : byId.get(topic.parent)
    return parent === undefined ? [topic] : [topic, ...lineOf(parent)]
  }
  const lines = new Map(topics.map((topic) => [topic, lineOf(topic)]))
  const known = (topic: Topic) => lines.get(topic) ?? [topic]
  return { index: keywordIndex(topics), lineOf: known, rootOf: (topic) => known(topic).at(-1) ?? topic }
}
