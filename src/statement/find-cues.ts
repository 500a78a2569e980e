import { cueVerb, type Frames } from './cue-verbs.ts'
import { isPersonNoun } from './noun-phrase.ts'
import type { Item } from './sentences.ts'
import { isAuxiliary } from './word-classes.ts'
import { words } from './word-list.ts'

/** The words that attribute, as item indices `[from, to)`; `head` is the verb itself. */
export interface Cue {
  readonly kind: 'finite' | 'participle' | 'infinitive' | 'passive' | 'according' | 'colon'
  readonly lemma: string
  readonly frames: Frames
  readonly from: number
  readonly to: number
  readonly head: number
  /** "did not say", "would say", "if he said": nothing was said. */
  readonly unreal: boolean
}

/** Forms that are more often nouns than verbs: they need a clear subject before them. */
const ALSO_NOUNS = words(`
  claim claims report reports note notes comment comments order orders demand demands request requests appeal appeals promise
  promises pledge pledges charge charges state states post posts tweet tweets estimate estimates forecast forecasts vow vows
  signal signals hint hints mention mentions cry cries counter counters dispute disputes joke jokes reply replies remark remarks
  answer answers scream screams whisper whispers shout shouts yell yells quip quips chant chants email emails advance issue
  read reads detail details outline outlines voice voices express highlight highlights stress stresses caution cautions question
  call calls label labels brand brands term terms slam blast venture ventures invite invites cite guarantee guarantees pronounce text texts address addresses respond maintain contend wonder wonders`)

/** Verbs only where their content is marked. */
const MORE_OFTEN_NOUNS =
  /^(?:states?|questions?|charges?|reasons?|posts?|orders|texts?|details?|voices?|reports|answers|calls)$/

const MODALS = words(
  "would will could should may might must 'd 'll would can wouldn't won't couldn't shouldn't can't cannot",
)
const NEGATIONS = words(
  "not never n't didn't doesn't don't hasn't haven't hadn't wouldn't won't couldn't can't cannot wasn't weren't isn't",
)
/** "Not only said": it was said, and more. */
const NO_NEGATION_BEFORE = /^(?:only|just|merely|simply)$/
const BE = words("is are was were be been being wasn't weren't isn't")
const HAVE = words("has have had having 've 'd hasn't haven't hadn't")
const PARTICIPLE_VERBS = words('said told written sworn spoken read')
/** "He used his speech to warn": what the subject does in order to say something is said. */
const REAL_BEFORE_TO = words(`
  on continued went took used began held spoke wrote appeared issued released called came returned gathered rose stood went turned
  twitter facebook statement statements phone interview`)

/** Every place in a sentence, outside quotations, where words are attributed to somebody. */
export function findCues(items: readonly Item[]): readonly Cue[] {
  const cues: Cue[] = []
  for (let i = 0; i < items.length; i++) {
    const cue = accordingAt(items, i) ?? verbAt(items, i) ?? anyVerbAt(items, i) ?? colonAt(items, i, cues.at(-1))
    if (cue === null) continue
    cues.push(cue)
    i = cue.to - 1
  }
  return cues
}

function accordingAt(items: readonly Item[], i: number): Cue | null {
  if (items[i]?.lower !== 'according' || items[i + 1]?.lower !== 'to') return null
  return { kind: 'according', lemma: 'according to', frames: 'q', from: i, to: i + 2, head: i, unreal: false }
}

/** "Did not say", "never said", "no longer says": it was not said. */
export function isNegated(items: readonly Item[], { from, head }: Pick<Cue, 'from' | 'head'>): boolean {
  return items
    .slice(from, head)
    .some(
      ({ lower }, i, before) =>
        (NEGATIONS.has(lower) || (lower === 'no' && before[i + 1]?.lower === 'longer')) &&
        !NO_NEGATION_BEFORE.test(before[i + 1]?.lower ?? ''),
    )
}

/** `"Really?" reacted Brandt`, `"Really?" the envoy ventured.`: any verb attributes where a quotation is paused for it. */
function anyVerbAt(items: readonly Item[], i: number): Cue | null {
  const item = items[i] as Item
  if (item.class !== 'verb' || !(invertedAt(items, i) || closesQuotation(items, i, i + 1))) return null
  return { kind: 'finite', lemma: item.lower, frames: 'q', from: i, to: i + 1, head: i, unreal: false }
}

/** `Ada Brandt, minister of trade: "..."`, `Brandt went further: "..."` */
function colonAt(items: readonly Item[], i: number, last: Cue | undefined): Cue | null {
  if (items[i]?.text !== ':' || items[i + 1]?.kind !== 'quotation' || i === 0) return null
  // "said in a statement: ..." is the verb's own.
  if (last !== undefined && !last.unreal && last.kind !== 'according' && i - last.to < 12) return null
  return { kind: 'colon', lemma: ':', frames: 'q', from: i, to: i + 1, head: i, unreal: false }
}

