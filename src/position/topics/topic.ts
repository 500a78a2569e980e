import type { Brand } from '../../base/id.ts'

/** A readable slug: `libya.ceasefire`. */
export type TopicId = Brand<string, 'TopicId'>

/** What a stance is about. Owned and edited by a team; the shipped ones are the starter book. */
export type Topic = {
  readonly id: TopicId
  readonly label: string
  /** The wider topic that this one is part of. A statement on a topic is implicitly one on its parent. */
  readonly parent: TopicId | null
  /** Other names that people type. */
  readonly aliases: readonly string[]
  /** Words and phrases that make a statement one on this topic; matched by stem, in any case. */
  readonly keywords: readonly string[]
  /** Phrases that hide a keyword standing inside them: "ceasefire line" for the keyword "ceasefire". */
  readonly excludes: readonly string[]
}

/** A topic that a text was found to be on, and what made it so. */
export type TopicAssignment = {
  readonly topic: TopicId
  /** Words of the text; none where it is the article around it that speaks of the topic. */
  readonly words: readonly string[]
  /** What made general words count ("the ceasefire", in an article on Libya). `null`: the words tell by themselves. */
  readonly support: TopicSupport | null
}

/** The words that named the place or the subject, and where they stand. */
export type TopicSupport = {
  readonly from: 'statement' | 'nearby' | 'title' | 'article'
  readonly words: string
}
