import type { Database, Writes } from '../../base/database/database.ts'
import { PUBLIC, type TeamId, visibleTo } from '../../base/scope.ts'
import type { StatementId } from '../../statement/statement-id.ts'
import type { TopicId } from '../topics/topic.ts'
import type { BookChange, EntryEdit, EntryState } from './book-change.ts'
import { type BookChanges, bookIn, differences, entriesIn, entriesWith, takenBack } from './book-layers.ts'
import {
  changesAfter,
  changeToReread,
  isSameState,
  layersOf,
  newestNumber,
  teamsWithRows,
  toBookChange,
  writeEntry,
} from './book-rows.ts'
import { type Book, BookError } from './read-book.ts'
import { starterBook } from './starter-book.ts'
import type { TopicBook } from './topic-book.ts'

/** Who changes a book: the platform's id, and what people call them. */
export type Editor = { readonly id: string; readonly name: string }

/** A file has no person. */
const FROM_FILE: Editor = { id: '', name: '' }

export type BookWish = {
  readonly team: TeamId
  /** What each topic should be in the team's own book. */
  readonly edits: readonly { readonly id: TopicId; readonly after: EntryState }[]
  /** The newest change that whoever wishes it knew of. */
  readonly base: number
  readonly by: Editor
  readonly words: string
  readonly at: Date
}

export type BookOutcome =
  | { readonly kind: 'changed'; readonly number: number }
  /** It was so already. */
  | { readonly kind: 'same' }
  /** Somebody else changed the same topics meanwhile; nothing was written. */
  | { readonly kind: 'overtaken'; readonly by: readonly BookChange[] }

/** A team's book before and after one change, with what has been changed since left out of both. */
export type BookPair = { readonly before: TopicBook; readonly after: TopicBook; readonly changed: readonly TopicId[] }

