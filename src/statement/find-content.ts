import type { Cue } from './find-cues.ts'
import type { Source } from './find-source.ts'
import { phraseAfter, type Range } from './noun-phrase.ts'
import type { Item } from './sentences.ts'

/** How content and cue stand to each other; confidence is known per pattern. */
export type Pattern =
  | 'quotation before'
  | 'quotation after'
  | 'clause before'
  | 'that clause'
  | 'bare clause'
  | 'question'
  | 'infinitive'
  | 'noun phrase'
  | 'preposition'
  | 'according to'
  | 'layout'

export interface Content {
  readonly ranges: readonly Range[]
  readonly pattern: Pattern
}

/** A cue with its source: the part of a sentence that attributes. */
export interface Frame {
  readonly cue: Cue
  readonly source: Source | null
}

const CLOSES_QUOTED_CLAUSE = new Set([',', '!', '?', '…', '...', '—', '–', '-', '--'])

/** The content that `frames[index]` attributes; null where there is none to be sure of. */
export function findContent(items: readonly Item[], frames: readonly Frame[], index: number): Content | null {
  const frame = frames[index] as Frame
  if (frame.cue.kind === 'according') return accordingContent(items, frames, index)
  const before = frame.cue.frames.includes('q') ? contentBefore(items, frames, index) : null
  if (before !== null) return before
  return contentAfter(items, frames, index)
}

const isComma = (item: Item | undefined) => item?.text === ','
const isDash = (item: Item | undefined) =>
  item !== undefined && item.kind === 'mark' && /^(?:[—–―]|--?)$/.test(item.text)

/** The first item of the attribution: of its source or its cue. */
function unitFrom({ cue, source }: Frame): number {
  const own = source !== null && source.by !== 'shared' && source.by !== 'subject' && source.from < cue.from
  return own ? source.from : cue.from
}

/** One past the last item of the attribution. */
function unitTo({ cue, source }: Frame): number {
  if (source === null || source.from < cue.from) return cue.to
  return source.aside?.to ?? source.to
}

function accordingContent(items: readonly Item[], frames: readonly Frame[], index: number): Content | null {
  const frame = frames[index] as Frame
  if (frame.source === null) return null
  const from = frame.cue.from
  const to = unitTo(frame)
  const after = isComma(items[to]) ? to + 1 : to
  const opens =
    from === 0 ||
    /^[:;]$/.test(items[from - 1]?.text ?? '') ||
    (from <= 2 && items[from - 1]?.kind === 'word' && items[0]?.class !== 'name') ||
    (from <= 2 && isComma(items[from - 1]))
  if (opens) {
    const range = { from: after, to: clauseEnd(items, frames, index, after) }
    return range.to > range.from ? { ranges: [range], pattern: 'according to' } : null
  }
  const start = clauseStart(items, frames, index)
  const end = isComma(items[from - 1]) || isDash(items[from - 1]) ? from - 1 : from
  const ranges = start < end ? [{ from: start, to: end }] : []
  if (isComma(items[to]) && isComma(items[from - 1]) && to + 2 < items.length) {
    const rest = { from: to + 1, to: clauseEnd(items, frames, index, to + 1) }
    const goesOn = items[rest.from]?.class !== 'relative' && items[rest.from]?.class !== 'participle'
    if (goesOn && rest.to > rest.from) ranges.push(rest)
  }
  return ranges.length > 0 ? { ranges, pattern: 'according to' } : null
}

/** Where the free text before `frames[index]` begins: after the attribution before it, else with the sentence. */
function segmentStart(items: readonly Item[], frames: readonly Frame[], index: number): number {
  const previous = frames[index - 1]
  let start = previous === undefined ? 0 : unitTo(previous)
  while (start < items.length && (isComma(items[start]) || items[start]?.text === ':' || items[start]?.text === ';'))
    start++
  return start
}

