import { keepAtMost } from '../base/keep-at-most.ts'
import { type DateLanguage, ENGLISH } from '../chat/date-language.ts'

const MONTHS = 'January,February,March,April,May,June,July,August,September,October,November,December'.split(',')

type Precision = 'day' | 'month' | 'year'

/** "4 October 2021", "4. Oktober 2021", "4 октября 2021 г."; for a month or year, without the day. */
export function dayWords(on: string, language: DateLanguage, precision: Precision = 'day'): string {
  // A day is the same everywhere: read and written in UTC it never moves.
  const at = new Date(`${on}T00:00:00Z`)
  if (isOurs(language) || Number.isNaN(at.getTime())) return englishDay(on, precision)
  return isolated(formatOf(language, precision).format(at))
}

/** "4 October 2021, 09:30 (Europe/Berlin)", or "… UTC": an instant as people of that zone read it. */
export function minuteWords(at: Date, zone: string, language: DateLanguage): string {
  return `${clockWords(at, zone, language)} ${zoneWords(zone)}`
}

/** The same without the zone, where a line names it once. */
export function clockWords(at: Date, zone: string, language: DateLanguage): string {
  if (!isOurs(language)) return isolated(formatOf(language, 'minute', zone).format(at))
  // Sweden writes dates as ISO 8601 does.
  const [day = '', time = ''] = at.toLocaleString('sv-SE', { timeZone: zone }).split(' ')
  return `${englishDay(day, 'day')}, ${time.slice(0, 5)}`
}

/** "Mo., 4. Oktober 2021 um 09:30": a time that is told ahead; `null` in English, where each place has words of its own. */
export function weekdayWords(at: Date, zone: string, language: DateLanguage): string | null {
  return isOurs(language) ? null : isolated(formatOf(language, 'weekday', zone).format(at))
}

/** The day of a slot: "2021-10-04", as it is typed, or "4. Oktober 2021". */
export function slotDay(on: string, language: DateLanguage): string {
  return isOurs(language) ? on : dayWords(on, language)
}

/** Whether dates are written in the language of the sentences around them. */
export function isOurs(language: DateLanguage): language is undefined | typeof ENGLISH {
  return language === undefined || language === ENGLISH
}

/** Every name that a month has in dates of this language, in any of its forms. */
export function monthNames(language: DateLanguage): readonly string[] {
  return isOurs(language) ? MONTHS : monthsOf(language)
}

function zoneWords(zone: string): string {
  return zone === 'UTC' ? zone : `(${zone})`
}

function englishDay(on: string, precision: Precision): string {
  const [year = '', month = '', day = ''] = on.split('-')
  if (precision === 'year') return year
  const monthName = MONTHS[Number(month) - 1] ?? month
  return precision === 'month' ? `${monthName} ${year}` : `${Number(day)} ${monthName} ${year}`
}

type Shape = Precision | 'month alone' | 'minute' | 'weekday'

const SHAPES: Readonly<Record<Shape, Intl.DateTimeFormatOptions>> = {
  year: { year: 'numeric' },
  month: { year: 'numeric', month: 'long' },
  day: { year: 'numeric', month: 'long', day: 'numeric' },
  'month alone': { month: 'long' },
  minute: { dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23' },
  weekday: {
    ...{ weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  },
}

/** Digits where a language has its own and its regions differ: those of a region are the region's. */
const OWN_DIGITS: Readonly<Record<string, string>> = { ar: 'arab' }

/** Making one costs a hundred times as much as using it; people may name any language and zone. */
const FORMATS_KEPT = 500
const formats = keepAtMost(FORMATS_KEPT, (key) => {
  const [language, timeZone, shape] = JSON.parse(key) as [string, string, Shape]
  const numberingSystem = OWN_DIGITS[language]
  const own = numberingSystem === undefined ? {} : { numberingSystem }
  // A feed's days are those of the Gregorian calendar, and so is what people compare them with.
  return new Intl.DateTimeFormat([language, ENGLISH], { ...SHAPES[shape], ...own, calendar: 'gregory', timeZone })
})

function formatOf(language: string, shape: Shape, timeZone = 'UTC'): Intl.DateTimeFormat {
  return formats(JSON.stringify([language, timeZone, shape]))
}

const monthsOf = keepAtMost(FORMATS_KEPT, (language) => {
  const names = MONTHS.flatMap((_, month) =>
    (['day', 'month', 'month alone'] as const).flatMap((shape) =>
      formatOf(language, shape)
        .formatToParts(new Date(Date.UTC(2021, month, 1)))
        .flatMap(({ type, value }) => (type === 'month' ? [value] : [])),
    ),
  )
  return [...new Set(names)]
})

const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u
const [FIRST_STRONG_ISOLATE, POP_ISOLATE] = ['\u2068', '\u2069']

/**
 * A date that is read from the right, kept by itself: the words of our line stay in their order.
 *
 * @see Unicode Standard Annex 9, section 2.4 (explicit directional isolates)
 */
function isolated(words: string): string {
  return RIGHT_TO_LEFT.test(words) ? `${FIRST_STRONG_ISOLATE}${words}${POP_ISOLATE}` : words
}
