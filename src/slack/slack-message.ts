import type { types } from '@slack/bolt'
import { cutText } from '../chat/clean-text.ts'
import { textForSlack } from './slack-text.ts'

/** One message of Slack: its blocks, and the same as text for notifications and screen readers. */
export type SlackMessage = { readonly blocks: types.KnownBlock[]; readonly text: string }

/** Slack cuts a longer `text`. */
const TEXT_AT_MOST = 39_000

/** A message of these blocks, with the words of all of them as its text. */
export function messageOf(blocks: types.KnownBlock[]): SlackMessage {
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
    case 'image':
      return block.alt_text
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
      if (element.type === 'channel') return `#${element.channel_id}`
      return element.type === 'text' ? element.text : ''
    })
    .join('')
}

function labelsOf(block: types.KnownBlock): readonly string[] {
  if (block.type !== 'actions') return []
  return block.elements.map((element) => {
    if (element.type === 'button') return element.text.text
    return element.type === 'static_select' ? (element.placeholder?.text ?? '') : ''
  })
}
