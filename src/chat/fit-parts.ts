import type { Block } from './blocks.ts'
import { fitBlocks } from './fit-blocks.ts'

const SHORTENED: Block = {
  kind: 'note',
  line: 'Shortened, to fit in the place of what stood here before. The buttons show the rest.',
}

/** For the parts of a message that has become shorter: each stays where it is, and may be needed again. */
export const NOTHING_MORE: readonly Block[] = [{ kind: 'note', line: 'What stood here is in the message above now.' }]

/** Blocks that take no more parts than the message has which they replace; its buttons stay. */
export function fitParts(
  blocks: readonly Block[],
  parts: number,
  partsOf: (blocks: readonly Block[]) => number,
): readonly Block[] {
  if (partsOf(blocks) <= parts) return blocks
  const last = blocks.at(-1)
  const [above, end] =
    last?.kind === 'buttons' ? [blocks.slice(0, -1), [SHORTENED, last] as const] : [blocks, [SHORTENED] as const]
  const { shown } = fitBlocks(above, [], (some) => partsOf([...some, ...end]) <= parts)
  return [...shown, ...end]
}
