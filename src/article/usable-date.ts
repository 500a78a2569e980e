import { readDate } from '../feed/read-date.ts'

/** An instant, and how far from UTC the clock was that gave it. */
export type PageDate = { readonly at: Date; readonly offsetMinutes: number }

/** A publication lies between the first newspapers online and a day from any clock. */
const EARLIEST_YEAR = 1990

/** The date with the clock of the place that wrote it: late in the evening its day is not that of UTC. */
export function usableDate(text: string | null): PageDate | null {
  const at = readDate(text)
  if (text === null || at === null || at.getUTCFullYear() < EARLIEST_YEAR) return null
  const local = readDate(text.replace(ZONE, ''))
  const offset = local === null ? 0 : Math.round((local.getTime() - at.getTime()) / MINUTE_MS)
  return { at, offsetMinutes: Math.abs(offset) <= OFFSET_AT_MOST ? offset : 0 }
}

const ZONE = /\s?(?:[+-]\d{2}:?\d{2}|[A-Z]{1,5})$/
const MINUTE_MS = 60_000
/** No place on Earth is further from UTC. */
const OFFSET_AT_MOST = 14 * 60
