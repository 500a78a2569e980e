import type { Block, Inline, Line } from '../chat/blocks.ts'
import { cleanName, cutText } from '../chat/clean-text.ts'
import type { DateLanguage } from '../chat/date-language.ts'
import type { Statement } from '../statement/statement-row.ts'
import { dayWords } from './day-words.ts'
import { verbatim } from './verbatim.ts'

const LONGEST_NAME = 80

/** How one statement is shown anywhere: who, in the office of that day if it is given, and when, the words, where they stand. */
export function statementBlocks(
  statement: Statement,
  dates: DateLanguage,
  office: string | null = null,
): readonly Block[] {
  const speaker = cutText(cleanName(statement.speakerLabel ?? 'Not named'), LONGEST_NAME)
  const occasion = statement.event === null ? '' : `, ${cutText(cleanName(statement.event), LONGEST_NAME)}`
  return [
    {
      kind: 'text',
      line: [{ strong: speaker }, `${office === null ? '' : `, ${office}`}, ${saidWords(statement, dates)}${occasion}`],
    },
    { kind: 'quote', line: wordsLine(statement) },
    { kind: 'note', line: sourceLine(statement, dates) },
  ]
}

/** The words; what is not all between quotation marks names who tells it. `longest`: characters of them. */
export function wordsLine(statement: Statement, longest?: number): Line {
  const words = verbatim(statement, longest)
  if (statement.form === 'direct') return words
  return [{ faint: `according to ${outletOf(statement)}: ${cueOf(statement)}` }, words]
}

/** A line as the pieces of a longer one. */
export function piecesOf(line: Line): readonly Inline[] {
  return typeof line === 'string' ? [line] : line
}

/** Cues that say no more than that something was said. */
const PLAIN_CUE = /^(?:says?|said|saying|adds?|added|tells?|told|notes?|noted|according to)\b/i

/**
 * "Announced", "ordered": where the words follow at once and are no sentence of their own, the article's verb
 * is part of what they say: not "the launch of an offensive" but "announced the launch of an offensive".
 */
export function cueOf({ cueSpan, content, contentSpans, context, contextSpan: [start] }: Statement): string {
  const [first] = contentSpans
  if (cueSpan === null || first === undefined || cueSpan[0] < start || /^that\b/i.test(content)) return ''
  const cue = context.slice(cueSpan[0] - start, cueSpan[1] - start)
  const between = context.slice(cueSpan[1] - start, first[0] - start)
  const isJoined = cueSpan[1] <= first[0] && between.trim() === '' && !PLAIN_CUE.test(cue)
  return isJoined ? `${cutText(cleanName(cue), LONGEST_NAME)} ` : ''
}

/** Outlet with link, day, form. */
export function sourceLine(statement: Statement, dates: DateLanguage): readonly Inline[] {
  return [articleLink(statement), `, ${publishedWords(statement, dates)}`, { faint: ` · ${formWords(statement)}` }]
}

/** Whether the words are quoted, and whose view they are where it is not simply the speaker's own. */
export function formWords(statement: Statement): string {
  const desk = statement.isSpeakerCorrected ? 'speaker corrected by your desk' : ''
  return [FORM_WORDS[statement.form], holderWords(statement), desk].filter((words) => words !== '').join(' · ')
}

/** Whose view it is where it is not simply the speaker's own; else empty. */
export function holderWords({ holder }: Pick<Statement, 'holder'>): string {
  return HOLDER_WORDS[holder]
}

type Dated = Pick<Statement, 'saidOn' | 'on' | 'publishedAt'>

/** The day of the words, as exactly as it is known: of an article without a date, only that it is no later than we read it. */
export function saidWords({ saidOn, on, publishedAt }: Dated, dates: DateLanguage): string {
  if (saidOn !== null) return dayWords(saidOn.on, dates, saidOn.precision)
  return publishedAt === null
    ? `on or before ${dayWords(on, dates)} (the article has no date)`
    : `${dayWords(on, dates)} (day of publication)`
}

/** The day of the words in a line of several: "19 August 2021", "2019", "28 November 2026 or before". */
export function dayOf({ saidOn, on, publishedAt }: Dated, dates: DateLanguage): string {
  if (saidOn !== null) return dayWords(saidOn.on, dates, saidOn.precision)
  return publishedAt === null ? `${dayWords(on, dates)} or before` : dayWords(on, dates)
}

/** The day of the article, or that it has none. */
export function publishedWords(
  { publishedAt, recordedAt }: Pick<Statement, 'publishedAt' | 'recordedAt'>,
  dates: DateLanguage,
): string {
  const day = dayWords((publishedAt ?? recordedAt).toISOString().slice(0, 10), dates)
  return publishedAt === null ? `no date, read ${day}` : day
}

/** The publisher, or the host of the address where it has no name; a text from a file has neither. */
export function outletOf({ publisher, articleUrl }: Pick<Statement, 'publisher' | 'articleUrl'>): string {
  const name = cutText(cleanName(publisher ?? ''), LONGEST_NAME)
  if (name !== '') return name
  const host = URL.canParse(articleUrl) ? new URL(articleUrl).host.replace(/^www\./, '') : ''
  return host === '' ? 'the article' : host
}

/** The outlet or other words of ours, leading to the article where that has an address of the web; a speech from a file has none. */
export function articleLink(
  source: Pick<Statement, 'publisher' | 'articleUrl'>,
  words: string = outletOf(source),
): Inline {
  return /^https?:/i.test(source.articleUrl) ? { link: words, to: source.articleUrl } : words
}

const FORM_WORDS: Readonly<Record<Statement['form'], string>> = {
  direct: 'direct quotation',
  mixed: 'partly quoted',
  indirect: 'indirect speech',
}

const HOLDER_WORDS: Readonly<Record<Statement['holder'], string>> = {
  own: '',
  joint: 'said jointly',
  relayed: 'passes on the view of somebody else',
  quoted: 'quotes somebody else',
  reported: 'reported at second hand',
  denied: 'denied',
}
