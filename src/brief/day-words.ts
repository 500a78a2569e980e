const MONTHS = 'January,February,March,April,May,June,July,August,September,October,November,December'.split(',')

/** "4 October 2021", read the same everywhere; for a month or year, without the day. */
export function dayWords(on: string, precision: 'day' | 'month' | 'year' = 'day'): string {
  const [year = '', month = '', day = ''] = on.split('-')
  if (precision === 'year') return year
  const monthName = MONTHS[Number(month) - 1] ?? month
  return precision === 'month' ? `${monthName} ${year}` : `${Number(day)} ${monthName} ${year}`
}

/** "4 October 2021, 09:30 (Europe/Berlin)", or "… UTC": an instant as people of that zone read it. */
export function minuteWords(at: Date, zone: string): string {
  return `${clockWords(at, zone)} ${zoneWords(zone)}`
}

/** The same without the zone, where a line names it once. */
export function clockWords(at: Date, zone: string): string {
  // Sweden writes dates as ISO 8601 does.
  const [day = '', time = ''] = at.toLocaleString('sv-SE', { timeZone: zone }).split(' ')
  return `${dayWords(day)}, ${time.slice(0, 5)}`
}

export function zoneWords(zone: string): string {
  return zone === 'UTC' ? zone : `(${zone})`
}
