import type { Block, Inline } from '../chat/blocks.ts'
import type { DateLanguage } from '../chat/date-language.ts'
import type { Statement } from '../statement/statement-row.ts'
import { sourceLine } from './statement-blocks.ts'

/** The sentences that hold the words, cut from the article as they stand there, with the words themselves set off. */
export function contextBlocks(statement: Statement, dates: DateLanguage): readonly Block[] {
  return [
    { kind: 'quote', line: contextPieces(statement) },
    { kind: 'note', line: sourceLine(statement, dates) },
  ]
}

function contextPieces({ context, contextSpan: [start, end], contentSpans }: Statement): readonly Inline[] {
  const pieces: Inline[] = []
  let from = start
  for (const [first, last] of contentSpans) {
    // Spans beyond the kept stretch are not ours to print.
    if (first < from || last > end) continue
    pieces.push(context.slice(from - start, first - start), { strong: context.slice(first - start, last - start) })
    from = last
  }
  return [...pieces, context.slice(from - start)].filter((piece) => piece !== '')
}
