import { areOpposite, type Meant } from './concepts.ts'
import type { Facet } from './facet.ts'
import { pieceOf } from './piece.ts'
import { stemOf } from './stem.ts'

const stems = (list: string) => new Set(list.trim().split(/\s+/).map(stemOf))

/** Verbs and nouns that turn what follows round. */
const AGAINST = stems(`
  oppose opposes opposed opposition against reject rejects rejection refuse refusal condemn condemnation denounce unacceptable inadmissible
  wrong mistake illegal unlawful illegitimate violation violate prevent block veto hinder obstruct undermine erode forbid ban impossible
  premature pointless useless resist deplore criticize criticism objection object boycott exclude preclude dangerous harmful counterproductive
  destroy destruction destroying pernicious adventurism spurious cripple sabotage hostile unthinkable`)
const FOR = stems(`
  support supports back favor favour endorse welcome advocate approve agree accept urge demand insist propose recommend want wish hope
  call need necessary essential important crucial vital right ready willing prepared commit pledge promise vow plan intend expect
  recognize appreciate praise commend encourage allow must should will shall ought defend priority best`)
/** Verbs that end what follows them; they speak against it unless the proposition itself is about ending. */
const ENDING = new Set(['stop', 'end', 'withhold', 'cut'])
const NEGATORS = new Set([
  'not',
  'no',
  'never',
  'neither',
  'nor',
  'cannot',
  'without',
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
  /^(?:not (?:only|just|merely|least|to mention)|no (?:doubt|matter|less|later|alternative|other (?:way|option|solution)|substitute|one doubts)|nothing (?:but|less)|cannot but|never (?:again )?(?:mind|before)|without (?:any )?(?:delay|doubt|condition|conditions|exception|exceptions|precondition|preconditions|tipping|prejudice)|not later|not words|not in words)\b/
const IDIOMS: readonly (readonly [RegExp, -1 | 1])[] = [
  [/\bout of the question\b/i, -1],
  [/\b(?:rule|rules|ruled|ruling) out\b/i, -1],
  [/\bno question of\b/i, -1],
  [/\b(?:came|come|comes|coming) out against\b/i, 1],
  [/\black of (?:any )?alternatives? to\b/i, 1],
  [/\b(?:turn|turned|turns) down\b/i, -1],
  [/\bred line\b/i, -1],
]
const UNDECIDED =
  /\b(?:neutral|no position|not (?:yet )?decided|undecided|abstain(?:ed|s)?|have not made up|has not made up|takes? no side)\b/i

export type Reading = {
  readonly polarity: Facet['polarity']
  /** Whether a word says so; a bare assertion is for what it asserts. */
  readonly isExplicit: boolean
}

/**
 * For or against what `anchors` stand for, read in one clause: every negation, verb of refusal and
 * opposite turns the sign once.
 *
 * `core` is the clause without conditions, exceptions and contrasts.
 */
export function readPolarity(words: readonly Meant[], core: string, anchors: ReadonlySet<string>): Reading {
  if (UNDECIDED.test(core)) return { polarity: 0, isExplicit: true }
  const isAnchored = words.some((word) => anchors.has(word.concept))
  const opposite = words.find(
    (word) =>
      !anchors.has(word.concept) &&
      [...anchors].some(
        (anchor) => areOpposite(word.concept, anchor) && !words.some((other) => other.concept === anchor),
      ),
  )
  if (!isAnchored && opposite === undefined) return { polarity: 0, isExplicit: false }

  let sign: 1 | -1 = opposite === undefined ? 1 : -1
  let isExplicit = opposite !== undefined
  const turn = () => {
    sign = sign === 1 ? -1 : 1
    isExplicit = true
  }
  for (const [pattern, effect] of IDIOMS) {
    if (!pattern.test(core)) continue
    isExplicit = true
    if (effect === -1) turn()
  }
  for (const [i, word] of words.entries()) {
    const following = words
      .slice(i, i + 4)
      .map((one) => one.lower)
      .join(' ')
    if (NEGATORS.has(word.lower)) {
      if (!NO_NEGATION.test(following)) turn()
    } else if (anchors.has(word.concept) || anchors.has(word.stem) || word === opposite) continue
    else if (AGAINST.has(word.stem)) turn()
    else if (ENDING.has(word.concept) && isBeforeAnchor(words, i, anchors)) turn()
    else if (FOR.has(word.stem)) isExplicit = true
  }
  return { polarity: sign, isExplicit }
}

/** "Stop the deliveries": directly before what it ends. */
function isBeforeAnchor(words: readonly Meant[], i: number, anchors: ReadonlySet<string>): boolean {
  return words.slice(i + 1, i + 6).some((word) => anchors.has(word.concept))
}

const WEAK =
  /\b(?:could|may|might|consider(?:s|ed|ing)?|possible|possibly|perhaps|desirable|would like|hopes?|hoping|would prefer|would welcome|would be (?:good|desirable|useful|welcome)|not rul(?:e|ed|ing) out|not excluded?|explor(?:e|es|ing)|study(?:ing)?|looking at|weigh(?:s|ing)|thinking about|might be|some day|one day|in principle)\b/i
const READY =
  /\b(?:ready|willing|prepared|open to|intends?|plans?|aims?|no objections?|(?:do|does|did) not object|not (?:against|opposed)|inclined)\b/i
const FIRM =
  /\b(?:must|shall|will|have to|has to|need to|needs to|demands?|demanded|insists?|insisted|requires?|urges?|urged|calls? (?:for|on)|called (?:for|on)|should|ought|cannot|never|have decided|has decided|decided|going to|commits?|committed|pledged?|vow(?:s|ed)?|guarantees?|reject(?:s|ed)?|oppos(?:e|es|ed)|supports?|supported|backs?|backed|out of the question|necessary|essential|under no circumstances|non-negotiable|ultimatum)\b/i

/** How firmly; of several words the weakest counts, since it takes the others back. */
export function readModality(text: string, start: number, end: number): Facet['modality'] {
  const part = text.slice(start, end)
  for (const [pattern, strength] of [
    [WEAK, 1],
    [READY, 2],
    [FIRM, 3],
  ] as const) {
    const match = pattern.exec(part)
    if (match === null) continue
    return { ...pieceOf(text, start + match.index, start + match.index + match[0].length), strength }
  }
  return null
}
