import type { TeamId } from '../../base/scope.ts'
import type { BookChange, BookEntry } from './book-change.ts'
import { isSameState, type Layer } from './book-rows.ts'
import type { Book } from './read-book.ts'
import { type TopicBook, topicBook } from './topic-book.ts'

/** What an import did, by topic id. */
export type BookChanges = {
  readonly added: readonly string[]
  readonly changed: readonly string[]
  readonly removed: readonly string[]
}

/** The entries of a book, by topic id. */
export function entriesIn(book: Book): ReadonlyMap<string, BookEntry> {
  const byTopic = Map.groupBy(book.propositions, (proposition) => proposition.topic)
  return new Map(book.topics.map((topic) => [topic.id, { topic, propositions: byTopic.get(topic.id) ?? [] }]))
}

/** What lies between two books. */
export function differences(
  before: ReadonlyMap<string, BookEntry>,
  after: ReadonlyMap<string, BookEntry>,
): BookChanges {
  return {
    added: [...after.keys()].filter((id) => !before.has(id)),
    changed: [...after]
      .filter(([id, entry]) => before.has(id) && !isSameState(before.get(id), entry))
      .map(([id]) => id),
    removed: [...before.keys()].filter((id) => !after.has(id)),
  }
}

/** A book with the layers that lie over it, the lowest first. */
export function entriesWith(
  below: ReadonlyMap<string, BookEntry>,
  layers: readonly (readonly [TeamId, Layer])[],
): ReadonlyMap<string, BookEntry> {
  const entries = new Map(below)
  for (const [id, entry] of layers.flatMap(([, layer]) => [...layer])) {
    if (entry === null) entries.delete(id)
    else entries.set(id, entry)
  }
  return entries
}

/**
 * Two books on top of each other may disagree: where the one below lost a parent, or the two make a circle,
 * the topic stands at the top.
 */
export function bookIn(
  below: ReadonlyMap<string, BookEntry>,
  layers: readonly (readonly [TeamId, Layer])[],
): TopicBook {
  const entries = entriesWith(below, layers)
  const parentOf = (id: string): string | null => entries.get(id)?.topic.parent ?? null
  const topics = [...entries.values()].map(({ topic }) => {
    const { parent } = topic
    const isLoose = parent !== null && (!entries.has(parent) || isInCircle(topic.id, parentOf))
    return isLoose ? { ...topic, parent: null } : topic
  })
  return topicBook({ topics, propositions: [...entries.values()].flatMap(({ propositions }) => propositions) })
}

function isInCircle(id: string, parentOf: (id: string) => string | null): boolean {
  const seen = new Set<string>()
  for (let at = parentOf(id); at !== null && !seen.has(at); at = parentOf(at)) {
    if (at === id) return true
    seen.add(at)
  }
  return false
}

/** The layer as it was before these changes. */
export function takenBack(layer: Layer, changes: readonly BookChange[]): Layer {
  const before = new Map(layer)
  for (const { id, before: state } of changes.toReversed().flatMap(({ edits }) => edits.toReversed())) {
    if (state === undefined) before.delete(id)
    else before.set(id, state)
  }
  return before
}
