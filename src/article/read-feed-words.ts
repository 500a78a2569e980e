import { type Block, blocksOf } from './block-text.ts'
import { cleanBlocks } from './clean-blocks.ts'
import { clearPage } from './clear-page.ts'
import { openPage } from './page.ts'

export type FeedWords = {
  readonly paragraphs: readonly string[]
  /** The publisher put the whole article into the feed: its page need not be fetched. */
  readonly isWhole: boolean
}

/** Measured on feeds that carry whole articles: teasers are shorter in all but 2 of 100. */
const WHOLE_FROM = 1_500
const PARAGRAPHS_OF_WHOLE = 3

/** What a publisher puts where it cuts. */
const CUT =
  /(?:\[?(?:…|\.\.\.)\]?|\[&hellip;\])\s{0,3}$|(?:read (?:more|the (?:full|rest|whole))|continue reading|keep reading|full (?:story|article)|read on|more)\s{0,3}(?:[»>›→…]|\.{3})?\s{0,3}$/i

/** Links at the end that lead on; they are no words of the article. */
const FOOT =
  /^(?:the post .{1,200} (?:appeared )?first appeared on .{1,200}|the post .{1,200} appeared first on .{1,200}|(?:read (?:more|the (?:full|rest|whole) .{1,40})|continue reading|full (?:story|article)).{0,150})$/i

/** An entry's own words, out of the markup that the feed carries. */
export function readFeedWords({
  title,
  summary,
  content,
}: {
  readonly title: string
  readonly summary: string | null
  readonly content: string | null
}): FeedWords {
  const long = blocksIn(content, title)
  const short = blocksIn(summary, title)
  const blocks = lengthIn(long) >= lengthIn(short) ? long : short
  const last = blocks.at(-1)?.text ?? ''
  const isWhole = lengthIn(blocks) >= WHOLE_FROM && blocks.length >= PARAGRAPHS_OF_WHOLE && !CUT.test(last)
  return { paragraphs: blocks.filter(({ text }) => !FOOT.test(text)).map(({ text }) => text), isWhole }
}

function blocksIn(markup: string | null, title: string): readonly Block[] {
  if (markup === null) return []
  const document = openPage(markup)
  clearPage(document)
  return document.body === null ? [] : cleanBlocks(blocksOf(document.body), { title, byline: null })
}

function lengthIn(blocks: readonly Block[]): number {
  return blocks.reduce((total, { text }) => total + text.length, 0)
}
