import { areOpposite, type Meant } from '../words/concepts.ts'
import { stemOf } from '../words/stem.ts'
import { readWords } from '../words/words.ts'
import type { Facet } from './facet.ts'
import { pieceOf } from './piece.ts'

const stems = (list: string) => new Set(list.trim().split(/\s+/).map(stemOf))

/** Verbs and nouns that turn what follows round. */
const AGAINST = stems(`
  oppose opposes opposed opposition against reject rejects rejection refuse refusal condemn condemnation denounce unacceptable inadmissible
  wrong mistake illegal unlawful illegitimate violation violate prevent block veto hinder obstruct undermine erode forbid ban impossible
  premature pointless useless resist deplore objection object boycott exclude preclude dangerous harmful counterproductive
  fail failure avoid refrain doubt hesitate destroy destruction destroying pernicious adventurism spurious cripple sabotage hostile unthinkable
  irresponsible foolish reckless unwise absurd senseless cynical unjust unfair inhuman shameful madness fatal damaging decline shake destabilize sideline neglect ignore overlook`)
/** Words that take a side or set a task; without one a clause only asserts. */
const SIDES = stems(`
  support supports back favor favour endorse welcome advocate approve agree accept urge demand insist propose recommend want wish hope
  need necessary essential important crucial vital right ready willing prepared commit pledge promise vow plan intend expect require
  recognize appreciate praise commend encourage allow must should will shall ought defend priority best only call`)
/** Verbs that end what follows them; they speak against it unless the proposition itself is about ending. */
const ENDING = new Set(['stop', 'end', 'withhold', 'cut'])
const NEGATORS = new Set([
  'not',
  'no',
  'never',
  'neither',
  'nor',
  'cannot',
  'nobody',
  'nothing',
  'none',
  'hardly',
  "don't",
  "doesn't",
  "didn't",
  "won't",
  "can't",
  "isn't",
  "aren't",
  "wasn't",
  "weren't",
  "shouldn't",
  "wouldn't",
  "mustn't",
  "hasn't",
  "haven't",
])
/** Phrases whose negation says the contrary of what it seems to, by the words that follow the negator. */
const NO_NEGATION =
  /^(?:not (?:only|just|merely|least|to mention)|no (?:doubt|matter|less|later|alternative|other (?:way|option|solution)|substitute|one doubts)|nothing (?:but|less)|cannot but|never (?:again )?(?:mind|before)|without (?:any )?(?:delay|doubt|condition|conditions|exception|exceptions|precondition|preconditions|tipping|prejudice)|not later|not words|not in words|not (?:up for|negotiable|open to (?:negotiation|discussion|debate)|subject to|to be drawn)|not (?:\w+ )?others)\b/
