import type { Block, Choice, Line, Menu } from '../chat/blocks.ts'
import { cleanName, cutText } from '../chat/clean-text.ts'
import type { DateLanguage } from '../chat/date-language.ts'
import { formatCommand } from '../chat/format-command.ts'
import { isMove } from '../position/judging/label.ts'
import type { Statement } from '../statement/statement-row.ts'
import { alsoReportedBlocks } from './also-reported.ts'
import type { Brief, BriefItem } from './brief.ts'
import { listedItem } from './item-menu.ts'
import { isClaim } from './label-words.ts'
import { groupByWords, isSameDay, wordsBlocks } from './position-blocks.ts'
import { piecesOf, saidWords, wordsLine } from './statement-blocks.ts'
import { buttonsOn, cardCommand, menuOn, subjectOf } from './ways-on.ts'

const LONGEST_NAME = 80
const OUTLETS_NAMED = 5
/** Statements with their words in full; more take longer than a glance. */
const STATEMENTS_SHOWN = 3
/** Statements without a claim, one line each. */
const LINES_SHOWN = 4
const LINE_WORDS = 160
const TOPICS_NAMED = 5

/**
 * The brief as people see it: speaker with the office of that day, then what the event does to the record,
 * changes of course first, each with its words and the earlier ones; then in a line each what else was
 * said, who else reported it, and the code to ask by. Everything is cut from articles or built from
 * facets; nothing is phrased freely.
 */
export function briefBlocks(brief: Brief, dates?: DateLanguage): readonly Block[] {
  const [first] = brief.items
  if (first === undefined) return []
  const positions = brief.items.filter(({ change }) => change.label !== 'not comparable')
  const { full, short } = partsOf(positions)
  const lead = full[0]?.[0] ?? first
  return [
    { kind: 'heading', text: headingOf(lead, [...full, ...short].flat()) },
    { kind: 'note', line: occasionOf(lead, dates) },
    ...full.flatMap((group, i) => wordsBlocks(group, dates, i === 0 ? undefined : lead.statement)),
    ...shortBlocks(short, lead.statement, dates),
    ...withoutPositionBlocks(brief.items),
    ...alsoReportedBlocks(
      brief.items.flatMap((item) => item.alsoReportedBy),
      brief.items.map(({ statement }) => statement),
      OUTLETS_NAMED,
    ),
    { kind: 'note', line: [{ faint: `Brief ${brief.code}` }] },
    ...controlsOf(full[0] ?? [first], brief, [...full, ...short.slice(0, LINES_SHOWN)].flat(), dates),
  ]
}

type Groups = readonly (readonly BriefItem[])[]

/** What stands with its words in full: claims about positions; without any, the first words on record. */
function partsOf(positions: readonly BriefItem[]): { readonly full: Groups; readonly short: Groups } {
  const groups = groupByWords(positions)
  const claims = groupByWords(positions.filter(isClaim))
  const full = claims.length === 0 ? groups.slice(0, 1) : claims.slice(0, STATEMENTS_SHOWN)
  const shown = new Set(full.map(([first]) => first?.statement.id))
  return { full, short: groups.filter(([first]) => !shown.has(first?.statement.id)) }
}

function headingOf({ speakerName, topicLabel, change }: BriefItem, shown: readonly BriefItem[]): string {
  const name = cutText(cleanName(speakerName), LONGEST_NAME)
  const more = new Set(shown.map((item) => item.topicLabel)).size - 1
  const others = more <= 0 ? '' : ` · ${more} more ${more === 1 ? 'topic' : 'topics'}`
  return `${name}${isMove(change.label) ? `: ${change.label}` : ''} on ${topicLabel}${others}`
}

function occasionOf({ office, statement }: BriefItem, dates: DateLanguage): string {
  const event = statement.event === null ? null : cutText(cleanName(statement.event), LONGEST_NAME)
  return [office, `said ${saidWords(statement, dates)}`, event].filter((part) => part !== null).join(' · ')
}

function shortBlocks(groups: Groups, lead: Statement, dates: DateLanguage): readonly Block[] {
  if (groups.length === 0) return []
  const more = groups.length - LINES_SHOWN
  return [
    { kind: 'text', line: [{ strong: 'Also on record' }] },
    { kind: 'list', items: groups.slice(0, LINES_SHOWN).map((group) => shortLine(group, lead, dates)) },
    ...(more <= 0 ? [] : [{ kind: 'note', line: `And ${more} more: All they said shows them.` } as const]),
  ]
}

function shortLine(group: readonly BriefItem[], lead: Statement, dates: DateLanguage): Line {
  const topics = [...new Set(group.map(({ topicLabel }) => topicLabel))].join('; ')
  const [first] = group as readonly [BriefItem, ...BriefItem[]]
  const words = wordsLine(first.statement, LINE_WORDS)
  const day = isSameDay(first.statement, lead) ? '' : `, ${saidWords(first.statement, dates)}`
  return [`${topics}${day}: `, ...piecesOf(words)]
}

function withoutPositionBlocks(items: readonly BriefItem[]): readonly Block[] {
  const shown = new Set(items.filter(({ change }) => change.label !== 'not comparable').map((item) => item.topicLabel))
  const rest = [...new Set(items.map((item) => item.topicLabel))].filter((topic) => !shown.has(topic))
  if (rest.length === 0) return []
  const more = rest.length - TOPICS_NAMED
  const named = `${rest.slice(0, TOPICS_NAMED).join(', ')}${more <= 0 ? '' : ` and ${more} more`}`
  return [{ kind: 'note', line: `Also spoken of, without a position of their own: ${named}` }]
}

/** What the words lead to, and a card for each of the other statements that stand in the brief. */
function controlsOf(
  group: readonly BriefItem[],
  { code }: Brief,
  shown: readonly BriefItem[],
  dates: DateLanguage,
): readonly [Extract<Block, { kind: 'buttons' }>, Menu] {
  const { statement } = group[0] as BriefItem
  const subject = subjectOf(statement, group)
  const others = new Map(shown.map((item) => [item.statement.id, item]))
  others.delete(statement.id)
  const also = [...others.values()].map(
    (item): Choice => ({ label: `Also: ${listedItem(item, dates).label}`, command: cardCommand(item.statement.id) }),
  )
  return [
    {
      kind: 'buttons',
      buttons: [{ label: 'Why?', command: formatCommand('why', { brief: code }) }, ...buttonsOn(subject, ['stance'])],
    },
    menuOn(subject, ['why', 'stance'], also),
  ]
}
