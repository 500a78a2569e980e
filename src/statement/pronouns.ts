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
/** As far as the same sentence or the one before: who spoke last there is meant, whoever was named further back. */
const NEAR = 200

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
  const fitting = near.filter(({ resolved }) => fits(resolved))
  const last = fitting.at(-1)
  const turn = last?.resolved.anaphor === true ? onlyNamed(fitting) : (surer(fitting, gender) ?? last)
  if (turn === undefined) return { ...UNKNOWN, gender, kind: 'person', reason: `nothing says who "${item.text}" is` }
  const { resolved, spoke } = turn
  const why = spoke ? 'who spoke last' : 'who was spoken of last'
  const passed = turn !== last
  const sure = resolved.name === null ? 0.5 : passed ? 0.55 : resolved.gender === gender ? 0.85 : 0.7
  return {
    ...resolved,
    gender,
    reason: `"${item.text}": ${why}, ${resolved.name ?? 'not named'}`,
    certainty: Math.min(resolved.certainty, sure),
  }
}

/** Before one of whom nothing says "she", and who did not speak: the only one near of whom something does. */
function surer(fitting: readonly Turn[], gender: 'f' | 'm'): Turn | undefined {
  const last = fitting.at(-1)
  if (last === undefined || last.spoke || last.resolved.gender !== null) return undefined
  const known = fitting.filter(({ resolved }) => resolved.gender === gender && resolved.name !== null)
  return new Set(known.map(({ resolved }) => resolved.name)).size === 1 ? known.at(-1) : undefined
}

/** "the businessman": the only person named in the turns before, if there is but one. */
export function onlyNamedBefore(at: number, gender: 'f' | 'm' | null, turns: readonly Turn[]): Resolved | null {
  const people = turns
    .slice(-REACH_TURNS)
    .filter(
      ({ at: then, resolved }) => then < at && at - then < REACH && !resolved.plural && resolved.kind === 'person',
    )
  const spoke = people.at(-1)
  const only = (onlyNamed(people) ?? (spoke?.spoke === true && at - spoke.at < NEAR ? spoke : undefined))?.resolved
  // Of whom nothing says that it is a person may be a street.
  if (only === undefined || only.name === null || only.gender === null) return null
  return gender === null || only.gender === null || only.gender === gender ? only : null
}

/** "the businessman ... he": was named before, so it is the one who was, if there is but one. */
function onlyNamed(turns: readonly Turn[]): Turn | undefined {
  const named = turns.filter(({ resolved }) => !resolved.anaphor)
  return new Set(named.map(({ resolved }) => resolved.name)).size === 1 ? named.at(-1) : undefined
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
