import type { Block, Inline, Line } from '../chat/blocks.ts'
import { cleanName, cutText } from '../chat/clean-text.ts'
import type { DateLanguage } from '../chat/date-language.ts'
import { isMove, type Label } from '../position/judging/label.ts'
import type { Statement } from '../statement/statement-row.ts'
import type { BriefItem } from './brief.ts'
import { deskWords, isClaim, isSetAside, labelWords, meaningWords, sideOf } from './label-words.ts'
import { opinionBlocks } from './opinion-blocks.ts'
import { articleLink, formWords, saidWords, sourceLine, wordsLine } from './statement-blocks.ts'
import { byUrgency } from './urgency.ts'

/** Words beside which nobody has to decide anything; a change of course shows all of them. */
const CALM_WORDS = 400
const LONGEST_LEAD = 240

/** Items by the statement that shows them, so that words are printed once; the most urgent first. */
export function groupByWords(items: readonly BriefItem[]): readonly (readonly BriefItem[])[] {
  return [...Map.groupBy([...items].sort(byUrgency), (item) => item.statement.id).values()]
}

/**
 * One statement: what it does to each position, what that means, the words, and what was said before
 * where that matters. `lead`: the statement whose outlet and day the reader has just seen.
 */
export function wordsBlocks(items: readonly BriefItem[], dates: DateLanguage, lead?: Statement): readonly Block[] {
  const [first] = items
  if (first === undefined) return []
  const { statement } = first
  const longest = items.some(({ change }) => isMove(change.label)) ? undefined : CALM_WORDS
  return [
    ...labelBlocks(items),
    ...items.flatMap(opinionBlocks),
    { kind: 'quote', line: wordsLine(statement, longest) },
    { kind: 'note', line: noteOf(statement, lead, dates) },
    ...earlierBlocks(items, { longest, lead, dates }),
  ]
}

/** Of another statement of the same article only what differs: the form, and the day where it is another. */
function noteOf(statement: Statement, lead: Statement | undefined, dates: DateLanguage): Line {
  if (lead === undefined || statement.article !== lead.article) return sourceLine(statement, dates)
  return [isSameDay(statement, lead) ? '' : `said ${saidWords(statement, dates)} · `, { faint: formWords(statement) }]
}

/** Whether what the reader was told of the day of `lead` holds for `statement`, too. */
export function isSameDay(statement: Statement, lead: Statement): boolean {
  return statement.on === lead.on && precisionOf(statement) === precisionOf(lead)
}

/** The day of publication is a day. */
function precisionOf({ saidOn }: Statement): string {
  return saidOn?.precision ?? 'day'
}

/** "Hardened on: The militia disarms", and below it what differs; topics without a claim share a line. */
function labelBlocks(items: readonly BriefItem[]): readonly Block[] {
  const claims = items.filter(isClaim)
  const topics = [...new Set(items.filter((item) => !isClaim(item)).map(({ topicLabel }) => topicLabel))]
  return [
    ...claims.flatMap(claimBlocks),
    ...(topics.length === 0 || claims.length > 0
      ? []
      : [{ kind: 'text', line: [{ strong: 'On record' }, ` · ${topics.join('; ')}`] } as const]),
  ]
}

function claimBlocks(item: BriefItem): readonly Block[] {
  const { change, proposition, topicLabel } = item
  const smoothed = item.opinions?.find((one) => one.kind === 'lead')
  const meaning = smoothed === undefined ? meaningWords(item) : cutText(cleanName(smoothed.words), LONGEST_LEAD)
  const told = change.delta.map(({ words }) => words).join('; ')
  const more = change.label === 'elaborated' ? told || change.why : ''
  const doubt = change.label === 'unclear' ? change.why : ''
  const below = [meaning, more, doubt].filter((part) => part !== '')
  return [
    {
      kind: 'text',
      line: [
        { strong: labelWords(change.label) },
        `${sideOf(item)}${proposition ?? topicLabel}`,
        { faint: deskWords(item) },
      ],
    },
    ...below.map((line): Block => ({ kind: 'text', line })),
  ]
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

function earlierBlocks(
  items: readonly BriefItem[],
  { longest, lead, dates }: { longest: number | undefined; lead: Statement | undefined; dates: DateLanguage },
): readonly Block[] {
  const withEarlier = items.filter((item) => item.earlier !== null && !isSetAside(item.change))
  const shown = withEarlier.find((item) => isClaim(item) && SHOWS_EARLIER.has(item.change.label))?.earlier ?? null
  // Words that stand just above need no second time.
  if (shown !== null && shown.id !== lead?.id) {
    return [
      {
        kind: 'note',
        line: [{ strong: 'Before' }, ', ', ...datedSource(shown, dates), { faint: ` · ${formWords(shown)}` }],
      },
      { kind: 'quote', line: wordsLine(shown, longest) },
    ]
  }
  const item = withEarlier.find(isClaim) ?? withEarlier[0]
  if (item === undefined || item.earlier === null) return []
  const as = item.change.label === 'reaffirmed' ? 'As on ' : `Earlier on ${item.topicLabel}: `
  return [{ kind: 'note', line: [as, ...datedSource(item.earlier, dates)] }]
}

/** The day of the words, then the outlet. */
function datedSource(statement: Statement, dates: DateLanguage): readonly Inline[] {
  return [saidWords(statement, dates), ' · ', articleLink(statement)]
}
