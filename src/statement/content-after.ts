import { clauseEnd } from './clause-end.ts'
import type { Cue } from './find-cues.ts'
import { type Content, type Frame, hasVerb, isComma, type Pattern, unitFrom, unitTo, type View } from './frame.ts'
import { phraseAfter } from './noun-phrase.ts'
import type { Item } from './sentences.ts'
import { isSettingWord, isTitle, pastAddressee, skipSetting } from './setting.ts'

/** Where content begins, and how that was found. */
interface Begin {
  readonly from: number
  readonly pattern: Pattern
}

/** The content behind its cue: "said that ...", "said the truce ...", "promised to ...", "announced a ...". */
export function contentAfter(view: View, index: number): Content | null {
  const { items, frames } = view
  const frame = frames[index] as Frame
  const start = Math.max(frame.cue.to, unitTo(frame))
  const until = frames[index + 1]?.cue.from ?? items.length
  const described = frame.cue.frames.includes('d') ? descriptionAfter(view, index, start) : null
  if (described !== null || frame.cue.frames === 'd') return described
  const pointsOut = items[unitFrom(frame) - 1]?.lower === 'as' && isComma(items[start])
  const begin: Begin | null = pointsOut
    ? { from: start + 1, pattern: 'clause before' }
    : (markedContent(items, start, frame.cue, until) ?? unmarkedContent(view, index, skipSetting(items, start)))
  if (begin === null) return null
  const to = clauseEnd(view, index, begin.from)
  return to > begin.from ? { ranges: [{ from: begin.from, to }], pattern: begin.pattern } : null
}

/** How far what is described may reach, in items. */
const LONGEST_OBJECT = 14

/** `called the plan “a folly”`, `what she called “a folly”`: the quotation alone; `a man called “Bud”` bears a name. */
function descriptionAfter({ items, frames }: View, index: number, start: number): Content | null {
  const frame = frames[index] as Frame
  for (let i = start; i < items.length && i < start + LONGEST_OBJECT; i++) {
    const item = items[i] as Item
    if (item.kind === 'quotation') {
      const named = i === start && !/^(?:what|which|that)$/.test(items[unitFrom(frame) - 1]?.lower ?? '')
      return named ? null : { ranges: [{ from: i, to: i + 1 }], pattern: 'quotation after' }
    }
    const ends =
      item.class === 'auxiliary' || item.class === 'verb' || item.class === 'conjunction' || item.kind === 'mark'
    if (ends) return null
  }
  return null
}

/** How far a setting such as "in an interview with the Ostra Courier on Monday" may reach, in items. */
const LONGEST_SETTING = 28
const BROADCAST = /^(?:published|released|aired|posted|broadcast)$/

/** "that", a quotation or a colon that marks where content begins, over a setting. */
function markedContent(items: readonly Item[], from: number, cue: Cue, until: number): Begin | null {
  const addressed = /[ao]/.test(cue.frames)
  for (let i = from; i < Math.min(from + LONGEST_SETTING, until, items.length); i++) {
    const item = items[i] as Item
    const next = items[i + 1]
    if (item.lower === 'that' && cue.frames.includes('c')) {
      if (i > from && !isSettingWord(items[from] as Item) && !addressed) return null
      const pronoun = next?.class === 'auxiliary' || next?.kind === 'mark'
      return { from: i, pattern: pronoun && i === from ? 'bare clause' : 'that clause' }
    }
    if (item.text === ':') {
      return next === undefined
        ? null
        : { from: i + 1, pattern: next.kind === 'quotation' ? 'quotation after' : 'bare clause' }
    }
    if (item.kind === 'quotation' && !isTitle(items, i)) return quotationAfter(items, from, i, addressed)
    const verb = (item.class === 'auxiliary' || item.class === 'verb') && !BROADCAST.test(item.lower)
    const infinitive = item.lower === 'to' && next?.class === 'content'
    if (verb || infinitive || item.text === ';') return null
  }
  return null
}

function quotationAfter(items: readonly Item[], from: number, at: number, addressed: boolean): Begin | null {
  const block = items[at] as Item
  const paused = isComma(items[at - 1])
  const direct = at === from || paused || block.lastMark !== '' || block.wordCount > 6
  if (!direct || hasVerb(items, { from, to: at })) return null
  // "said the judge's “mind is shot.”": the words before belong to it, unless they name whom it is said to.
  const first = items[from] as Item
  const subject = first.class === 'determiner' || first.class === 'name' || first.class === 'pronoun'
  return { from: subject && !paused && !addressed ? from : at, pattern: 'quotation after' }
}

const QUESTION_WORDS = /^(?:whether|if|why|how|what|who|when|where)$/

