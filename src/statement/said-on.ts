import type { Item } from './sentences.ts'
import type { ArticleToRead, SaidOn } from './statement.ts'
import { MONTHS, WEEKDAYS } from './word-classes.ts'

const DAY_MS = 86_400_000

/** The day that the article itself stands for: dateline before publication. */
export function articleDay({ dateline, publishedOn }: ArticleToRead, datelineOn: string | null): SaidOn | null {
  const on = isDay(dateline?.on) ? dateline.on : datelineOn
  if (isDay(on)) return { on, precision: 'day', basis: 'dateline' }
  return isDay(publishedOn) ? { on: publishedOn, precision: 'day', basis: 'published' } : null
}

export const isDay = (on: string | null | undefined): on is string =>
  on != null && /^\d{4}-\d{2}-\d{2}$/.test(on) && !Number.isNaN(Date.parse(`${on}T00:00:00Z`))

/**
 * When something was said, from the words around the cue (content left out);
 * the article's own day where they say nothing. Null where they point to an
 * earlier time that cannot be told ("earlier, he had said").
 */
export function readSaidOn(outside: readonly Item[], day: SaidOn | null): SaidOn | null {
  for (let i = 0; i < outside.length; i++) {
    const found = dateAt(outside, i, day)
    if (found !== undefined) return found
  }
  return day
}

function dateAt(items: readonly Item[], i: number, day: SaidOn | null): SaidOn | null | undefined {
  const item = items[i] as Item
  const { lower } = item
  const month = MONTHS.indexOf(lower.replace(/\.$/, ''))
  if (item.class === 'time' && month >= 0) return monthAt(items, i, month, day)
  if (/^(?:1[89]|20)\d\d$/.test(item.text) && items[i - 1]?.lower === 'in')
    return { on: `${item.text}-01-01`, precision: 'year', basis: 'text' }
  // "after Friday's talks": a day of the talks, perhaps not of the words.
  if (items[i + 1]?.class === 'possessive') return undefined
  const weekday = WEEKDAYS.indexOf(lower)
  if (item.class === 'time' && weekday >= 0)
    return day === null ? null : weekdayBefore(day, weekday, items[i - 1]?.lower === 'last')
  if (lower === 'yesterday') return shift(day, -1)
  if (lower === 'today' || lower === 'tonight') return day === null ? null : { ...day, basis: 'text' }
  if (/^(?:week|month|year|summer|spring|fall|autumn|winter)$/.test(lower) && items[i - 1]?.lower === 'last')
    return past(day, lower)
  if (/^(?:earlier|previously|once|repeatedly|often|ago)$/.test(lower)) {
    return WEEKDAYS.includes(items[i + 1]?.lower ?? '') ||
      items[i + 1]?.lower === 'today' ||
      items[i + 1]?.lower === 'on'
      ? undefined
      : null
  }
  return undefined
}

function monthAt(items: readonly Item[], i: number, month: number, day: SaidOn | null): SaidOn | null {
  const around = [items[i + 1], items[i - 1]].map((item) => /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(item?.text ?? '')?.[1])
  const date = Number(around[0] ?? around[1] ?? 0)
  const yearItem = [items[i + 1], items[i + 2], items[i + 3]].find((item) => /^(?:19|20)\d\d$/.test(item?.text ?? ''))
  let year = Number(yearItem?.text ?? day?.on.slice(0, 4) ?? 0)
  if (year === 0 || date > 31) return null
  const two = (n: number) => String(n).padStart(2, '0')
  const on = (y: number) => `${y}-${two(month + 1)}-${two(date || 1)}`
  if (yearItem === undefined && day !== null && on(year) > day.on) year--
  return isDay(on(year)) ? { on: on(year), precision: date > 0 ? 'day' : 'month', basis: 'text' } : null
}

function weekdayBefore(day: SaidOn, weekday: number, last: boolean): SaidOn {
  const today = new Date(`${day.on}T00:00:00Z`)
  const back = (today.getUTCDay() - weekday + 7) % 7
  return shift(day, -(last && back === 0 ? 7 : back)) as SaidOn
}

function shift(day: SaidOn | null, days: number): SaidOn | null {
  if (day === null) return null
  const on = new Date(Date.parse(`${day.on}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
  return { on, precision: 'day', basis: 'text' }
}

function past(day: SaidOn | null, unit: string): SaidOn | null {
  if (day === null) return null
  const [year = 0, month = 1] = day.on.split('-').map(Number)
  if (unit === 'year') return { on: `${year - 1}-01-01`, precision: 'year', basis: 'text' }
  if (unit !== 'month') return null
  const before = month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`
  return { on: `${before}-01`, precision: 'month', basis: 'text' }
}
