import type { TeamId } from '../../base/scope.ts'
import type { Proposition } from '../topics/proposition.ts'
import type { Topic, TopicId } from '../topics/topic.ts'

/** A topic with its propositions: what is edited, kept and undone together. */
export type BookEntry = { readonly topic: Topic; readonly propositions: readonly Proposition[] }

/**
 * What a team's own book says of a topic: an entry, that there is none (`null`), or nothing (`undefined`),
 * and then the book below it counts: everybody's, and below that the shipped one.
 */
export type EntryState = BookEntry | null | undefined

/** One topic of a change. */
export type EntryEdit = { readonly id: TopicId; readonly before?: EntryState; readonly after?: EntryState }

/** One change of a team's book, by one person at one time. Numbers count up within the team. */
export type BookChange = {
  readonly team: TeamId
  readonly number: number
  readonly at: Date
  /** Who made it, as they are called; empty for a file or somebody who was forgotten. */
  readonly by: string
  /** For people: "Added the topic Red Sea shipping". */
  readonly words: string
  readonly edits: readonly EntryEdit[]
  /** The statements on record have been read again by it. */
  readonly isDone: boolean
}