function contentBefore(items: readonly Item[], frames: readonly Frame[], index: number): Content | null {
  const frame = frames[index] as Frame
  const { cue, source } = frame
  let unit = unitFrom(frame)
  while (unit > 0 && (items[unit - 1]?.class === 'adverb' || items[unit - 1]?.lower === 'as')) unit--
  const last = items[unit - 1]
  if (last === undefined) return null
  const behind = isComma(last) || isDash(last) ? items[unit - 2] : last
  if (behind === undefined) return null
  if (source === null || (source.by !== 'before' && source.by !== 'after')) return null
  if (behind.kind === 'quotation') return quotationBefore(items, frames, index, behind === last ? unit : unit - 1)
  if (!isComma(last) && !isDash(last)) return null
  if (cue.kind !== 'finite') return null
  const to = pastAddressed(items, cue, unitTo(frame))
  const left = { from: skipOpening(items, clauseStart(items, frames, index)), to: unit - 1 }
  const rest = items[to]
  const ends = rest === undefined || (rest.kind === 'mark' && /^[.!?…]/.test(rest.text))
  const pauses = isComma(rest) || isDash(rest)
  if (items[unit]?.lower === 'as') return null
  if (ends || pauses) {
    if (ends && left.to - left.from < 3) return null
    if (pauses && isSetting(items, left, items[to + 1])) return null
    const right = pauses ? restAfterPause(items, frames, index, to, hasVerb(items, left)) : null
    if (left.to <= left.from) return right === null ? null : { ranges: [right], pattern: 'clause before' }
    if (right === null && !hasVerb(items, left)) return pauses ? null : { ranges: [left], pattern: 'clause before' }
    return { ranges: right === null ? [left] : [left, right], pattern: 'clause before' }
  }
  // "…, the minister told reporters in Ostra on Monday": what follows the cue has no verb of its own.
  const tail = { from: to, to: nextUnit(frames, index, items.length) }
  const opensWithPlace = items[left.from]?.class === 'preposition' && !hasVerb(items, left)
  if (opensWithPlace || left.to - left.from < 4 || !hasVerb(items, left)) return null
  if (startsComplement(items, tail, cue) || hasVerb(items, tail, true)) return null
  return { ranges: [left], pattern: 'clause before' }
}

/** "Asked about it, he said, ...", and before a quotation also "In Ostra, he said, ...": no content. */
function isSetting(items: readonly Item[], left: Range, next: Item | undefined): boolean {
  const first = items[left.from]
  if (first === undefined || left.to <= left.from) return false
  if (/^(?:asked|when|after|speaking|responding|citing|referring|pressed|told)$/.test(first.lower)) return true
  if (next?.kind !== 'quotation') return false
  return (
    first.class === 'preposition' ||
    first.class === 'participle' ||
    first.class === 'verb' ||
    first.class === 'time' ||
    /^(?:while|as|before|since|although|though|where)$/.test(first.lower)
  )
}

/** Past "reporters" in "the minister told reporters," where a pause follows. */
function pastAddressed(items: readonly Item[], { frames }: Cue, to: number): number {
  if (!frames.includes('a')) return to
  const past = pastAddressee(items, to)
  const next = items[past]
  return next === undefined || isComma(next) || /^[.!?]/.test(next.text) ? past : to
}

/** A clause before its cue begins with the sentence, or after a quotation that was attributed already. */
function clauseStart(items: readonly Item[], frames: readonly Frame[], index: number): number {
  const previous = frames[index - 1]
  if (previous === undefined) return 0
  const start = segmentStart(items, frames, index)
  const apart = isComma(items[unitTo(previous)]) && previous.source?.by !== 'shared'
  const attributed = items.slice(0, start).some((item) => item.kind === 'quotation' && item.wordCount > 4)
  return apart || attributed ? start : 0
}

function skipOpening(items: readonly Item[], from: number): number {
  const first = items[from]
  return first !== undefined && /^(?:but|and|so|still|however|yet|meanwhile)$/.test(first.lower)
    ? from + (isComma(items[from + 1]) ? 2 : 1)
    : from
}

function quotationBefore(items: readonly Item[], frames: readonly Frame[], index: number, to: number): Content | null {
  const frame = frames[index] as Frame
  const block = items[to - 1] as Item
  const pause = items[to]
  const attached = CLOSES_QUOTED_CLAUSE.has(block.lastMark) || isComma(pause) || isDash(pause)
  if (!attached) return null
  const start = segmentStart(items, frames, index)
  const previous = frames[index - 1]
  // `The envoys stressed the "...," the minister went on`: all of it is the minister's.
  const relays =
    previous !== undefined &&
    previous.source !== null &&
    previous.source.from < start &&
    !isComma(items[to - 2]) &&
    to - 1 > start
  if (relays) return { ranges: [{ from: skipOpening(items, 0), to }], pattern: 'quotation before' }
  const opening = to - 1 - start
  const from = opening <= 2 && !hasVerb(items, { from: start, to: to - 1 }) ? to - 1 : skipOpening(items, start)
  const ranges: Range[] = [{ from, to }]
  const end = unitTo(frame)
  const resume = resumedQuotation(items, end)
  if (resume !== null) ranges.push({ from: resume, to: clauseEnd(items, frames, index, resume) })
  return { ranges, pattern: 'quotation before' }
}

