import { MONTHS } from './word-classes.ts'

/** "OSTRA, Month D. /AGENCY/. " or "OSTRA (Agency) - " before the first words of a report. */
export interface Dateline {
  /** Code units to step over. */
  readonly length: number
  /** `MM-DD` where it names a day; the year is the article's. */
  readonly monthDay: string | null
}

const PLACE = String.raw`\p{Lu}[\p{Lu}\p{M}.'’ -]{2,40}(?:, [\p{L}.][\p{L}. ]{1,20})?`
const DAY = String.raw`(?:,? +(?<month>\p{Lu}\p{Ll}{2,8})\.? (?<day>\d{1,2}))?`
const AGENCY = String.raw`\.? ?(?:\/[\p{L} .-]{2,20}\/|\([\p{L} .&/-]{2,30}\))`
const SLASHED = new RegExp(`^(?:${PLACE})${DAY}${AGENCY}\\.? *(?:[—–-]{1,2} *)?`, 'u')
const DASHED = new RegExp(`^(?:${PLACE})${DAY} +(?:[—–]|--?) +`, 'u')

/** The dateline at the begin of a paragraph, or null. Looks at its first 120 code units only. */
export function readDateline(paragraph: string): Dateline | null {
  const head = paragraph.slice(0, 120)
  const match = SLASHED.exec(head) ?? DASHED.exec(head)
  if (match === null || match[0].length >= paragraph.length) return null
  const month = MONTHS.findIndex((name) => name.startsWith((match.groups?.month ?? '?').toLowerCase().slice(0, 3)))
  const day = Number(match.groups?.day ?? 0)
  const two = (n: number) => String(n).padStart(2, '0')
  return {
    length: match[0].length,
    monthDay: month >= 0 && day >= 1 && day <= 31 ? `${two(month + 1)}-${two(day)}` : null,
  }
}

/** A report is published soon; an older day is a misprint, or no dateline. */
const OLDEST_DAYS = 45

/** The day that a dateline stands for: the last such day not after publication (a day ahead: time zones). */
export function datelineDay(monthDay: string | null, publishedOn: string | null): string | null {
  if (monthDay === null || publishedOn === null) return null
  const year = Number(publishedOn.slice(0, 4))
  const latest = new Date(Date.parse(`${publishedOn}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
  const on = `${year}-${monthDay}` <= latest ? `${year}-${monthDay}` : `${year - 1}-${monthDay}`
  return Date.parse(publishedOn) - Date.parse(on) > OLDEST_DAYS * 86_400_000 ? null : on
}
