import { cutText } from '../src/chat/clean-text.ts'
import { closest } from '../src/chat/closest.ts'
import type { OptionDefinition, OptionValues, Suggestion } from '../src/chat/command.ts'
import { splitValues } from '../src/chat/format-command.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import type { Request } from '../src/chat/request.ts'
import type { Except, Filter } from '../src/delivery/subscription.ts'
import { readProposition } from '../src/position/book/edit-propositions.ts'
import { isMove, type Label } from '../src/position/judging/label.ts'
import type { Roster } from '../src/speaker/roster.ts'
import type { StatementStore } from '../src/statement/statement-store.ts'
import { readSpeakers, readTopics, type TopicBooks, typedName } from './read-names.ts'
import type { Names } from './subscription-words.ts'

/** What a filter may be made from, besides speakers and topics. */
export type FilterOption = 'speaker' | 'topic' | 'proposition' | 'only' | 'outlet' | 'except'

export type FilterRooms = {
  readonly roster: Roster
  readonly topics: TopicBooks
  readonly statements: Pick<StatementStore, 'find'>
}

/** Labels that a subscription may ask for, what moved first. */
export const LABELS = ['reversed', 'shifted', 'hardened', 'softened', 'new', 'reaffirmed', 'elaborated'] as const
/** All that say that somebody changed course. */
const MOVES = 'moves'
/** Takes a part of the filter away. */
export const NONE = 'none'
/** Before the name of an outlet that nothing has been read of yet: `except:"outlet The Daily"`. */
const OUTLET = /^outlet\s+/i

const VALUES_AT_MOST = 12
const OUTLET_CHARACTERS = 120
const ECHO = 40
const SUGGESTIONS = 25
/** Slack's limit for the label of a choice. */
const LABEL_CHARACTERS = 75
/** Outlets are known by the newest statements. */
const STATEMENTS_READ = 300

/** The options of a filter that are no names. */
export const filterOptions: Readonly<
  Record<'proposition' | 'only' | 'outlet' | 'except', OptionDefinition<FilterRooms>>
> = {
  only: {
    kind: 'list',
    description: 'Only what moves so: reversed, shifted, hardened, softened (all: moves), new, reaffirmed, elaborated',
    suggest: async (typed) => begunBy(typed, [MOVES, ...LABELS].map(same)),
  },
  proposition: {
    kind: 'list',
    description: 'Only what is said about these propositions: their ids; /propositions lists them',
    suggest: async (typed, { topics }, { team }) =>
      begunBy(
        typed,
        (await topics.bookOf(team)).propositions.map(({ id, sentence }) => ({ label: sentence, value: id })),
      ),
  },
  outlet: {
    kind: 'list',
    description: 'Only what these outlets have, by their names',
    suggest: async (typed, { statements }, { team }) => begunBy(typed, (await outletsOf(statements, team)).map(same)),
  },
  except: {
    kind: 'list',
    description: 'What is left out whatever the rest says: speakers, topics, labels, outlets',
    suggest: async (typed, { roster, topics, statements }, { team }) => {
      const book = await topics.bookOf(team)
      return begunBy(typed, [
        ...LABELS.map(same),
        ...(await outletsOf(statements, team)).map(same),
        ...book.search(typed, SUGGESTIONS).map(({ label }) => same(label)),
        ...roster.search(typed, SUGGESTIONS).map((one) => ({ label: one.name, value: typedName(one, roster) })),
      ])
    },
  },
}

/** A filter as it was asked for; what is not said of it stays as `base` has it. Outlets that nothing was read of are named. */
export async function readFilter(
  options: OptionValues<FilterOption>,
  base: Filter,
  rooms: Pick<FilterRooms, 'statements'> & Names,
  request: Request,
): Promise<{ readonly filter: Filter; readonly unread: readonly string[] }> {
  const { roster, book } = rooms
  const isAsked = options.outlet !== undefined || options.except !== undefined
  const known = isAsked ? await outletsOf(rooms.statements, request.team) : []
  const part = <Value>(
    typed: string | undefined,
    before: readonly Value[],
    read: (text: string) => readonly Value[],
  ) => (typed === undefined ? before : isNone(typed) ? [] : read(typed))
  const outlets = part(options.outlet, base.outlets ?? [], (typed) =>
    fewOf('outlet', typed).map((name) => outletOf(name, known)),
  )
  const except =
    options.except === undefined
      ? base.except
      : isNone(options.except)
        ? undefined
        : readExcept(options.except, { roster, book, known }, request.at)
  const filter: Filter = {
    speakers: part(options.speaker, base.speakers, (typed) =>
      readSpeakers(typed, roster, request.at).map(({ id }) => id),
    ),
    topics: part(options.topic, base.topics, (typed) => readTopics(typed, book).map(({ id }) => id)),
    propositions: part(options.proposition, base.propositions ?? [], (typed) =>
      fewOf('proposition', typed).map((one) => readProposition(one, null, book).id),
    ),
    labels: part(options.only, base.labels ?? [], (typed) => fewOf('only', typed).flatMap(readLabels)),
    outlets,
    ...(except === undefined ? {} : { except }),
  }
  const named = [
    ...(options.outlet === undefined ? [] : outlets),
    ...(options.except === undefined ? [] : (except?.outlets ?? [])),
  ]
  return { filter, unread: named.filter((one) => !known.includes(one)) }
}

