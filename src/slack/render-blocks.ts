import type { types } from '@slack/bolt'
import { altText, type Block, type Line, type Picture } from '../chat/blocks.ts'
import { shownName } from '../chat/clean-text.ts'
import { leadsOn } from '../chat/leads-on.ts'
import { longForm } from './command-mentions.ts'
import { type Control, heardIn, renderControls } from './render-controls.ts'
import { elementsOf, plain, splitElements, type TextElement, textIn, weigh, withoutControls } from './rich-text.ts'
import { messageOf, type SlackMessage } from './slack-message.ts'

/** @see Slack, Block Kit reference, and the doc comments of @slack/types */
const HEADER_AT_MOST = 150
const CONTEXT_TEXT_AT_MOST = 2_000
const ALT_TEXT_AT_MOST = 2_000
const BLOCKS_AT_MOST = 50

/** Slack refuses a message at about 13,200 characters of blocks as it stores them (undocumented: slackapi/bolt-js#2509, #2867). */
const MESSAGE_WEIGHS_AT_MOST = 12_000
/** Slack's limit for the text of a section; for rich text it states none. */
const BLOCK_WEIGHS_AT_MOST = 3_000

export type RenderOptions = {
  /** The command that these blocks answer: its own buttons turn the page, others ask anew. */
  readonly answering?: string
  /** Finds the names of commands that people must type behind `/onrecord` here. @see commandMentions */
  readonly mentions?: RegExp | undefined
  /** Smaller than usual after Slack has found a message too long. */
  readonly messageWeighsAtMost?: number
  /** What becomes of pictures; of those that are not named here the words are shown. */
  readonly pictures?: ReadonlyMap<Picture, PlacedPicture>
}

/** A picture that Slack has taken, or why its words stand alone. */
export type PlacedPicture = { readonly file: string } | { readonly hint: string }

/**
 * Blocks in Slack's shape, in as many messages as Slack's limits ask for; nothing is lost between them.
 *
 * At least one message, each with at least one block and a text.
 */
export function renderBlocks(blocks: readonly Block[], options: RenderOptions = {}): readonly SlackMessage[] {
  const messageWeighsAtMost = options.messageWeighsAtMost ?? MESSAGE_WEIGHS_AT_MOST
  const blockWeighsAtMost = Math.min(BLOCK_WEIGHS_AT_MOST, Math.floor(messageWeighsAtMost / 2))
  const rendered: types.KnownBlock[] = []
  const pictures = new Map<types.KnownBlock, Picture>()
  const heard = heardIn(blocks)
  const leads = new Set<types.KnownBlock>()
  for (const [at, block] of blocks.entries()) {
    if (isControl(block)) {
      const together = endingAt(at, blocks)
      const rows = { answering: options.answering, weighsAtMost: Math.floor(messageWeighsAtMost / 2), heard }
      rendered.push(...renderControls(together, rows))
      continue
    }
    const last = rendered.at(-1)
    const isBesidePicture = last !== undefined && pictures.has(last)
    const isFollowing = !isBesidePicture && (block.kind === 'quote' || block.kind === 'list' || block.kind === 'note')
    for (const part of renderBlock(block, options, blockWeighsAtMost)) {
      const joined = isFollowing ? join(rendered.at(-1), part, blockWeighsAtMost) : null
      if (joined === null) rendered.push(part)
      else rendered.splice(-1, 1, joined)
      if (block.kind === 'picture') pictures.set(part, block)
    }
    const end = rendered.at(-1)
    if (end !== undefined && end !== last && leadsOn(blocks, at)) leads.add(end)
  }
  // Rules alone divide nothing, and leave a screen reader without a word.
  if (rendered.every(({ type }) => type === 'divider')) rendered.splice(0, Infinity, plainParagraph('Nothing to show.'))

  const messages: types.KnownBlock[][] = []
  let open: types.KnownBlock[] = []
  let weight = 0
  for (const block of rendered) {
    const weighs = weigh(block) + 1
    if (open.length > 0 && (open.length === BLOCKS_AT_MOST || weight + weighs > messageWeighsAtMost)) {
      const next = takeDanglingStart(open, leads)
      messages.push(open)
      open = next
      weight = weigh(open)
    }
    open.push(block)
    weight += weighs
  }
  // Only now: a delivery has the same messages whether Slack takes its picture or not.
  const shown = (block: types.KnownBlock) => showPicture(block, pictures.get(block), options)
  return [...messages, open]
    .filter((one) => one.some(({ type }) => type !== 'divider'))
    .map((one) => messageOf(one.flatMap(shown)))
}

function showPicture(
  words: types.KnownBlock,
  picture: Picture | undefined,
  { pictures }: RenderOptions,
): readonly types.KnownBlock[] {
  const placed = picture === undefined ? undefined : pictures?.get(picture)
  if (picture === undefined || placed === undefined) return [words]
  if ('hint' in placed) return [wordsBlock([...picturesLines(picture), placed.hint])]
  const { alt, rest } = altText(picture, ALT_TEXT_AT_MOST)
  const image = { type: 'image', slack_file: { id: placed.file }, alt_text: alt } as const
  return rest.length === 0 ? [image] : [image, wordsBlock(rest)]
}

/** In one block, whatever it weighs: what takes its place is one. */
function picturesLines({ title, words }: Picture): readonly Line[] {
  return [[{ strong: title }], ...words]
}

