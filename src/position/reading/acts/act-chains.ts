import type { Meant } from '../../words/concepts.ts'
import { isIrregular, stemOf } from '../../words/stem.ts'
import { BRUSH, type Found, isThing, STANCE, type Token } from './act-lexicon.ts'
import { KEEPING_AWAY } from './things-of-news.ts'

/** What the acts of a text are held against. */
export type SoughtActs = {
  /** Classes of the table that the proposition's own act belongs to. */
  readonly classes: ReadonlySet<string>
  /** What the act is done to, each by the words that name it. */
  readonly things: readonly (readonly Meant[])[]
  /** Whom the sentence makes act, where it begins with a name. */
  readonly actor: string | null
  /** On which side the proposition's own act stands. */
  readonly sign: 1 | -1
}

/** Acts that stand together, with what turns them: "refuses to lift the ban" is one. */
export type Chain = {
  readonly from: number
  readonly to: number
  readonly sign: 1 | -1
  readonly found: readonly Found[]
  /** Names an act of the sought class; otherwise only takes a side. */
  readonly isAct: boolean
}

/** What an expression says about what is sought. */
type Said = {
  readonly sign: 1 | -1
  /** What keeps away, as a noun: alone it only mentions. */
  readonly isKeeper: boolean
  /** Refuses an appeal: reaches as far as what was asked for. */
  readonly isBrush: boolean
  /** Lifts what keeps away, which must stand beside it. */
  readonly isLifting: boolean
  readonly isAct: boolean
}

const stems = (list: string) => new Set(list.split(/[\s,]+/).map(stemOf))

export const BAN = 'ban'
const KEEPERS = stems(KEEPING_AWAY)
/** Of what keeps away, what can itself be lifted. */
const RESTRICTIONS = stems(
  'ban embargo moratorium blockade sanction prohibition blacklist restriction curb cordon limit',
)
const APPEALS = stems(
  'call appeal demand plea pressure request objection warning threat motion petition advice urging protest criticism complaint entreaty offer plan proposal idea bill suggestion notion',
)

type Sentence = { readonly tokens: readonly Token[]; readonly found: readonly Found[] }

/** The chains of one sentence. */
export function chainsOf({ tokens, found: all }: Sentence, sought: SoughtActs): readonly Chain[] {
  const said = new Map<Found, Said>()
  for (const found of all) {
    const one = saidBy(found, tokens, sought)
    if (one !== null) said.set(found, one)
  }
  const ops = longestOf([...said.keys()])
  const groups: Found[][] = []
  for (const found of ops) {
    const last = groups.at(-1)
    const before = last?.at(-1)
    const isFar =
      before !== undefined && (said.get(before)?.isBrush === true || isSubject(tokens, before, said.get(found)))
    if (before !== undefined && isLinked(tokens, [before, found], isFar)) last?.push(found)
    else groups.push([found])
  }
  return groups.flatMap((group) => chainOf(group, { tokens, said }))
}

type ChainOptions = {
  readonly tokens: readonly Token[]
  readonly said: ReadonlyMap<Found, Said>
}

function chainOf(group: readonly Found[], { tokens, said }: ChainOptions): readonly Chain[] {
  const hasKeeper = group.some((found) => said.get(found)?.isKeeper)
  const used = group.filter((found) => hasKeeper || !said.get(found)?.isLifting)
  const [first] = used
  const last = used.at(-1)
  if (first === undefined || last === undefined) return []
  const turns =
    negationsBefore(tokens, first) +
    negationsAfter(tokens, last) +
    used.reduce((sum, { between }) => sum + between.filter((i) => isNegation(tokens, i, i + 1)).length, 0) +
    used.slice(1).reduce((sum, found, i) => sum + negationsBetween(tokens, used[i] ?? found, found), 0)
  const isMention = used.every((found) => said.get(found)?.isKeeper || isNominal(tokens, found))
  if (isMention && turns === 0) return []
  const sign = used.reduce((product, found) => product * (said.get(found)?.sign ?? 1), turns % 2 === 0 ? 1 : -1)
  const isAct = used.some((found) => said.get(found)?.isAct)
  // "The decision to scrap …" and "scrapping … would be" say nothing yet.
  const isGerund = used.length === 1 && isSubject(tokens, first, undefined)
  if (isGerund) return []
  return [{ from: first.from, to: last.to, sign: sign > 0 ? 1 : -1, found: used, isAct }]
}

