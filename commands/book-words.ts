import { dayWords } from '../src/brief/day-words.ts'
import { statementBlocks } from '../src/brief/statement-blocks.ts'
import type { Block, Line } from '../src/chat/blocks.ts'
import { cleanName, cutText } from '../src/chat/clean-text.ts'
import type { DateLanguage } from '../src/chat/date-language.ts'
import type { BookChange, EntryState } from '../src/position/book/book-change.ts'
import type { Effect } from '../src/position/book/preview-edit.ts'
import type { TopicBook } from '../src/position/book/topic-book.ts'
import type { Proposition } from '../src/position/topics/proposition.ts'

/** Statements of a preview that are shown word for word. */
const EXAMPLES = 3
/** Of a long list of words this much is shown. */
const LONGEST_LINE = 400

/** What a change does to a topic, a line for each thing that differs. */
export function differenceLines(before: EntryState, after: EntryState, book: TopicBook): readonly Line[] {
  const [was, now] = [before?.topic, after?.topic]
  const nameOf = (parent: string | null | undefined) =>
    parent == null ? 'none' : (book.topics.find(({ id }) => id === parent)?.label ?? parent)
  const single = (name: string, old: string, fresh: string): readonly Line[] =>
    old === fresh ? [] : [[{ strong: name }, was === undefined ? `: ${fresh}` : `: ${fresh} (was ${old})`]]
  if (now === undefined) return []
  return [
    ...single('Called', was?.label ?? '', now.label),
    ...(was === undefined && now.parent === null ? [] : single('Part of', nameOf(was?.parent), nameOf(now.parent))),
    ...listLines('Also called', was?.aliases ?? [], now.aliases),
    ...listLines('Words', was?.keywords ?? [], now.keywords),
    ...listLines('But not', was?.excludes ?? [], now.excludes),
    ...listLines('Propositions', sentences(before?.propositions), sentences(after?.propositions)),
  ]
}

function sentences(propositions: readonly Proposition[] = []): readonly string[] {
  return propositions.map(propositionWords)
}

/** "There is a ceasefire in Libya (deadline: sooner is stronger)" */
export function propositionWords({ sentence, scales, isThesis }: Proposition): string {
  const ends = scales.map(({ of, stronger }) => `${of}: ${stronger} is stronger`)
  if (isThesis) ends.push('affirmed or rejected')
  return ends.length === 0 ? sentence : `${sentence} (${ends.join(', ')})`
}

function listLines(name: string, before: readonly string[], after: readonly string[]): readonly Line[] {
  const came = after.filter((one) => !before.includes(one)).map((one) => `+ ${one}`)
  const left = before.filter((one) => !after.includes(one)).map((one) => `− ${one}`)
  const all = [...came, ...left]
  return all.length === 0 ? [] : [[{ strong: name }, `: ${cutText(all.join(', '), LONGEST_LINE)}`]]
}

/** What a change would do to the record, with examples word for word. */
export function effectBlocks(
  { looked, isAll, came, left, others, positions, speakers }: Effect,
  dates: DateLanguage,
): readonly Block[] {
  const parts = [
    `${statements(came.length)} would come onto this topic, ${left.length} would leave`,
    ...(others === 0 ? [] : [`${statements(others)} would get other topics because of it`]),
    `${counted(positions, 'position')} of ${counted(speakers, 'speaker')} would be recomputed`,
  ]
  const seen = isAll
    ? `All ${looked} statements on record were looked through.`
    : `The newest ${looked} statements were looked through; the older ones are read again too once it is applied.`
  return [
    { kind: 'text', line: `${parts.join('; ')}.` },
    ...exampleBlocks('For example, these would come', came.slice(0, EXAMPLES), dates),
    ...exampleBlocks('These would leave', left.slice(0, EXAMPLES - Math.min(came.length, EXAMPLES - 1)), dates),
    { kind: 'note', line: seen },
  ]
}

function exampleBlocks(title: string, examples: Effect['came'], dates: DateLanguage): readonly Block[] {
  if (examples.length === 0) return []
  return [{ kind: 'text', line: [{ strong: title }] }, ...examples.flatMap((one) => statementBlocks(one, dates))]
}

/** One change for the history: number, day, who, what. */
export function changeLine({ number, at, by, words, isDone }: BookChange, dates: DateLanguage): Line {
  const who = by === '' ? 'from a file' : `by ${cutText(cleanName(by), 40)}`
  const time = at.toISOString().slice(11, 16)
  const state = isDone ? '' : ' · the record is still being read again'
  return [
    { strong: `${number}.` },
    ` ${cutText(words, 200)}`,
    { faint: ` · ${dayWords(at.toISOString().slice(0, 10), dates)}, ${time} UTC, ${who}${state}` },
  ]
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function statements(count: number): string {
  return counted(count, 'statement')
}
