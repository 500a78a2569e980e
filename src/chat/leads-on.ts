import { type Block, type Line, plainLine } from './blocks.ts'

/** A longer one is text of its own. */
const LINE_AT_MOST = 400

/**
 * Whether a block is only the beginning of the next one: a heading with its small print, or the line of a speaker above
 * the words. A message of several parts ends with none of these.
 */
export function leadsOn(blocks: readonly Block[], at: number): boolean {
  const [before, block, next] = [blocks[at - 1], blocks[at], blocks[at + 1]]
  if (block === undefined || next === undefined) return false
  if (block.kind === 'heading') return true
  const isFollowed = next.kind === 'text' || next.kind === 'quote' || next.kind === 'list'
  if (block.kind === 'note') return before?.kind === 'heading' && isFollowed && isShort(block.line)
  if (block.kind !== 'text' || !isFollowed || !isShort(block.line)) return false
  // Two bold lines in a row are entries of a list, each complete.
  return next.kind !== 'text' || (beginsBold(block.line) && !beginsBold(next.line))
}

function isShort(line: Line): boolean {
  return plainLine(line).length <= LINE_AT_MOST
}

function beginsBold(line: Line): boolean {
  const [first] = typeof line === 'string' ? [line] : line
  return typeof first === 'object' && 'strong' in first
}
