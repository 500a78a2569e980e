import { isFunctionWord, type Meant } from '../../words/concepts.ts'
import { isCountryLike, isSame } from './act-agents.ts'
import { chainsOf, isRestriction, type SoughtActs } from './act-chains.ts'
import { BRUSH, type Found, findActs, isThing, STANCE } from './act-lexicon.ts'
import { tokensOf } from './wire-text.ts'

const KEPT = 5_000
const kept = new Map<string, SoughtActs>()

/** What is looked for in the acts of a text, for `proposition`; the same few hundred are asked about again and again. */
export function soughtActs(proposition: string): SoughtActs {
  const known = kept.get(proposition)
  if (known !== undefined) return known
  if (kept.size >= KEPT) kept.clear()
  const sought = readSoughtActs(proposition)
  kept.set(proposition, sought)
  return sought
}

/** Says too little to be looked for. */
const PALE = new Set(
  'members member behind near above below beyond outside inside next amid onto parts united international summer winter spring autumn year years month months week today government state country member world war nation people act matter part party place new full own'.split(
    ' ',
  ),
)
const PASSIVE =
  /^\S+(?: \S+){0,5}? (?:is|are) (?:not )?(?:\w+ed|given|held|sent|built|kept|put|paid|brought|made|let|shut|freed|withdrawn|sold|bought|left|taken|set)\b/i

/** "Harsk keeps …", "Harsk's envoy": who acts has a name. */
const NAME_ACTS = /^\p{Lu}\p{Ll}+(?:['’]s\b| (?!is\b|was\b|has\b)\p{Ll}+s\b)/u

function readSoughtActs(proposition: string): SoughtActs {
  const [words = []] = tokensOf(proposition)
  const found = findActs(words)
  const classes = classesOf(found)
  const at = /^the$/i.test(words[0]?.text ?? '') ? 1 : 0
  const start = words[at]
  const isNamed =
    start !== undefined &&
    (at === 1 ? /^\p{Lu}\p{Ll}/u.test(start.text) : isCountryLike(start.text) || NAME_ACTS.test(proposition))
  const actor = isNamed && !PASSIVE.test(proposition) ? (start?.concept ?? null) : null
  const things: Meant[][] = []
  for (const [i, word] of words.entries()) {
    const isName = /^\p{Lu}/u.test(word.text) && i > 0
    const isCovered = found.some(({ from, to, between }) => i >= from && i < to && !between.includes(i))
    // "In force" is no force.
    if (!isName && found.some(({ from, to, size }) => size > 2 && i > from && i === to - 1)) continue
    const isTold = !isCovered || isThing(word.stem) || isRestriction(word.stem) || isName
    if (isFunctionWord(word) || PALE.has(word.lower) || (i === at && actor !== null) || !isTold) continue
    const before = words[i - 1]
    // "South Ister" is one.
    const isOneName = isName && before !== undefined && /^\p{Lu}/u.test(before.text) && i - 1 > at
    const known = things.find((thing) => thing.some((one) => isSame(word, one)))
    if (isOneName && things.length > 0) things.at(-1)?.push(word)
    else if (known !== undefined) known.push(word)
    else things.push([word])
  }
  const sought: SoughtActs = { classes, things, actor, sign: 1 }
  const [chain] = chainsOf({ tokens: words, found }, sought).toSorted((a, b) => b.found.length - a.found.length)
  return { ...sought, sign: chain?.sign ?? signOfFirst(found, classes) }
}

/** "Sells" supplies and gives up: the first meaning of the table counts, and those that stand on its side. */
function classesOf(found: readonly Found[]): ReadonlySet<string> {
  return new Set(
    found.flatMap(({ senses }) => {
      const acts = senses.filter(({ kind }) => kind !== STANCE && kind !== BRUSH)
      return acts.filter(({ sign }) => sign === acts[0]?.sign).map(({ kind }) => kind)
    }),
  )
}

/** A proposition that only names its act: "The withdrawal of …". */
function signOfFirst(found: readonly Found[], classes: ReadonlySet<string>): 1 | -1 {
  return found.flatMap(({ senses }) => senses).find(({ kind }) => classes.has(kind))?.sign ?? 1
}
