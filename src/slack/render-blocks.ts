import type { types } from '@slack/bolt'
import type { Block, Button } from '../chat/blocks.ts'
import { cleanName, cutText } from '../chat/clean-text.ts'
import { parseLine } from '../chat/parse-command.ts'
import { FORM_ACTION } from './form.ts'
import { elementsOf, splitElements, type TextElement, weigh, withoutControls } from './rich-text.ts'
import { textForSlack } from './slack-text.ts'

/** One message of Slack: its blocks, and the same as text for notifications and screen readers. */
export type SlackMessage = { readonly blocks: types.KnownBlock[]; readonly text: string }

/** @see Slack, Block Kit reference, and the doc comments of @slack/types */
const HEADER_AT_MOST = 150
const CONTEXT_TEXT_AT_MOST = 2_000
const BUTTONS_IN_A_ROW = 25
const BUTTON_TEXT_AT_MOST = 75
const BUTTON_VALUE_AT_MOST = 2_000
const BLOCKS_AT_MOST = 50
/** Slack cuts a longer `text`. */
const TEXT_AT_MOST = 39_000

/** Slack refuses a message at about 13,200 characters of blocks as it stores them (undocumented: slackapi/bolt-js#2509, #2867). */
const MESSAGE_WEIGHS_AT_MOST = 12_000
/** Slack's limit for the text of a section; for rich text it states none. */
const BLOCK_WEIGHS_AT_MOST = 3_000

/** A press of one turns the answer that holds it into another page; the other asks something new. */
export const TURN_ACTION = 'onrecord:turn:'
export const ASK_ACTION = 'onrecord:ask:'

export type RenderOptions = {
  /** The command that these blocks answer: its own buttons turn the page, others ask anew. */
  readonly answering?: string
  /** A command whose form a last button opens. */
  readonly formFor?: string | undefined
  /** Smaller than usual after Slack has found a message too long. */
  readonly messageWeighsAtMost?: number
}

/**
 * Blocks in Slack's shape, in as many messages as Slack's limits ask for; nothing is lost between them.
 *
 * At least one message, each with at least one block and a text.
 */
export function renderBlocks(blocks: readonly Block[], options: RenderOptions = {}): readonly SlackMessage[] {
  const messageWeighsAtMost = options.messageWeighsAtMost ?? MESSAGE_WEIGHS_AT_MOST
  const blockWeighsAtMost = Math.min(BLOCK_WEIGHS_AT_MOST, Math.floor(messageWeighsAtMost / 2))
  const rendered = blocks.flatMap((block) => renderBlock(block, options, blockWeighsAtMost))
  if (rendered.length === 0) rendered.push(plainParagraph('Nothing to show.'))
  if (options.formFor !== undefined) rendered.push(formButton(options.formFor))

  const messages: types.KnownBlock[][] = []
  let open: types.KnownBlock[] = []
  let weight = 0
  for (const block of rendered) {
    const weighs = weigh(block) + 1
    if (open.length > 0 && (open.length === BLOCKS_AT_MOST || weight + weighs > messageWeighsAtMost)) {
      const next = takeDanglingStart(open)
      messages.push(open)
      open = next
      weight = weigh(open)
    }
    open.push(block)
    weight += weighs
  }
  return [...messages, open].map(messageOf)
}

/** A heading or rule at the end of a full message belongs to what follows it. */
function takeDanglingStart(open: types.KnownBlock[]): types.KnownBlock[] {
  let keep = open.length
  while (keep > 1 && ['header', 'divider'].includes(open[keep - 1]?.type ?? '')) keep -= 1
  return open.splice(keep)
}

function renderBlock(block: Block, options: RenderOptions, weighsAtMost: number): readonly types.KnownBlock[] {
  switch (block.kind) {
    case 'heading':
      return renderHeading(block.text, weighsAtMost)
    case 'text':
      return sections(elementsOf(block.line), weighsAtMost)
    case 'quote':
      return split(elementsOf(block.line, 'kept'), weighsAtMost).map((elements) =>
        richText([{ type: 'rich_text_quote', elements }]),
      )
    case 'list':
      return renderList(
        block.items.map((item) => elementsOf(item)).filter((item) => item.length > 0),
        weighsAtMost,
      )
    case 'note':
      return renderNote(elementsOf(block.line), weighsAtMost)
    case 'divider':
      return [{ type: 'divider' }]
    case 'buttons':
      return renderButtons(block.buttons, options)
  }
}

