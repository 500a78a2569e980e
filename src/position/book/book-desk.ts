import type { TeamId } from '../../base/scope.ts'
import { cutText } from '../../chat/clean-text.ts'
import type { Topic, TopicId } from '../topics/topic.ts'
import { topicReader } from '../topics/topic-reader.ts'
import { readWords } from '../words/words.ts'
import type { BookChange } from './book-change.ts'
import { type BookDraft, refusal, withEntry } from './edit-book.ts'
import { type Effect, previewEdit } from './preview-edit.ts'
import type { Book } from './read-book.ts'
import type { RereadDeps } from './reread-book.ts'
import { suggestPropositions, suggestTopics } from './suggest-topics.ts'
import { type TopicBook, topicBook } from './topic-book.ts'
import type { BookOutcome, Editor, TopicStore } from './topic-store.ts'

type DeskDeps = Pick<RereadDeps, 'statements' | 'articles' | 'positions'> & {
  readonly topics: TopicStore
  /** Puts the reading of the record by a team's changes on the list of work. */
  readonly rereadLater: (team: TeamId, number: number) => Promise<void>
}

export type EditWish = {
  readonly team: TeamId
  readonly by: Editor
  readonly at: Date
  /** The newest change that the wisher knew of. */
  readonly base: number
}

/** A word in this share of what is said tells no subject. */
const MATCHES_EVERYTHING = 0.3
/** Fewer statements say nothing about how common a word is. */
const ENOUGH_TO_TELL = 50
const TOLD_BY = 500

/** Where a team's book is edited: the effect before, the change, its undoing. */
export function bookDesk({ topics, statements, articles, positions, rereadLater }: DeskDeps) {
  /** @throws {NotUnderstoodError} for a new keyword that stands in a great part of all statements. */
  const demandRare = async (team: TeamId, { id, after }: BookDraft) => {
    const known = (await topics.bookOf(team)).byId(id)?.keywords ?? []
    const fresh = after?.topic.keywords.filter((keyword) => !known.includes(keyword)) ?? []
    if (after === null || after === undefined || fresh.length === 0) return
    const rows = await statements.olderThan(null, { team, limit: TOLD_BY })
    if (rows.length < ENOUGH_TO_TELL) return
    const words = (
      await statements.getAll(
        team,
        rows.map((row) => row.id),
      )
    ).map(({ content }) => readWords(content))
    for (const keyword of fresh) {
      const { index } = topicReader([{ ...after.topic, keywords: [keyword] }])
      const hits = words.filter((one) => index.find(one).length > 0).length
      if (hits < words.length * MATCHES_EVERYTHING) continue
      const explanation = `"${cutText(keyword, 40)}" stands in ${hits} of the newest ${words.length} statements and would match nearly everything. Give a phrase that tells more.`
      throw refusal('keywords', keyword, explanation)
    }
  }

  const change = async (wish: Parameters<TopicStore['change']>[0]): Promise<BookOutcome> => {
    const outcome = await topics.change(wish)
    if (outcome.kind === 'changed') await rereadLater(wish.team, outcome.number)
    return outcome
  }

  return {
    newest: topics.newest,
    history: topics.history,
    get: topics.get,

    /** What a draft would do, and the number of the change that it rests on. */
    preview: async (team: TeamId, draft: BookDraft): Promise<{ readonly effect: Effect; readonly base: number }> => {
      await demandRare(team, draft)
      const [book, base] = [await topics.bookOf(team), await topics.newest(team)]
      const pair = { before: book, after: topicBook(withEntry(book, draft.id, draft.after)), changed: [draft.id] }
      return { effect: await previewEdit(team, pair, { statements, articles, positions, topics }), base }
    },

    /** What another whole book would do. */
    previewBook: async (team: TeamId, after: Book, changed: readonly string[]): Promise<Effect> => {
      const pair = {
        before: await topics.bookOf(team),
        after: topicBook(after),
        changed: changed as readonly TopicId[],
      }
      return await previewEdit(team, pair, { statements, articles, positions, topics })
    },

    /** Changes the book, and lets the record be read again. */
    apply: async (draft: BookDraft, { team, by, at, base }: EditWish): Promise<BookOutcome> => {
      await demandRare(team, draft)
      return await change({ team, by, at, base, words: draft.words, edits: [draft] })
    },

    suggestTopics: (team: TeamId, known: Parameters<typeof suggestTopics>[1]) =>
      suggestTopics(team, known, { statements }),

    suggestPropositions: (team: TeamId, topic: Topic, book: TopicBook) =>
      suggestPropositions(team, { topic, book }, { statements }),

    /** Takes one change back, unless somebody has changed the same topics since; `null`: there is no such change. */
    undo: async (
      number: number,
      { team, by, at }: Omit<EditWish, 'base'>,
    ): Promise<{ readonly undone: BookChange; readonly outcome: BookOutcome } | null> => {
      const undone = await topics.get(team, number)
      if (undone === null) return null
      const edits = undone.edits.map(({ id, before }) => ({ id, after: before }))
      demandNoParts(undone, await topics.bookOf(team))
      const words = `Took back change ${number}: ${undone.words}`
      return { undone, outcome: await change({ team, by, at, base: number, words: cutText(words, 300), edits }) }
    },
  }
}

/** Taking a topic away again would leave what has become a part of it without its whole. */
function demandNoParts({ edits, number }: BookChange, book: TopicBook): void {
  const gone = new Set(edits.flatMap(({ id, before }) => (before === undefined || before === null ? [id] : [])))
  const part = book.topics.find(({ id, parent }) => parent !== null && gone.has(parent) && !gone.has(id))
  if (part === undefined) return
  const explanation = `${part.label} is a part of what change ${number} added. Move or remove it first: /topics edit topic:"${part.label}" parent:none`
  throw refusal('number', String(number), explanation)
}

export type BookDesk = ReturnType<typeof bookDesk>