/** `"One thing," she said, "and another."`: where the second part begins. */
function resumedQuotation(items: readonly Item[], from: number): number | null {
  for (let i = from; i < items.length && i < from + 14; i++) {
    const item = items[i] as Item
    if (item.kind === 'quotation')
      return isComma(items[i - 1]) || items[i - 1]?.text === ':' || isDash(items[i - 1]) ? i : null
    if (item.text === ';' || item.class === 'relative' || item.class === 'participle') return null
  }
  return null
}

function restAfterPause(
  items: readonly Item[],
  frames: readonly Frame[],
  index: number,
  pause: number,
  complete: boolean,
): Range | null {
  const from = pause + 1
  const first = items[from]
  if (first === undefined) return null
  if (complete && !/^(?:that|but|and|because|if|though)$/.test(first.lower) && !GOES_ON.has(first.class ?? ''))
    return null
  if (first.class === 'participle' || first.class === 'relative') return null
  const to = clauseEnd(items, frames, index, from)
  return to > from ? { from, to } : null
}

function hasVerb(items: readonly Item[], { from, to }: Range, setting = false): boolean {
  for (let i = from; i < to; i++) {
    const item = items[i] as Item
    // "an interview published on Monday": a participle, no verb of a clause.
    const reduced =
      setting && item.lower.endsWith('ed') && (items[i + 1]?.class === 'preposition' || items[i + 1]?.class === 'time')
    if ((item.class === 'auxiliary' || item.class === 'verb') && !reduced) return true
    if (item.kind === 'quotation' && item.wordCount > 6) return true
  }
  return false
}

function startsComplement(items: readonly Item[], { from, to }: Range, { frames }: Cue): boolean {
  for (let i = from; i < to && i < from + 24; i++) {
    const item = items[i] as Item
    if (item.lower === 'that' || (item.kind === 'quotation' && !isTitle(items, i)) || item.text === ':') return true
    if ((item.lower === 'whether' || item.lower === 'if') && frames.includes('c')) return true
    if (item.lower === 'to' && /[io]/.test(frames) && items[i + 1]?.class === 'content') return true
  }
  return false
}

const NOMINATIVE = /^(?:he|she|they|we|i|it|there)$/
const GOES_ON = new Set(['determiner', 'pronoun', 'name', 'content', 'number', 'auxiliary'])

const QUESTION_WORDS = /^(?:whether|if|why|how|what|who|when|where)$/
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

function contentAfter(items: readonly Item[], frames: readonly Frame[], index: number): Content | null {
  const frame = frames[index] as Frame
  const { cue } = frame
  const start = Math.max(cue.to, unitTo(frame))
  const here = skipSetting(items, start)
  const found = (from: number, pattern: Pattern): Content | null => {
    const to = clauseEnd(items, frames, index, from)
    return to > from ? { ranges: [{ from, to }], pattern } : null
  }
  if (items[unitFrom(frame) - 1]?.lower === 'as' && isComma(items[start])) return found(start + 1, 'clause before')
  const marked = markedContent(items, start, cue, nextUnit(frames, index, items.length))
  if (marked !== null) return found(marked.from, marked.pattern)
  const first = items[here]
  if (first === undefined) return null
  if (first.kind === 'mark') return null
  if (cue.frames.includes('c') && QUESTION_WORDS.test(first.lower)) return found(here, 'question')
  if (cue.frames.includes('i') && isInfinitive(items, here)) return found(here, 'infinitive')
  if (TAKES_PREPOSITION[cue.lemma]?.test(first.lower) === true) return found(here + 1, 'preposition')
  const past = cue.frames.includes('a') || cue.frames.includes('o') ? pastAddressee(items, here) : here
  if (cue.frames.includes('o') && isInfinitive(items, past) && past > here) return found(past, 'infinitive')
  if (cue.frames.includes('c') && QUESTION_WORDS.test(items[past]?.lower ?? '')) return found(past, 'question')
  if (cue.frames.includes('c')) {
    const clause = bareClause(items, cue, here, past, frames, index)
    if (clause !== null) return found(clause, 'bare clause')
  }
  if (cue.frames.includes('n') && first.class !== 'preposition' && first.class !== 'conjunction')
    return found(here, 'noun phrase')
  return null
}

