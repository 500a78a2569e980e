import type { Cue } from './find-cues.ts'
import type { Content, Frame } from './frame.ts'
import { phraseAfter, type Range } from './noun-phrase.ts'
import type { Item, Sentence } from './sentences.ts'

/** What a line attributes by its layout alone, without a verb. */
export interface LaidOut {
  readonly frame: Frame
  readonly content: Content
}

const LONGEST_LABEL = 8

/**
 * `Ada Brandt: No final results yet`, `No final results yet - Brandt`, `"..." - Ada Brandt`.
 *
 * A label has no verb; only a headline (short, and no full stop within) may carry
 * one, and of other lines only a transcript's (`BRANDT: ...`) or a quotation.
 */
export function readLayout({ items }: Sentence, headline: boolean): LaidOut | null {
  return (headline ? (labelBefore(items, true) ?? quotedHeadline(items)) : null) ?? labelAfter(items, headline)
}

/** `“They gave me a map”: Ada Brandt on her first year`: a headline that quotes whom it is about. */
function quotedHeadline(items: readonly Item[]): LaidOut | null {
  const [quotation, colon] = items
  if (quotation?.kind !== 'quotation' || colon?.text !== ':') return null
  const label = phraseAfter(items, 2, items.length, false)
  return label === null || !isLabel(items, label) ? null : laidOut(label, 1, { from: 0, to: 1 })
}

/** `BRANDT: ...` or `Ada Brandt: ...` at the begin of a paragraph: a turn of a transcript, if there are others. */
export function readLabel({ items }: Sentence): LaidOut | null {
  const found = labelBefore(items, false)
  return found === null ? null : { ...found, content: { ...found.content, pattern: 'turn' } }
}

function labelBefore(items: readonly Item[], headline: boolean): LaidOut | null {
  const at = items.findIndex((item) => item.text === ':')
  if (at < 1 || at > LONGEST_LABEL || at + 2 >= items.length) return null
  const label = { from: 0, to: at }
  const capitals = items
    .slice(0, at)
    .every((item) => item.kind === 'mark' || item.class === 'name' || item.text === item.text.toUpperCase())
  if (!isLabel(items, label) || !(headline || (capitals && at <= 4))) return null
  if (items.slice(at + 1).every((item) => item.kind === 'word') && items.length - at < 4) return null
  return laidOut(label, at, { from: at + 1, to: endOf(items) })
}

function labelAfter(items: readonly Item[], headline: boolean): LaidOut | null {
  const end = endOf(items)
  for (let i = end - 2; i >= 1 && i >= end - LONGEST_LABEL; i--) {
    const item = items[i] as Item
    if (item.kind !== 'mark' || !/^(?:[—–―]|--?)$/.test(item.text)) continue
    const label = { from: i + 1, to: end }
    const quoted = i === 1 && items[0]?.kind === 'quotation'
    if (
      !isLabel(items, label) ||
      !(quoted || (headline && i >= 4)) ||
      (!quoted && (items[i - 1] as Item).end === item.start)
    )
      return null
    return laidOut(label, i, { from: 0, to: i })
  }
  return null
}

const endOf = (items: readonly Item[]) => (/^[.!?]$/.test(items.at(-1)?.text ?? '') ? items.length - 1 : items.length)

/** Somebody's name or office: capitalised, no verb, not a rubric such as "Read also". */
function isLabel(items: readonly Item[], { from, to }: Range): boolean {
  const label = items.slice(from, to)
  if (
    label.some(
      (item) =>
        item.kind === 'quotation' || item.class === 'auxiliary' || item.class === 'verb' || item.class === 'number',
    )
  )
    return false
  if (label.some((item) => item.kind === 'mark' && !/^[(),.-]$/.test(item.text))) return false
  const named = label.some((item) => item.class === 'name')
  return named && !RUBRIC.test(label.map((item) => item.lower).join(' '))
}

const RUBRIC =
  /^(?:read|see|watch|photo|video|also|related|more|update|updated|breaking|correction|editor|note|source|sources|by|from|live|exclusive|opinion|analysis|poll|report|tags|topics|share|image|caption|file|contact|subject|date|time|location|where|when|what|who|why|how)\b/

function laidOut(label: Range, at: number, content: Range): LaidOut {
  const cue: Cue = { kind: 'colon', lemma: ':', frames: 'q', from: at, to: at + 1, head: at, unreal: false }
  return {
    frame: { cue, source: { ...label, aside: null, by: 'before' } },
    content: { ranges: [content], pattern: 'layout' },
  }
}