function verbAt(items: readonly Item[], i: number): Cue | null {
  const item = items[i] as Item
  if (item.kind !== 'word') return null
  const { verb, to } = verbWords(items, i)
  if (verb === null || (isNoun(items, i, to) && !closesQuotation(items, i, to))) return null
  // "the envoy was quoted as saying"
  const quotedAs =
    item.lower === 'saying' && items[i - 1]?.lower === 'as' && /^(?:quoted|cited)$/.test(items[i - 2]?.lower ?? '')
  const { from, auxiliaries } = auxiliariesBefore(items, quotedAs ? i - 2 : i)
  const negated = isNegated(items, { from, head: i })
  const modal = auxiliaries.some((word) => MODALS.has(word))
  const base = { lemma: verb.lemma, frames: verb.frames, from, to, head: i }
  const before = items[from - 1]
  if (before?.lower === 'to' && verb.form === 'base') {
    const real = items[from - 2]
    const unreal = real === undefined || !REAL_BEFORE_TO.has(real.lower)
    return { ...base, kind: 'infinitive', from: from - 1, unreal: unreal || negated }
  }
  if (quotedAs) return { ...base, kind: 'finite', unreal: negated || modal }
  if (verb.form === 'participle') {
    // "a ban from claiming asylum": what nobody did.
    if (/^(?:from|without)$/.test(before?.lower ?? '')) return null
    const progressive = auxiliaries.some((word) => BE.has(word))
    return { ...base, kind: progressive ? 'finite' : 'participle', unreal: negated || modal }
  }
  const participle = item.lower.endsWith('ed') || PARTICIPLE_VERBS.has(item.lower)
  if (participle && isAside(items, from, to, verb.lemma)) return null
  // "was called in and told that": who tells names whom first.
  const isTold = item.lower === 'told' && /^(?:that|to)$/.test(items[to]?.lower ?? '')
  const isPassive =
    isTold ||
    (participle && auxiliaries.some((word) => BE.has(word)) && (verb.form === 'finite' || item.lower === 'read'))
  if (isPassive) return { ...base, kind: 'passive', unreal: negated || modal }
  if (verb.form === 'base' && item.lower !== 'read' && !baseCanBeFinite(items, i, auxiliaries)) return null
  return { ...base, kind: 'finite', unreal: negated || modal || conditional(items, from) }
}

function invertedAt(items: readonly Item[], i: number): boolean {
  const after = items[i + 1]?.class
  return pausesFor(items[i - 1]) && (after === 'name' || after === 'determiner' || after === 'pronoun')
}

const pausesFor = (item: Item | undefined) => item?.kind === 'quotation' && /^[,?!…—–-]$/.test(item.lastMark)

/** `"...," the email reads.`: between a quotation, a noun and the end of the sentence stands no second noun. */
function closesQuotation(items: readonly Item[], i: number, to: number): boolean {
  const end = items[to]
  if (end !== undefined && !/^[.,)]$/.test(end.text) && !/^(?:preposition|adverb|time)$/.test(end.class ?? ''))
    return false
  const from = items.slice(Math.max(0, i - 5), i).findLastIndex((item) => item.kind === 'quotation')
  if (from < 0) return false
  const quotation = Math.max(0, i - 5) + from
  const between = items.slice(quotation + 1, i)
  const [first, ...rest] = between
  const phrase = rest.every((item) => item.class === 'content' || item.class === 'name' || item.class === 'number')
  const subject =
    first?.class === 'determiner' ? rest.length > 0 : first?.class === 'name' || first?.class === 'pronoun'
  return pausesFor(items[quotation]) && subject && phrase
}

function verbWords(items: readonly Item[], i: number) {
  const item = items[i] as Item
  if (/^(?:go|goes|going|went)$/.test(item.lower) && items[i + 1]?.lower === 'on' && items[i + 2]?.lower === 'to') {
    return { verb: items[i + 3] === undefined ? null : goesOn(items[i + 3] as Item), to: i + 4 }
  }
  const particle = items[i + 1]?.lower ?? ''
  const verb2 = /^(?:out|for|on|back)$/.test(particle) ? cueVerb(`${item.lower} ${particle}`) : null
  if (verb2 !== null) return { verb: verb2, to: i + 2 }
  // A capital in the middle of a sentence is a name ("the State Department", "the Report").
  const verb = item.class === 'name' ? null : cueVerb(item.lower)
  return { verb, to: i + 1 }
}

function goesOn(next: Item) {
  const verb = cueVerb(next.lower)
  return verb === null ? null : { ...verb, form: 'finite' as const }
}

