import { stemOf } from '../../words/stem.ts'
import { readWords, type Word } from '../../words/words.ts'
import { ACT_CLASSES, ALLOWS, BRUSHED_ASIDE, REFUSES } from './acts-of-news.ts'
import { THINGS } from './things-of-news.ts'

/** A word of a sentence; `part` counts up at every comma, colon and dash; possessive is "the envoy's". */
export type Token = Word & { readonly part: number; readonly isPossessive: boolean }

/** What an expression says in one class: the thing goes on (1) or ends (-1). */
export type Sense = { readonly kind: string; readonly sign: 1 | -1 }

/** An expression found: token `from` up to but without `to`. */
export type Found = {
  readonly from: number
  readonly to: number
  /** Words that were matched; of two expressions at one place the longer counts. */
  readonly size: number
  readonly senses: readonly Sense[]
  /** Words in between that belong to no expression: a "no" among them turns it. */
  readonly between: readonly number[]
}

/** Of any act: it is wanted or refused. */
export const STANCE = 'stance'
/** What the words after it ask for is refused. */
export const BRUSH = 'brush'

/** An expression does not reach over these. */
const STOPS = new Set('and but or that which who whom because while if when said told without'.split(' '))

type Step = { readonly stems: ReadonlySet<string>; readonly isAfterGap: boolean }
type Pattern = { readonly steps: readonly Step[]; readonly sense: Sense }

/** "Bring ~ home": so many words may stand between. */
const GAP = 5
/** "Ordered the first of his three battalions in Sorna home": the way back is named last. */
const FAR_GAP = 8
const FAR = new Set(['home', 'back', 'lapse', 'expire'].map(stemOf))

const patterns: readonly Pattern[] = [
  ...ACT_CLASSES.flatMap(({ name, on, off }) => [...patternsOf(on, name, 1), ...patternsOf(off, name, -1)]),
  ...patternsOf(ALLOWS, STANCE, 1),
  ...patternsOf(REFUSES, STANCE, -1),
  ...patternsOf(BRUSHED_ASIDE, BRUSH, -1),
]

const byFirst = new Map<string, readonly Pattern[]>()
for (const pattern of patterns) {
  for (const stem of pattern.steps[0]?.stems ?? []) byFirst.set(stem, [...(byFirst.get(stem) ?? []), pattern])
}

function patternsOf(list: string, kind: string, sign: 1 | -1): readonly Pattern[] {
  return list
    .split(',')
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '')
    .flatMap((phrase) => [phrase, ...parted(phrase)])
    .map((phrase) => ({ steps: stepsOf(phrase), sense: { kind, sign } }))
}

/** "Pull out" is "pull its officers out", too. */
function parted(phrase: string): readonly string[] {
  const found = /^(?<verb>\p{L}+) (?<particle>out|off|down|back|over|away|up)$/u.exec(phrase)?.groups
  return found === undefined ? [] : [`${found.verb} ~ ${found.particle}`]
}

function stepsOf(phrase: string): readonly Step[] {
  const steps: Step[] = []
  let isAfterGap = false
  for (const part of phrase.split(/\s+/)) {
    if (part === '~') {
      isAfterGap = true
      continue
    }
    const choices = part.split('/').map((choice) => readWords(choice).map(({ stem }) => stem))
    const [only = []] = choices
    if (choices.length > 1) steps.push({ stems: new Set(choices.flat()), isAfterGap })
    else
      for (const [i, stem] of only.entries()) steps.push({ stems: new Set([stem]), isAfterGap: isAfterGap && i === 0 })
    isAfterGap = false
  }
  return steps
}

/** Every expression of the tables in a sentence, overlapping ones too: which count depends on what is sought. */
export function findActs(tokens: readonly Token[]): readonly Found[] {
  const found = new Map<string, Found>()
  for (const [from, token] of tokens.entries()) {
    for (const { steps, sense } of byFirst.get(token.stem) ?? []) {
      const matched = match(tokens, from, steps)
      if (matched === null) continue
      const to = (matched.at(-1) ?? from) + 1
      const between = tokens.slice(from, to).flatMap((_, i) => (matched.includes(from + i) ? [] : [from + i]))
      const key = `${from} ${to} ${steps.length}`
      const senses = [...(found.get(key)?.senses ?? []), sense]
      found.set(key, { from, to, size: steps.length, senses, between })
    }
  }
  return [...found.values()]
}

/** Where the words of an expression stand; `null`: they do not. */
function match(tokens: readonly Token[], from: number, steps: readonly Step[]): readonly number[] | null {
  const places = [from]
  let at = from + 1
  for (const { stems, isAfterGap } of steps.slice(1)) {
    const isFar = [...stems].some((stem) => FAR.has(stem))
    const last = isAfterGap ? at + (isFar ? FAR_GAP : GAP) : at
    let next = at
    while (next <= last && !stems.has(tokens[next]?.stem ?? '') && !(next > at && STOPS.has(tokens[next]?.lower ?? '')))
      next += 1
    if (next > last || !stems.has(tokens[next]?.stem ?? '') || tokens[next]?.part !== tokens[from]?.part) return null
    places.push(next)
    at = next + 1
  }
  return places
}

const kinds = new Map<string, ReadonlySet<number>>()
for (const [line, words] of THINGS.trim().split('\n').entries()) {
  for (const stem of words.trim().split(/\s+/).map(stemOf)) kinds.set(stem, new Set([...(kinds.get(stem) ?? []), line]))
}

const NO_KINDS: ReadonlySet<number> = new Set()

/** The kinds of things that a word may name. */
export function kindsOf(stem: string): ReadonlySet<number> {
  return kinds.get(stem) ?? NO_KINDS
}

/** Whether the table knows the word as a thing. */
export function isThing(stem: string): boolean {
  return kinds.has(stem)
}

/** Whether two nouns may name one thing: "battalion" and "soldiers". */
export function isSameThing(a: string, b: string): boolean {
  if (a === b) return true
  const [one, other] = [kinds.get(a), kinds.get(b)]
  if (one === undefined || other === undefined) return false
  for (const kind of one) if (other.has(kind)) return true
  return false
}
