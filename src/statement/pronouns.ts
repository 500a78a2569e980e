import type { Spoken } from './antecedent/discourse.ts'
import { genderOfFirstName } from './first-names.ts'
import { type Resolved, UNKNOWN } from './resolved.ts'
import type { Item } from './sentences.ts'
import { bareOf } from './speaker-phrase.ts'

/** How far back "they" and "it" may reach, in code units. */
const REACH = 1500

const FEMALE =
  /^(?:she|her|herself|mrs\.?|ms\.?|miss|woman|mother|wife|daughter|sister|girl|queen|actress|spokeswoman|congresswoman|chairwoman|businesswoman)$/
const MALE =
  /^(?:he|him|himself|mr\.?|man|father|husband|son|brother|boy|king|spokesman|congressman|chairman|businessman)$/

/** What a word says about "he" and "she". */
export function genderOf(lower: string): 'f' | 'm' | null {
  if (FEMALE.test(lower)) return 'f'
  if (MALE.test(lower)) return 'm'
  return genderOfFirstName(lower)
}

/** "she" and "him" say which, "they" and "I" do not. */
export function pronounGender(lower: string): 'f' | 'm' | null {
  return /^(?:she|her|herself)$/.test(lower) ? 'f' : /^(?:he|him|himself)$/.test(lower) ? 'm' : null
}

/** "they" and "it": only who spoke last, if that was several or a body, named or not. */
export function groupMeant(item: Item, spoken: readonly Spoken[]): Resolved {
  const many = /^(?:they|them)$/.test(item.lower)
  const last = spoken.at(-1)
  const unknown = { ...UNKNOWN, plural: many, reason: `nothing says who "${item.text}" is` }
  if (last === undefined || item.start - last.at > REACH) return unknown
  const { resolved } = last
  const isBody = resolved.kind === 'body' || (resolved.kind === 'unknown' && !resolved.plural && resolved.name === null)
  const fits = many ? resolved.plural || resolved.kind === 'body' : item.lower === 'it' && isBody
  if (!fits) return unknown
  const name = resolved.name ?? bareOf(last.words)
  const certainty = Math.min(resolved.certainty, 0.6)
  return { ...resolved, name, reason: `"${item.text}": who spoke last, ${name}`, certainty }
}
