import { genderOfFirstName } from './first-names.ts'
import { type Resolved, UNKNOWN } from './resolved.ts'
import type { Item } from './sentences.ts'

/** One who spoke, or was the subject of a sentence; newest last. */
export interface Turn {
  readonly resolved: Resolved
  /** Offset into the text. */
  readonly at: number
  readonly spoke: boolean
}

/** How far back a pronoun may reach, in code units and in turns. */
const REACH = 1500
const REACH_TURNS = 12

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

/** Whom a pronoun means: the subject of its own sentence, else the last who spoke or was spoken of and fits. */
export function readPronoun(item: Item, subject: Resolved | null, turns: readonly Turn[]): Resolved {
  const near = turns.slice(-REACH_TURNS).filter(({ at }) => at < item.start && item.start - at < REACH)
  const gender = FEMALE.test(item.lower) ? 'f' : MALE.test(item.lower) ? 'm' : null
  if (gender === null) return group(item, near)
  const fits = (one: Resolved) => !one.plural && one.kind !== 'body' && (one.gender === null || one.gender === gender)
  if (subject !== null && fits(subject)) {
    return { ...subject, gender, reason: `"${item.text}": ${subject.name} is named before it`, certainty: 0.7 }
  }
  const turn = near.findLast(({ resolved }) => fits(resolved))
  if (turn === undefined) return { ...UNKNOWN, gender, kind: 'person', reason: `nothing says who "${item.text}" is` }
  const { resolved, spoke } = turn
  const why = spoke ? 'who spoke last' : 'who was spoken of last'
  const sure = resolved.gender === gender ? 0.85 : 0.7
  return {
    ...resolved,
    gender,
    reason: `"${item.text}": ${why}, ${resolved.name ?? 'not named'}`,
    certainty: Math.min(resolved.certainty, sure),
  }
}

/** "they" and "it": only who spoke last, if that was several or a body. */
function group(item: Item, near: readonly Turn[]): Resolved {
  const last = near.findLast(({ spoke }) => spoke)?.resolved
  const many = /^(?:they|them)$/.test(item.lower)
  const fits =
    last !== undefined && (many ? last.plural || last.kind === 'body' : item.lower === 'it' && last.kind === 'body')
  if (!fits) return { ...UNKNOWN, plural: many, reason: `nothing says who "${item.text}" is` }
  return {
    ...last,
    reason: `"${item.text}": who spoke last, ${last.name ?? 'not named'}`,
    certainty: Math.min(last.certainty, 0.6),
  }
}
