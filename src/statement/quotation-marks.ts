import type { Paragraph, Token } from './tokens.ts'

/** Words between quotation marks inside one paragraph, as token indices; both marks included. */
export interface Quotation {
  readonly from: number
  /** The closing mark, or the last token of the paragraph where it stays open. */
  readonly to: number
  /** Open at the end of the paragraph: the next paragraph may continue it. */
  readonly open: boolean
}

const OPENERS = new Set(['“', '„', '«', '``'])
const CLOSERS = new Set(['”', '»'])
/** Marks that open and close alike. */
const STRAIGHT = new Set(['"', "''"])

/**
 * The quotations of a paragraph, outermost only, in order.
 *
 * A straight mark opens or closes by what stands beside it; one that opens while
 * another is still open means that a mark was lost: the earlier one then counts
 * for nothing, since nobody can tell where it ended.
 */
export function findQuotations({ tokens }: Paragraph): readonly Quotation[] {
  const found: Quotation[] = []
  let open = -1
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token
    const role = roleOf(tokens, i, open >= 0)
    if (role === 'open') open = open >= 0 && !STRAIGHT.has(token.text) ? open : i
    if (role === 'close' && open >= 0) {
      if (closesTwice(tokens, i)) i++
      if (i - open > 1) found.push({ from: open, to: i, open: false })
      open = -1
    }
  }
  if (open >= 0 && open < tokens.length - 1) found.push({ from: open, to: tokens.length - 1, open: true })
  return withSingleMarks(tokens, found)
}

/** The last two marks of `''... 'so he said,'''` belong together. */
function closesTwice(tokens: readonly Token[], i: number): boolean {
  const next = tokens[i + 1]
  return next !== undefined && /^['’]$/.test(next.text) && next.start === tokens[i]?.end
}

function roleOf(tokens: readonly Token[], i: number, inside: boolean): 'open' | 'close' | null {
  const { text, start, end } = tokens[i] as Token
  // Typed the wrong way round: right behind a word, or where nothing follows that it could open.
  if (text === '“' && inside && (tokens[i - 1]?.end === start || i === tokens.length - 1)) return 'close'
  if (OPENERS.has(text)) return 'open'
  if (CLOSERS.has(text)) return 'close'
  if (!STRAIGHT.has(text)) return null
  const before = tokens[i - 1]
  const after = tokens[i + 1]
  const gapBefore = before === undefined || before.end < start || /^[([—–-]/.test(before.text)
  const gapAfter = after === undefined || after.start > end
  if (gapBefore && !gapAfter) return 'open'
  if (gapAfter && !gapBefore) return 'close'
  return inside ? 'close' : gapAfter && before !== undefined ? null : 'open'
}

/** Single marks, where they clearly quote and stand outside double ones. */
function withSingleMarks(tokens: readonly Token[], double: readonly Quotation[]): readonly Quotation[] {
  const found: Quotation[] = []
  let next = 0
  let open = -1
  for (let i = 0; i < tokens.length; i++) {
    const block = double[next]
    if (block !== undefined && i === block.from) {
      found.push(block)
      next++
      i = block.to
      continue
    }
    const { text, start, end } = tokens[i] as Token
    const before = tokens[i - 1]
    const after = tokens[i + 1]
    const gapBefore = before === undefined || before.end < start || /^[([—–-]/.test(before.text)
    const gapAfter = after === undefined || after.start > end || after.kind === 'mark'
    if ((text === '‘' || text === "'") && gapBefore && after?.kind === 'word' && after.start === end) open = i
    else if ((text === '’' || text === "'") && open >= 0 && gapAfter && !gapBefore) {
      // Double marks within single ones quote within a quotation.
      while ((found.at(-1)?.from ?? -1) > open) found.pop()
      if (i - open > 2) found.push({ from: open, to: i, open: false })
      open = -1
    }
  }
  return found.sort((a, b) => a.from - b.from)
}
