import type { Database } from '../base/database/database.ts'
import { PUBLIC, type TeamId, visibleTo } from '../base/scope.ts'
import type { Proposition } from './proposition.ts'
import type { Book } from './read-book.ts'
import { starterBook } from './starter-book.ts'
import type { Topic } from './topic.ts'
import { type TopicBook, topicBook } from './topic-book.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    topic: TopicTable
  }
}

type TopicTable = {
  team: number
  id: string
  recordedAt: number
  supersededAt: number | null
  /** JSON: an entry of the book, or `null` where the team took a topic of the starter book out. */
  definition: string
}

type Entry = { readonly topic: Topic; readonly propositions: readonly Proposition[] }

/** What an import did, by topic id. */
export type BookChanges = {
  readonly added: readonly string[]
  readonly changed: readonly string[]
  readonly removed: readonly string[]
}

/** The books of the teams: the shipped book, and what a team has made of it. Versions are kept. */
export function topicStore(db: Database, shipped: Book = starterBook()) {
  // Books are read on every statement and change seldom: the newest row tells whether one is still good.
  const known = new Map<TeamId, { readonly version: string; readonly book: TopicBook }>()

  const entriesOf = async (team: TeamId): Promise<ReadonlyMap<string, Entry>> => {
    const entries = new Map(entriesIn(shipped))
    const rows = await db.reads
      .selectFrom('topic')
      .selectAll()
      .where('team', 'in', visibleTo(team))
      .where('supersededAt', 'is', null)
      .orderBy('team')
      .orderBy('id')
      .execute()
    for (const row of rows) {
      const entry = JSON.parse(row.definition) as Entry | null
      if (entry === null) entries.delete(row.id)
      else entries.set(row.id, entry)
    }
    return entries
  }

  return {
    /** The topics that `team` works with. */
    bookOf: async (team: TeamId = PUBLIC): Promise<TopicBook> => {
      const row = await db.reads
        .selectFrom('topic')
        .select((topic) => [topic.fn.max('recordedAt').as('recordedAt'), topic.fn.countAll<number>().as('count')])
        .where('team', 'in', visibleTo(team))
        .executeTakeFirst()
      const version = JSON.stringify(row ?? null)
      const before = known.get(team)
      if (before?.version === version) return before.book
      const entries = [...(await entriesOf(team)).values()]
      const book = topicBook({
        topics: entries.map((entry) => entry.topic),
        propositions: entries.flatMap((entry) => entry.propositions),
      })
      known.set(team, { version, book })
      return book
    },

    /** Makes `book` the book of the team, whole. The same book twice changes nothing. */
    importBook: async (team: TeamId, book: Book, at: Date): Promise<BookChanges> => {
      const before = await entriesOf(team)
      const after = entriesIn(book)
      const added = [...after.keys()].filter((id) => !before.has(id))
      const removed = [...before.keys()].filter((id) => !after.has(id))
      const changed = [...after]
        .filter(([id, entry]) => before.has(id) && !isSame(before.get(id), entry))
        .map(([id]) => id)
      await db.transaction(async (tx) => {
        for (const id of [...added, ...changed, ...removed]) {
          await tx
            .updateTable('topic')
            .set({ supersededAt: at.getTime() })
            .where('team', '=', team)
            .where('id', '=', id)
            .where('supersededAt', 'is', null)
            .execute()
          const definition = JSON.stringify(after.get(id) ?? null)
          await tx
            .insertInto('topic')
            .values({ team, id, recordedAt: at.getTime(), supersededAt: null, definition })
            .onConflict((conflict) =>
              conflict.columns(['team', 'id', 'recordedAt']).doUpdateSet({ definition, supersededAt: null }),
            )
            .execute()
        }
      })
      return { added, changed, removed }
    },

    /** Removes a team's own topics; part of `forget`. */
    forgetTeam: (team: TeamId): Promise<void> =>
      db.transaction(async (tx) => {
        await tx.deleteFrom('topic').where('team', '=', team).execute()
      }),
  }
}

export type TopicStore = ReturnType<typeof topicStore>

function entriesIn(book: Book): ReadonlyMap<string, Entry> {
  const byTopic = Map.groupBy(book.propositions, (proposition) => proposition.topic)
  return new Map(book.topics.map((topic) => [topic.id, { topic, propositions: byTopic.get(topic.id) ?? [] }]))
}

function isSame(a: Entry | undefined, b: Entry): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