/** Prepositions behind which some verbs have their content. */
const TAKES_PREPOSITION: Readonly<Record<string, RegExp>> = {
  ask: /^(?:about|for)$/,
  warn: /^(?:of|about|against)$/,
  complain: /^(?:about|of)$/,
  speculate: /^(?:about|on)$/,
  agree: /^(?:with|on|to)$/,
  apologize: /^for$/,
  apologise: /^for$/,
  boast: /^(?:of|about)$/,
  brag: /^about$/,
  joke: /^about$/,
  plead: /^for$/,
  appeal: /^for$/,
  comment: /^on$/,
  elaborate: /^on$/,
  hint: /^at$/,
  caution: /^against$/,
  wonder: /^about$/,
  testify: /^about$/,
  inform: /^(?:of|about)$/,
  remind: /^of$/,
  assure: /^of$/,
  beg: /^for$/,
  tell: /^(?:about|of)$/,
}

function unmarkedContent(view: View, index: number, here: number): Begin | null {
  const { items, frames } = view
  const { cue } = frames[index] as Frame
  const first = items[here]
  if (first === undefined || (first.kind === 'mark' && !/^[$€£]$/.test(first.text))) return null
  const takes = (frame: string) => cue.frames.includes(frame)
  if (takes('c') && QUESTION_WORDS.test(first.lower)) return { from: here, pattern: 'question' }
  if (takes('i') && isInfinitive(items, here))
    return saysNothing(items, cue, here) ? null : { from: here, pattern: 'infinitive' }
  if (TAKES_PREPOSITION[cue.lemma]?.test(first.lower) === true) return { from: here + 1, pattern: 'preposition' }
  const past = takes('a') || takes('o') ? pastAddressee(items, here) : here
  if (takes('o') && past > here && isInfinitive(items, past)) return { from: past, pattern: 'infinitive' }
  if (takes('c') && QUESTION_WORDS.test(items[past]?.lower ?? '')) return { from: past, pattern: 'question' }
  const clause = takes('c') ? bareClause(view, index, takes('a') ? past : here) : null
  if (clause !== null) return { from: clause, pattern: 'bare clause' }
  const noun =
    takes('n') && !['preposition', 'conjunction', 'participle', 'pronoun', 'auxiliary'].includes(first.class ?? '')
  return noun && !takesLives(items, cue, here) ? { from: here, pattern: 'noun phrase' } : null
}

/** "the storm claimed 40 lives" */
const takesLives = (items: readonly Item[], { lemma }: Cue, from: number) =>
  lemma === 'claim' && items.slice(from, from + 8).some(({ lower }) => /^(?:lives|life|victims)$/.test(lower))

/** "declined to comment": that nothing was said. */
export function saysNothing(items: readonly Item[], { lemma }: Cue, to: number): boolean {
  const silent =
    /^(?:comment|say|answer|respond|reply|elaborate|discuss|speak|talk|disclose|specify|identify|name|provide|give|confirm)$/
  return (lemma === 'decline' || lemma === 'refuse') && silent.test(items[to + 1]?.lower ?? '')
}

function isInfinitive(items: readonly Item[], at: number): boolean {
  const next = items[items[at]?.lower === 'not' ? at + 2 : at + 1]?.class ?? ''
  const to = items[at]?.lower === 'not' ? items[at + 1] : items[at]
  return to?.lower === 'to' && ['content', 'verb', 'adverb', 'auxiliary'].includes(next)
}

const NOMINATIVE = /^(?:he|she|they|we|i|it|there)$/
/** "said nothing", "said so": nothing to quote. */
const EMPTY = /^(?:nothing|little|so|much)$/

/** A clause without "that" needs a verb of its own; a setting before it is stepped over. */
function bareClause(view: View, index: number, start: number): number | null {
  const { items, frames } = view
  const end = clauseEnd(view, index, start)
  const from = pastPlace(items, start, end)
  const first = items[from]
  if (first === undefined || first.class === 'auxiliary' || first.class === 'conjunction' || first.kind === 'mark')
    return null
  const amount = first.lower === 'about' && /^(?:number|determiner)$/.test(items[from + 1]?.class ?? '')
  if (EMPTY.test(first.lower) || (/^(?:into|by|from|to|of|about|against)$/.test(first.lower) && !amount)) return null
  const surely = frames[index]?.cue.lemma === 'say' && end - from >= 3
  return surely || NOMINATIVE.test(first.lower) || hasVerb(items, { from, to: end }) ? from : null
}

/** "said [in a letter] the truce would hold" */
function pastPlace(items: readonly Item[], start: number, end: number): number {
  if (items[start]?.class !== 'preposition') return start
  const object = phraseAfter(items, start + 1, end, false)
  if (object === null) return start
  const after = skipSetting(items, object.to)
  const next = items[after]?.class
  return next !== 'auxiliary' && next !== 'verb' && hasVerb(items, { from: after, to: end }) ? after : start
}
