import type { Pattern } from './frame.ts'
import type { Form } from './statement.ts'

/** How often words of this pattern were right on the development sets. */
const CONTENT: Readonly<Record<Pattern, number>> = {
  'quotation before': 0.97,
  'quotation after': 0.93,
  'clause before': 0.85,
  'that clause': 0.85,
  'bare clause': 0.8,
  question: 0.7,
  infinitive: 0.7,
  'noun phrase': 0.65,
  preposition: 0.65,
  'according to': 0.85,
  layout: 0.8,
  turn: 0.95,
}

/** Words within another's words: the outer speaker may have changed them. */
const INNER = 0.8

/** 0 to 1: that the words and the speaker are both right. */
export function confidenceOf(pattern: Pattern, form: Form, certainty: number, inner: boolean): number {
  const content = form === 'direct' ? Math.max(CONTENT[pattern], 0.93) : CONTENT[pattern]
  return Math.round(content * certainty * (inner ? INNER : 1) * 100) / 100
}