/** What was asked, offered or planned is given up: "has withdrawn its application to join". */
export const LETS_GO =
  /\b(?:withdr[ae]wn?|withdraw(?:s|ing)?|dropp(?:ed|ing)|drops?|abandon(?:s|ed|ing)?|shelv(?:e|es|ed|ing)|scrapp?(?:s|ed|ing)?|g[ai]v(?:e|es|en|ing) up(?: on)?|cancel(?:s|led|ling)?) (?:(?:its|our|his|her|their|the) )?(?:\p{L}+ )?(?=["“‘]?(?:application|bid|request|plans?|candidacy|proposal|offer|support|demand|call|pledge|promise|commitment|insistence|opposition|objections?|resistance|veto|refusal)\b)/giu
const LETS_GO_ONCE = new RegExp(LETS_GO.source, 'iu')
const IDIOMS: readonly (readonly [RegExp, -1 | 1])[] = [
  [/\bout of the question\b/i, -1],
  [/\b(?:rule|rules|ruled|ruling) out\b/i, -1],
  [/\bno question of\b/i, -1],
  [/\b(?:came|come|comes|coming) out against\b/i, 1],
  [/\black of (?:any )?alternatives? to\b/i, 1],
  [/\b(?:turn|turned|turns) down\b/i, -1],
  [/\bred line\b/i, -1],
  [LETS_GO_ONCE, -1],
  [/\bno (?:alternative|other (?:way|option|solution)|substitute)\b/i, 1],
]
/** No position, in so many words. */
export const UNDECIDED =
  /\b(?:(?:is|are|be|remains?|remained|stays?|stayed) neutral(?! ground)|no position|not (?:yet )?decided|undecided|abstain(?:ed|s)?|have not made up|has not made up|takes? no (?:side|stance)|(?:has|have|had) no view|ceased to have (?:a|any) view|(?:staying|stay|remaining|remain) neutral(?! ground)|not for \p{L}+ to (?:say|decide|judge))\b/iu

export type Reading = {
  readonly polarity: Facet['polarity']
  /** Nothing turned the sign, or one word beside what it turns, or two that stand together ("not against"). */
  readonly isSure: boolean
  /** A word takes a side; otherwise the clause only asserts or tells. */
  readonly isExplicit: boolean
  /** The same, where a bare "not" does not count: "have not withdrawn" tells what happened. */
  readonly takesSide: boolean
}

/** A negation this many words from everything sought may belong to something else. */
const NEAR = 9
/** "Not against", "does not rule out": two turns this close are one phrase. */
const TOGETHER = 3

/**
 * For or against what `anchors` stand for, read in one clause: every negation, verb of refusal and
 * opposite turns the sign once.
 *
 * `core` is the clause without conditions, exceptions and contrasts.
 */
export function readPolarity(words: readonly Meant[], core: string, anchors: ReadonlySet<string>): Reading {
  if (UNDECIDED.test(core)) return { polarity: 0, isSure: true, isExplicit: false, takesSide: false }
  const opposite = words.find((word) => isOpposite(word, words, anchors))
  const places = words.flatMap((word, i) => (anchors.has(word.concept) || word === opposite ? [i] : []))
  if (places.length === 0) return { polarity: 0, isSure: true, isExplicit: false, takesSide: false }

  const turns: number[] = []
  for (const [i, word] of words.entries()) {
    if (word === opposite) turns.push(i)
    else if (NEGATORS.has(word.lower)) {
      if (!NO_NEGATION.test(following(words, i)) && words[i - 1]?.lower !== 'or') turns.push(i)
    } else if (anchors.has(word.concept) || anchors.has(word.stem)) continue
    else if (AGAINST.has(word.stem) && !isPurpose(words, i) && !isAttribute(words, i)) {
      // "Destroying this and destabilising that" blames twice, and turns once.
      const before = turns.at(-1)
      const isJoined =
        before !== undefined &&
        AGAINST.has(words[before]?.stem ?? '') &&
        words.slice(before, i).some((one) => one.lower === 'and')
      if (!isJoined) turns.push(i)
    } else if (ENDING.has(word.concept) && (isBeforeAnchor(words, i, anchors) || isPassive(words, i))) turns.push(i)
  }
  for (const [pattern, effect] of IDIOMS) {
    const at = pattern.exec(core)
    if (at !== null && effect === -1) turns.push(readWords(core.slice(0, at.index)).length)
  }
  const takesSide =
    words.some((word) => !anchors.has(word.stem) && (SIDES.has(word.stem) || AGAINST.has(word.stem))) ||
    IDIOMS.some(([pattern]) => pattern.test(core))
  const isNear = (i: number) => places.some((place) => Math.abs(place - i) <= NEAR)
  const isPlaced = turns.every((i) => !NEGATORS.has(words[i]?.lower ?? '') || isPlacedNegator(words, i, places))
  const [first = 0, second = 0] = [...turns].sort((a, b) => a - b)
  return {
    polarity: turns.length % 2 === 0 ? 1 : -1,
    // A contrary alone ("remains" for "moves") tells; it does not take a side.
    isExplicit: takesSide || turns.some((i) => words[i] !== opposite),
    takesSide,
    isSure:
      turns.length === 0 ||
      (isPlaced &&
        !TWISTED.test(core) &&
        ((turns.length === 1 && isNear(first)) ||
          (turns.length === 2 && second - first <= TOGETHER && isNear(second)))),
  }
}

/** What is negated is not what was asked for: "not recognise attempts to …", "not every", "was wise not to …". */
const TWISTED =
  /\b(?:not|never|no|nor)\b[^,;.]{0,40}\b(?:attempts?|efforts?|tricks?|pretexts?|excuses?|pressure)\b|\bnot (?:every|all|everyone|everybody)\b|\b(?:no|nothing|nobody|none|not|never)\b[^,;.]{0,80}\bother than\b|\b(?:is|was|would be|it) (?!better|right|best|wrong|irresponsible|foolish)\p{L}+ not to\b/iu
/** What may follow a "not" that stands behind what it speaks of: "talks are not acceptable". */
const ENDS_SENTENCE =
  /^(?:not|never|no longer|cannot|\w+n't) (?:be )?(?:out of|rul(?:e|ed|ing) out|an? (?:option|solution|way|good)|the (?:answer|way|right)|acceptable|possible|happen|on|planned|foreseen|needed|necessary|wanted|welcome|desirable|take|go|come|going|allowed|permitted|right|justified|legitimate|negotiable|held|continue|work|agreed|accepted|supported|tolerated|sent|sold|delivered|recognized|recognised|opened|lifted|signed|paid|ratified)\b/

/** A "not" speaks of what follows it closely, or ends the sentence on what stands before. */
function isPlacedNegator(words: readonly Meant[], i: number, places: readonly number[]): boolean {
  // "Not a favour but an obligation" denies nothing.
  if (/^(?:not|never) (?:an?|the|about|because)\b/.test(following(words, i)))
    return ENDS_SENTENCE.test(following(words, i))
  const ahead = places.some((place) => place > i && place - i <= AHEAD)
  return (
    ahead ||
    ENDS_SENTENCE.test(following(words, i)) ||
    AGAINST.has(words[i + 1]?.stem ?? '') ||
    words.slice(i, i + 4).some((word) => SIDES.has(word.stem) || AGAINST.has(word.stem))
  )
}

/** Between "not" and what it denies stand a verb and an article or two. */
const AHEAD = 5

/** "… for destabilising the region": what an act is for does not turn the act. */
function isPurpose(words: readonly Meant[], i: number): boolean {
  return words[i - 1]?.lower === 'for' && words[i]?.lower.endsWith('ing') === true
}

/** "Its unlawful and dangerous actions": what somebody's acts are called turns nothing that is said about them. */
function isAttribute(words: readonly Meant[], i: number): boolean {
  const isJoined = words[i - 1]?.lower === 'and' && AGAINST.has(words[i - 2]?.stem ?? '')
  return (
    WHOSE.test(words[isJoined ? i - 3 : i - 1]?.lower ?? '') &&
    /(?:ful|al|ous|less|able|ing)$/.test(words[i]?.lower ?? '')
  )
}

const WHOSE = /^(?:its|their|his|her)$/

function isOpposite(word: Meant, words: readonly Meant[], anchors: ReadonlySet<string>): boolean {
  if (anchors.has(word.concept)) return false
  return [...anchors].some(
    (anchor) => areOpposite(word.concept, anchor) && !words.some((other) => other.concept === anchor),
  )
}

function following(words: readonly Meant[], i: number): string {
  return words
    .slice(i, i + 4)
    .map((word) => word.lower)
    .join(' ')
}

/** "Stop the deliveries": directly before what it ends. */
function isBeforeAnchor(words: readonly Meant[], i: number, anchors: ReadonlySet<string>): boolean {
  return words.slice(i + 1, i + 6).some((word) => anchors.has(word.concept))
}

/** "Has been called off", "was suspended": said of what stands before it. */
function isPassive(words: readonly Meant[], i: number): boolean {
  return /^(?:be|been|being|is|are|was|were)$/.test(words[i - 1]?.lower ?? '')
}

const WEAK =
  /\b(?:could|might(?! and main)|consider(?:s|ed|ing)?|(?<!every |as \w{1,12} as |wherever |if )possible|possibly|perhaps|desirable|would like|hopes?|hoping|would prefer|would welcome|would be (?:good|desirable|useful|welcome)|not rul(?:e|ed|ing) out|not excluded?|explor(?:e|es|ing)|study(?:ing)?|looking at|weigh(?:s|ing)|thinking (?:about|of)|toying with|examin(?:e|es|ing)|mull(?:s|ed|ing)|might be|some day|one day|in principle)\b/i
/** The verb, not the month. */
const ALLOWED = /\bmay\b/
const READY =
  /\b(?:ready|willing|prepared|open to|intends?|plans?|aims?|no objections?|(?:do|does|did) not object|not (?:against|opposed)|inclined)\b/i
const FIRM =
  /\b(?:must|shall|will|have to|has to|had to|need to|needs to|demands?|demanded|insists?|insisted|requires?|urges?|urged|calls? (?:for|on)|called (?:for|on)|should|ought|cannot|never|have decided|has decided|decided|going to|commits?|committed|pledged?|vow(?:s|ed)?|guarantees?|reject(?:s|ed)?|oppos(?:e|es|ed)|supports?|supported|backs?|backed|out of the question|necessary|essential|under no circumstances|non-negotiable|ultimatum)\b/i

/** How firmly; of several words the weakest counts, since it takes the others back. */
export function readModality(text: string, start: number, end: number): Facet['modality'] {
  const part = text.slice(start, end)
  for (const [pattern, strength] of [
    [WEAK, 1],
    [READY, 2],
    [FIRM, 3],
  ] as const) {
    const match = pattern.exec(part) ?? (strength === 1 ? ALLOWED.exec(part) : null)
    if (match === null) continue
    return { ...pieceOf(text, start + match.index, start + match.index + match[0].length), strength }
  }
  return null
}

/** The words of a clause that can take or turn a side, as they stand there: what a person looks at who asks why. */
export function sideWordsIn(clause: string): readonly string[] {
  const tells = readWords(clause).filter(
    ({ lower, stem }) => NEGATORS.has(lower) || AGAINST.has(stem) || SIDES.has(stem),
  )
  return [...new Set(tells.map(({ text }) => text))]
}
