import { cleanName, cutText } from '../chat/clean-text.ts'
import { ENGLISH } from '../chat/date-language.ts'
import type { Roster } from '../speaker/roster.ts'
import type { Statement } from '../statement/statement-row.ts'
import { officeWhenSaid } from './office-on.ts'
import { holderWords, outletOf, publishedWords, saidWords } from './statement-blocks.ts'
import { verbatim } from './verbatim.ts'

const LONGEST_NAME = 80

/**
 * The line that an editor pastes: speaker, the office held that day, the day, the words, outlet, date, address.
 * `Ana Petrov, Foreign Minister of Talvia, 12 November 2026: “No toll, ever.” (The Daily Ledger, 13 November 2026, https://…)`
 *
 * Words that are not all between quotation marks name who tells them, as everywhere. Its dates are English whatever a
 * team reads: the line is English, and stands in somebody else's text as it is.
 */
export function citationOf(statement: Statement, roster: Roster): string {
  const outlet = outletOf(statement)
  const telling = statement.form === 'direct' ? '' : `, according to ${outlet}`
  const address = /^https?:/i.test(statement.articleUrl) ? cleanName(statement.articleUrl) : ''
  const source = [outlet, publishedWords(statement, ENGLISH), address].filter((part) => part !== '').join(', ')
  const view = holderWords(statement)
  const who = [speakerWords(statement, roster), saidWords(statement, ENGLISH)].join(', ')
  return `${who}${telling}${view === '' ? '' : ` (${view})`}: ${verbatim(statement)} (${source})`
}

function speakerWords(statement: Statement, roster: Roster): string {
  const { speaker, speakerLabel } = statement
  const known = speaker === null ? null : roster.byId(speaker)
  const name = cutText(cleanName(speakerLabel ?? 'Not named'), LONGEST_NAME)
  return [name, known === null ? null : officeWhenSaid(statement, known, roster)]
    .filter((part) => part !== null)
    .join(', ')
}
