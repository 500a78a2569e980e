import { type Block, type Inline, type Line, plainLine } from './blocks.ts'

/** What is shown of an answer, and what is left for later; together all of it, in its order. */
export type Fitted = { readonly shown: readonly Block[]; readonly rest: readonly Block[] }

type Fits = (blocks: readonly Block[]) => boolean

/** A cut within words goes back to a space that is no further away than this. */
const WORD_CHARACTERS = 100

/**
 * As many blocks as `fits` takes with `end` behind them, cut where something new begins: a quotation stays with its
 * speaker, buttons with what they belong to. One block that is too much by itself is cut between its items, else
 * between words. What cannot be cut at all is given whole.
 */
export function fitBlocks(blocks: readonly Block[], end: readonly Block[], fits: Fits): Fitted {
  if (fits(blocks)) return { shown: blocks, rest: [] }
  const count = mostOf(blocks.length, (most) => fits([...blocks.slice(0, most), ...end]))
  const begins = lastBeginning(blocks, count)
  if (begins > 0) return { shown: blocks.slice(0, begins), rest: blocks.slice(begins) }

  const before = blocks.slice(0, count)
  const [first, ...after] = blocks.slice(count)
  const parts = first === undefined ? null : cutBlock(first, (part) => fits([...before, part, ...end]))
  if (parts !== null) return { shown: [...before, parts[0]], rest: [parts[1], ...after] }
  if (count > 0) return { shown: before, rest: blocks.slice(count) }
  return { shown: blocks, rest: [] }
}

/** The most of `atMost` that is right; 0 where not even 1 is. */
function mostOf(atMost: number, isRight: (count: number) => boolean): number {
  let [right, wrong] = [0, Math.max(0, atMost) + 1]
  while (wrong - right > 1) {
    const middle = Math.floor((right + wrong) / 2)
    if (isRight(middle)) right = middle
    else wrong = middle
  }
  return right
}

/** The last place up to `at` where something new begins; 0 for none but the start. */
function lastBeginning(blocks: readonly Block[], at: number): number {
  for (let index = at; index > 0; index -= 1) {
    const [before, next] = [blocks[index - 1]?.kind, blocks[index]?.kind]
    const isNew = next === 'heading' || next === 'divider' || next === 'text'
    if (isNew && before !== 'heading' && before !== 'divider') return index
  }
  return 0
}

function cutBlock(block: Block, fits: (part: Block) => boolean): readonly [Block, Block] | null {
  switch (block.kind) {
    case 'heading':
      return cutWords(block.text, (text) => ({ ...block, text: plainLine(text) }), fits)
    case 'text':
    case 'quote':
    case 'note':
      return cutWords(block.line, (line) => ({ ...block, line }), fits)
    case 'list': {
      const [first, ...others] = block.items
      const parts = cutItems(block.items, (items) => ({ ...block, items }), fits)
      if (parts !== null || first === undefined) return parts
      const cut = cutWords(first, (line) => ({ ...block, items: [line] }), fits)
      return cut === null ? null : [cut[0], { ...block, items: [...cut[1].items, ...others] }]
    }
    case 'buttons':
      return cutItems(block.buttons, (buttons) => ({ ...block, buttons }), fits)
    case 'menu':
      return cutItems(block.choices, (choices) => ({ ...block, choices }), fits)
    case 'divider':
    case 'picture':
      return null
  }
}

function cutItems<Item, Made extends Block>(
  items: readonly Item[],
  make: (items: readonly Item[]) => Made,
  fits: (part: Block) => boolean,
): readonly [Made, Made] | null {
  const count = mostOf(items.length - 1, (most) => fits(make(items.slice(0, most))))
  return count <= 0 ? null : [make(items.slice(0, count)), make(items.slice(count))]
}

function cutWords<Made extends Block>(
  line: Line,
  make: (line: Line) => Made,
  fits: (part: Block) => boolean,
): readonly [Made, Made] | null {
  const most = mostOf(plainLength(line) - 1, (count) => fits(make(cutLine(line, count)[0])))
  const at = betweenWords(line, most)
  if (at <= 0) return null
  const [head, tail] = cutLine(line, at)
  return [make(head), make(tail)]
}

/** A link or a place is not cut: it counts as one character. */
function pieceLength(piece: Inline): number {
  return typeof piece === 'object' && ('link' in piece || 'place' in piece) ? 1 : plainLine([piece]).length
}

function plainLength(line: Line): number {
  return typeof line === 'string' ? line.length : line.reduce((sum, piece) => sum + pieceLength(piece), 0)
}

function cutLine(line: Line, at: number): readonly [Line, Line] {
  if (typeof line === 'string') return [line.slice(0, at), line.slice(at)]
  const [head, tail]: [Inline[], Inline[]] = [[], []]
  let left = at
  for (const piece of line) {
    const length = pieceLength(piece)
    if (length <= left) head.push(piece)
    else if (left <= 0) tail.push(piece)
    else {
      head.push(cutPiece(piece, 0, left))
      tail.push(cutPiece(piece, left))
    }
    left = Math.max(0, left - length)
  }
  return [head, tail]
}

function cutPiece(piece: Inline, from: number, to?: number): Inline {
  if (typeof piece === 'string') return piece.slice(from, to)
  if ('strong' in piece) return { strong: piece.strong.slice(from, to) }
  return 'faint' in piece ? { faint: piece.faint.slice(from, to) } : piece
}

/** The last space shortly before `at`, else `at` itself, but never inside a character. */
function betweenWords(line: Line, at: number): number {
  const text =
    typeof line === 'string'
      ? line
      : line.map((piece) => (pieceLength(piece) === 1 ? '.' : plainLine([piece]))).join('')
  const space = text.slice(0, at).search(/\s\S*$/u)
  if (space > 0 && at - space <= WORD_CHARACTERS) return space + 1
  return /[\ud800-\udbff]/.test(text.charAt(at - 1)) ? at - 1 : at
}
