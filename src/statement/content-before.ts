import { clauseEnd } from './clause-end.ts'
import type { Cue } from './find-cues.ts'
import {
  type Content,
  clauseStart,
  type Frame,
  hasVerb,
  isComma,
  isDash,
  isEnd,
  segmentStart,
  unitFrom,
  unitTo,
  type View,
} from './frame.ts'
import type { Range } from './noun-phrase.ts'
import type { Item } from './sentences.ts'
import { isSetting, isTitle, pastAddressed, skipOpening } from './setting.ts'

/** The content of a cue that follows it or stands within it: `"...," she said`, `The truce, she said, holds.` */
export function contentBefore(view: View, index: number): Content | null {
  const { items, frames } = view
  const frame = frames[index] as Frame
  const { cue, source } = frame
  if (!cue.frames.includes('q') || source === null || (source.by !== 'before' && source.by !== 'after')) return null
  let unit = unitFrom(frame)
  while (unit > 0 && (items[unit - 1]?.class === 'adverb' || items[unit - 1]?.lower === 'as')) unit--
  const last = items[unit - 1]
  const paused = isComma(last) || isDash(last)
  const behind = paused ? items[unit - 2] : last
  if (behind?.kind === 'quotation') return quotationBefore(view, index, paused ? unit - 1 : unit)
  if (behind === undefined || !paused || cue.kind !== 'finite' || items[unit]?.lower === 'as') return null
  return clauseBefore(view, index, unit - 1)
}

/** What may stand before a quotation without being said: "But", "Still,". */
const OPENS = new Set(['conjunction', 'adverb', 'preposition', 'time'])

const CLOSES_CLAUSE = new Set([',', '!', '?', '…', '...', '—', '–', '-', '--'])

function quotationBefore(view: View, index: number, to: number): Content | null {
  const { items, frames } = view
  const frame = frames[index] as Frame
  const { lastMark } = items[to - 1] as Item
  // `"..." said Ode` where a comma should be
  const inverted = lastMark === '.' && frame.source?.by === 'after'
  const attached = CLOSES_CLAUSE.has(lastMark) || inverted || isComma(items[to]) || isDash(items[to])
  if (!attached || isTitle(items, to - 1)) return null
  const start = segmentStart(view, index)
  const previous = frames[index - 1]?.source
  // `The envoys stressed the "...," the minister went on`: all of it is the minister's.
  const relays = previous != null && previous.from < start && !isComma(items[to - 2]) && to - 1 > start
  if (relays) return { ranges: [{ from: skipOpening(items, 0), to }], pattern: 'quotation before' }
  const opening = to - 1 - start
  const alone =
    opening <= 2 && items.slice(start, to - 1).every((item) => item.kind === 'mark' || OPENS.has(item.class ?? ''))
  const ranges: Range[] = [{ from: alone ? to - 1 : skipOpening(items, start), to }]
  const resume = resumedQuotation(items, unitTo(frame))
  const rest = resume === null ? unquotedRest(view, index, alone) : { from: resume, to: clauseEnd(view, index, resume) }
  if (rest !== null) ranges.push(rest)
  return { ranges, pattern: 'quotation before' }
}

/** `The envoy "looked ashen," she said, from the heat`: after words of the reporter's, more of them; after a bare quotation only its verb. */
function unquotedRest(view: View, index: number, alone: boolean): Range | null {
  const { items, frames } = view
  const frame = frames[index] as Frame
  const pause = pastAddressed(items, frame.cue, unitTo(frame))
  if (!isComma(items[pause]) || (alone && items[pause + 1]?.class !== 'auxiliary')) return null
  return restAfterPause(view, index, pause + 1, false, false)
}

/** `"One thing," she said, "and another."`: where the second part begins. */
function resumedQuotation(items: readonly Item[], from: number): number | null {
  for (let i = from; i < items.length && i < from + 14; i++) {
    const item = items[i] as Item
    const before = items[i - 1]
    if (item.kind === 'quotation') return isComma(before) || before?.text === ':' || isDash(before) ? i : null
    if (item.text === ';' || item.class === 'relative' || item.class === 'participle') return null
  }
  return null
}

/** `to`: the pause before the attribution. */
function clauseBefore(view: View, index: number, to: number): Content | null {
  const { items, frames } = view
  const frame = frames[index] as Frame
  const { source } = frame
  const past = pastAddressed(items, frame.cue, unitTo(frame))
  const left = { from: skipOpening(items, clauseStart(view, index)), to }
  if (/^(?:asked|pressed)$/.test(items[left.from]?.lower ?? '')) return null
  const complete = hasVerb(items, left)
  const content = (...ranges: readonly Range[]): Content => ({ ranges, pattern: 'clause before' })
  if (isEnd(items[past])) return left.to - left.from >= (complete ? 2 : 3) ? content(left) : null
  if (isComma(items[past]) || isDash(items[past])) {
    if (isSetting(items, left, items[past + 1])) return null
    // "He said he saw nobody, and later he said, “...”": what stands before has an attribution of its own.
    const attributed = index > 0 && segmentStart(view, index) > left.from
    if (items[past + 1]?.kind === 'quotation' && attributed) return null
    const right = restAfterPause(view, index, past + 1, complete, source?.aside != null)
    if (right === null) return complete ? content(left) : null
    return left.to > left.from ? content(left, right) : content(right)
  }
  // "…, the minister told reporters in Ostra on Monday": what follows the cue has no verb of its own.
  const tail = { from: past, to: frames[index + 1]?.cue.from ?? items.length }
  if (!complete || left.to - left.from < 4) return null
  return startsComplement(items, tail, frame.cue) || hasVerb(items, tail, true) ? null : content(left)
}

const GOES_ON = new Set(['determiner', 'pronoun', 'name', 'content', 'number', 'auxiliary'])

/** `complete`: what stands before the cue is a clause already; `described`: what follows may say more about the speaker. */
function restAfterPause(view: View, index: number, from: number, complete: boolean, described: boolean): Range | null {
  const first = view.items[from]
  if (first === undefined || first.class === 'participle' || first.class === 'relative') return null
  const goesOn = /^(?:that|but|and|because|if|though)$/.test(first.lower) || GOES_ON.has(first.class ?? '')
  if (complete && (!goesOn || (described && first.class === 'determiner'))) return null
  const to = clauseEnd(view, index, from)
  return to > from ? { from, to } : null
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