function isInfinitive(items: readonly Item[], at: number): boolean {
  const next = items[at + 1]
  if (items[at]?.lower !== 'to' || next === undefined) return false
  return next.class === 'content' || next.class === 'verb' || next.class === 'adverb' || next.class === 'auxiliary'
}

function nextUnit(frames: readonly Frame[], index: number, end: number): number {
  const next = frames[index + 1]
  return next === undefined ? end : next.cue.from
}

/** "that", a quotation or a colon that marks where content begins, over a setting such as "in an interview on Monday". */
function markedContent(
  items: readonly Item[],
  from: number,
  cue: Cue,
  until: number,
): { from: number; pattern: Pattern } | null {
  for (let i = from; i < Math.min(from + 28, until, items.length); i++) {
    const item = items[i] as Item
    const before = items[i - 1]
    if (item.lower === 'that' && cue.frames.includes('c')) {
      if (i > from && !isSettingWord(items[from] as Item) && !/[ao]/.test(cue.frames)) return null
      const near =
        i === from ||
        isComma(before) ||
        before?.class === 'adverb' ||
        before?.class === 'time' ||
        before?.class === 'name' ||
        before?.kind === 'word'
      const pronoun = items[i + 1]?.class === 'auxiliary' || items[i + 1]?.kind === 'mark'
      return near && !(pronoun && i === from)
        ? { from: i, pattern: 'that clause' }
        : pronoun
          ? { from: i, pattern: 'bare clause' }
          : null
    }
    if (item.text === ':') {
      const next = items[i + 1]
      return next === undefined
        ? null
        : { from: i + 1, pattern: next.kind === 'quotation' ? 'quotation after' : 'bare clause' }
    }
    if (item.kind === 'quotation') {
      if (isTitle(items, i)) continue
      const direct = i === from || isComma(before) || item.lastMark !== '' || item.wordCount > 6
      if (!direct || hasVerb(items, { from, to: i })) return null
      const own = items[from] as Item
      const subject =
        !isComma(before) &&
        !/[ao]/.test(cue.frames) &&
        (own.class === 'determiner' || own.class === 'name' || own.class === 'pronoun')
      return { from: subject ? from : i, pattern: 'quotation after' }
    }
    if (item.class === 'auxiliary' || item.class === 'verb' || item.text === ';' || item.lower === 'to') {
      if (
        item.lower === 'published' ||
        item.lower === 'released' ||
        item.lower === 'aired' ||
        item.lower === 'posted' ||
        item.lower === 'broadcast'
      )
        continue
      if (item.lower === 'to' && items[i + 1]?.class !== 'content') continue
      return null
    }
  }
  return null
}

const isSettingWord = (item: Item) =>
  item.class === 'preposition' ||
  item.class === 'time' ||
  item.class === 'adverb' ||
  item.kind === 'mark' ||
  item.class === 'participle'

/** "on “Morning Call”", "his “New Deal”": what is named, not said. */
function isTitle(items: readonly Item[], at: number): boolean {
  const before = items[at - 1]
  const block = items[at] as Item
  return (
    block.wordCount <= 5 &&
    (before?.class === 'possessive' ||
      before?.class === 'determiner' ||
      /^(?:on|in|of|show|program|called)$/.test(before?.lower ?? ''))
  )
}

/** Past adverbs and days: "said again Monday". */
function skipSetting(items: readonly Item[], from: number): number {
  let i = from
  for (; i < items.length; i++) {
    const item = items[i] as Item
    if (
      item.class === 'time' ||
      (item.class === 'adverb' && item.lower !== 'there' && item.lower !== 'not' && item.lower !== 'here')
    )
      continue
    if (isComma(item) && i > from) continue
    if (isComma(item) && items[i + 1]?.class === 'adverb' && isComma(items[i + 2])) {
      i += 2
      continue
    }
    break
  }
  return i
}

