import type { Block, Inline, Line } from '../../src/chat/blocks.ts'
import { cleanWords } from '../../src/chat/clean-text.ts'
import { type KeptButton, readButtonId } from '../../src/discord/button-ids.ts'
import { discordMessages } from '../../src/discord/discord-messages.ts'
import { renderBlocks } from '../../src/slack/render-blocks.ts'
import { AS_IT_STANDS } from '../../src/slack/slack-messenger.ts'
import { judge } from './discord-judge.ts'
import { seen } from './discord-people.ts'
import type { SlackJudge } from './slack-judge.ts'
import { buttonsOf, labelOf, menusOf } from './slack-people.ts'
import type { Json } from './slack-server.ts'

/** Nobody is sent more, but here nothing may be lost at all. */
const NO_LIMIT = 1_000

/** What Slack would refuse, show less of, or act on; empty for a good rendering. */
export function slackFaults(blocks: readonly Block[], judge: SlackJudge): readonly string[] {
  const messages = renderBlocks(blocks)
  const sent = JSON.stringify(messages)
  return [
    ...messages.flatMap((message) => judge.message({ ...message, ...AS_IT_STANDS })),
    ...(/<[@#!]|<https?:|<mailto:|<tel:/i.test(sent) ? ['a control sequence of Slack stands in it'] : []),
    ...lostOffers(blocks, messages.flatMap(slackOffers)),
    ...(sent.includes('"mrkdwn"') ? ['foreign text stands in markup'] : []),
    ...lost(
      blocks,
      messages.map((message) => textsIn(message.blocks)),
    ),
  ]
}

/** The same for Discord. */
export function discordFaults(blocks: readonly Block[]): readonly string[] {
  const { messages, keptButtons } = discordMessages(blocks, { team: 1, key: 'k', atMost: NO_LIMIT })
  const markdown = messages.map((message) => seen({ ...(message as object), id: '' }).text).join('\n')
  return [
    ...messages.flatMap((message) =>
      judge({ method: 'POST', path: '/channels/1/messages', body: { ...message, nonce: 'n', enforce_nonce: true } }),
    ),
    ...lostOffers(
      blocks,
      messages.flatMap((message) => discordOffers(message, keptButtons)),
    ),
    ...liveMarkup(markdown),
    ...lost(blocks, [withoutLinks(markdown)]),
  ]
}

/** What can be pressed or chosen in the blocks must be so in the messages, in any order; no two entries of a menu look alike, no two buttons sound alike. */
type Offered = {
  readonly commands: readonly string[]
  readonly menus: readonly (readonly string[])[]
  /** Buttons as they are heard. */
  readonly heard: readonly string[]
}

function lostOffers(blocks: readonly Block[], shown: readonly Offered[]): readonly string[] {
  const wanted = blocks.flatMap((block) => {
    if (block.kind === 'buttons') return block.buttons.map(({ command }) => command)
    return block.kind === 'menu' ? block.choices.map(({ command }) => command) : []
  })
  const found = shown.flatMap(({ commands }) => commands)
  const alike = shown.flatMap(({ menus }) => menus).filter((labels) => new Set(labels).size < labels.length)
  const heard = shown.flatMap((one) => one.heard)
  // What a menu cannot carry stands beside it under its own name.
  const isAlike = !blocks.some(({ kind }) => kind === 'menu') && new Set(heard).size < heard.length
  return [
    ...(isAlike ? [`buttons are heard alike: ${heard.join(' | ').slice(0, 200)}`] : []),
    ...(inOrder(wanted) === inOrder(found) ? [] : [`${wanted.length} things are offered, ${found.length} are shown`]),
    ...alike.map((labels) => `entries look alike: ${labels.join(' | ').slice(0, 100)}`),
  ]
}

/** Without the character that breaks Slack's control sequences. */
function inOrder(commands: readonly string[]): string {
  return JSON.stringify(commands.map((one) => one.replaceAll('\u2060', '')).toSorted())
}

function slackOffers(message: Json): Offered {
  const menus = menusOf(message)
  const options = menus.flatMap((menu) => menu.options)
  return {
    commands: [...buttonsOf(message), ...options].map(({ value }) => String(value)),
    menus: menus.map((menu) => menu.options.map(labelOf)),
    heard: buttonsOf(message).map((button) => String(button.accessibility_label ?? labelOf(button))),
  }
}

function discordOffers(message: object, kept: readonly KeptButton[]): Offered {
  const { buttons, menus } = seen({ ...message, id: '' })
  const ids = [...buttons.map(({ id }) => id), ...menus.flatMap(({ options }) => options.map(({ value }) => value))]
  const commands = ids.map((id) => {
    const pressed = readButtonId(id)
    if (pressed === null) return ''
    return 'command' in pressed ? pressed.command : (kept.find(({ key }) => key === pressed.key)?.command ?? '')
  })
  const heard = buttons.map(({ label }) => label)
  return { commands, menus: menus.map(({ options }) => options.map(({ label }) => label)), heard }
}

/** Letters, marks and digits of our lines, but for links, whose label may be followed by a host of ours. */
function lost(blocks: readonly Block[], shown: readonly string[]): readonly string[] {
  const wanted = letters(blocks.map(wordsOf).join(' '))
  const found = letters(shown.join(' '))
  // What holds nothing to see is shown as one line that says so.
  if (wanted === '' || wanted === found) return []
  let at = 0
  while (at < wanted.length && wanted[at] === found[at]) at += 1
  return [`words differ at ${at}: "${wanted.slice(at, at + 30)}" is shown as "${found.slice(at, at + 30)}"`]
}

function letters(text: string): string {
  return cleanWords(text).replace(/[^\p{L}\p{M}\p{N}]/gu, '')
}

function wordsOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return block.text
    case 'text':
    case 'quote':
    case 'note':
      return wordsOfLine(block.line)
    case 'list':
      return block.items.map(wordsOfLine).join(' ')
    case 'picture':
      return [block.title, ...block.words].join(' ')
    case 'divider':
    case 'buttons':
    case 'menu':
      return ''
  }
}