function wordsBlock(lines: readonly Line[]): types.RichTextBlock {
  const shown = lines.map((line) => elementsOf(line)).filter((elements) => elements.length > 0)
  const elements = shown.flatMap((line, index) =>
    index === 0 ? line : [{ type: 'text', text: '\n' } as const, ...line],
  )
  return richText(elements.length === 0 ? [] : [{ type: 'rich_text_section', elements }])
}

function isControl(block: Block | undefined): block is Control {
  return block?.kind === 'buttons' || block?.kind === 'menu'
}

/**
 * The buttons and menus that share a row whose last one stands here; none where it goes on. Two rows of buttons stay
 * two: those of the last card, and those of the page.
 */
function endingAt(at: number, blocks: readonly Block[]): readonly Control[] {
  const joins = (index: number) => {
    const [one, other] = [blocks[index], blocks[index + 1]]
    return isControl(one) && isControl(other) && !(one.kind === 'buttons' && other.kind === 'buttons')
  }
  if (joins(at)) return []
  let from = at
  while (joins(from - 1)) from -= 1
  return blocks.slice(from, at + 1).filter(isControl)
}

/** What belongs to the line before it stands close to it: its quotation, its list, its small print. */
function join(before: types.KnownBlock | undefined, part: types.KnownBlock, weighsAtMost: number) {
  if (before?.type !== 'rich_text' || part.type !== 'rich_text') return null
  const joined = richText([...before.elements, ...part.elements])
  return weigh(joined) <= weighsAtMost ? joined : null
}

/** A heading, a rule or the line of a speaker at the end of a full message belongs to what follows it. */
function takeDanglingStart(open: types.KnownBlock[], leads: ReadonlySet<types.KnownBlock>): types.KnownBlock[] {
  const dangles = (block: types.KnownBlock | undefined) =>
    block !== undefined && (block.type === 'header' || block.type === 'divider' || leads.has(block))
  let keep = open.length
  while (keep > 1 && dangles(open[keep - 1])) keep -= 1
  return open.splice(keep)
}

function renderBlock(
  block: Exclude<Block, Control>,
  options: RenderOptions,
  weighsAtMost: number,
): readonly types.KnownBlock[] {
  const ours = (elements: readonly TextElement[]) => withLongForms(elements, options)
  switch (block.kind) {
    case 'heading':
      return renderHeading(longForm(withoutControls(shownName(block.text)), options.mentions), weighsAtMost)
    case 'text':
      return sections(ours(elementsOf(block.line)), weighsAtMost)
    case 'quote':
      return split(elementsOf(block.line, 'kept'), weighsAtMost).map((elements) =>
        richText([{ type: 'rich_text_quote', elements }]),
      )
    case 'list':
      return renderList(
        block.items.map((item) => ours(elementsOf(item))).filter((item) => item.length > 0),
        weighsAtMost,
      )
    case 'note':
      return renderNote(ours(elementsOf(block.line)), weighsAtMost)
    case 'picture':
      return [wordsBlock(picturesLines(block))].filter(({ elements }) => elements.length > 0)
    case 'divider':
      return [{ type: 'divider' }]
  }
}

function withLongForms(elements: readonly TextElement[], options: RenderOptions): readonly TextElement[] {
  return elements.map((element) =>
    element.type === 'text' ? { ...element, text: longForm(element.text, options.mentions) } : element,
  )
}

function renderHeading(clean: string, weighsAtMost: number): readonly types.KnownBlock[] {
  if (clean === '') return []
  if (clean.length <= HEADER_AT_MOST) return [{ type: 'header', text: plain(clean) }]
  return sections([{ type: 'text', text: clean, style: { bold: true } }], weighsAtMost)
}

/** Small print, unless it holds a link: Slack's small print takes links in markup only, and foreign text never goes there. */
function renderNote(elements: readonly TextElement[], weighsAtMost: number): readonly types.KnownBlock[] {
  const text = elements.map(textIn).join('')
  const isSmallPrint = text.length <= CONTEXT_TEXT_AT_MOST && elements.every((element) => element.type === 'text')
  if (text === '') return []
  if (isSmallPrint) return [{ type: 'context', elements: [plain(text)] }]
  const leaning = elements.map((element) => ({ ...element, style: { ...element.style, italic: true } }))
  return sections(leaning, weighsAtMost)
}

function renderList(items: readonly (readonly TextElement[])[], weighsAtMost: number): readonly types.KnownBlock[] {
  const lists: types.RichTextSection[][] = []
  let room = 0
  for (const elements of items.flatMap((item) => split(item, weighsAtMost))) {
    const section: types.RichTextSection = { type: 'rich_text_section', elements }
    const weighs = weigh(section)
    if (weighs > room) {
      lists.push([])
      room = weighsAtMost
    }
    lists.at(-1)?.push(section)
    room -= weighs
  }
  return lists.map((sectionsOfOne) => richText([{ type: 'rich_text_list', style: 'bullet', elements: sectionsOfOne }]))
}

function sections(elements: readonly TextElement[], weighsAtMost: number): readonly types.KnownBlock[] {
  return split(elements, weighsAtMost).map((run) => richText([{ type: 'rich_text_section', elements: run }]))
}

function split(elements: readonly TextElement[], weighsAtMost: number): readonly TextElement[][] {
  return elements.length === 0 ? [] : splitElements(elements, weighsAtMost).map((run) => [...run])
}

function plainParagraph(text: string): types.KnownBlock {
  return richText([{ type: 'rich_text_section', elements: [{ type: 'text', text }] }])
}

function richText(elements: types.RichTextBlockElement[]): types.RichTextBlock {
  return { type: 'rich_text', elements }
}
