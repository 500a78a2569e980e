import type { SpeakerId } from '../src/speaker/speaker.ts'
import type { Statement, StatementQuestion, StatementStore } from '../src/statement/statement-store.ts'

export type StatementFinder = Pick<StatementStore, 'find'>

/** One question over several speakers and topics; an empty list means any. */
export type Search = Omit<StatementQuestion, 'speaker' | 'topic'> & {
  readonly speakers: readonly SpeakerId[]
  readonly topics: readonly string[]
}

/**
 * Newest first, each once. Every pair of speaker and topic is one bounded look in its own index;
 * pages stay right because all looks go on from the same statement.
 */
export async function findStatements(
  { speakers, topics, ...question }: Search,
  { find }: StatementFinder,
): Promise<readonly Statement[]> {
  const pairs = any(speakers).flatMap((speaker) => any(topics).map((topic) => ({ speaker, topic })))
  const found = await Promise.all(pairs.map((pair) => find({ ...question, ...pair })))
  const byId = new Map(found.flat().map((statement) => [statement.id, statement]))
  return [...byId.values()].sort((a, b) => b.id - a.id).slice(0, question.limit)
}

function any<Value>(values: readonly Value[]): readonly (Value | undefined)[] {
  return values.length === 0 ? [undefined] : values
}
