import type { Block, Button, Inline } from '../chat/blocks.ts'
import { cleanName, cutText } from '../chat/clean-text.ts'
import { formatCommand } from '../chat/format-command.ts'
import type { Label } from '../position/label.ts'
import type { Brief, BriefItem } from './brief.ts'
import { deltaWords, labelWords } from './label-words.ts'
import { opinionBlocks } from './opinion-blocks.ts'
import { outletOf, saidWords, sourceLine, wordsLine } from './statement-blocks.ts'
import { byUrgency } from './urgency.ts'

const LONGEST_NAME = 80
const LONGEST_LEAD = 240
const OUTLETS_NAMED = 5
const TOPICS_IN_HEADING = 2
/** More statements than these take longer than ten seconds. */
const STATEMENTS_SHOWN = 4

/**
 * The brief as people see it: speaker with the office of that day, then each statement with what it does
 * to the record, what is new against it first, and the earlier words where they matter. Everything is
 * cut from articles or built from facets; nothing is phrased freely.
 */
export function briefBlocks(brief: Brief): readonly Block[] {
  const [first] = brief.items
  if (first === undefined) return []
  const positions = brief.items.filter(({ change }) => change.label !== 'not comparable')
  const groups = groupByWords(positions)
  return [
    { kind: 'heading', text: headingOf(first, positions) },
    { kind: 'note', line: occasionOf(first) },
    ...groups.slice(0, STATEMENTS_SHOWN).flatMap(wordsBlocks),
    ...restBlocks(groups.length - STATEMENTS_SHOWN),
    ...withoutPositionBlocks(brief.items),
    ...alsoReportedBlocks(brief.items),
    { kind: 'buttons', buttons: buttonsOf(first) },
  ]
}

/** Items by the statement that shows them, so that words are printed once; the most urgent first. */
export function groupByWords(items: readonly BriefItem[]): readonly (readonly BriefItem[])[] {
  return [...Map.groupBy([...items].sort(byUrgency), (item) => item.statement.id).values()]
}

/** One statement: what it does to each position, the words, and what was said before where that matters. */
export function wordsBlocks(items: readonly BriefItem[]): readonly Block[] {
  const [first] = items
  if (first === undefined) return []
  return [
    ...labelLines(items).map((line): Block => ({ kind: 'text', line })),
    ...items.flatMap(opinionBlocks),
    { kind: 'quote', line: wordsLine(first.statement) },
    { kind: 'note', line: sourceLine(first.statement) },
    ...earlierBlocks(items),
  ]
}

/** "Hardened on The militia: sooner: by 15 May; before: …"; topics of one plain label share a line. */
function labelLines(items: readonly BriefItem[]): readonly (readonly Inline[])[] {
  const isPlain = (item: BriefItem) => deltaWords(item) === ''
  const plain = [...Map.groupBy(items.filter(isPlain), (item) => item.change.label)]
  return [
    ...items.filter((item) => !isPlain(item)).map(labelLine),
    ...plain.map(([label, some]) => [{ strong: labelWords(label) }, ` on ${some.map(aboutWords).join('; ')}`]),
  ]
}

function labelLine(item: BriefItem): readonly Inline[] {
  const lead = item.opinions?.find((one) => one.kind === 'lead')
  if (lead !== undefined)
    return [{ strong: labelWords(item.change.label) }, `: ${cutText(cleanName(lead.words), LONGEST_LEAD)}`]
  return [{ strong: labelWords(item.change.label) }, ` on ${aboutWords(item)}: ${deltaWords(item)}`]
}

/** The topic, and the sentence that the label is relative to, with the side that the speaker is on. */
function aboutWords({ topicLabel, proposition, change }: BriefItem): string {
  if (proposition === null) return topicLabel
  const side = change.label === 'unclear' || change.stance === 'on record' ? 'about' : change.stance
  return `${topicLabel} (${side}: ${proposition})`
}

/** A move is only worth what it is compared with; elsewhere the day is enough. */
const SHOWS_EARLIER: ReadonlySet<Label> = new Set([
  'softened',
  'hardened',
  'shifted',
  'reversed',
  'elaborated',
  'unclear',
])

function earlierBlocks(items: readonly BriefItem[]): readonly Block[] {
  const withEarlier = items.filter((item) => item.earlier !== null)
  const shown = withEarlier.find((item) => SHOWS_EARLIER.has(item.change.label))?.earlier ?? null
  if (shown !== null) {
    return [
      { kind: 'text', line: [{ faint: `Before, ${saidWords(shown)}:` }] },
      { kind: 'quote', line: wordsLine(shown) },
      { kind: 'note', line: sourceLine(shown) },
    ]
  }
  const same = withEarlier[0]?.earlier ?? null
  return same === null ? [] : [{ kind: 'note', line: [`As on ${saidWords(same)}: `, ...sourceLine(same)] }]
}

function headingOf({ speakerName }: BriefItem, positions: readonly BriefItem[]): string {
  const topics = [...new Set(groupByWords(positions).flatMap((group) => group.map((item) => item.topicLabel)))]
  const more = topics.length - TOPICS_IN_HEADING
  const named = topics.slice(0, TOPICS_IN_HEADING).join(' · ')
  return `${cutText(cleanName(speakerName), LONGEST_NAME)}: ${named}${more > 0 ? ` and ${more} more` : ''}`
}

function occasionOf({ office, statement }: BriefItem): string {
  const event = statement.event === null ? null : cutText(cleanName(statement.event), LONGEST_NAME)
  return [office, `said ${saidWords(statement)}`, event].filter((part) => part !== null).join(' · ')
}

function restBlocks(count: number): readonly Block[] {
  return count <= 0 ? [] : [{ kind: 'note', line: `And ${count} more of that day: the button below shows all.` }]
}

function withoutPositionBlocks(items: readonly BriefItem[]): readonly Block[] {
  const rest = items.filter(({ change }) => change.label === 'not comparable').map((item) => item.topicLabel)
  if (rest.length === 0) return []
  return [{ kind: 'note', line: `Also spoken of, without a position of their own: ${[...new Set(rest)].join(', ')}` }]
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
    { label: 'All they said', command: formatCommand('said', { speaker: change.speaker }) },
  ]
}
