import type { Reads } from '../base/database/database.ts'
import type { TextIndex } from '../base/database/text-index.ts'
import { PUBLIC, type TeamId, visibleTo } from '../base/scope.ts'
import type { SpeakerId } from '../speaker/speaker.ts'
import { NO_CORRECTED_SPEAKERS, type OwnSpeakers } from './own-speakers.ts'
import { closestFirst, holdsWords, readSearchWords, type SearchWords } from './search-words.ts'
import { idsWithin, type StatementId } from './statement-id.ts'
import { type OwnView, type StatementRow, topicsSeen } from './statement-row.ts'
import { nameTags, PRIVATE, scopeTag, speakerTag, topicTag } from './statement-tags.ts'

export type StatementQuestion = {
  readonly team: TeamId
  readonly speaker?: SpeakerId | undefined
  /** Words of a name that the roster does not know; finds only statements whose speaker it does not know. */
  readonly speakerNamed?: string | undefined
  readonly topic?: string | undefined
  /** As typed: all words are required; in quotation marks, in their order. */
  readonly words?: string | undefined
  /** Days of the statement's own date, both included: `YYYY-MM-DD`. */
  readonly since?: string | undefined
  readonly until?: string | undefined
  /** Only what is older than this one: the last of the page before. */
  readonly before?: StatementId | undefined
  /** At most 200. */
  readonly limit: number
  /** `closest` ranks the newest 100 that hold the words, without pages; else newest first. */
  readonly order?: 'newest' | 'closest' | undefined
}

/** A row and what the asking team has made of it. */
export type SeenRow = StatementRow & OwnView

/** Rows that one question looks at most; STORAGE.md, rule 4. */
const WINDOW = 200

/**
 * Rows whose words one question reads at most, to rank them or to see whether a phrase stands in them.
 * It bounds what a rare phrase of frequent words costs: older statements that hold it are not found on this page.
 */
const READ_WINDOW = 100

/** Words that the index is asked for; further ones are checked on the rows. */
const INDEX_WORDS = 8

/** Newest first, unless asked for the closest. */
export async function searchStatements(
  reads: Reads,
  text: TextIndex,
  question: StatementQuestion,
  own: OwnSpeakers = NO_CORRECTED_SPEAKERS,
): Promise<readonly SeenRow[]> {
  const limit = Math.min(Math.max(question.limit, 0), WINDOW)
  const typed = question.words === undefined || question.words.trim() === '' ? null : readSearchWords(question.words)
  const names = question.speakerNamed === undefined ? null : nameTags(question.speakerNamed)
  // Words without a letter or digit are in no statement.
  if (limit === 0 || typed?.words.length === 0 || names?.length === 0) return []

  const asked: Asked = { ...question, typed, names, own }
  if (typed !== null && question.order === 'closest') {
    const { ids } = await look(reads, text, asked, { before: question.before, size: READ_WINDOW })
    const hits = await wordsOf(reads, question.team, ids)
    const best = closestFirst(hits, typed).slice(0, limit)
    const rows = await rowsOf(reads, question.team, idsOf(best))
    return best.flatMap(({ id }) => rows.find((row) => row.id === id) ?? [])
  }

  const isChecked = typed !== null && mustCheck(typed)
  const atMost = isChecked ? READ_WINDOW : WINDOW
  const found: StatementId[] = []
  let before = question.before
  for (let seen = 0; seen < atMost && found.length < limit; ) {
    const size = isChecked ? atMost : Math.min(limit - found.length, atMost - seen)
    const { ids, last } = await look(reads, text, asked, { before, size })
    found.push(...ids)
    if (last === null) break
    seen += size
    before = last
  }
  return await rowsOf(reads, question.team, found.slice(0, limit))
}

type Asked = StatementQuestion & {
  readonly typed: SearchWords | null
  readonly names: readonly string[] | null
  readonly own: OwnSpeakers
}

/** One window: the statements that fit, newest first, and where the next window begins (`null`: there is none). */
async function look(
  reads: Reads,
  text: TextIndex,
  asked: Asked,
  { before, size }: { readonly before: StatementId | undefined; readonly size: number },
): Promise<{ readonly ids: readonly StatementId[]; readonly last: StatementId | null }> {
  const { team, topic, typed, names, since, until, own } = asked
  const range = idsWithin(since, until)
  const bounds = { from: range.from, before: least(range.before, before), limit: size }
  const byText = typed !== null || names !== null
  const asRead = byText ? await idsByText(reads, text, asked, bounds) : await idsByIndex(reads, asked, bounds)
  const ids = newest([...asRead, ...own.broughtIn(asked, bounds)], size)
  const last = ids.length < size ? null : (ids.at(-1) ?? null)

  // The text index does not know that a team took a topic off a public statement.
  const asksTopic = byText && topic !== undefined && team !== PUBLIC
  const asksWords = typed !== null && mustCheck(typed)
  const isByWho = own.isEmpty ? false : asked.speaker !== undefined || names !== null
  if (!asksTopic && !asksWords && !isByWho && since === undefined && until === undefined) return { ids, last }
  const rows = await wordsOf(reads, team, ids)
  const kept = rows.filter(
    (row) =>
      (since === undefined || row.on >= since) &&
      (until === undefined || row.on <= until) &&
      own.isSaidBy(row.id, asked) &&
      (!(asksTopic || isByWho) || topic === undefined || JSON.parse(topicsSeen(row)).includes(topic)) &&
      (!(asksWords || isByWho) || typed === null || holdsWords(row.content, typed)),
  )
  return { ids: idsOf(kept), last }
}

