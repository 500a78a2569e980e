import { cutText } from '../src/chat/clean-text.ts'
import type { OptionValues } from '../src/chat/command.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import type { Request } from '../src/chat/request.ts'
import type { TopicBook } from '../src/position/book/topic-book.ts'
import type { Corrected } from '../src/position/corrections/correction.ts'
import type { CorrectionDesk } from '../src/position/corrections/correction-desk.ts'
import type { PositionChange, PositionChangeId } from '../src/position/judging/change.ts'
import type { PositionStore } from '../src/position/record/position-store.ts'
import type { PropositionId } from '../src/position/topics/proposition.ts'
import type { TopicId } from '../src/position/topics/topic.ts'
import type { Roster } from '../src/speaker/roster.ts'
import type { SpeakerId } from '../src/speaker/speaker.ts'
import type { Statement, StatementStore } from '../src/statement/statement-store.ts'
import { readSpeakers, readTopics, type TopicBooks } from './read-names.ts'
import { readStatement } from './read-statement.ts'

export const ACTIONS = [
  'wrong-speaker',
  'wrong-topic',
  'not-a-change',
  'confirm',
  'merge-propositions',
  'merge-speakers',
] as const
export type Action = (typeof ACTIONS)[number]

export type CorrectOptions = OptionValues<
  'action' | 'statement' | 'speaker' | 'topic' | 'from' | 'change' | 'proposition' | 'into' | 'why'
>

export type CorrectRooms = {
  readonly desk: Pick<CorrectionDesk, 'correct'>
  readonly positions: Pick<PositionStore, 'get' | 'ofStatement'>
  readonly statements: Pick<StatementStore, 'get' | 'statementsOfArticle'>
  readonly roster: Roster
  readonly topics: TopicBooks
}

/** What a person means: a statement, and where it stands if they came from there. */
export type Subject = { readonly statement: Statement; readonly changes: readonly PositionChange[] }

/**
 * The statement that is meant, and what it does to positions as the asker's team sees it: the change that was
 * named, or that in its place today, stands first.
 *
 * @throws {NotUnderstoodError} if there is none, in the same words as for one of another team.
 */
export async function readSubject(
  { change, statement }: Pick<CorrectOptions, 'change' | 'statement'>,
  { positions, statements }: Pick<CorrectRooms, 'positions' | 'statements'>,
  request: Request,
): Promise<Subject> {
  const { team } = request
  if (change === undefined) {
    if (statement === undefined)
      throw missing(
        'statement',
        'Which one? Press Correct below a position, or name a statement: /correct statement:1200',
      )
    const found = await readStatement(statement, statements, request)
    return { statement: found, changes: await positions.ofStatement(team, found.id) }
  }
  const named = await positions.get(team, change as PositionChangeId)
  const found = named === null ? null : await statements.get(team, named.statement)
  if (named === null || found === null) {
    throw missing('change', 'I have no such change for you. Look the position up again, and press Correct below it.')
  }
  const changes = await positions.ofStatement(team, found.id)
  const isMeant = (one: PositionChange) => one.topic === named.topic && one.proposition === named.proposition
  return { statement: found, changes: [...changes.filter(isMeant), ...changes.filter((one) => !isMeant(one))] }
}

/** @throws {NotUnderstoodError} for what is missing, and for names that say nothing to us. */
export async function readCorrection(
  action: Action,
  options: CorrectOptions,
  rooms: CorrectRooms,
  request: Request,
): Promise<Corrected> {
  const book = await rooms.topics.bookOf(request.team)
  switch (action) {
    case 'wrong-speaker': {
      const { statement } = await readSubject(options, rooms, request)
      const speaker = isNobody(options.speaker) ? null : readSpeaker(options.speaker, 'speaker', rooms.roster, request)
      return { kind: 'wrong speaker', statement: statement.id, speaker }
    }
    case 'wrong-topic': {
      const subject = await readSubject(options, rooms, request)
      const to = isNobody(options.topic) ? null : readTopic(options.topic, 'topic', book)
      return { kind: 'wrong topic', statement: subject.statement.id, from: wrongTopic(subject, options.from, book), to }
    }
    case 'not-a-change':
    case 'confirm': {
      const { statement, changes } = await readSubject(options, rooms, request)
      const [change] = changes
      if (change === undefined)
        throw missing('statement', 'That statement moves no position: there is nothing to put right about a change.')
      const { speaker, topic, proposition, label } = change
      const place = { statement: statement.id, speaker, topic, proposition }
      return action === 'confirm' ? { kind: 'confirm', ...place, label } : { kind: 'not a change', ...place }
    }
    case 'merge-propositions':
      return {
        kind: 'merge propositions',
        from: readProposition(options.proposition, 'proposition', book),
        into: readProposition(options.into, 'into', book),
      }
    case 'merge-speakers':
      return {
        kind: 'merge speakers',
        from: readSpeaker(options.speaker, 'speaker', rooms.roster, request),
        into: readSpeaker(options.into, 'into', rooms.roster, request),
      }
  }
}

function isNobody(typed: string | undefined): boolean {
  return typed !== undefined && /^(?:none|nobody)$/i.test(typed.trim())
}

function readSpeaker(typed: string | undefined, option: string, roster: Roster, { at }: Request): SpeakerId {
  const [only, ...more] = readSpeakers(typed, roster, at)
  if (only === undefined || more.length > 0) throw missing(option, `Name one speaker in ${option}:`)
  return only.id
}

function readTopic(typed: string | undefined, option: string, book: TopicBook): TopicId {
  const [only, ...more] = readTopics(typed, book)
  if (only === undefined || more.length > 0) throw missing(option, `Name one topic in ${option}:`)
  return only.id
}

/** The topic that is wrong: the one that was named, or that of the change, or the only one. */
function wrongTopic({ statement, changes }: Subject, typed: string | undefined, book: TopicBook): TopicId {
  if (typed !== undefined) return readTopic(typed, 'from', book)
  const [first] = changes
  const topics = book.narrowest(statement.topics as readonly TopicId[])
  const [only] = topics
  if (only !== undefined && topics.length === 1) return only
  if (first !== undefined && topics.includes(first.topic)) return first.topic
  const labels = topics.map((topic) => book.byId(topic)?.label ?? topic)
  throw new NotUnderstoodError({
    option: 'from',
    typed: '',
    explanation:
      only === undefined
        ? 'That statement is on no topic. Name the wrong one with from:, if an earlier answer showed one.'
        : `Which topic is wrong: ${labels.join(', ')}? Add it with from:`,
    suggestions: labels.slice(0, 3),
  })
}

function readProposition(typed: string | undefined, option: string, book: TopicBook): PropositionId {
  const wanted = (typed ?? '').trim().toLowerCase()
  const found = book.propositions.find(({ id, sentence }) => id === wanted || sentence.toLowerCase() === wanted)
  if (found !== undefined) return found.id
  const near = book.propositions.filter(
    ({ id, sentence }) => wanted !== '' && `${id} ${sentence}`.toLowerCase().includes(wanted),
  )
  throw new NotUnderstoodError({
    option,
    typed: typed ?? '',
    explanation:
      wanted === ''
        ? 'Name two propositions by their ids or sentences: /correct merge-propositions proposition:a.b into:a.c'
        : `There is no proposition "${cutText(wanted, 40)}". Its id or its whole sentence names one.`,
    suggestions: near.slice(0, 3).map(({ id }) => id),
  })
}

function missing(option: string, explanation: string): NotUnderstoodError {
  return new NotUnderstoodError({ option, typed: '', explanation })
}
