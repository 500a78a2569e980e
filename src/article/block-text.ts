import { ELEMENT_NODE, type PageElement, type PageNode, TEXT_NODE } from './page.ts'

/** A paragraph, heading, list item or table row: text that stands for itself. */
export type Block = {
  readonly text: string
  readonly tag: string
  /** 0 to 1: how much of it is links. */
  readonly linkShare: number
  /** 0 to 1: how much of it is bold or slanted. */
  readonly emphasis: number
}

const BLOCKS = new Set(
  'address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main nav ol p pre section summary table tbody tfoot thead tr ul'.split(
    ' ',
  ),
)
const CELLS = new Set(['td', 'th'])
const LAID_OUT = new Set(['table', 'div', 'h1', 'h2', 'h3', 'article', 'center'])
const SKIPPED = new Set('script style noscript template svg iframe button select textarea input head'.split(' '))
const EMPHASIS = new Set(['em', 'i', 'strong', 'b'])

/** Stands for `<br>` until a block is whole; source text that holds it means a line break too. */
const BREAK = '\u2028'

type Open = { text: string; tag: string; linked: number; emphasised: number }

/**
 * The text of an element block by block, as a reader sees it: two paragraphs never run into each
 * other, and an inline tag never breaks a word.
 */
export function blocksOf(root: PageElement): Block[] {
  const blocks: Block[] = []
  const isLayoutCell = layoutCells()
  let open: Open = { text: '', tag: 'p', linked: 0, emphasised: 0 }

  const close = (nextTag: string) => {
    const text = tidy(open.text)
    if (text !== '') {
      const length = Math.max(1, text.length)
      blocks.push({
        text,
        tag: open.tag,
        linkShare: Math.min(1, open.linked / length),
        emphasis: Math.min(1, open.emphasised / length),
      })
    }
    open = { text: '', tag: nextTag, linked: 0, emphasised: 0 }
  }

  // An explicit stack: hostile pages nest deeper than the call stack.
  type Frame = {
    readonly node: PageNode
    readonly tag: string
    readonly isLink: boolean
    readonly isEmphasis: boolean
    readonly isEnd: boolean
  }
  const stack: Frame[] = [{ node: root, tag: 'p', isLink: false, isEmphasis: false, isEnd: false }]
  for (let frame = stack.pop(); frame !== undefined; frame = stack.pop()) {
    const { node } = frame
    if (frame.isEnd) {
      close(frame.tag)
      continue
    }
    if (node.nodeType === TEXT_NODE) {
      const text = node.textContent
      const length = text.trim().length
      open.text += text
      if (frame.isLink) open.linked += length
      if (frame.isEmphasis) open.emphasised += length
      continue
    }
    if (node.nodeType !== ELEMENT_NODE) continue
    const name = (node as PageElement).localName.toLowerCase()
    if (SKIPPED.has(name)) continue
    if (name === 'br') {
      open.text += BREAK
      continue
    }
    if (CELLS.has(name)) open.text += ' '
    const isBlock = BLOCKS.has(name) || (CELLS.has(name) && isLayoutCell(node as PageElement))
    const tag = isBlock ? name : frame.tag
    if (isBlock) {
      close(tag)
      stack.push({ ...frame, isEnd: true })
    }
    const inner = {
      tag,
      isLink: frame.isLink || name === 'a',
      isEmphasis: frame.isEmphasis || EMPHASIS.has(name),
      isEnd: false,
    }
    const children = [...node.childNodes]
    for (let at = children.length - 1; at >= 0; at -= 1) stack.push({ node: children[at] as PageNode, ...inner })
  }
  close('p')
  return blocks.flatMap(splitAtEmptyLines)
}

/**
 * Old pages are laid out by tables: a cell that holds blocks, or stands beside one that does, is no
 * figure of a row. Each row is looked at once, however many cells it has.
 */
function layoutCells(): (cell: PageElement) => boolean {
  const known = new Map<PageElement, boolean>()
  return (cell) => {
    const row = cell.parentElement
    if (row === null) return false
    const found = known.get(row) ?? [...row.children].some(holdsBlocks)
    known.set(row, found)
    return found
  }
}

function holdsBlocks(cell: PageElement): boolean {
  const names = [...cell.children].map((child) => child.localName)
  return names.some((name) => LAID_OUT.has(name)) || names.filter((name) => name === 'p').length > 1
}

/** Blanks single; a line break that the author set stays for now. */
function tidy(text: string): string {
  return text
    .replace(/[^\S\u2028]+/g, ' ')
    .replace(/ ?\u2028 ?/g, BREAK)
    .trim()
}

/** Old pages part their paragraphs by two line breaks; a single one is only a blank. */
function splitAtEmptyLines(block: Block): Block[] {
  if (!block.text.includes(BREAK)) return [block]
  return block.text
    .split(/\u2028{2,}/)
    .map((part) => part.replaceAll(BREAK, ' ').trim())
    .filter((part) => part !== '')
    .map((text) => ({ ...block, text }))
}
