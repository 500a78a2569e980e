import type { Roster } from '../src/speaker/roster.ts'
import type { Office } from '../src/speaker/speaker.ts'

const countryNames = new Intl.DisplayNames(['en'], { type: 'region' })

/** "Foreign Minister of Russia, since 2004-03"; an office without a start or end is dated "as of". Never current by silence. */
export function officeWords(office: Office, roster: Roster): string {
  const area = office.area === undefined ? '' : ` (${office.area})`
  return `${office.title} of ${countryName(office.country, roster)}${area}, ${heldWhen(office)}`
}

function heldWhen({ from, to, asOf }: Office): string {
  if (from !== null && to !== null) return `${from} to ${to}`
  if (to !== null) return `until ${to}`
  if (from !== null) return asOf === null ? `since ${from}` : `since ${from}, as of ${asOf}`
  return asOf === null ? 'date unknown' : `as of ${asOf}`
}

/** The name of a country or body by its code; the roster's own name first, since it knows bodies too. */
function countryName(code: string, roster: Roster): string {
  const own = roster.speakers.find((one) => one.country === code && (one.kind === 'state' || one.kind === 'body'))
  if (own !== undefined) return own.name
  return /^[A-Z]{2}$/.test(code) ? (countryNames.of(code) ?? code) : code
}