function saidBy(found: Found, tokens: readonly Token[], { classes, things }: SoughtActs): Said | null {
  const here = tokens[found.from]
  if (here === undefined || (found.size === 1 && isAside(found, tokens))) return null
  const common = { isKeeper: false, isBrush: false, isLifting: false, isAct: true }
  // "The opposition" are people; "opposition to" is against something.
  if (here.lower === 'opposition' && tokens[found.to]?.lower !== 'to') return null
  if (found.size === 1 && KEEPERS.has(here.stem) && isNoun(tokens, found.from)) {
    const isItself = classes.has(BAN) && RESTRICTIONS.has(here.stem)
    return { ...common, sign: isItself ? 1 : -1, isKeeper: true }
  }
  const isItself = isThing(here.stem) && things.flat().some((thing) => thing.stem === here.stem)
  if (found.size === 1 && isItself && isNoun(tokens, found.from)) return null
  const isBrush =
    found.senses.some(({ kind }) => kind === BRUSH) &&
    tokens.slice(found.to, found.to + 4).some(({ stem }) => APPEALS.has(stem))
  if (isBrush) return { ...common, sign: -1, isBrush, isAct: false }
  const own = found.senses.filter(({ kind }) => classes.has(kind))
  const of = own.length > 0 ? own : found.senses.filter(({ kind }) => kind === STANCE)
  const signs = new Set(of.map(({ sign }) => sign))
  const [sign] = signs
  if (signs.size > 1) return null
  if (sign !== undefined) return { ...common, sign, isAct: own.length > 0 }
  const isLifting = found.senses.some((sense) => sense.kind === BAN && sense.sign < 0)
  return isLifting ? { ...common, sign: -1, isLifting } : null
}

const DETERMINERS = new Set(
  'the a an its their his her our this that these those any all such every no of s last first some international foreign'.split(
    ' ',
  ),
)

export function isNoun(tokens: readonly Token[], at: number): boolean {
  const here = tokens[at]?.lower ?? ''
  if (here.endsWith('ed') || isIrregular(here)) return false
  const [before = '', earlier = ''] = [1, 2].map((back) => tokens[at - back]?.lower ?? '')
  if (here.endsWith('ing')) return DETERMINERS.has(before)
  const isDescribed =
    /(?:al|ic|ive|ous|ed|ary|an|est|th|able|ful|new|old|arms|trade|grain)$/.test(before) && DETERMINERS.has(earlier)
  const [next = '', third = ''] = [1, 2].map((by) => tokens[at + by]?.lower ?? '')
  return DETERMINERS.has(before) || isDescribed || (/^(?:on|of|against)$/.test(next) && !third.endsWith('day'))
}

/** "The application", "accession papers", "talks": names an act, and says nothing of it. */
function isNominal(tokens: readonly Token[], found: Found): boolean {
  const here = tokens[found.from]?.lower ?? ''
  if (found.size > 1) return false
  return (
    /(?:[ts]ions?|ments?|ships?|ances?|als?|ities|ity|sures?)$/.test(here) ||
    /^(?:talks|truce|ceasefire|peace|access|entry|licen[cs]es?|stations?|posts?|gifts?|members?|cheques?|shares?|part|party|partners?|contacts?|prosecution|trial|asylum|relief|visas?|deliver(?:y|ies)|exports?|imports?|sales?|shipments?)$/.test(
      here,
    ) ||
    (isNoun(tokens, found.from) && !/(?:ed|ing)$/.test(here))
  )
}

/** Words that mean the act only in other company. */
function isAside(found: Found, tokens: readonly Token[]): boolean {
  const here = tokens[found.from]
  const [before, lower, next, third] = [-1, 0, 1, 2].map((by) => tokens[found.from + by]?.lower ?? '') as [
    string,
    string,
    string,
    string,
  ]
  if (here === undefined || /^(?:quite|may|state|states|present|interest|interests)$/.test(lower)) return true
  // "Finance Minister", "United Nations".
  if (/^\p{Lu}/u.test(here.text) && found.from > 0) return true
  // "…, he continued."
  if (/^(?:continued|concluded|agreed|offered)$/.test(lower) && tokens[found.from + 1]?.part !== here.part) return true
  if (lower === 'left') {
    return (
      /^(?:its|the|his|her|far|a|no|reason|nothing|nobody|anything|little|been|be|are|is|was|were|what)$/.test(
        before,
      ) || /^(?:no|him|her|them|open|to|little|nothing)$/.test(next)
    )
  }
  if (lower === 'leave') return /^(?:s|nobody|by|on)$/.test(before)
  if (lower === 'close') return next === 'to' || /^(?:a|very|too)$/.test(before)
  if (lower === 'open') return before === 'the'
  if (/^ends?$/.test(lower))
    return next === 'of' || (before === 'the' && third !== 'to') || /^(?:in|whose|until)$/.test(next)
  if (/^orders?$/.test(lower)) return (next === 'to' && before === 'in') || (before === 'the' && next === 'of')
  if (/^recall(?:s|ed)?$/.test(lower)) {
    return !/^(?:its|his|her|their|our|the|an?|all)$/.test(next) && !/^(?:be|been|was|were|is|are)$/.test(before)
  }
  return /ers?$/.test(lower) && isDoer(lower)
}

/** "Observer", "buyers": who does it is not the act. */
function isDoer(word: string): boolean {
  const bare = word.replace(/ers?$/, '')
  return stemOf(bare) === stemOf(word) || stemOf(`${bare}e`) === stemOf(word)
}

