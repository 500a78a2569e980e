import { type Frame, isComma, isDash, isEnd, pauses, unitFrom, unitTo, type View } from './frame.ts'
import type { Item } from './sentences.ts'
import { pastAddressed } from './setting.ts'

/** One past the last item of the content that begins at `from` and belongs to `frames[index]`. */
export function clauseEnd(view: View, index: number, from: number): number {
  const { items, frames } = view
  const own = frames[index] as Frame
  if (items[from]?.kind === 'quotation' && closesItself(items, from)) return from + 1
  let to = Math.min(subordinateEnd(items, own, from), beforeOwnSubject(items, own, from))
  for (let k = index + 1; k < frames.length; k++) {
    if (unitFrom(frames[k] as Frame) <= from) continue
    const stop = stopBefore(view, own, k)
    if (stop === null || stop <= from || stop >= to) continue
    to = stop
    break
  }
  to = beforeComment(items, from, to)
  while (to > from && endsWithMark(items[to - 1] as Item)) to--
  return to
}

/** "said it would go — a step that nobody expected": what a last dash and an article bring is the reporter's. */
function beforeComment(items: readonly Item[], from: number, to: number): number {
  const dash = items.slice(from + 3, to).findIndex((item) => isDash(item))
  if (dash < 0) return to
  const at = from + 3 + dash
  const only = !items.slice(at + 1, to).some((item) => isDash(item))
  return only &&
    /^(?:a|an|the|one)$/.test(items[at + 1]?.lower ?? '') &&
    (items[at - 1] as Item).end < (items[at] as Item).start
    ? at
    : to
}

const endsWithMark = (item: Item) => item.kind === 'mark' && !/^[)\]%]$/.test(item.text)

/** A quotation whose last mark ends its sentence or clause is all that was said. */
function closesItself(items: readonly Item[], at: number): boolean {
  const next = items[at + 1]
  if (next === undefined) return true
  if (!/^[,.!?]$/.test((items[at] as Item).lastMark)) return false
  return !(next.lower === 'and' && items[at + 2]?.kind === 'quotation')
}

/** "Noting that it rained, [Brandt] stayed": an opening participle's words end before whose they are. */
const beforeOwnSubject = (items: readonly Item[], { cue, source }: Frame, from: number): number =>
  cue.kind === 'participle' && source !== null && source.from > from ? source.from - 1 : items.length

/** "While he said A, he added B": a clause under "while" ends with its comma. */
function subordinateEnd(items: readonly Item[], frame: Frame, from: number): number {
  const before = items[unitFrom(frame) - 1]
  const under = before !== undefined && /^(?:while|although|though|after|when|because|since|as|if)$/.test(before.lower)
  const pointsOut = before?.lower === 'as' && isComma(items[unitTo(frame)])
  if (!under || pointsOut) return items.length
  const comma = items.findIndex((item, i) => i > from && isComma(item))
  return comma < 0 ? items.length : comma
}

/** Where content has to end because `frames[k]` begins; null if that one belongs into the content. */
function stopBefore({ items, frames, before: contents }: View, own: Frame, k: number): number | null {
  const next = frames[k] as Frame
  const unit = unitFrom(next)
  const before = items[unit - 1]
  const withoutComma = (at: number) => (isComma(items[at - 1]) ? at - 1 : at)
  if (next.cue.kind === 'according' || contents[k] != null) return withoutComma(unit)
  const shares = next.source?.by === 'shared'
  // "said it would attack and would respond": what it would say belongs to what it said.
  if (shares && next.cue.unreal) return null
  if (shares && next.cue.kind === 'participle' && pauses(before)) return withoutComma(unit)
  if (shares && /^(?:and|but|then)$/.test(before?.lower ?? '')) return withoutComma(unit - 1)
  if (next.source === null || shares) return null
  const joins = before !== undefined && /^(?:and|but|while|although|though|as|with)$/.test(before.lower)
  if (joins && pauses(items[unit - 2])) return withoutComma(unit - 1)
  const after = items[pastAddressed(items, next.cue, unitTo(next))]
  const apart = own.cue.from !== next.cue.from && pauses(before)
  return apart && (isComma(after) || isEnd(after)) ? withoutComma(unit) : null
}
