import type { Roster } from '../speaker/roster.ts'
import type { Speaker } from '../speaker/speaker.ts'
import type { SaidOn } from '../statement/statement.ts'
import type { Statement } from '../statement/statement-row.ts'

const countryNames = new Intl.DisplayNames(['en'], { type: 'region' })

/**
 * "Foreign Minister of Talvia": the office that is known to have been held when the words were said, never one of
 * another time. Of words whose month or year alone is known, one that was held through all of it; of words without
 * any date none, since the day on which we read them says nothing.
 */
export function officeWhenSaid(
  { saidOn, publishedAt, on }: Pick<Statement, 'saidOn' | 'publishedAt' | 'on'>,
  speaker: Speaker,
  roster: Roster,
): string | null {
  if (saidOn === null) return publishedAt === null ? null : officeOn(speaker, on, roster)
  const first = officeOn(speaker, saidOn.on, roster)
  return first !== null && first === officeOn(speaker, lastDayOf(saidOn), roster) ? first : null
}

/** The same for whoever said it, if the roster knows them. */
export function officesIn(roster: Roster): (statement: Statement) => string | null {
  return (statement) => {
    const speaker = statement.speaker === null ? null : roster.byId(statement.speaker)
    return speaker === null ? null : officeWhenSaid(statement, speaker, roster)
  }
}

function officeOn(speaker: Speaker, on: string, roster: Roster): string | null {
  const office = roster.officeOf(speaker, on)
  if (office === null) return null
  const { country, title } = office
  const body = roster.speakers.find((one) => one.country === country && (one.kind === 'state' || one.kind === 'body'))
  const name = body?.name ?? (/^[A-Z]{2}$/.test(country) ? (countryNames.of(country) ?? country) : country)
  return `${title} of ${name}`
}

function lastDayOf({ on, precision }: SaidOn): string {
  if (precision === 'day') return on
  if (precision === 'year') return `${on.slice(0, 4)}-12-31`
  const [year, month] = on.split('-').map(Number) as [number, number]
  // Day 0 of the month after.
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
}
