import { closest } from './closest.ts'
import type { Suggestion } from './command.ts'
import { NotUnderstoodError } from './not-understood-error.ts'

/** The language in which dates are written: a BCP 47 tag. `undefined` and `en`: English, as our sentences are. */
export type DateLanguage = string | undefined

/** What our sentences are written in. */
export const ENGLISH = 'en'

/**
 * What is suggested; any other language that the runtime knows is understood by its tag. Without those whose dates
 * need joiners between letters, which doors take away: they are read, and less well.
 */
const SUGGESTED = (
  'en de fr ru ar es it pt uk tr zh ja fa he hi pl nl el sv da nb fi cs sk hu ro bg sr hr sl sq mk bs et lv lt ' +
  'be kk ky uz az ka hy mn ko vi th id ms bn ur ps ku ckb ta te mr pa gu ne my km lo am sw ha so af ca eu gl ' +
  'ga cy is mt en-GB en-US en-CA en-AU de-AT de-CH fr-CA fr-CH fr-BE it-CH es-MX pt-BR pt-PT ar-EG ar-LY ar-SA ar-DZ ' +
  'ar-MA ar-IQ ar-LB fa-AF zh-Hans zh-Hant sr-Latn'
).split(' ')

/** Letters that a tag may have; whatever is longer is none. */
const TAG = /^[a-z]{2,3}(?:[-_][a-z0-9]{2,8}){0,3}$/i
const SHOWN = 40
const OFFERED = 3

type Known = { readonly tag: string; readonly english: string; readonly own: string }

let known: readonly Known[] | null = null

/** Those of the list that this runtime has: one that was built without its languages has English alone. */
function languages(): readonly Known[] {
  const english = new Intl.DisplayNames(['en'], { type: 'language' })
  known ??= Intl.DateTimeFormat.supportedLocalesOf(SUGGESTED).map((tag) => ({
    tag,
    english: english.of(tag) ?? tag,
    own: new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag,
  }))
  return known
}

/**
 * A language as its tag: `de`, `fr-CA`, or its own or English name.
 *
 * @throws {NotUnderstoodError} for anything else, with tags that may be meant.
 * @see RFC 5646 (BCP 47)
 */
export function readDateLanguage(option: string, text: string): string {
  const typed = fold(text)
  const tag = languages().find((one) => namesOf(one).includes(typed))?.tag ?? tagOf(text.trim())
  if (tag !== null) return tag
  throw new NotUnderstoodError({
    option,
    typed: text,
    explanation: `I know no language "${text.slice(0, SHOWN)}" to write dates in. Write its name or its tag, such as ${option}:German, ${option}:de or ${option}:fr-CA.`,
    suggestions: nearTo(typed),
  })
}

/** Whether that very tag is a language that dates can be written in. */
export function isDateLanguage(tag: string): boolean {
  return tagOf(tag) === tag
}

/** "German (de)"; what its readers call it stands beside it where somebody chooses. */
export function languageWords(tag: string): string {
  const name = new Intl.DisplayNames(['en'], { type: 'language' }).of(tag) ?? tag
  return name === tag ? tag : `${name} (${tag})`
}

/** Languages whose name or tag begins so, then those that have it somewhere. */
export function suggestDateLanguages(typed: string): readonly Suggestion[] {
  const wanted = fold(typed)
  const rank = (one: Known) => (namesOf(one).some((name) => name.startsWith(wanted)) ? 0 : 1)
  return languages()
    .filter((one) => namesOf(one).some((name) => name.includes(wanted)))
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ tag, english, own }) => ({
      label: own === english ? `${english} (${tag})` : `${english}, ${own} (${tag})`,
      value: tag,
    }))
}

function namesOf({ tag, english, own }: Known): readonly string[] {
  return [tag, english, own].map(fold)
}

function fold(text: string): string {
  return text.trim().normalize('NFKC').toLowerCase().replaceAll('_', '-')
}

/** The tag as it is properly written, without what would choose another calendar; `null` where no dates are known in it. */
function tagOf(typed: string): string | null {
  if (!TAG.test(typed)) return null
  try {
    const { baseName } = new Intl.Locale(typed.replaceAll('_', '-'))
    return Intl.DateTimeFormat.supportedLocalesOf([baseName]).length === 0 ? null : baseName
  } catch {
    // Intl has no other way to ask whether a tag is well formed.
    return null
  }
}

function nearTo(typed: string): readonly string[] {
  const near = closest(typed, languages().flatMap(namesOf), OFFERED)
  const tags = near.flatMap((name) => languages().find((one) => namesOf(one).includes(name))?.tag ?? [])
  return [...new Set(tags)]
}