function auxiliariesBefore(items: readonly Item[], i: number): { from: number; auxiliaries: readonly string[] } {
  const auxiliaries: string[] = []
  let from = i
  for (let k = i - 1; k >= 0 && k >= i - 6; k--) {
    const item = items[k] as Item
    if (item.kind !== 'word') break
    if (isAuxiliary(item.lower) || item.lower.endsWith("n't")) {
      auxiliaries.push(item.lower)
      from = k
    } else if (item.class === 'adverb' && item.lower !== 'there') {
      from = k
    } else break
  }
  return { from, auxiliaries }
}

function isNoun(items: readonly Item[], i: number, to: number): boolean {
  const item = items[i] as Item
  const before = items[i - 1]
  const after = items[to]
  const participial = item.lower.endsWith('ed') || item.class === 'participle'
  if (
    before?.class === 'determiner' &&
    before.lower !== 'all' &&
    before.lower !== 'both' &&
    before.lower !== 'many' &&
    before.lower !== 'some'
  )
    return true
  if (before?.class === 'possessive' || before?.lower === 'whose') return true
  const marked = after?.lower === 'that' || after?.kind === 'quotation' || after?.text === ':'
  if (MORE_OFTEN_NOUNS.test(item.lower) && !marked) return true
  if (before?.class === 'number' && participial && after?.class === 'content') return true
  if (before?.class === 'number')
    return ALSO_NOUNS.has(item.lower) && after?.lower !== 'that' && after?.kind !== 'quotation'
  if (before?.class === 'preposition' && before.lower !== 'to' && item.class !== 'participle')
    return !item.lower.endsWith('ed') || before.lower !== 'out'
  if (participial) {
    // "a widely reported plan"
    const modifies = before?.class === 'adverb' && items[i - 2]?.class === 'determiner'
    const reduced =
      item.lower.endsWith('ed') && after?.lower === 'by' && before?.class !== 'auxiliary' && before?.class !== 'adverb'
    return reduced || (modifies && after?.class === 'content')
  }
  if (!ALSO_NOUNS.has(item.lower)) return false
  if (before === undefined) return true
  if (joinsClause(before, after)) return false
  if (
    before.class === 'pronoun' ||
    before.class === 'auxiliary' ||
    before.class === 'relative' ||
    before.lower === 'to'
  )
    return false
  if (item.lower.endsWith('s') && (before.class === 'name' || speaksAlone(before))) return after === undefined
  if (after?.lower === 'that' || after?.kind === 'quotation') return before.class === 'conjunction'
  return !(before.class === 'adverb' || before.lower.endsWith('s')) || before.class === 'conjunction'
}

/** "They denied it and claim she left": only a verb stands between "and" and "she". */
const joinsClause = (before: Item, after: Item | undefined) =>
  before.lower === 'and' && after !== undefined && /^(?:he|she|they|we)$/.test(after.lower)

/** "Woman claims", not "expert claims": whom a noun names that is no adjective too. */
const speaksAlone = (item: Item) =>
  isPersonNoun(item) &&
  !item.lower.endsWith('s') &&
  !/^(?:official|expert|executive|general|chief|party|group|source)$/.test(item.lower)

/** "critics say", "they claim", "did say": a bare form is finite after a plural or an auxiliary. */
function baseCanBeFinite(items: readonly Item[], i: number, auxiliaries: readonly string[]): boolean {
  if (auxiliaries.some((word) => !HAVE.has(word) && !BE.has(word))) return true
  const before = items[i - 1]
  if (before === undefined) return false
  if (joinsClause(before, items[i + 1])) return true
  if (items[i]?.lower === 'say') return before.class !== 'determiner' && before.class !== 'preposition'
  if (before.class === 'adverb') return true
  if (before.kind === 'mark') return before.text === ',' || before.text === ')'
  if (before.class === 'pronoun') return /^(?:i|you|we|they|who)$/.test(before.lower)
  if (before.class === 'number') return true
  if (before.class === 'relative') return true
  return (
    before.class === 'name' ||
    before.class === 'determiner' ||
    before.lower.endsWith('s') ||
    /^(?:people|men|women|police|officials|media)$/.test(before.lower)
  )
}

/** "Asked whether it would, ..." and "Brandt, asked about it, ...": nobody says who asked. */
function isAside(items: readonly Item[], from: number, to: number, lemma: string): boolean {
  const before = items[from - 1]
  if (!/^(?:ask|tell|question|press)$/.test(lemma)) return false
  const opens =
    before === undefined || before.kind === 'mark' || /^(?:when|if|once|while|as|and|though)$/.test(before.lower)
  const after = items[to]
  return (
    opens &&
    (after === undefined ||
      after.class === 'preposition' ||
      after.class === 'conjunction' ||
      after.class === 'relative' ||
      after.class === 'time')
  )
}

/** "if he said", "whether she said" */
function conditional(items: readonly Item[], from: number): boolean {
  for (let k = from - 1; k >= 0 && k >= from - 4; k--) {
    const item = items[k] as Item
    if (item.kind !== 'word') return false
    if (item.lower === 'if' || item.lower === 'whether' || item.lower === 'unless') return true
  }
  return false
}
