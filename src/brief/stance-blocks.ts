import type { Block } from '../chat/blocks.ts'
import { cleanName } from '../chat/clean-text.ts'
import { formatCommand } from '../chat/format-command.ts'
import type { Position } from '../position/position.ts'
import type { BriefItem } from './brief.ts'
import { groupByWords, wordsBlocks } from './brief-blocks.ts'
import { dayWords } from './day-words.ts'
import { deskWords, labelWords } from './label-words.ts'
import { sourceLine, wordsLine } from './statement-blocks.ts'

/** A position with what a reader needs to see of its history. */
export type ShownPosition = {
  readonly position: Position
  /** Newest first, as in `position.history`. */
  readonly items: readonly BriefItem[]
}

/** Steps of the history that are printed under the latest word. */
const STEPS_SHOWN = 5

/** Where a speaker stands on a topic: each proposition with its stance and since when, then the topic as a whole. */
export function stanceBlocks(shown: readonly ShownPosition[]): readonly Block[] {
  const [first] = shown.flatMap(({ items }) => items)
  if (first === undefined) return []
  const onPropositions = shown.filter(({ position }) => position.proposition !== null)
  const onTopics = shown.filter(({ position }) => position.proposition === null)
  const topics = [...new Set(shown.flatMap(({ items }) => items.map((item) => item.topicLabel)))]
  return [
    { kind: 'heading', text: `${cleanName(first.speakerName)} on ${topics.join(' · ')}` },
    ...(first.office === null
      ? []
      : [{ kind: 'note', line: `${first.office} (${dayWords(first.change.saidOn)})` } as const]),
    ...onPropositions.flatMap(propositionBlocks),
    ...(onPropositions.length > 0 && onTopics.length > 0 ? [{ kind: 'divider' } as const] : []),
    ...onTopics.flatMap(topicBlocks),
    {
      kind: 'buttons',
      buttons: [
        {
          label: 'All they said',
          command: formatCommand('said', { speaker: first.change.speaker, topic: first.change.topic }),
        },
        { label: 'Correct', command: formatCommand('correct', { change: first.change.id }) },
      ],
    },
  ]
}

function propositionBlocks({ position, items }: ShownPosition): readonly Block[] {
  const [latest] = items
  if (latest === undefined) return []
  return [
    {
      kind: 'text',
      line: [
        { strong: sentenceCase(position.stance) },
        `: ${latest.proposition ?? latest.topicLabel}`,
        { faint: ` · since ${dayWords(position.since)}` },
      ],
    },
    { kind: 'quote', line: wordsLine(latest.statement) },
    { kind: 'note', line: [...sourceLine(latest.statement), { faint: deskWords(latest) }] },
    ...historyBlocks(items),
  ]
}

/** Without a proposition no stance is claimed: the words stand for themselves. */
function topicBlocks({ items }: ShownPosition): readonly Block[] {
  const [latest] = items
  if (latest === undefined) return []
  return [...groupByWords([{ ...latest, earlier: null }]).flatMap(wordsBlocks), ...historyBlocks(items)]
}

function historyBlocks(items: readonly BriefItem[]): readonly Block[] {
  const earlier = items.slice(1, 1 + STEPS_SHOWN)
  if (earlier.length === 0) return []
  return [
    {
      kind: 'list',
      items: earlier.map((item) => [
        `${dayWords(item.change.saidOn)}: `,
        { strong: labelWords(item.change.label) },
        { faint: deskWords(item) },
        ', ',
        { link: item.statement.publisher ?? 'article', to: item.statement.articleUrl },
      ]),
    },
  ]
}

function sentenceCase(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
