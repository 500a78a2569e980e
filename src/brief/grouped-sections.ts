import type { Block } from '../chat/blocks.ts'
import { cleanName } from '../chat/clean-text.ts'
import type { Statement } from '../statement/statement-row.ts'
import type { BriefItem } from './brief.ts'
import type { DigestMatter, Section } from './define-digest.ts'
import { isNamed } from './is-named.ts'
import { byUrgency } from './urgency.ts'

type Grouping = {
  readonly by: 'topic' | 'speaker'
  /** The name of a topic, as the team has it. */
  readonly topicLabel: (topic: string) => string
}

type Group = { readonly name: string; readonly statements: Set<Statement['id']> }

/** Longer than this nobody reads at a go; what is more is shown by the digest's own button. */
const GROUPS_AT_MOST = 12
const NO_TOPIC = 'On no topic of ours'
const NO_NAME = 'Not named'

/**
 * The sections of a digest, told topic by topic or speaker by speaker, the most urgent first: each is a section of
 * its own, so that a fault in one takes nothing away from the others. What one statement does to several positions
 * stands together, once.
 */
export function groupedSections(
  sections: readonly Section[],
  matter: DigestMatter,
  grouping: Grouping,
): readonly Section[] {
  const groups = groupsOf(matter, grouping)
  const shown = groups.slice(0, GROUPS_AT_MOST).map(
    (group): Section =>
      (all) => {
        const part = partOf(all, group)
        const blocks = sections.flatMap((section) => section(part))
        return blocks.length === 0 ? [] : [{ kind: 'heading', text: group.name }, ...blocks]
      },
  )
  const left = groups.slice(GROUPS_AT_MOST)
  const rest: readonly Section[] = left.length === 0 ? [] : [({ whole }) => restOf(left.length, grouping.by, whole)]
  return [...shown, ...rest, besides(sections)]
}

function groupsOf({ items, statements }: DigestMatter, grouping: Grouping): readonly Group[] {
  const groups = new Map<string, Group>()
  const placed = new Set<Statement['id']>()
  const put = (id: Statement['id'], key: string, name: string) => {
    if (placed.has(id)) return
    placed.add(id)
    const group = groups.get(key) ?? { name, statements: new Set() }
    group.statements.add(id)
    groups.set(key, group)
  }
  for (const item of [...items].sort(byUrgency)) put(item.statement.id, ...ofItem(item, grouping))
  for (const one of statements) put(one.id, ...ofStatement(one, grouping))
  return [...groups.values()]
}

function ofItem({ change, topicLabel, speakerName }: BriefItem, { by }: Grouping): readonly [string, string] {
  return by === 'topic' ? [change.topic, topicLabel] : [change.speaker, cleanName(speakerName)]
}

function ofStatement(
  { topics: [topic], speaker, speakerLabel }: Statement,
  { by, topicLabel }: Grouping,
): readonly [string, string] {
  if (by === 'topic') return topic === undefined ? ['', NO_TOPIC] : [topic, topicLabel(topic)]
  if (speaker === null && (speakerLabel === null || !isNamed(speakerLabel))) return [' ', NO_NAME]
  const name = cleanName(speakerLabel ?? NO_NAME)
  return [speaker ?? ` ${name}`, name]
}

/** What is told of the digest as a whole, beside its groups. */
function besides(sections: readonly Section[]): Section {
  return (all) => sections.flatMap((section) => section({ ...all, items: [], statements: [] }))
}

function partOf({ items, statements, corrected: _, older: __, ...matter }: DigestMatter, group: Group): DigestMatter {
  return {
    ...matter,
    items: items.filter(({ statement }) => group.statements.has(statement.id)),
    statements: statements.filter(({ id }) => group.statements.has(id)),
  }
}

function restOf(count: number, by: Grouping['by'], whole: string | undefined): readonly Block[] {
  const words = `And ${count} more ${by}${count === 1 ? '' : 's'}`
  return [{ kind: 'note', line: whole === undefined ? `${words}.` : `${words}: ${whole}` }]
}