/** What overlaps a longer one does not count. */
function longestOf(found: readonly Found[]): readonly Found[] {
  const taken: Found[] = []
  for (const one of found.toSorted((a, b) => b.size - a.size || a.to - a.from - (b.to - b.from))) {
    if (!taken.some((other) => one.from < other.to && other.from < one.to)) taken.push(one)
  }
  return taken.toSorted((a, b) => a.from - b.from)
}

/** "Scrapping the waiver … would be unfair": the act is what is judged. */
function isSubject(tokens: readonly Token[], { from }: Found, judged: Said | undefined): boolean {
  const here = tokens[from]
  const isFirst = from === 0 || tokens[from - 1]?.part !== here?.part
  const isGerund = isFirst && here !== undefined && /ing$/.test(here.lower) && from <= 1
  if (judged === undefined)
    return (
      isGerund &&
      tokens
        .slice(from, from + 16)
        .some(({ lower, part }) => part === here?.part && /^(?:would|is|was|will)$/.test(lower))
    )
  return isGerund && !judged.isAct
}

const LINKED = 5
const LINKED_FAR = 12
const BREAKS = new Set(
  `and or but after before since because while when as though although than if unless until whether without despite
  said says saying told tells telling announced added noted who which where`.split(/\s+/),
)

function isLinked(tokens: readonly Token[], [a, b]: readonly [Found, Found], isFar: boolean): boolean {
  const between = tokens.slice(a.to, b.from)
  return (
    between.length <= (isFar ? LINKED_FAR : LINKED) &&
    tokens[a.from]?.part === tokens[b.from]?.part &&
    !between.some(({ lower }) => BREAKS.has(lower))
  )
}

/** What turns, and over how many words. */
const REACH: ReadonlyMap<string, number> = new Map([
  ...['no', 'neither', 'nothing', 'nobody', 'none', 'nor'].map((word): [string, number] => [word, 10]),
  ...['never', 'hardly'].map((word): [string, number] => [word, 6]),
  ...['not', 'cannot', "won't", "don't", "doesn't", "isn't", "aren't", "can't", "wouldn't"].map(
    (word): [string, number] => [word, 5],
  ),
  ...['without'].map((word): [string, number] => [word, 4]),
])
const NO_NEGATION =
  /^(?:not (?:only|just|merely|least|to mention|later|until|others)|no (?:doubt|matter|less|later|alternative|other|substitute)|nothing (?:but|less)|without (?:any )?(?:delay|doubt|conditions?|exceptions?|preconditions?))/

function negationsBefore(tokens: readonly Token[], { from }: Found): number {
  let count = 0
  for (let i = from - 1; i >= 0 && from - i <= 12; i -= 1) {
    const token = tokens[i]
    if (token === undefined || token.part !== tokens[from]?.part) break
    if (BREAKS.has(token.lower) && !/^(?:or|without)$/.test(token.lower)) break
    if (isNegation(tokens, i, from)) count += 1
    if (token.lower === 'without') break
  }
  return count
}

function negationsBetween(tokens: readonly Token[], a: Found, b: Found): number {
  return tokens.slice(a.to, b.from).filter((_, i) => isNegation(tokens, a.to + i, b.from)).length
}

/** "Accept none of them", "receive nobody". */
function negationsAfter(tokens: readonly Token[], { from, to }: Found): number {
  const [here = '', next = ''] = [0, 1].map((by) => tokens[to + by]?.lower ?? '')
  if (tokens[to]?.part !== tokens[from]?.part) return 0
  const isNo = here === 'no' && !/^(?:later|less|more|fewer|matter|longer|doubt)$/.test(next)
  return isNo || /^(?:none|nobody|nothing|neither)$/.test(here) ? 1 : 0
}

function isNegation(tokens: readonly Token[], i: number, target: number): boolean {
  const [lower = '', next = '', third = ''] = [0, 1, 2].map((by) => tokens[i + by]?.lower ?? '')
  if (/^(?:instead of|rather than)$/.test(`${lower} ${next}`)) return target - i <= 8
  const isNobody = lower === 'not' && /^(?:an?|one|even|another|any|all)$/.test(next)
  const reach = isNobody ? 10 : (REACH.get(lower) ?? 0)
  return reach > 0 && target - i <= reach && !NO_NEGATION.test(`${lower} ${next} ${third}`)
}

/** Whether a word before the chain names what keeps away. */
export function namesRestriction(tokens: readonly Token[]): boolean {
  return tokens.some((token, i) => RESTRICTIONS.has(token.stem) && isNoun(tokens, i))
}

export function hasKeeper({ found }: Chain, tokens: readonly Token[]): boolean {
  return found.some(({ from }) => KEEPERS.has(tokens[from]?.stem ?? ''))
}

/** A ban, an embargo: can itself be lifted. */
export function isRestriction(stem: string): boolean {
  return RESTRICTIONS.has(stem)
}
