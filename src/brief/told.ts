import { keyOf } from '../base/id.ts'
import type { StatementId } from '../statement/statement-id.ts'
import type { Statement } from '../statement/statement-row.ts'
import type { BriefItem } from './brief.ts'

/**
 * One thing that a message tells: of which statement, what about (whose position on what), and how. The last two are
 * keys: they tell whether today's record says the same, and hold no word of anybody.
 */
export type Told = { readonly statement: StatementId; readonly about: string; readonly how: string }

/** What a text that is written from these tells: the items with the words before them, and statements by themselves. */
export function toldBy(items: readonly BriefItem[], statements: readonly Statement[]): readonly Told[] {
  return [...items.flatMap(toldByItem), ...statements.map(toldAlone)]
}

/** What an item is about, as long as nobody gives the words to somebody else or to another topic. */
export function aboutOf({ change: { speaker, topic, proposition } }: BriefItem): string {
  return keyOf('item', speaker, topic, proposition ?? '')
}

export function aboutAlone({ speaker, topics }: Statement): string {
  return keyOf('alone', speaker ?? '', ...[...topics].sort())
}

/** Of words that stand beside others: what was compared, who else had it. */
const EARLIER = 'earlier '
const ALSO = 'also '

export function isBeside({ about }: Told): boolean {
  return about.startsWith(EARLIER) || about.startsWith(ALSO)
}

function toldByItem(item: BriefItem): readonly Told[] {
  const { change, statement, earlier, speakerName, topicLabel, proposition } = item
  const about = aboutOf(item)
  const how = keyOf(
    ...[change.label, JSON.stringify(change.stance), ...change.delta.map(({ words }) => words)],
    ...[speakerName, topicLabel, proposition ?? '', statement.content, statement.on, earlier?.id ?? 0],
  )
  const others = change.evidence.filter((id) => id !== statement.id)
  return [
    { statement: statement.id, about, how },
    ...(earlier === null
      ? []
      : [{ statement: earlier.id, about: `${EARLIER}${about}`, how: keyOf(earlier.content, earlier.on) }]),
    ...others.map((id) => ({ statement: id, about: `${ALSO}${about}`, how: '' })),
  ]
}

function toldAlone(statement: Statement): Told {
  const { id, content, on, speakerLabel } = statement
  return { statement: id, about: aboutAlone(statement), how: keyOf(content, on, speakerLabel ?? '') }
}
