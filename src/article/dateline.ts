import { monthOf } from '../feed/month-names.ts'
import type { Dateline } from './article.ts'

/** Blocks among which the dateline is looked for: a lead may stand before it. */
const AMONG_FIRST = 4

/** Nobody writes a longer dateline. */
const WITHIN = 140

const UPPER_WORD = String.raw`\p{Lu}[\p{Lu}'’.]+(?:-[\p{Lu}'’.]+){0,3}`
const COUNTRY = String.raw`, \p{Lu}[\p{L}.]+(?: \p{Lu}[\p{L}.]+){0,2}`
const PLACE_UPPER = String.raw`${UPPER_WORD}(?: ${UPPER_WORD}| \p{Lu}\b){0,4}(?:\/${UPPER_WORD}(?: ${UPPER_WORD}){0,2})?(?:${COUNTRY})?`
const MIXED_WORD = String.raw`\p{Lu}[\p{L}'’.-]+`
const PLACE_MIXED = String.raw`${MIXED_WORD}(?: (?:${MIXED_WORD}|de|la|al|upon|of|the)){0,3}(?:\/${MIXED_WORD}(?: ${MIXED_WORD}){0,2})?(?:${COUNTRY})?`
const DAY = String.raw`(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? )?(?:(?<month1>\p{L}{3,9})\.? (?<day1>\d{1,2})|(?<day2>\d{1,2}) (?<month2>\p{L}{3,9})\.?)(?:,? (?<year>\d{4}))?`
const AGENCY = String.raw`(?:\/(?<agency1>[\p{L}][\p{L} .&-]{1,30})\/|\((?<agency2>[\p{L}][\p{L}\p{N} .,&/'’-]{1,40})\)|\[(?<agency3>[\p{L}][\p{L} .&-]{1,30})\])`
const DASH = `[-–—―]{1,2}`

/** From the strictest to the loosest: the more a line says, the less of it must be in capitals. */
const SHAPES: readonly RegExp[] = [
  // MOSCOW, October 4. /TASS/.   PARIS, Nov 12 (Reuters) -   MOSCOW. Oct 4 (Interfax) -
  `^(?<place>${PLACE_MIXED})[.,] {0,2}${DAY}[.,]? ?${AGENCY}[.:]? ?(?:${DASH})? {0,2}`,
  // MOSCOW. Oct 4. INTERFAX -
  `^(?<place>${PLACE_MIXED})[.,] {0,2}${DAY}[.,] ?(?<agency4>\\p{Lu}[\\p{Lu}.-]{2,24}) ?${DASH} {0,2}`,
  // WASHINGTON (AP) —   TRIPOLI, Libya (AP) —
  `^(?<place>${PLACE_MIXED}),? ${AGENCY} ?(?:${DASH}|[.:](?= ))\\s{0,2}`,
  // Geneva, 4 October 2021 –
  `^(?<place>${PLACE_MIXED})[.,] ${DAY}[.,]? ?(?:${DASH}|:) {0,2}`,
  // (Reuters) -   /TASS/ -
  `^${AGENCY} ?(?:${DASH}|[.:](?= )) {0,2}`,
  // ROME — The prime minister
  `^(?<place>${PLACE_UPPER})(?: ${DASH} |${DASH}(?=\\p{Lu})|: (?=\\p{Lu}))`,
].map((shape) => new RegExp(shape, 'u'))

/** Words that stand before a colon or a dash in capitals and are no place. */
const NO_PLACE =
  /^(?:BREAKING|UPDATE\p{N}*|EXCLUSIVE|WATCH|READ|LIVE|OPINION|ANALYSIS|EXPLAINER|FACTBOX|NOTE|CORRECTION|EDITOR|VIDEO|PHOTOS?|Q|A|QUESTION|ANSWER|MORE|RELATED|ALSO|WARNING|EDITORIAL|COMMENT|INTERVIEW|NEWS|UPDATED)\b/u

/** Only these may stand alone in front of a text, in mixed case before a bracket: else any aside would be an agency. */
const KNOWN_AGENCY =
  /^(?:TASS|ITAR-TASS|Reuters|Thomson Reuters.*|AP|The Associated Press|Associated Press|AFP|Agence France-Presse|Xinhua|Interfax(?:-.+)?|RIA(?: Novosti)?|Sputnik|Anadolu(?: Agency)?|AA|IRNA|ISNA|Tasnim|Mehr|Fars|SANA|WAM|SPA|QNA|KUNA|MENA|PTI|ANI|IANS|UPI|EFE|ANSA|dpa|DPA|APA|Kyodo(?: News)?|Jiji(?: Press)?|Yonhap|KCNA|BelTA|Belta|Ukrinform|UNIAN|Kazinform|AKIpress|Trend|Azertac|Armenpress|Bernama|Antara|TAP|APS|MAP|NAN|CNA|Bloomberg|CNN|BBC|RFE\/RL|VOA|Dow Jones|ddp|epd|KNA|PAP|CTK|ČTK|TT|NTB|Ritzau|STT|LETA|BNS|ELTA|Agerpres|BTA|Hina|Tanjug|Fena|MIA|Lusa|Europa Press|Notimex|Telam|UNI|APP|BSS|UNB|Agencies|.{0,30}(?:News Agency|Newswire|PRNewswire|Business Wire|GLOBE NEWSWIRE|News Service|Tribune|Times|Post|Herald|Press))$/iu

