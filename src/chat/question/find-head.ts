import { PRONOUNS } from './question-words.ts'
import type { Token } from './read-tokens.ts'
import { does, namesIn, type Parts } from './split-question.ts'

/** What a question asks for, and whom and what it names, as words. */
export type Head = {
  readonly intent: 'said' | 'stance' | 'history' | 'compare'
  readonly speaker: readonly Token[]
  readonly about: readonly Token[]
  /** Names that stand where either kind may: "stance Vessen tolls". */
  readonly any: readonly Token[]
  /** Stands for somebody whom the question does not name. */
  readonly pronoun: string | null
  /** It asks for the names: "who", "whose", "which". */
  readonly asksWho: boolean
}

type Found = Omit<Head, 'pronoun' | 'asksWho'>

const POSSESSIVE: ReadonlySet<string> = new Set([...PRONOUNS, 'his', 'her', 'their', 'its', 'them'])
const BE: ReadonlySet<string> = new Set(['is', 'are', 'was', 'were'])
/** Anybody: no name of a speaker. */
const ANYBODY =
  /^(?:ministers?|people|politicians?|leaders?|officials?|speakers?|any(?:one|body)|every(?:one|body)|some(?:one|body)|nobody|countries|governments?)$/
const NAMES_SOMEBODY: ReadonlySet<string> = new Set(['by', 'from', 'of'])

/**
 * Finds the word that asks: the first verb or noun of saying, standing, changing or differing before the
 * first "about". A noun of standing gives way to what happens to it: "did the position change".
 */
export function headOf(parts: Parts): Head | null {
  const found = trailing(parts) ?? leading(parts) ?? forOrAgainst(parts) ?? newsOf(parts)
  if (found === null) return null
  const asksWho = parts.before.some(({ lower }) => /^(?:who|whose|which)$/.test(lower))
  const pronoun = asksWho ? undefined : parts.before.find(({ lower }) => POSSESSIVE.has(lower))
  return { ...found, pronoun: pronoun?.lower ?? null, asksWho }
}

/** "How has Marenko's view on the bridge developed?": the verb stands at the end. */
function trailing({ before, after, by }: Parts): Found | null {
  const last = after.at(-1)
  const intent = does(last, 'differ') ? 'compare' : does(last, 'change') ? 'history' : null
  if (by === null || intent === null || after.length < 2 || before.some((token) => does(token, 'say', 'stand')))
    return null
  const asksForMove = before.some((token) => does(token, 'standing')) || isAuxiliary(before[0])
  if (!asksForMove) return null
  return { intent, speaker: withoutStanding(before), about: after.slice(0, -1), any: [] }
}

function isAuxiliary(token: Token | undefined): boolean {
  return token !== undefined && /^(?:how|do|does|did|has|have|is|are|when|why|where)$/.test(token.lower)
}

function leading(parts: Parts): Found | null {
  const { before } = parts
  const first = before.findIndex((token) => does(token, 'say', 'saying', 'stand', 'standing', 'change', 'differ'))
  if (first < 0) return null
  const moves = before.findIndex((token, index) => index > first && does(token, 'change', 'differ'))
  const at = does(before[first], 'standing') && moves > 0 ? moves : first
  const token = before[at]
  if (does(token, 'differ')) return comparing(parts)
  if (does(token, 'change')) return changing(parts, at)
  if (does(token, 'standing') || does(token, 'stand')) return standing(parts, at)
  return saying(parts, at)
}

