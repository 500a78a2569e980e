import { cueVerb } from './cue-verbs.ts'
import { findQuotations, type Quotation } from './quotation-marks.ts'
import { isTitleCase } from './title-case.ts'
import type { Paragraph, Token } from './tokens.ts'
import { classOf, isHonorific, opensWithParticiple, type WordClass } from './word-classes.ts'

/** One step of a sentence: a word, a mark, or a whole quotation. */
export interface Item {
  readonly kind: 'word' | 'mark' | 'quotation'
  readonly text: string
  readonly lower: string
  readonly start: number
  readonly end: number
  readonly class: WordClass | null
  /** Of a quotation: its words, and the mark before its closing one. */
  readonly wordCount: number
  readonly lastMark: string
  readonly open: boolean
}

/** A sentence as it stands outside quotations: a quotation is never cut, however many sentences it holds. */
export interface Sentence {
  readonly paragraph: number
  readonly items: readonly Item[]
  readonly start: number
  readonly end: number
}

/** No sentence is longer, whatever the text does; keeps every rule linear in the article. */
const LONGEST_SENTENCE_ITEMS = 240

const ENDS = new Set(['.', '!', '?', '...', '…', '..', '....'])

/** `headline`: capitals say nothing there about what is a name. */
export function readSentences(paragraph: Paragraph, index: number, headline = false): readonly Sentence[] {
  const items = headline && isTitleCase(paragraph) ? itemsOf(paragraph).map(asInSentence) : itemsOf(paragraph)
  const sentences: Sentence[] = []
  let from = 0
  for (let i = 0; i < items.length; i++) {
    const full = i + 1 - from >= LONGEST_SENTENCE_ITEMS
    if (i + 1 < items.length && !full && !endsSentence(items, i)) continue
    const part = items.slice(from, i + 1)
    const first = part[0] as Item
    const last = part.at(-1) as Item
    sentences.push({ paragraph: index, items: part, start: first.start, end: last.end })
    from = i + 1
  }
  return sentences
}

/** "Brandt Says He Will": a verb of saying is no name. */
function asInSentence(item: Item, i: number): Item {
  const isVerb = item.class === 'name' && i > 0 && cueVerb(item.lower)?.form === 'finite'
  return isVerb ? { ...item, class: 'content' } : item
}

function itemsOf(paragraph: Paragraph): readonly Item[] {
  const { tokens } = paragraph
  const quotations = findQuotations(paragraph)
  const items: Item[] = []
  let next = 0
  for (let i = 0; i < tokens.length; i++) {
    const quotation = quotations[next]
    if (quotation !== undefined && quotation.from === i) {
      items.push(quotationItem(tokens, quotation))
      next++
      i = quotation.to
    } else items.push(wordItem(tokens[i] as Token, items.at(-1)))
  }
  return items.map(withNoLonger)
}

/** "Brandt no longer says": two words that turn a verb, no noun and what stands before one. */
function withNoLonger(item: Item, i: number, items: readonly Item[]): Item {
  const isOfTwo =
    (item.lower === 'no' && items[i + 1]?.lower === 'longer') ||
    (item.lower === 'longer' && items[i - 1]?.lower === 'no')
  return isOfTwo ? { ...item, class: 'adverb' } : item
}

/** "he's" is "he is", "Brandt's" a possessive. */
const TAKES_IS = /^(?:that|there|here|what|where|how|it|let)$/

/** "she respects": behind such a pronoun an -s is a verb's. */
const isThirdPerson = (lower: string, before: Item | undefined) =>
  /^(?:he|she|it|who)$/.test(before?.lower ?? '') &&
  /^[a-z]{3,}[^s's]s$/.test(lower) &&
  !/^(?:always|perhaps|sometimes|does|has|was|this|his|as|is|yes)$/.test(lower)

/** "this week", "last summer" */
const TIME_LEADS = /^(?:this|last|next|earlier|later|past|that)$/
const TIME_UNITS =
  /^(?:week|weekend|month|year|morning|afternoon|evening|night|spring|summer|fall|autumn|winter|season)$/

/** Here a capital says nothing. */
const isOpening = (before: Item | undefined) =>
  before === undefined || ENDS.has(before.text) || (before.kind === 'quotation' && ENDS.has(before.lastMark))

function wordItem({ kind, text, lower, start, end }: Token, before: Item | undefined): Item {
  const isVerb =
    lower === "'s" &&
    before !== undefined &&
    (TAKES_IS.test(before.lower) || before.class === 'pronoun' || before.class === 'relative')
  const isTime = before !== undefined && TIME_LEADS.test(before.lower) && TIME_UNITS.test(lower)
  const wordClass =
    kind !== 'word'
      ? null
      : isVerb
        ? 'auxiliary'
        : isTime
          ? 'time'
          : isThirdPerson(lower, before)
            ? 'verb'
            : isOpening(before) && opensWithParticiple(lower)
              ? 'participle'
              : classOf(text, lower)
  return {
    kind,
    text,
    lower,
    start,
    end,
    class: wordClass,
    wordCount: kind === 'word' ? 1 : 0,
    lastMark: '',
    open: false,
  }
}

function quotationItem(tokens: readonly Token[], { from, to, open }: Quotation): Item {
  const first = tokens[from] as Token
  const last = tokens[to] as Token
  let wordCount = 0
  for (let i = from; i <= to; i++) if ((tokens[i] as Token).kind === 'word') wordCount++
  let inner = open ? to : to - 1
  while (inner > from && /^['’”"]+$/.test((tokens[inner] as Token).text)) inner--
  const before = tokens[inner] as Token
  const lastMark = before.kind === 'mark' ? before.text : ''
  return {
    kind: 'quotation',
    text: '',
    lower: '',
    start: first.start,
    end: last.end,
    class: null,
    wordCount,
    lastMark,
    open,
  }
}

function endsSentence(items: readonly Item[], i: number): boolean {
  const item = items[i] as Item
  const next = items[i + 1] as Item
  if (item.kind === 'mark' && ENDS.has(item.text)) {
    if (item.text === '.' && next.start === item.end && next.kind === 'word') return false
    if (next.kind === 'mark' && /^[)\]’'"”,;]/.test(next.text)) return false
    return next.kind === 'quotation' || next.kind === 'mark' || !/^\p{Ll}/u.test(next.text) || item.text === '.'
  }
  if (item.kind === 'mark' && /^[)\]]$/.test(item.text)) {
    const before = items[i - 1]
    return before !== undefined && before.kind === 'mark' && ENDS.has(before.text) && /^\p{Lu}/u.test(next.text)
  }
  // "... of the A.F.L.-C.I.O. “We have seen it.”", but not "Gen. “Iron” Brandt"
  if (item.kind === 'word')
    return (
      next.kind === 'quotation' && item.lower.endsWith('.') && !isHonorific(item.lower) && /[.?!,]/.test(next.lastMark)
    )
  if (next.kind === 'quotation') return ENDS.has(item.lastMark)
  if (next.kind === 'mark') return false
  if (item.lastMark === '.') return /^\p{Lu}/u.test(next.text)
  return ENDS.has(item.lastMark) && /^\p{Lu}/u.test(next.text) && !attributes(items, i + 1)
}

/** After `"Really?"`: does a short name and a verb of saying follow ("Lavrov asked")? */
function attributes(items: readonly Item[], from: number): boolean {
  for (let i = from; i < Math.min(from + 7, items.length); i++) {
    const item = items[i] as Item
    if (item.kind !== 'word') return false
    if (cueVerb(item.lower)?.form === 'finite' && item.class !== 'name') return true
  }
  return false
}
