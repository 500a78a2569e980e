import type { Block, Button, Inline } from '../chat/blocks.ts'
import { cleanName, cutText } from '../chat/clean-text.ts'
import { formatCommand } from '../chat/format-command.ts'
import type { Brief, BriefItem } from './brief.ts'
import { deltaWords, labelWords } from './label-words.ts'
import { outletOf, saidWords, sourceLine, wordsLine } from './statement-blocks.ts'

const LONGEST_NAME = 80
const OUTLETS_NAMED = 5

/**
 * The brief as people see it: speaker with the office of that day, then each position, what is new
 * against the record first, the new words above the old ones. Everything is cut from articles or
 * built from facets; nothing is phrased freely.
 */
export function briefBlocks(brief: Brief): readonly Block[] {
  const [first] = brief.items
  if (first === undefined) return []
  const topics = [...new Set(brief.items.map((item) => item.topicLabel))]
  const name = cutText(cleanName(first.speakerName), LONGEST_NAME)
  return [
    { kind: 'heading', text: `${name}: ${topics.join(' · ')}` },
    { kind: 'note', line: occasionOf(first) },
    ...groupByWords(brief.items).flatMap(wordsBlocks),
    ...alsoReportedBlocks(brief.items),
    { kind: 'buttons', buttons: buttonsOf(first) },
  ]
}

/** Positions that the same words touch: the words are printed once. */
export function groupByWords(items: readonly BriefItem[]): readonly (readonly BriefItem[])[] {
  const groups = Map.groupBy(items, (item) => `${item.statement.id} ${item.earlier?.id ?? ''}`)
  return [...groups.values()]
}

/** One statement with what it does to each position, and what was said before. */
export function wordsBlocks(items: readonly BriefItem[]): readonly Block[] {
  const [first] = items
  if (first === undefined) return []
  return [
    ...items.map((item): Block => ({ kind: 'text', line: labelLine(item) })),
    { kind: 'quote', line: wordsLine(first.statement) },
    { kind: 'note', line: sourceLine(first.statement) },
    ...earlierBlocks(first),
  ]
}

/** "Softened on Customs union: condition added: …" with the sentence that it is relative to. */
export function labelLine(item: BriefItem): readonly Inline[] {
  const delta = deltaWords(item)
  return [
    { strong: labelWords(item.change.label) },
    ` on ${item.topicLabel}`,
    ...(item.proposition === null ? [] : [{ faint: ` (${item.proposition})` }]),
    ...(delta === '' ? [] : [`: ${delta}`]),
  ]
}

function earlierBlocks({ earlier }: BriefItem): readonly Block[] {
  if (earlier === null) return []
  return [
    { kind: 'text', line: [{ faint: `Before, ${saidWords(earlier)}:` }] },
    { kind: 'quote', line: wordsLine(earlier) },
    { kind: 'note', line: sourceLine(earlier) },
  ]
}

function occasionOf({ office, statement }: BriefItem): string {
  const event = statement.event === null ? null : cutText(cleanName(statement.event), LONGEST_NAME)
  return [office, `said ${saidWords(statement)}`, event].filter((part) => part !== null).join(' · ')
}

function alsoReportedBlocks(items: readonly BriefItem[]): readonly Block[] {
  const lead = new Set(items.map((item) => item.statement.articleUrl))
  const others = new Map(items.flatMap((item) => item.alsoReportedBy).map((other) => [other.articleUrl, other]))
  const named = [...others.values()].filter((other) => !lead.has(other.articleUrl)).slice(0, OUTLETS_NAMED)
  if (named.length === 0) return []
  const links = named.flatMap((other, i): readonly Inline[] => [
    i === 0 ? '' : ', ',
    { link: outletOf(other), to: other.articleUrl },
  ])
  return [{ kind: 'note', line: ['Also reported by ', ...links] }]
}

function buttonsOf({ change }: BriefItem): readonly Button[] {
  const about = { speaker: change.speaker, topic: change.topic }
  return [
    { label: 'Where they stand', command: formatCommand('stance', about) },
    { label: 'All they said', command: formatCommand('said', about) },
  ]
}
