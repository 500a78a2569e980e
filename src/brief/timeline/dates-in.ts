import type { TextRuler } from '../../base/picture/text-ruler.ts'
import { type DateLanguage, ENGLISH } from '../../chat/date-language.ts'
import { dayWords, monthNames } from '../day-words.ts'

/** The language in which a drawing has its dates: English where our fonts lack the letters, signs or figures of another. */
export function datesIn({ canWrite }: TextRuler, dates: DateLanguage): DateLanguage {
  return [...monthNames(dates), dayWords('2021-10-04', dates)].every(canWrite) ? dates : ENGLISH
}
