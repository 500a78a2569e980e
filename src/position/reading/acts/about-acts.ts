import type { Meant } from '../../words/concepts.ts'
import { isSame } from './act-agents.ts'
import type { Chain, SoughtActs } from './act-chains.ts'
import { findActs, kindsOf } from './act-lexicon.ts'
import type { ActWord, WireText } from './wire-text.ts'

/** What a word of the same kind counts, beside the very word: a battalion may be another battalion. */
const KIND = 0.6
/** Who acts is named in most sentences about them. */
const ACTOR = 0.4

/** Enough of what the proposition is about: half of its things, or two; one by its kind alone is not enough. */
export function isAbout({ words, concepts, kinds }: WireText, { things, actor }: SoughtActs): boolean {
  const weigh = (thing: readonly Meant[]) => {
    const said = thing.filter((one) => concepts.has(one.concept) && words.some((word) => isVery(word, one)))
    if (said.length > 0 && said.length * 2 >= thing.length) return 1
    return thing.some((one) => !kindsOf(one.stem).isDisjointFrom(kinds)) ? KIND : 0
  }
  const held = things.map(weigh)
  const weight = held.reduce<number>((sum, one) => sum + one, 0) + (actor !== null && concepts.has(actor) ? ACTOR : 0)
  const count = held.filter((one) => one > 0).length
  const names = [...things.filter((thing) => thing.some(isNamed)), ...(actor === null ? [] : [[{ concept: actor }]])]
  const isNamedToo = names.length === 0 || names.some((thing) => thing.some(({ concept }) => concepts.has(concept)))
  if (!isNamedToo && count < 2) return false
  return weight >= 1 && (count >= 2 || count * 2 >= things.length)
}

function isNamed({ text }: Meant): boolean {
  return /^\p{Lu}/u.test(text)
}

/** The very word; of a name with its capital. */
function isVery(word: Meant, thing: Meant): boolean {
  return word.concept === thing.concept && (!isNamed(thing) || isNamed(word))
}

/** So far from its thing an act may stand, and what takes a side. */
const IN_REACH = 20
const NEAR = 8
const FIRST = 5

/** An act of the sought class in a sentence with the thing; what goes with every act only near the thing. */
export function speaksOfIt({ from, to, isAct }: Chain, words: readonly ActWord[], { things }: SoughtActs): boolean {
  // "Received the envoy's letter" is no word about the envoy.
  const isOwner = (i: number) =>
    words[i]?.isPossessive === true && i >= to && i < to + 3 && !findActs(words.slice(i + 1, i + 3)).length
  // Where the act is none of the sought class, a place alone tells nothing.
  const telling =
    isAct || things.flat().every(isNamed) ? things.flat() : things.flat().filter((thing) => !isNamed(thing))
  const places = words.flatMap((word, i) => (telling.some((thing) => isSame(word, thing)) && !isOwner(i) ? [i] : []))
  const reach = isAct ? IN_REACH : NEAR
  // What a sentence begins with, all of it may be about.
  const isSubject = isAct && places.some((i) => i < FIRST)
  return isSubject || places.some((i) => i >= from - reach && i < to + reach) || isPronoun(words[to])
}

function isPronoun(word: { readonly lower: string } | undefined): boolean {
  return /^(?:it|them|him|her|this|that)$/.test(word?.lower ?? '')
}
