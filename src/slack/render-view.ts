import type { types } from '@slack/bolt'
import type { Block } from '../chat/blocks.ts'
import { type RenderOptions, renderBlocks } from './render-blocks.ts'
import { weigh } from './rich-text.ts'

/** @see Slack, views.publish and views.open: 100 blocks, 250 KB */
const BLOCKS_AT_MOST = 100
/** Far below Slack's limit: nobody scrolls further. */
const WEIGHS_AT_MOST = 100_000

/** Blocks as a page or a modal holds them: all of them at once. */
export function viewBlocks(blocks: readonly Block[], options: RenderOptions): types.KnownBlock[] {
  return renderBlocks(blocks, options).flatMap((message) => message.blocks)
}

/** Whether these blocks are not too much for one view that holds `besides` already. */
export const fitsView =
  (options: RenderOptions, besides: readonly types.KnownBlock[] = []) =>
  (blocks: readonly Block[]): boolean => {
    const all = [...besides, ...viewBlocks(blocks, options)]
    return all.length <= BLOCKS_AT_MOST && weigh(all) <= WEIGHS_AT_MOST
  }
