import { contentOf, withConcepts } from '../words/concepts.ts'
import { readWords } from '../words/words.ts'
import type { OwnNames } from './plain-reading.ts'

/** Not a word of a title, which has a capital too. */
const NAME =
  '(?!(?:Foreign|Prime|Deputy|Vice|Interior|Energy|Finance|Justice|Trade|State|Home|Water|Transport|Agriculture|Defen[cs]e|The)\\b)\\p{Lu}[\\p{L}\\p{M}-]{1,30}'
/** "Foreign Minister", "energy minister", "top diplomat". */
const TITLE =
  '(?:[\\p{L}-]{1,20} ){0,3}(?:[Mm]inister|[Pp]resident|[Pp]remier|[Cc]hancellor|[Ss]ecretary|[Dd]iplomat|[Ss]pokes\\p{L}{3,6})(?: (?:of|for) (?:[Ff]oreign [Aa]ffairs|[Ss]tate|the [Ii]nterior|\\p{Ll}{3,15}))?'

/**
 * What a speaker calls itself and its country, as concepts: the speaker's names, and the country where a text
 * puts it beside the name ("Elmaria's sports minister, Sofia Lindqvar", "Lindqvar, the Elmarian minister").
 */
export function ownNames(speaker: string, texts: readonly string[]): OwnNames {
  const names = contentOf(withConcepts(readWords(speaker)))
  const last = readWords(speaker).at(-1)?.text ?? ''
  const read = texts.map((text) => text.slice(0, LONGEST)).filter((text) => text.includes(last))
  // Most statements say "he", and need no patterns made.
  if (read.length === 0 || !/^\p{Lu}/u.test(last)) return new Set(names)
  const patterns = besideName(last)
  const countries = read.flatMap((text) =>
    patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(({ groups }) => groups?.country ?? '')),
  )
  return new Set([...names, ...contentOf(withConcepts(countries.flatMap((country) => [...readWords(country)])))])
}

const LONGEST = 4_000

/** Only directly beside the name: "met the Velian foreign minister" tells where somebody else is from. */
function besideName(last: string): readonly RegExp[] {
  const name = `(?:${NAME} ){0,2}${last.replace(/[^\p{L}\p{M}]/gu, '.')}(?!\\p{L})`
  const country = `(?<country>${NAME})(?:['’]s?)?`
  return [
    new RegExp(`${country} ${TITLE},? ${name}`, 'gu'),
    new RegExp(`${name}, (?:the )?${country} ${TITLE}`, 'gu'),
    new RegExp(`${name}, (?:the )?${TITLE} of ${country}`, 'gu'),
    new RegExp(`${TITLE} of ${country},? ${name}`, 'gu'),
  ]
}