/** Of these ids that `team` may see, what must be looked at to choose among them. */
async function wordsOf(reads: Reads, team: TeamId, ids: readonly StatementId[]) {
  if (ids.length === 0) return []
  return await visibleRows(reads, team)
    .select(['statement.id', 'statement.on', 'statement.content', 'statement.topics'])
    .where('statement.id', 'in', ids)
    .orderBy('statement.id', 'desc')
    .execute()
}

/** The rows of these ids that `team` may see, newest first. */
export async function rowsOf(reads: Reads, team: TeamId, ids: readonly StatementId[]): Promise<readonly SeenRow[]> {
  if (ids.length === 0) return []
  return await seenBy(reads, team).where('statement.id', 'in', ids).orderBy('statement.id', 'desc').execute()
}

/** Whole rows that `team` may see, with the topics that it has itself given. */
export function seenBy(reads: Reads, team: TeamId) {
  return visibleRows(reads, team).selectAll('statement')
}

/** Every read of statements begins here. */
export function visibleRows(reads: Reads, team: TeamId) {
  return reads
    .selectFrom('statement')
    .leftJoin('statementView', (join) =>
      join.onRef('statementView.statement', '=', 'statement.id').on('statementView.team', '=', team),
    )
    .leftJoin('givenSpeaker', (join) =>
      join.onRef('givenSpeaker.statement', '=', 'statement.id').on('givenSpeaker.team', '=', team),
    )
    .select([
      'statementView.read as ownTopics',
      'statementView.corrected as correctedTopics',
      'givenSpeaker.statement as correctedId',
      'givenSpeaker.speaker as ownSpeaker',
    ])
    .where('statement.team', 'in', visibleTo(team))
}

type Bounds = { readonly from: number | undefined; readonly before: number | undefined; readonly limit: number }

/**
 * Each scope is walked backwards in its own index and stops after `limit` (STORAGE.md, rule 2:
 * `in` would sort); a topic's public rows leave out those that the team has a view of its own on.
 */
async function idsByIndex(reads: Reads, question: Asked, { from, before, limit }: Bounds) {
  const { team, topic, own } = question
  const pairs = visibleTo(team).flatMap((scope) => own.allOf(question.speaker).map((speaker) => ({ scope, speaker })))
  const walks = pairs.map(async ({ scope, speaker }) => {
    if (topic === undefined) {
      let rows = reads.selectFrom('statement').select('id').where('team', '=', scope)
      if (speaker !== undefined) rows = rows.where('speaker', '=', speaker)
      if (from !== undefined) rows = rows.where('id', '>=', from as StatementId)
      if (before !== undefined) rows = rows.where('id', '<', before as StatementId)
      return await rows.orderBy('id', 'desc').limit(limit).execute()
    }
    let rows = reads
      .selectFrom('statementTopic')
      .select('statement as id')
      .where('topic', '=', topic)
      .where('team', '=', scope)
    if (speaker !== undefined) rows = rows.where('speaker', '=', speaker)
    if (from !== undefined) rows = rows.where('statement', '>=', from as StatementId)
    if (before !== undefined) rows = rows.where('statement', '<', before as StatementId)
    if (scope === PUBLIC && team !== PUBLIC) {
      rows = rows.where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('statementView')
              .select('statementView.statement')
              .whereRef('statementView.statement', '=', 'statementTopic.statement')
              .where('statementView.team', '=', team),
          ),
        ),
      )
    }
    return await rows.orderBy('statement', 'desc').limit(limit).execute()
  })
  const found = await Promise.all(walks)
  return newest(idsOf(found.flat()), limit)
}

async function idsByText(reads: Reads, text: TextIndex, asked: Asked, bounds: Bounds) {
  const { team, topic, typed, names, own } = asked
  const words = (typed?.words ?? []).slice(0, INDEX_WORDS)
  const looks = own.allOf(asked.speaker).flatMap((speaker) => {
    const tags = [...(names ?? []), ...(speaker === undefined ? [] : [speakerTag(speaker)])]
    if (topic === undefined) return [{ words, tags, without: { tag: PRIVATE, unless: scopeTag(team) }, ...bounds }]
    return visibleTo(team).map((scope) => ({ words, tags: [...tags, topicTag(topic, scope)], ...bounds }))
  })
  const found = await Promise.all(looks.map((one) => text.find(reads, one)))
  return newest(found.flat() as StatementId[], bounds.limit)
}

function idsOf(rows: readonly { readonly id: StatementId }[]): readonly StatementId[] {
  return rows.map(({ id }) => id)
}

function newest(ids: readonly StatementId[], limit: number): readonly StatementId[] {
  return [...new Set(ids)].sort((a, b) => b - a).slice(0, limit)
}

function mustCheck({ words, phrases }: SearchWords): boolean {
  return phrases.length > 0 || words.length > INDEX_WORDS
}

function least(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b)
}
