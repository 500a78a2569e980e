const MONTHS = 'January,February,March,April,May,June,July,August,September,October,November,December'.split(',')

/** "4 October 2021", read the same everywhere; for a month or year, without the day. */
export function dayWords(on: string, precision: 'day' | 'month' | 'year' = 'day'): string {
  const [year = '', month = '', day = ''] = on.split('-')
  if (precision === 'year') return year
  const monthName = MONTHS[Number(month) - 1] ?? month
  return precision === 'month' ? `${monthName} ${year}` : `${Number(day)} ${monthName} ${year}`
}