/** The books of the teams: the shipped book, and what a team has made of it. Every change is kept, and can be undone. */
export function topicStore(db: Database, shipped: Book = starterBook()) {
  // Books are read on every statement and change seldom: the newest numbers tell whether one is still good.
  const known = new Map<TeamId, { readonly version: string; readonly book: TopicBook }>()
  const pairs = new Map<string, BookPair>()

  const versionOf = async (team: TeamId): Promise<string> => {
    const [rows, changes] = await Promise.all([
      db.reads
        .selectFrom('topic')
        .select((topic) => [topic.fn.max('recordedAt').as('at'), topic.fn.countAll<number>().as('count')])
        .where('team', 'in', visibleTo(team))
        .execute(),
      db.reads
        .selectFrom('bookChange')
        .select((one) => ['team', one.fn.max('number').as('number')])
        .where('team', 'in', visibleTo(team))
        .groupBy('team')
        .orderBy('team')
        .execute(),
    ])
    return JSON.stringify([rows, changes])
  }

  const bookOf = async (team: TeamId = PUBLIC): Promise<TopicBook> => {
    const version = await versionOf(team)
    const before = known.get(team)
    if (before?.version === version) return before.book
    const book = bookIn(entriesIn(shipped), await layersOf(db.reads, team))
    known.set(team, { version, book })
    return book
  }

  const change = (wish: BookWish): Promise<BookOutcome> =>
    db.transaction(async (tx) => {
      const { team, by, words, at } = wish
      const ids = new Set<string>(wish.edits.map(({ id }) => id))
      const later = await changesAfter(tx, team, wish.base)
      const overtaking = later.filter(({ edits }) => edits.some(({ id }) => ids.has(id)))
      if (overtaking.length > 0) return { kind: 'overtaken', by: overtaking }
      const layer = (await layersOf(tx, team)).at(-1)?.[1] ?? new Map()
      const edits = wish.edits
        .map(({ id, after }): EntryEdit => ({ id, before: layer.get(id), after }))
        .filter(({ before, after }) => !isSameState(before, after))
      if (edits.length === 0) return { kind: 'same' }
      for (const edit of edits) await writeEntry(tx, team, edit, at.getTime())
      const number = (await newestNumber(tx, team)) + 1
      const who = { memberId: by.id, memberName: by.name }
      await tx
        .insertInto('bookChange')
        .values({
          ...{ team, number, at: at.getTime(), ...who, words, edits: JSON.stringify(edits) },
          ...{ rereadFrom: null, doneAt: null },
        })
        .execute()
      return { kind: 'changed', number }
    })

  return {
    /** The topics that `team` works with. */
    bookOf,

    /** The number of the team's newest change; 0 before the first. */
    newest: (team: TeamId): Promise<number> => newestNumber(db.reads, team),

    /** Writes what is wished, all of it or nothing, and never over what somebody else wrote meanwhile. */
    change,

    /** What making `book` the book of the team would do. */
    compareBook: async (team: TeamId, book: Book): Promise<BookChanges> =>
      differences(entriesWith(entriesIn(shipped), await layersOf(db.reads, team)), entriesIn(book)),

    /**
     * Makes `book` the book of the team, whole. The same book twice changes nothing.
     * What equals the book below is left to it.
     */
    importBook: async (team: TeamId, book: Book, at: Date, by: Editor = FROM_FILE): Promise<BookChanges> => {
      const base = await newestNumber(db.reads, team)
      const layers = await layersOf(db.reads, team)
      const below = entriesWith(entriesIn(shipped), layers.slice(0, -1))
      const after = entriesIn(book)
      const changes = differences(entriesWith(entriesIn(shipped), layers), after)
      const edits = [...changes.added, ...changes.changed, ...changes.removed].map((id) => {
        const entry = after.get(id) ?? null
        return { id: id as TopicId, after: isSameState(below.get(id) ?? null, entry) ? undefined : entry }
      })
      const counts = [changes.added, changes.changed, changes.removed].map(({ length }) => length)
      const words = `Imported a book: ${counts[0]} topics added, ${counts[1]} changed, ${counts[2]} removed`
      const outcome = await change({ team, edits, base, by, words, at })
      if (outcome.kind === 'overtaken') throw new BookError('somebody changed the same topics at this very moment')
      return changes
    },

    /** The team's changes, newest first. */
    history: async (team: TeamId, { before, limit }: { readonly before?: number; readonly limit: number }) => {
      let rows = db.reads.selectFrom('bookChange').selectAll().where('team', '=', team)
      if (before !== undefined) rows = rows.where('number', '<', before)
      return (await rows.orderBy('number', 'desc').limit(limit).execute()).map(toBookChange)
    },

    get: async (team: TeamId, number: number): Promise<BookChange | null> => {
      const row = await db.reads
        .selectFrom('bookChange')
        .selectAll()
        .where('team', '=', team)
        .where('number', '=', number)
        .executeTakeFirst()
      return row === undefined ? null : toBookChange(row)
    },

    /** The teams whose book is not simply everybody's. */
    teamsWithBook: (): Promise<readonly TeamId[]> => teamsWithRows(db.reads),

    /** The teams with a change by which the record has not been read again to its end. */
    teamsToReread: async (): Promise<readonly TeamId[]> => {
      const rows = await db.reads
        .selectFrom('bookChange')
        .select('team')
        .distinct()
        .where('doneAt', 'is', null)
        .execute()
      return rows.map((row) => row.team as TeamId)
    },

    changeToReread: (team: TeamId) => changeToReread(db.reads, team),

    /** The book of `team` on both sides of a change of its own or of everybody's. */
    pairOf: async (team: TeamId, { team: owner, number }: Pick<BookChange, 'team' | 'number'>): Promise<BookPair> => {
      const key = JSON.stringify([team, owner, number, await versionOf(team)])
      const kept = pairs.get(key)
      if (kept !== undefined) return kept
      const later = await changesAfter(db.reads, owner, number - 1)
      const edits = later.find((one) => one.number === number)?.edits ?? []
      const layers = await layersOf(db.reads, team)
      const without = (changes: readonly BookChange[]) =>
        bookIn(
          entriesIn(shipped),
          layers.map(([scope, layer]) => [scope, scope === owner ? takenBack(layer, changes) : layer] as const),
        )
      const pair = {
        before: without(later),
        after: without(later.filter((one) => one.number !== number)),
        changed: edits.map(({ id }) => id),
      }
      if (pairs.size >= PAIRS_KEPT) pairs.clear()
      pairs.set(key, pair)
      return pair
    },

    /** Notes how far the reading of the record by a change has come; `null`: to its end. */
    noteReread: ({ team, number }: Pick<BookChange, 'team' | 'number'>, from: StatementId | null, at: Date) =>
      db.transaction(async (tx) => {
        await tx
          .updateTable('bookChange')
          .set(from === null ? { doneAt: at.getTime() } : { rereadFrom: from })
          .where('team', '=', team)
          .where('number', '=', number)
          .execute()
      }),

    /** Removes a team's own topics, and what was done to them; part of `forget`. */
    forgetTeam: (team: TeamId): Promise<void> =>
      db.transaction(async (tx) => {
        await tx.deleteFrom('topic').where('team', '=', team).execute()
        await tx.deleteFrom('bookChange').where('team', '=', team).execute()
      }),

    /** Takes a person's name off the changes they made; how many. */
    forgetMember: async (tx: Writes, memberId: string): Promise<number> => {
      const gone = await tx
        .updateTable('bookChange')
        .set({ memberId: '', memberName: '' })
        .where('memberId', '=', memberId)
        .executeTakeFirst()
      return Number(gone.numUpdatedRows)
    },
  }
}

export type TopicStore = ReturnType<typeof topicStore>

/** Books in memory for the reading of the record; a batch of it needs one for each team with a book. */
const PAIRS_KEPT = 50
