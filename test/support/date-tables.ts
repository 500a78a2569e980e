/** A day, its month and its year as desks of these languages write them, without what keeps a line in order. */
export const WRITTEN: readonly (readonly [language: string, day: string, month: string, year: string])[] = [
  ['en', '4 October 2021', 'October 2021', '2021'],
  ['en-US', 'October 4, 2021', 'October 2021', '2021'],
  ['de', '4. Oktober 2021', 'Oktober 2021', '2021'],
  ['fr', '4 octobre 2021', 'octobre 2021', '2021'],
  ['es', '4 de octubre de 2021', 'octubre de 2021', '2021'],
  ['ru', '4 октября 2021 г.', 'октябрь 2021 г.', '2021'],
  ['uk', '4 жовтня 2021 р.', 'жовтень 2021 р.', '2021'],
  ['pl', '4 października 2021', 'październik 2021', '2021'],
  ['el', '4 Οκτωβρίου 2021', 'Οκτώβριος 2021', '2021'],
  ['tr', '4 Ekim 2021', 'Ekim 2021', '2021'],
  ['ar', '٤ أكتوبر ٢٠٢١', 'أكتوبر ٢٠٢١', '٢٠٢١'],
  ['ar-LY', '4 أكتوبر 2021', 'أكتوبر 2021', '2021'],
  ['ar-SA', '٤ أكتوبر ٢٠٢١', 'أكتوبر ٢٠٢١', '٢٠٢١'],
  ['fa', '۴ اکتبر ۲۰۲۱', 'اکتبر ۲۰۲۱', '۲۰۲۱'],
  ['he', '4 באוקטובר 2021', 'אוקטובר 2021', '2021'],
  ['th', '4 ตุลาคม 2021', 'ตุลาคม 2021', '2021'],
  ['zh', '2021年10月4日', '2021年10月', '2021年'],
  ['ja', '2021年10月4日', '2021年10月', '2021年'],
  ['ko', '2021년 10월 4일', '2021년 10월', '2021년'],
]

/** Written from the right. */
export const FROM_THE_RIGHT: ReadonlySet<string> = new Set(['ar', 'ar-LY', 'ar-SA', 'fa', 'he'])

/** Kept by itself, as it has to be in a line of ours. */
export function inALine(language: string, day: string): string {
  return FROM_THE_RIGHT.has(language) ? `\u2068${day}\u2069` : day
}
