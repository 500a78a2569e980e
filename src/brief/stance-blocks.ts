import type { Block, Button, Line } from '../chat/blocks.ts'
import { cleanName } from '../chat/clean-text.ts'
import type { DateLanguage } from '../chat/date-language.ts'
import { formatCommand } from '../chat/format-command.ts'
import { isMove } from '../position/judging/label.ts'
import type { Position } from '../position/judging/position.ts'
import type { BriefItem } from './brief.ts'
import { dayWords } from './day-words.ts'
import { itemMenu, type Listed } from './item-menu.ts'
import { deskWords, isSetAside, sentenceCase, sideWords, stepWords } from './label-words.ts'
import { articleLink, dayOf, piecesOf, saidWords, sourceLine, wordsLine } from './statement-blocks.ts'

/** A position with what a reader needs to see of its history. */
export type ShownPosition = {
  readonly position: Position
  /** Newest first, as in `position.history`. */
  readonly items: readonly BriefItem[]
}

/** Steps of the history that are named under the latest word. */
const STEPS_SHOWN = 3
/** Positions with their words; more are a wall, and their first line says the most. */
const POSITIONS_SHOWN = 5
/** Words on topics where no side is read, a line each. */
const LINES_SHOWN = 6
/** Such lines on each further page. */
const LINES_ON_A_PAGE = 20
const POSITION_WORDS = 300
const LINE_WORDS = 160

/** Of which topic, and which page of what else is on record. */
type StancePage = {
  readonly topic: string
  readonly page: number
  /** The command that shows a page. */
  readonly more: (page: number) => string
  readonly dates: DateLanguage
}

/**
 * Where a speaker stands on `topic`: each proposition with its stance and since when, then what else is on record.
 * What of that is too much for a glance follows on further pages.
 */
export function stanceBlocks(
  shown: readonly ShownPosition[],
  { topic, page, more, dates }: StancePage,
): readonly Block[] {
  const [first] = shown.flatMap(({ items }) => items)
  if (first === undefined) return []
  const positions = shown.filter(({ position }) => position.proposition !== null).sort(bySide)
  const others = shown.filter(({ position }) => position.proposition === null)
  const words = wordsAlone(others)
  const pages = 1 + Math.max(0, Math.ceil((words.length - LINES_SHOWN) / LINES_ON_A_PAGE))
  const at = Math.min(page, pages)
  const next = at < pages ? [{ label: 'More', command: more(at + 1) }] : []
  const name = `${cleanName(first.speakerName)} on ${topic}`
  if (at > 1) {
    const from = LINES_SHOWN + (at - 2) * LINES_ON_A_PAGE
    return [
      { kind: 'heading', text: `${name} (page ${at} of ${pages})` },
      ...otherBlocks(words.slice(from, from + LINES_ON_A_PAGE), 0, dates),
      ...itemMenu(
        words
          .slice(from, from + LINES_ON_A_PAGE)
          .flatMap((items) => items.slice(0, 1))
          .map((item) => listedHere(item, dates)),
      ),
      { kind: 'buttons', buttons: [...next, ...buttonsOf(first, topic)] },
    ]
  }
  return [
    { kind: 'heading', text: name },
    ...(first.office === null
      ? []
      : [{ kind: 'note', line: `${first.office} (${dayOf(first.statement, dates)})` } as const]),
    ...positions.slice(0, POSITIONS_SHOWN).flatMap((one) => positionBlocks(one, dates)),
    ...moreBlocks(positions.slice(POSITIONS_SHOWN), dates),
    ...otherBlocks(words.slice(0, LINES_SHOWN), words.length - LINES_SHOWN, dates),
    ...itemMenu(
      [...positions.map(({ items }) => items), ...words.slice(0, LINES_SHOWN)]
        .flatMap((items) => items.slice(0, 1))
        .map((item) => listedHere(item, dates)),
    ),
    { kind: 'buttons', buttons: [...next, ...buttonsOf(first, topic)] },
  ]
}

/** The heading says whose words they are. */
function listedHere({ statement, proposition, topicLabel }: BriefItem, dates: DateLanguage): Listed {
  return { statement, label: `${dayOf(statement, dates)}: ${proposition ?? topicLabel}` }
}

/** Where a side is claimed first, then the latest word. */
function bySide(a: ShownPosition, b: ShownPosition): number {
  const isOpen = ({ position }: ShownPosition) => Number(position.stance === 'on record')
  const saidOn = ({ items }: ShownPosition) => items[0]?.change.saidOn ?? ''
  return isOpen(a) - isOpen(b) || (saidOn(a) < saidOn(b) ? 1 : saidOn(a) > saidOn(b) ? -1 : 0)
}