function wordsOfLine(line: Line): string {
  return typeof line === 'string' ? line : line.map(wordsOfPiece).join(' ')
}

function wordsOfPiece(piece: Inline): string {
  if (typeof piece === 'string') return piece
  if ('strong' in piece) return piece.strong
  return 'faint' in piece ? piece.faint : ''
}

type Part = { readonly type?: string; readonly text?: unknown; readonly elements?: readonly Part[] }

/** The texts of Slack's blocks as they are read, without links and buttons. */
function textsIn(parts: readonly unknown[]): string {
  return (parts as readonly Part[])
    .filter(({ type }) => type !== 'link' && type !== 'actions')
    .map(({ text, elements = [] }) => {
      const own = typeof text === 'object' && text !== null ? String((text as Part).text) : String(text ?? '')
      return `${own} ${textsIn(elements)}`
    })
    .join(' ')
}

/** Links of ours: an escaped label, our address in angle brackets, and our host behind it. Escaped brackets begin none. */
const ESCAPED_OR_LINK =
  /\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]\(<https?:\/\/vessen\.example[^>]*>\)(?: \(vessen\.example\))?/g

function withoutLinks(markdown: string): string {
  return markdown.replace(ESCAPED_OR_LINK, (found) => (found.startsWith('\\') ? found : ' '))
}

/** What Discord would act on, outside links of ours: a backslash takes the meaning of what follows it. */
function liveMarkup(markdown: string): readonly string[] {
  const live = withoutLinks(markdown)
    .split('\n')
    .map((line) => line.replace(/^(?:> |### |- |-# )/, '').replace(/\\[\s\S]/g, ' '))
    .join('\n')
  const acts = [/[@`~|<>[\]#]/, /https?:\/\//i, /discord\.gg\//i, /__/]
  return acts.flatMap((pattern) => {
    const found = pattern.exec(live)
    return found === null ? [] : [`live: ${live.slice(Math.max(0, found.index - 15), found.index + 15)}`]
  })
}