function pastAddressee(items: readonly Item[], from: number): number {
  const phrase = phraseAfter(items, from, items.length, false)
  if (phrase === null) return from
  return skipSetting(items, phrase.to)
}

/** A clause without "that" needs a verb of its own; a setting before it is stepped over. */
function bareClause(
  items: readonly Item[],
  cue: Cue,
  here: number,
  past: number,
  frames: readonly Frame[],
  index: number,
): number | null {
  let from = cue.frames.includes('a') ? past : here
  const end = clauseEnd(items, frames, index, from)
  if (items[from]?.class === 'preposition') {
    const object = phraseAfter(items, from + 1, end, false)
    const after = object === null ? from : skipSetting(items, object.to)
    if (
      after > from &&
      hasVerb(items, { from: after, to: end }) &&
      items[after]?.class !== 'auxiliary' &&
      items[after]?.class !== 'verb'
    )
      from = after
  }
  const first = items[from]
  if (first === undefined || first.class === 'auxiliary' || first.class === 'conjunction' || first.kind === 'mark')
    return null
  if (first.class === 'preposition' && /^(?:into|by|from|to|of|about|against)$/.test(first.lower)) return null
  const surely = cue.lemma === 'say' && end - from >= 3
  return surely || NOMINATIVE.test(first.lower) || hasVerb(items, { from, to: end }) ? from : null
}

/** One past the last item of the content that begins at `from`. */
function clauseEnd(items: readonly Item[], frames: readonly Frame[], index: number, from: number): number {
  let to = subordinateEnd(items, frames[index] as Frame, from)
  const first = items[from]
  if (first?.kind === 'quotation' && closesItself(items, from)) return from + 1
  for (let k = index + 1; k < frames.length; k++) {
    const next = frames[k] as Frame
    const unit = unitFrom(next)
    if (unit <= from) continue
    const stop = stopBefore(items, frames[index] as Frame, next, unit)
    if (stop !== null && stop > from && stop < to) {
      to = stop
      break
    }
  }
  while (to > from && endsWithMark(items[to - 1] as Item)) to--
  return to
}

/** "While he said A, he added B": a clause under "while" ends with its comma. */
function subordinateEnd(items: readonly Item[], frame: Frame, from: number): number {
  const before = items[unitFrom(frame) - 1]
  if (before === undefined || !/^(?:while|although|though|after|when|because|since|as|if)$/.test(before.lower))
    return items.length
  const comma = items.findIndex((item, i) => i > from && isComma(item))
  return comma < 0 ? items.length : comma
}

const endsWithMark = (item: Item) => item.kind === 'mark' && !/^[)\]%]$/.test(item.text)

function closesItself(items: readonly Item[], at: number): boolean {
  const block = items[at] as Item
  const next = items[at + 1]
  if (next === undefined) return true
  if (/^[,.!?]$/.test(block.lastMark)) return !(next.lower === 'and' && items[at + 2]?.kind === 'quotation')
  return false
}

/** A comma, or a quotation that ends with one. */
const pauses = (item: Item | undefined) => isComma(item) || (item?.kind === 'quotation' && item.lastMark === ',')

/** Where content has to end because another attribution begins; null if that one belongs into the content. */
function stopBefore(items: readonly Item[], own: Frame, next: Frame, unit: number): number | null {
  const before = items[unit - 1]
  if (next.cue.kind === 'according') return isComma(before) ? unit - 1 : unit
  if (next.cue.kind === 'participle' && next.source?.by === 'shared' && pauses(before))
    return isComma(before) ? unit - 1 : unit
  const sharedSubject =
    next.source?.by === 'shared' && (before?.lower === 'and' || before?.lower === 'but' || before?.lower === 'then')
  if (sharedSubject) return isComma(items[unit - 2]) ? unit - 2 : unit - 1
  if (next.source === null || next.source.by === 'shared') return null
  const joins = before !== undefined && /^(?:and|but|while|although|though|as)$/.test(before.lower)
  if (joins && pauses(items[unit - 2])) return isComma(items[unit - 2]) ? unit - 2 : unit - 1
  const apart = own.cue.from !== next.cue.from && pauses(before)
  const after = items[pastAddressed(items, next.cue, unitTo(next))]
  const closed = after === undefined || isComma(after) || /^[.!?]$/.test(after.text)
  return apart && closed ? (isComma(before) ? unit - 1 : unit) : null
}
