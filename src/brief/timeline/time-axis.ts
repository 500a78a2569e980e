import type { DateLanguage } from '../../chat/date-language.ts'
import { dayWords } from '../day-words.ts'

export type Tick = { readonly at: number; readonly words: string }

/** Days since 1970: what a place on the axis is counted in. */
export const dayNumber = (on: string): number => Date.parse(`${on}T00:00:00Z`) / DAY_MS

const DAY_MS = 86_400_000
/** Names of days and months are long, years short. */
const NAMES_AT_MOST = 3
const YEARS_AT_MOST = 6
const MONTHS_BETWEEN = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600]
const DAYS_BETWEEN = [1, 2, 7, 14, 28]
/** From so many days on the axis counts months. */
const MONTHS_FROM_DAYS = 62

/** Beginnings of days, months or years between two days, as people name them: so few that no name touches another. */
export function ticksBetween(from: number, to: number, dates: DateLanguage): readonly Tick[] {
  return to - from < MONTHS_FROM_DAYS ? daysBetween(from, to, dates) : monthsBetween(from, to, dates)
}

function daysBetween(from: number, to: number, dates: DateLanguage): readonly Tick[] {
  const step = DAYS_BETWEEN.find((days) => Math.floor((to - from) / days) < NAMES_AT_MOST) ?? MONTHS_FROM_DAYS
  const count = Math.floor((to - from) / step) + 1
  return Array.from({ length: count }, (_, index) => {
    const at = from + index * step
    return { at, words: dayWords(isoDay(at), dates) }
  })
}

function monthsBetween(from: number, to: number, dates: DateLanguage): readonly Tick[] {
  const [first, last] = [monthNumber(isoDay(from)), monthNumber(isoDay(to))]
  for (const step of MONTHS_BETWEEN) {
    const begins = Math.ceil(first / step) * step
    const months = Array.from(
      { length: Math.max(0, Math.floor((last - begins) / step) + 1) },
      (_, i) => begins + i * step,
    )
    const ticks = months.map((month) => tickOf(month, step, dates)).filter(({ at }) => at >= from && at <= to)
    if (ticks.length <= (step % 12 === 0 ? YEARS_AT_MOST : NAMES_AT_MOST)) return ticks
  }
  return []
}

function tickOf(month: number, step: number, dates: DateLanguage): Tick {
  const on = `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01`
  return { at: dayNumber(on), words: dayWords(on, dates, step % 12 === 0 ? 'year' : 'month') }
}

function monthNumber(on: string): number {
  const [year = 0, month = 1] = on.split('-').map(Number)
  return year * 12 + month - 1
}

function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}
