import type { OwnNames } from '../plain-reading.ts'
import { isSame } from './act-agents.ts'
import { isRestriction, type SoughtActs } from './act-chains.ts'
import type { ActWord } from './wire-text.ts'

/** Names of days and months, and what stands beside people: they name no thing that is acted upon. */
const TIME =
  /^(?:mon|tues|wednes|thurs|fri|satur|sun)day$|^(?:january|february|march|april|may|june|july|august|september|october|november|december)$/
const TITLES =
  /^(?:foreign|prime|interior|defen[cs]e|finance|energy|justice|trade|culture|transport|health|economy|environment|agriculture|development|social|affairs|deputy|vice|state|minister|president|premier|chancellor|secretary|ministry|mr|mrs|ms|the|a|an)$/

/**
 * Whether a text tells its act of another thing than the proposition names: the same verb with another object
 * ("lifts its sanctions on" somebody else, "recalled its trade representative from" elsewhere). So it is where a name of
 * the proposition is missing and a name that nobody knows stands in the text; and where none of the things
 * without a name is spoken of at all.
 */
export function isOfAnother(words: readonly ActWord[], { things, actor }: SoughtActs, own: OwnNames): boolean {
  const isHeld = (thing: SoughtActs['things'][number]) => thing.some((one) => words.some((word) => isSame(word, one)))
  const [named, plain] = [things.filter((thing) => thing.some(isName)), things.filter((thing) => !thing.some(isName))]
  // "Is banned": the act itself is no thing that it is done to.
  const done = plain.filter((thing) => !thing.some(({ stem }) => isRestriction(stem)))
  if (done.length > 0 && !done.some(isHeld)) return true
  if (named.every(isHeld)) return false
  const isKnown = (word: ActWord) =>
    own.has(word.concept) || word.concept === actor || things.flat().some((one) => isSame(word, one))
  return words.some(
    (word, i) => i > 0 && isName(word) && !TIME.test(word.lower) && !TITLES.test(word.lower) && !isKnown(word),
  )
}

function isName({ text }: { readonly text: string }): boolean {
  return /^\p{Lu}\p{Ll}/u.test(text)
}