function positionBlocks(shown: ShownPosition, dates: DateLanguage): readonly Block[] {
  // Words whose reading the desk set aside say nothing of where somebody stands.
  const telling = shown.items.filter(({ change }) => !isSetAside(change))
  const [latest, ...earlier] = telling.length === 0 ? shown.items : telling
  if (latest === undefined) return []
  return [
    { kind: 'text', line: positionLine(shown, dates) },
    { kind: 'quote', line: wordsLine(latest.statement, POSITION_WORDS) },
    { kind: 'note', line: [...sourceLine(latest.statement, dates), { faint: deskWords(latest) }] },
    ...(earlier.length === 0 ? [] : [{ kind: 'note', line: stepsLine(earlier, dates) } as const]),
  ]
}

/** "Supports: All foreign forces must withdraw from Libya · since 19 August 2021"; no side where none is read. */
function positionLine({ position, items }: ShownPosition, dates: DateLanguage): Line {
  const [latest] = items
  const moved = items.find(({ change }) => change.saidOn === position.since && isMove(change.label))
  const about = latest?.proposition ?? latest?.topicLabel ?? ''
  if (position.stance === 'on record') return [{ strong: 'Spoke about' }, `: ${about}`, { faint: ' · no side claimed' }]
  return [
    { strong: sentenceCase(sideWords(position.stance, latest?.isThesis ?? false)) },
    `: ${about}`,
    {
      faint: ` · ${moved === undefined ? 'since' : `${moved.change.label} on`} ${sinceWords({ position, items }, dates)}`,
    },
  ]
}

/** Since when a position holds, as exactly as the words that began it are dated. */
export function sinceWords({ position: { since }, items }: ShownPosition, dates: DateLanguage): string {
  const began = items.find(({ change }) => change.saidOn === since)
  return began === undefined ? dayWords(since, dates) : dayOf(began.statement, dates)
}

/** "Before: Reaffirmed 4 October 2021, TASS · New on record 19 August 2021, TASS". */
function stepsLine(earlier: readonly BriefItem[], dates: DateLanguage): Line {
  const steps = earlier
    .slice(0, STEPS_SHOWN)
    .flatMap((item, i) => [
      `${i === 0 ? 'Before: ' : ' · '}${stepWords(item)} ${dayOf(item.statement, dates)}, `,
      articleLink(item.statement),
    ])
  const more = earlier.length - STEPS_SHOWN
  return [...steps, more <= 0 ? '' : ` · ${more} more`]
}

function moreBlocks(positions: readonly ShownPosition[], dates: DateLanguage): readonly Block[] {
  return positions.length === 0 ? [] : [{ kind: 'list', items: positions.map((one) => positionLine(one, dates)) }]
}

/** Without a proposition no stance is claimed: the latest words stand for themselves, once. */
function wordsAlone(others: readonly ShownPosition[]): readonly (readonly BriefItem[])[] {
  const latest = others.flatMap(({ items }) => items.slice(0, 1))
  return [...Map.groupBy(latest, ({ statement }) => statement.id).values()]
}

function otherBlocks(groups: readonly (readonly BriefItem[])[], more: number, dates: DateLanguage): readonly Block[] {
  if (groups.length === 0) return []
  return [
    { kind: 'text', line: [{ strong: 'Also on record' }] },
    { kind: 'list', items: groups.map((items) => otherLine(items, dates)) },
    ...(more <= 0 ? [] : [{ kind: 'note', line: `And ${more} more: the button below shows them.` } as const]),
  ]
}

function otherLine(items: readonly BriefItem[], dates: DateLanguage): Line {
  const [{ statement }] = items as readonly [BriefItem, ...BriefItem[]]
  const words = wordsLine(statement, LINE_WORDS)
  return [
    `${items.map(({ topicLabel }) => topicLabel).join('; ')}, ${saidWords(statement, dates)}: `,
    ...piecesOf(words),
    { faint: ' · ' },
    articleLink(statement),
  ]
}

function buttonsOf({ change }: BriefItem, topic: string): readonly Button[] {
  const about = { speaker: change.speaker, topic }
  return [
    { label: 'How it came about', command: formatCommand('history', about) },
    { label: 'Why?', command: formatCommand('why', { change: change.id }) },
    { label: 'All they said', command: formatCommand('said', about) },
    { label: 'Correct', command: formatCommand('correct', { change: change.id }) },
  ]
}