function renderHeading(text: string, weighsAtMost: number): readonly types.KnownBlock[] {
  const clean = withoutControls(cleanName(text))
  if (clean === '') return []
  if (clean.length <= HEADER_AT_MOST) return [{ type: 'header', text: plain(clean) }]
  return sections([{ type: 'text', text: clean, style: { bold: true } }], weighsAtMost)
}

/** Small print, unless it holds a link: Slack's small print takes links in markup only, and foreign text never goes there. */
function renderNote(elements: readonly TextElement[], weighsAtMost: number): readonly types.KnownBlock[] {
  const text = elements.map((element) => element.text ?? '').join('')
  const isSmallPrint = text.length <= CONTEXT_TEXT_AT_MOST && elements.every((element) => element.type === 'text')
  if (text === '') return []
  return isSmallPrint ? [{ type: 'context', elements: [plain(text)] }] : sections(elements, weighsAtMost)
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

function renderButtons(buttons: readonly Button[], { answering }: RenderOptions): readonly types.KnownBlock[] {
  // The grammar drops the added character again. A longer command could not be read back either: no line is longer.
  const carried = buttons
    .map((button) => ({ ...button, command: withoutControls(button.command) }))
    .filter(({ command }) => command !== '' && command.length <= BUTTON_VALUE_AT_MOST)
  const elements = carried.map(({ label, command, style }, index): types.Button => {
    const text = cutText(withoutControls(cleanName(label)), BUTTON_TEXT_AT_MOST)
    const turns = answering !== undefined && nameOf(command) === answering
    return {
      type: 'button',
      text: plain(text === '' ? '…' : text),
      action_id: `${turns ? TURN_ACTION : ASK_ACTION}${index}`,
      value: command,
      ...(style === undefined ? {} : { style }),
    }
  })

  const rows: types.KnownBlock[] = []
  for (let at = 0; at < elements.length; at += BUTTONS_IN_A_ROW) {
    rows.push({ type: 'actions', elements: elements.slice(at, at + BUTTONS_IN_A_ROW) })
  }
  return rows
}

function formButton(command: string): types.KnownBlock {
  return {
    type: 'actions',
    elements: [{ type: 'button', text: plain('Fill in a form'), action_id: FORM_ACTION, value: command }],
  }
}

function nameOf(command: string): string | null {
  const line = parseLine(command)
  return line.kind === 'command' ? line.name : null
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

/** `emoji: false`, or `:smile:` in a title would become a picture. */
function plain(text: string): types.PlainTextElement {
  return { type: 'plain_text', text, emoji: false }
}

function messageOf(blocks: types.KnownBlock[]): SlackMessage {
  const text = blocks
    .map(textOf)
    .filter((part) => part !== '')
    .join('\n')
  return {
    blocks,
    text: cutText(textForSlack(text === '' ? blocks.flatMap(labelsOf).join(' · ') : text), TEXT_AT_MOST),
  }
}

function textOf(block: types.KnownBlock): string {
  switch (block.type) {
    case 'header':
      return block.text.text
    case 'context':
      return block.elements.map((element) => ('text' in element ? element.text : '')).join('')
    case 'rich_text':
      return block.elements.map(textOfRich).join('\n')
    default:
      return ''
  }
}

function textOfRich(part: types.RichTextBlockElement): string {
  if (part.type === 'rich_text_list') return part.elements.map((item) => `• ${textOfRich(item)}`).join('\n')
  return part.elements
    .map((element) => {
      if (element.type === 'link') return `${element.text} (${element.url})`
      return element.type === 'text' ? element.text : ''
    })
    .join('')
}

function labelsOf(block: types.KnownBlock): readonly string[] {
  if (block.type !== 'actions') return []
  return block.elements.map((element) => (element.type === 'button' ? element.text.text : ''))
}
