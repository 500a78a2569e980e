import type { Block, Inline, Line } from '../chat/blocks.ts'
import { cleanName } from '../chat/clean-text.ts'
import { formatCommand } from '../chat/format-command.ts'
import type { BriefItem } from './brief.ts'
import { dayWords } from './day-words.ts'
import type { Section } from './define-digest.ts'
import { groupByWords, wordsBlocks } from './position-blocks.ts'
import { statementBlocks } from './statement-blocks.ts'
import { byUrgency, isTurn } from './urgency.ts'

/** What changed: each with the new words above the old ones. */
export function changedPositions({ atMost = 10 }: { readonly atMost?: number } = {}): Section {
  return ({ items }) => {
    const turns = items.filter(isTurn).sort(byUrgency)
    if (turns.length === 0) return []
    return [
      {
        kind: 'text',
        line: [{ strong: turns.length === 1 ? 'One position moved' : `${turns.length} positions moved` }],
      },
      ...groupByWords(turns.slice(0, atMost)).flatMap((group) => [who(group[0] as BriefItem), ...wordsBlocks(group)]),
      ...rest(turns.length - atMost),
    ]
  }
}

/** What is on record for the first time, or is said with more in it. */
export function newPositions({ atMost = 8 }: { readonly atMost?: number } = {}): Section {
  return ({ items }) => {
    const fresh = items.filter(({ change }) => change.label === 'new' || change.label === 'elaborated').sort(byUrgency)
    if (fresh.length === 0) return []
    return [
      { kind: 'text', line: [{ strong: 'New on record' }] },
      ...groupByWords(fresh.slice(0, atMost)).flatMap((group) => [who(group[0] as BriefItem), ...wordsBlocks(group)]),
      ...rest(fresh.length - atMost),
    ]
  }
}

/** Whether they moved cannot be told: both words, no claim. */
export function unclearPositions({ atMost = 5 }: { readonly atMost?: number } = {}): Section {
  return ({ items }) => {
    // Without an earlier word there is nothing to compare: the words stand among what was said besides.
    const unclear = items.filter(({ change, earlier }) => change.label === 'unclear' && earlier !== null)
    if (unclear.length === 0) return []
    return [
      { kind: 'text', line: [{ strong: 'To be read by a person' }] },
      ...groupByWords(unclear.slice(0, atMost)).flatMap((group) => [who(group[0] as BriefItem), ...wordsBlocks(group)]),
      ...rest(unclear.length - atMost),
    ]
  }
}

/** Who stayed where they were: counts with links, no words. */
export function reaffirmedPositions({ atMost = 12 }: { readonly atMost?: number } = {}): Section {
  return ({ items }) => {
    const same = items.filter(({ change }) => change.label === 'reaffirmed')
    if (same.length === 0) return []
    const bySpeaker = [...Map.groupBy(same, (item) => `${item.speakerName} ${item.topicLabel}`).values()]
    return [
      { kind: 'text', line: [{ strong: 'Reaffirmed' }] },
      { kind: 'list', items: bySpeaker.slice(0, atMost).map(countLine) },
      ...rest(bySpeaker.length - atMost),
    ]
  }
}

/** What was said besides. */
export function newStatements({ atMost = 5 }: { readonly atMost?: number } = {}): Section {
  return ({ statements }) => {
    if (statements.length === 0) return []
    return [
      { kind: 'text', line: [{ strong: 'Also said' }] },
      ...statements.slice(0, atMost).flatMap(statementBlocks),
      ...rest(statements.length - atMost),
    ]
  }
}

function who({ speakerName, office, change }: BriefItem): Block {
  const words = [office, dayWords(change.saidOn)].filter((part) => part !== null).join(' · ')
  return { kind: 'text', line: [{ strong: cleanName(speakerName) }, `, ${words}`] }
}

function countLine(items: readonly BriefItem[]): Line {
  const [first] = items as readonly [BriefItem, ...BriefItem[]]
  const links = items
    .slice(0, 3)
    .flatMap((item, i): readonly Inline[] => [
      i === 0 ? '' : ', ',
      { link: dayWords(item.change.saidOn), to: item.statement.articleUrl },
    ])
  const times = items.length === 1 ? '' : ` (${items.length} times)`
  return [{ strong: cleanName(first.speakerName) }, ` on ${first.topicLabel}${times}: `, ...links]
}

function rest(count: number): readonly Block[] {
  if (count <= 0) return []
  return [{ kind: 'note', line: `And ${count} more: ${formatCommand('said', { since: '24h' })} shows what was said.` }]
}
