import { compareSlots } from '../position/judging/compare-slots.ts'
import { isMove } from '../position/judging/label.ts'
import type { Facet } from '../position/reading/facet.ts'
import { readFacet } from '../position/reading/read-facet.ts'
import type { Span } from '../statement/statement.ts'
import { type LabelAnswer, type Numbered, numbered } from './question.ts'

/** Two statements of one speaker on one proposition. */
export type TextPair = {
  readonly proposition: string
  readonly earlier: { readonly text: string; readonly on: string }
  readonly now: { readonly text: string; readonly on: string }
}

/** What the model points to; spans of the texts as they are stored. */
export type Cited = { readonly earlier: Span; readonly now: Span }

export type CheckedLabel = { readonly cited: Cited } | { readonly fault: string }

/** A stance has a subject and a verb at least. */
const FEWEST_WORDS = 2

/** Whether a proposed label may be shown: our own reader must find nothing against it in the words that it rests on. */
export function checkLabel(answer: LabelAnswer, { proposition, earlier, now }: TextPair): CheckedLabel {
  const [before, after] = [cutBy(numbered(earlier.text), answer.earlier), cutBy(numbered(now.text), answer.now)]
  if (before === null || after === null) return { fault: 'span out of range' }
  const whole = [earlier, now].map(({ text, on }) => readFacet(text, { proposition, saidOn: on })) as [Facet, Facet]
  if (!touches(before, whole[0].clause) || !touches(after, whole[1].clause)) return { fault: 'span beside the clause' }
  const state = readFacet(earlier.text.slice(...before), { proposition, saidOn: earlier.on })
  const said = readFacet(now.text.slice(...after), { proposition, saidOn: now.on })
  if (whole.some(({ bar }) => bar !== null)) return { fault: 'no position of their own' }
  const fault = isMove(answer.label as never)
    ? againstMove(answer.label, whole, [state, said])
    : againstCalm(answer, whole, [state, said])
  return fault === null ? { cited: { earlier: before, now: after } } : { fault }
}

type Two = readonly [Facet, Facet]

function againstCalm({ label }: LabelAnswer, whole: Two, cited: Two): string | null {
  if (label !== 'reaffirmed' && label !== 'elaborated') return 'nothing is proposed'
  return [whole, cited].some(isOpposite) ? 'our reader sees two sides' : null
}

/** A change of course must be seen by our own reader too, which only was not sure enough to claim it alone. */
function againstMove(label: LabelAnswer['label'], whole: Two, cited: Two): string | null {
  if (label === 'reversed') {
    const isPlain = ({ isSure, hasAct, plain, polarity }: Facet) => isSure && hasAct && plain?.polarity === polarity
    const isSeen = isOpposite(cited) && isOpposite(whole) && whole.every(isPlain)
    return isSeen ? null : 'our reader sees no other side'
  }
  if (isOpposite(whole) || isOpposite(cited)) return 'our reader sees two sides'
  return compareSlots(...whole)?.label === label ? null : 'our reader sees no such difference'
}

function isOpposite([a, b]: Two): boolean {
  return a.polarity !== 0 && b.polarity !== 0 && a.polarity !== b.polarity
}

function cutBy(text: Numbered, [from, to]: LabelAnswer['now']): Span | null {
  return to - from + 1 < FEWEST_WORDS ? null : text.cut([from, to])
}

function touches([start, end]: Span, [from, to]: Span): boolean {
  return start < to && end > from
}