function saying({ before, after, by }: Parts, at: number): Found {
  const [start, object] = [somebody(before.slice(0, at)), withoutSaying(before.slice(at + 1))]
  const from = object.findIndex(({ lower }) => NAMES_SOMEBODY.has(lower))
  const isNoun = does(before[at], 'saying')
  const isFirst = isFirstAsked(before)
  if (from >= 0 && start.length === 0 && (isNoun || object[from]?.lower === 'by')) {
    return found(isFirst ? 'history' : 'said', object.slice(from + 1), [...object.slice(0, from), ...after])
  }
  if (start.length > 0) return found(isFirst ? 'history' : 'said', start, [...object, ...after])
  // "what said Marenko about the bridge", but "who said the bridge is free".
  const asksWho = before.some(({ lower }) => /^(?:who|which)$/.test(lower))
  if (by !== null && !asksWho && namesIn(object).length > 0 && after.length > 0) return found('said', object, after)
  return found('said', [], [...object, ...after])
}

/** "quoted as saying": the second verb says no more. */
function withoutSaying(tokens: readonly Token[]): readonly Token[] {
  const first = tokens.findIndex((token) => !does(token, 'say') && token.lower !== 'as')
  return first < 0 ? [] : tokens.slice(first)
}

/** "When did Marenko first mention the bridge?": the earliest step of a history, not the newest words. */
function isFirstAsked(before: readonly Token[]): boolean {
  return before.some(({ lower }) => lower === 'when') && before.some(({ lower }) => lower === 'first')
}

function standing({ before, after, by }: Parts, at: number): Found {
  const [start, object] = [somebody(before.slice(0, at)), before.slice(at + 1)]
  if (start.length > 0) return found('stance', start, [...object, ...after])
  const namesSomebody = NAMES_SOMEBODY.has(object[0]?.lower ?? '') || object.some(({ isOwner }) => isOwner)
  if (does(before[at], 'standing') && (by !== null || namesSomebody)) return found('stance', object, after)
  if (does(before[at], 'standing')) return { intent: 'stance', speaker: [], about: [], any: object }
  return found('stance', [], [...object, ...after])
}

function changing({ before, after, by }: Parts, at: number): Found {
  const start = somebody(withoutStanding(before.slice(0, at)))
  const object = withoutStanding(before.slice(at + 1))
  if (start.length > 0) return found('history', start, [...object, ...after])
  const namesSomebody = NAMES_SOMEBODY.has(before[at + 1]?.lower ?? '') || object.some(({ isOwner }) => isOwner)
  return by !== null || namesSomebody
    ? found('history', object, after)
    : { intent: 'history', speaker: [], about: [], any: object }
}

function comparing({ before, after, by }: Parts): Found {
  const names = withoutStanding(before).filter((token) => !does(token, 'differ') || /^vs|versus$/.test(token.lower))
  const isList = by !== null || names.some(({ lower }) => /^(?:and|or|vs|versus|with|from|to)$/.test(lower))
  return isList ? found('compare', names, after) : { intent: 'compare', speaker: [], about: [], any: names }
}

/** "Is Marenko for the toll?", "Is Marenko against it?" */
function forOrAgainst({ before, after, by }: Parts): Found | null {
  if (!BE.has(before[0]?.lower ?? '')) return null
  const at = before.findIndex(({ lower }, index) => index > 1 && lower === 'for')
  if (at > 0) return found('stance', before.slice(1, at), [...before.slice(at + 1), ...after])
  return by === 'against' && namesIn(before).length > 0 ? found('stance', before, after) : null
}

/** "Anything new from Marenko on the bridge?" */
function newsOf({ before, after }: Parts): Found | null {
  if (!before.some((token) => does(token, 'news'))) return null
  return found('said', somebody(before.filter((token) => !does(token, 'news'))), after)
}

function found(intent: Head['intent'], speaker: readonly Token[], about: readonly Token[]): Found {
  return { intent, speaker, about, any: [] }
}

function withoutStanding(tokens: readonly Token[]): readonly Token[] {
  return tokens.filter((token) => !does(token, 'standing', 'stand', 'saying', 'change'))
}

/** The words, if any of them names somebody: "which ministers" names nobody. */
function somebody(tokens: readonly Token[]): readonly Token[] {
  return namesIn(tokens).every((name) => ANYBODY.test(name)) ? [] : tokens
}
