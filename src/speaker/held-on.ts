import type { Office, Role } from './speaker.ts'

/**
 * How long after it was last checked an open office is still taken as held. A roster that nobody renews
 * must fall silent rather than name yesterday's minister. Heads of state and of bodies serve fixed terms,
 * and whoever has held an office for years mostly goes on; other ministers come and go.
 */
const TRUST_MONTHS = { steady: 18, other: 12 }
const STEADY_ROLES = new Set<Role>(['head of state', 'deputy head of state', 'chief'])
const STEADY_AFTER_YEARS = 5

const EARLIEST = '0000-01-01'
const LATEST = '9999-12-31'

/** The first and last day of a day, month or year. Days compare as text; a month may claim a 31st. */
export function daysOf(date: string): readonly [first: string, last: string] {
  if (date.length === 4) return [`${date}-01-01`, `${date}-12-31`]
  if (date.length === 7) return [`${date}-01`, `${date}-31`]
  return [date, date]
}

/**
 * Whether the office was held throughout `on`: `unknown` when our dates are not exact enough to say,
 * or when `on` is too long after the last time we looked.
 */
export function heldOn(office: Office, on: string): 'yes' | 'no' | 'unknown' {
  const [first, last] = daysOf(on)
  const { from, to, asOf } = office
  if (from === null && to === null) {
    if (asOf === null) return 'unknown'
    const [seenFirst, seenLast] = daysOf(asOf)
    return seenFirst <= first && last <= seenLast ? 'yes' : 'unknown'
  }

  const [fromFirst, fromLast] = from === null ? [EARLIEST, LATEST] : daysOf(from)
  const [toFirst, toLast] = to === null ? openEnd(office) : daysOf(to)
  if (last < fromFirst || first > toLast) return 'no'
  return fromLast <= first && last <= toFirst ? 'yes' : 'unknown'
}

/** An open office ends nowhere for sure, and is trusted for a while after it was last seen. */
function openEnd(office: Office): readonly [trusted: string, possible: string] {
  if (office.asOf === null) return [EARLIEST, LATEST]
  const [, seen] = daysOf(office.asOf)
  const months = Number(seen.slice(0, 4)) * 12 + Number(seen.slice(5, 7)) - 1 + trustMonths(office, seen)
  const trusted = `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-${seen.slice(8)}`
  return [trusted, LATEST]
}

function trustMonths({ role, from, isUncertain = false }: Office, seen: string): number {
  if (isUncertain) return 0
  const isLong = from !== null && Number(seen.slice(0, 4)) - Number(from.slice(0, 4)) >= STEADY_AFTER_YEARS
  return STEADY_ROLES.has(role) || isLong ? TRUST_MONTHS.steady : TRUST_MONTHS.other
}
