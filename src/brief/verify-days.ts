import type { DateLanguage } from '../chat/date-language.ts'
import { isOurs, monthNames } from './day-words.ts'
import type { Fault } from './verify-words.ts'

const FOREIGN_LETTER = '[^\\P{L}\\p{Script=Latin}]'
/** "٤", and "4日": figures that stand in no English words. */
const FOREIGN_FIGURE = new RegExp(`(?![0-9])\\p{Nd}|[0-9](?=${FOREIGN_LETTER})|(?<=${FOREIGN_LETTER})[0-9]`, 'u')

/**
 * Looks for a wrong day in a line of which the right ones were taken away: what is left of a day in another language
 * than ours is another day. The figures and names that a line is checked for would not always show it.
 *
 * @param sources where a month or such a figure may come from: the words, and names.
 */
export function verifyDays(rest: string, sources: readonly string[], dates: DateLanguage): readonly Fault[] {
  if (isOurs(dates)) return []
  const isFigureLeft = FOREIGN_FIGURE.test(rest) && !sources.some((text) => FOREIGN_FIGURE.test(text))
  const isMonthLeft = monthsIn(rest, dates).some((month) => !sources.some((text) => text.includes(month)))
  return isFigureLeft || isMonthLeft ? [{ kind: 'number', what: 'a day that is not that of the words' }] : []
}

/** Names of months that stand in a line as words. */
function monthsIn(line: string, dates: DateLanguage): readonly string[] {
  return monthNames(dates).filter((month) => {
    const parts = /\p{L}/u.test(month) ? line.split(month) : []
    return parts.some((before, i) => {
      const after = parts[i + 1]
      return after !== undefined && !/[\p{L}\p{M}]$/u.test(before) && !/^[\p{L}\p{M}]/u.test(after)
    })
  })
}
