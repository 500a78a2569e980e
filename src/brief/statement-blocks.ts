import type { Block, Inline, Line } from '../chat/blocks.ts'
import { cleanName, cutText } from '../chat/clean-text.ts'
import { formatCommand } from '../chat/format-command.ts'
import type { Statement } from '../statement/statement-row.ts'
import { dayWords } from './day-words.ts'
import { verbatim } from './verbatim.ts'

const LONGEST_NAME = 80

/** How one statement is shown anywhere: who and when, the words, where they stand. */
export function statementBlocks(statement: Statement): readonly Block[] {
  const speaker = cutText(cleanName(statement.speakerLabel ?? 'Not named'), LONGEST_NAME)
  const occasion = statement.event === null ? '' : `, ${cutText(cleanName(statement.event), LONGEST_NAME)}`
  return [
    { kind: 'text', line: [{ strong: speaker }, `, ${saidWords(statement)}${occasion}`] },
    { kind: 'quote', line: wordsLine(statement) },
    { kind: 'note', line: sourceLine(statement) },
  ]
}

/**
 * The same with what an editor wants next: the line to paste, and the sentences around the words. For answers of
 * a page: a digest of twenty statements would be forty buttons.
 */
export function statementCard(statement: Statement): readonly Block[] {
  const named = { statement: String(statement.id) }
  const buttons = [
    { label: 'Cite', command: formatCommand('cite', named) },
    { label: 'Context', command: formatCommand('context', named) },
  ]
  return [...statementBlocks(statement), { kind: 'buttons', buttons }]
}

/** The words; what is not all between quotation marks names who tells it. */
export function wordsLine(statement: Statement): Line {
  const words = verbatim(statement)
  return statement.form === 'direct' ? words : [{ faint: `according to ${outletOf(statement)}: ` }, words]
}

/** Outlet with link, day, form. */
export function sourceLine(statement: Statement): readonly Inline[] {
  const holder = [holderWords(statement), statement.isSpeakerCorrected ? 'speaker corrected by your desk' : '']
    .filter((words) => words !== '')
    .join(' · ')
  return [
    { link: outletOf(statement), to: statement.articleUrl },
    `, ${dayWords((statement.publishedAt ?? statement.recordedAt).toISOString().slice(0, 10))}`,
    { faint: ` · ${FORM_WORDS[statement.form]}${holder === '' ? '' : ` · ${holder}`}` },
  ]
}

/** Whose view it is where it is not simply the speaker's own; else empty. */
export function holderWords({ holder }: Pick<Statement, 'holder'>): string {
  return HOLDER_WORDS[holder]
}

/** The day of the words, as exactly as it is known. */
export function saidWords({ saidOn, on }: Pick<Statement, 'saidOn' | 'on'>): string {
  if (saidOn === null) return `${dayWords(on)} (day of publication)`
  return dayWords(saidOn.on, saidOn.precision)
}

/** The publisher, or the host of the address where it has no name; a text from a file has neither. */
export function outletOf({ publisher, articleUrl }: Pick<Statement, 'publisher' | 'articleUrl'>): string {
  const name = cutText(cleanName(publisher ?? ''), LONGEST_NAME)
  if (name !== '') return name
  const host = URL.canParse(articleUrl) ? new URL(articleUrl).host.replace(/^www\./, '') : ''
  return host === '' ? 'the article' : host
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