const SPEAKER_LABEL = /^\p{Lu}[\p{Lu} .,'’-]{1,60}:/u
const LABELS_OF_TRANSCRIPT = 3

export type SplitText = { readonly paragraphs: readonly string[]; readonly dateline: Dateline | null }

/**
 * Takes the dateline off the front of an article. Its day gets the year of publication, or the
 * year before where that day was still to come.
 */
export function splitDateline(paragraphs: readonly string[], publishedAt: Date | null): SplitText {
  // In an interview or transcript the words in capitals before a colon are whoever speaks.
  if (paragraphs.filter((paragraph) => SPEAKER_LABEL.test(paragraph)).length >= LABELS_OF_TRANSCRIPT) {
    return { paragraphs, dateline: null }
  }
  for (const [index, paragraph] of paragraphs.slice(0, AMONG_FIRST).entries()) {
    const found = readDateline(paragraph, publishedAt)
    if (found === null) continue
    const rest = paragraph.slice(found.length).trimStart()
    const others = paragraphs.toSpliced(index, 1, ...(rest === '' ? [] : [rest]))
    return { paragraphs: others, dateline: found.dateline }
  }
  return { paragraphs, dateline: null }
}

function readDateline(
  paragraph: string,
  publishedAt: Date | null,
): { readonly length: number; readonly dateline: Dateline } | null {
  const head = paragraph.slice(0, WITHIN)
  for (const shape of SHAPES) {
    const match = shape.exec(head)
    if (match === null) continue
    const { place, agency1, agency2, agency3, agency4, month1, month2, day1, day2, year } = match.groups ?? {}
    const agency = (agency1 ?? agency2 ?? agency3 ?? agency4)?.trim() ?? null
    const month = monthOf(month1 ?? month2 ?? '')
    if ((month1 ?? month2) !== undefined && month === null) continue
    const bracketed = /^(\p{L}{3,9})\.? (\d{1,2})$/u.exec(agency ?? '')
    const bracketMonth = monthOf(bracketed?.[1] ?? '')
    if (place !== undefined && (NO_PLACE.test(place) || place.length > 60)) continue
    const isLoud = place !== undefined && place.split(',')[0] === place.split(',')[0]?.toUpperCase()
    const isUnsure = agency !== null && agency1 === undefined && month === null && bracketMonth === null
    if (isUnsure && !isLoud && !KNOWN_AGENCY.test(agency)) continue
    return {
      length: match[0].length,
      dateline: {
        place: place === undefined ? null : placeName(place),
        on: dayOf(month ?? bracketMonth, day1 ?? day2 ?? bracketed?.[2], year, publishedAt),
        agency: bracketMonth === null ? agency : null,
      },
    }
  }
  return null
}

/** Short words of places that are no abbreviations. */
const SHORT_WORDS = new Set([
  'NEW',
  'SAN',
  'TEL',
  'ABU',
  'RIO',
  'LOS',
  'LAS',
  'ST.',
  'THE',
  'PORT',
  'OF',
  'AND',
  'DE',
  'LA',
  'AL',
])

/** MOSCOW is Moscow; what already has small letters, and what is an abbreviation, stays. */
function placeName(place: string): string {
  return place
    .split(/(, | |-|\/)/)
    .map((word) =>
      word === word.toUpperCase() && (word.length > 3 || SHORT_WORDS.has(word)) ? capitalised(word) : word,
    )
    .join('')
}

function capitalised(word: string): string {
  return word.charAt(0) + word.slice(1).toLowerCase()
}

const DAY_MS = 86_400_000

function dayOf(
  month: number | null,
  day: string | undefined,
  year: string | undefined,
  publishedAt: Date | null,
): string | null {
  if (month === null || day === undefined) return null
  const years =
    year !== undefined
      ? [Number(year)]
      : publishedAt === null
        ? []
        : [publishedAt.getUTCFullYear(), publishedAt.getUTCFullYear() - 1]
  for (const candidate of years) {
    const date = new Date(Date.UTC(candidate, month - 1, Number(day)))
    // Somewhere it is already tomorrow.
    const isPast = publishedAt === null || year !== undefined || date.getTime() <= publishedAt.getTime() + DAY_MS
    if (date.getUTCDate() === Number(day) && isPast) return date.toISOString().slice(0, 10)
  }
  return null
}