export function isNone(typed: string): boolean {
  return typed.trim().toLowerCase() === NONE
}

function readLabels(typed: string): readonly Label[] {
  const word = typed.trim().toLowerCase()
  if (word === MOVES || word === 'moved' || word === 'changes') return LABELS.filter(isMove)
  const label = LABELS.find((one) => one === word)
  if (label !== undefined) return [label]
  throw new NotUnderstoodError({
    option: 'only',
    typed,
    explanation: `"${cutText(typed, ECHO)}" is no label. There are ${LABELS.join(', ')}; moves stands for the first four.`,
    suggestions: closest(word, [MOVES, ...LABELS]),
  })
}

type ExceptNames = Names & { readonly known: readonly string[] }

/** Each value is what it is called: a label, an outlet, a topic or a speaker. */
function readExcept(typed: string, { roster, book, known }: ExceptNames, at: Date): Except {
  const labels: Label[] = []
  const outlets: string[] = []
  const topics: string[] = []
  const speakers: string[] = []
  for (const value of fewOf('except', typed)) {
    const label = LABELS.find((one) => one === value.toLowerCase())
    const outlet = known.find((one) => one.toLowerCase() === value.toLowerCase())
    const topic = book.find(value)
    if (label !== undefined) labels.push(label)
    else if (value.toLowerCase() === MOVES) labels.push(...LABELS.filter(isMove))
    else if (OUTLET.test(value)) outlets.push(outletOf(value.replace(OUTLET, ''), known))
    else if (outlet !== undefined) outlets.push(outlet)
    else if (topic !== null) topics.push(topic.id)
    else speakers.push(...speakersCalled(value, { roster, book, known }, at))
  }
  return { speakers, topics, outlets, labels }
}

function speakersCalled(value: string, { roster, book, known }: ExceptNames, at: Date): readonly string[] {
  try {
    return readSpeakers(value, roster, at).map(({ id }) => id)
  } catch (error) {
    if (!(error instanceof NotUnderstoodError)) throw error
    const isShared = roster.find(value).length > 1
    const explanation = isShared
      ? error.explanation
      : `"${cutText(value, ECHO)}" is no speaker, topic or label that I know, and no outlet that I have read lately. Of an outlet, write except:"outlet ${cutText(value, ECHO)}".`
    const near = [...book.search(value, 2).map(({ label }) => label), ...closest(value, [...LABELS, ...known], 2)]
    throw new NotUnderstoodError({
      option: 'except',
      typed: value,
      explanation,
      suggestions: [...new Set([...error.suggestions, ...near])].slice(0, 3),
    })
  }
}

/** As the outlet writes itself, where something of it was read. */
function outletOf(typed: string, known: readonly string[]): string {
  const name = typed.trim()
  return known.find((one) => one.toLowerCase() === name.toLowerCase()) ?? cutText(name, OUTLET_CHARACTERS)
}

/** The outlets of what came last, the most frequent first. */
export async function outletsOf(
  statements: Pick<StatementStore, 'find'>,
  team: Request['team'],
): Promise<readonly string[]> {
  const recent = await statements.find({ team, limit: STATEMENTS_READ })
  const groups = [
    ...Map.groupBy(
      recent.flatMap(({ publisher }) => publisher ?? []),
      (name) => name,
    ),
  ]
  return groups.sort(([, a], [, b]) => b.length - a.length).map(([name]) => name)
}

function fewOf(option: string, value: string): readonly string[] {
  const values = splitValues(value)
  if (values.length <= VALUES_AT_MOST) return values
  const explanation = `That is more than ${VALUES_AT_MOST} in one ${option}: take fewer, or make two subscriptions.`
  throw new NotUnderstoodError({ option, typed: value, explanation })
}

function begunBy(typed: string, all: readonly Suggestion[]): readonly Suggestion[] {
  const wanted = typed.trim().toLowerCase()
  return all
    .filter(({ label, value }) => `${label} ${value}`.toLowerCase().includes(wanted))
    .slice(0, SUGGESTIONS)
    .map(({ label, value }) => ({ label: cutText(label, LABEL_CHARACTERS), value }))
}

function same(value: string): Suggestion {
  return { label: value, value }
}
