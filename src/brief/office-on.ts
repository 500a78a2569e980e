import type { Roster } from '../speaker/roster.ts'
import type { Speaker } from '../speaker/speaker.ts'

const countryNames = new Intl.DisplayNames(['en'], { type: 'region' })

/** "Foreign Minister of Talvia": the office that is known to have been held on that day, never one of another time. */
export function officeOn(speaker: Speaker, on: string, roster: Roster): string | null {
  const office = roster.officeOf(speaker, on)
  if (office === null) return null
  const { country, title } = office
  const body = roster.speakers.find((one) => one.country === country && (one.kind === 'state' || one.kind === 'body'))
  const name = body?.name ?? (/^[A-Z]{2}$/.test(country) ? (countryNames.of(country) ?? country) : country)
  return `${title} of ${name}`
}
