import { createHash } from 'node:crypto'
import { altText, type Block, type Picture } from '../chat/blocks.ts'
import { leadsOn } from '../chat/leads-on.ts'
import { buttonMaker, type KeptButton } from './button-ids.ts'
import {
  type ActionRow,
  COMPONENTS_AT_MOST,
  type ContainerChild,
  DESCRIPTION_CHARACTERS,
  type DiscordMessage,
  IS_COMPONENTS_V2,
  SUPPRESS_EMBEDS,
  TEXT_AT_MOST,
} from './discord-message.ts'
import { markdownPieces } from './discord-text.ts'
import type { Painted } from './paint-pictures.ts'

export type DiscordMessages = {
  /** At least one, in the order in which they are to be posted. */
  readonly messages: readonly DiscordMessage[]
  /** To be stored before the messages are sent. */
  readonly keptButtons: readonly KeptButton[]
  /** The pictures, by the names under which the messages show them. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

type Options = {
  /** Makes the numbers by which the messages are found again; see `markOf`. */
  readonly key?: string
  /** Whose buttons they are: what is kept for them goes when the team goes. */
  readonly team: number
  /** What goes beyond is left out with a note that says so. */
  readonly atMost?: number
  /** The command that is answered: buttons that send it again turn the page of an answer that only the asker sees. */
  readonly answered?: string | null
  /** The pictures that there are; of others the words are shown. The messages are as many either way. */
  readonly painted?: Painted
}

/** Nobody reads more in a row, and a digest that long has gone wrong elsewhere. */
const MESSAGES_AT_MOST = 10
const CUT_NOTE = '-# More was found than fits here. Ask for less at once: a shorter time, one topic, one speaker.'

/** What becomes a line of markdown or a component; those of one cluster stay in one message if they can. */
type Item =
  /** `begins`: a new entry, set off from the small print or the list before it. */
  | { readonly kind: 'text'; readonly markdown: string; readonly begins?: boolean }
  | { readonly kind: 'divider' }
  | { readonly kind: 'row'; readonly row: ActionRow }
  | { readonly kind: 'picture'; readonly picture: Picture; readonly markdown: string }

/**
 * Blocks as Components V2 messages. What is too much for one message goes on in the next; a
 * heading or a line of a speaker stays with what follows it, buttons and menus with what they belong to. Pure.
 */
export function discordMessages(
  blocks: readonly Block[],
  { key, team, atMost = MESSAGES_AT_MOST, answered = null, painted = new Map() }: Options,
): DiscordMessages {
  const buttons = buttonMaker(team, answered)
  const pages = fill(clusters(blocks, buttons))
  const kept = pages.length > atMost ? cut(pages.slice(0, atMost)) : pages
  const gallery = pictureGallery(painted)
  return {
    messages: kept.map((page, part) => {
      const children = componentsOf(page, gallery.show)
      return { ...message(children, key === undefined ? null : markOf(key, part)), ...gallery.attachmentsOf(children) }
    }),
    keptButtons: buttons.kept(),
    files: gallery.files,
  }
}

/**
 * Two numbers that stand as component ids in the message of this key and part. Discord does not
 * give a nonce back when a channel is read, but it gives these.
 */
export function markOf(key: string, part: number): readonly [number, number] {
  const hash = createHash('sha256')
    .update(JSON.stringify([key, part]))
    .digest()
  // Ids are 31 bits; below 1,000 Discord counts by itself, and both must differ.
  const outer = 1_000 + (hash.readUInt32BE(0) % 1_000_000_000)
  const inner = 1_000_001_000 + (hash.readUInt32BE(4) % 1_000_000_000)
  return [outer, inner]
}

function message(children: readonly ContainerChild[], mark: readonly [number, number] | null): DiscordMessage {
  const [first, ...rest] = children
  const components =
    mark === null || first === undefined
      ? [{ type: 17 as const, components: children }]
      : [{ type: 17 as const, id: mark[0], components: [{ ...first, id: mark[1] }, ...rest] }]
  return { flags: IS_COMPONENTS_V2 | SUPPRESS_EMBEDS, components, allowed_mentions: { parse: [] } }
}

type RowMaker = Pick<ReturnType<typeof buttonMaker>, 'rowsOf' | 'menuRowsOf'>

function clusters(blocks: readonly Block[], rows: RowMaker): readonly (readonly Item[])[] {
  const found: Item[][] = []
  let waits = false
  let before: Block['kind'] | null = null
  for (const [at, block] of blocks.entries()) {
    const items = itemsOf(block, rows)
    const begins = block.kind === 'text' && (before === 'note' || before === 'list')
    if (items.length === 0) continue
    if (begins && items[0]?.kind === 'text') items[0] = { ...items[0], begins }
    before = block.kind
    const last = found.at(-1)
    const [first, ...rest] = items.map((item) => [item])
    if (last !== undefined && first !== undefined && (waits || block.kind === 'buttons' || block.kind === 'menu'))
      last.push(...first)
    else if (first !== undefined) found.push(first)
    found.push(...rest)
    waits = leadsOn(blocks, at)
  }
  return found
}

function itemsOf(block: Block, rows: RowMaker): Item[] {
  switch (block.kind) {
    case 'heading':
      return texts('### ', markdownPieces([block.text], { oneLine: true }))
    case 'text':
      return texts('', markdownPieces(block.line, { oneLine: false }))
    case 'quote':
      return texts('> ', markdownPieces(block.line, { oneLine: false }))
    case 'list':
      return block.items.flatMap((item) => texts('- ', markdownPieces(item, { oneLine: true })))
    case 'note':
      return texts('-# ', markdownPieces(block.line, { oneLine: true }))
    case 'picture':
      return [{ kind: 'picture', picture: block, markdown: wordsOf(block.title, block.words) }]
    case 'divider':
      return [{ kind: 'divider' }]
    case 'buttons':
      return rows.rowsOf(block.buttons).map((row) => ({ kind: 'row', row }))
    case 'menu':
      return rows.menuRowsOf(block).map((row) => ({ kind: 'row', row }))
  }
}

/** Pieces joined into as few items as fit, every line of each behind the prefix. */
function texts(prefix: string, pieces: readonly string[]): Item[] {
  // The prefix comes last: before it, what is blank at both ends can be seen and taken away.
  const prefixed = (markdown: string) => prefix + markdown.trim().replaceAll('\n', `\n${prefix}`)
  const joined: string[] = []
  for (const piece of pieces) {
    const last = joined.at(-1)
    if (last !== undefined && prefixed(last + piece).length <= TEXT_AT_MOST) joined[joined.length - 1] = last + piece
    else joined.push(piece)
  }
  return joined
    .filter((markdown) => markdown.trim() !== '')
    .map((markdown) => ({ kind: 'text', markdown: prefixed(markdown) }))
}

/** Clusters dealt out to messages, in order; a new message is begun where one would be too full. */
function fill(clusters: readonly (readonly Item[])[]): readonly (readonly Item[])[] {
  const pages: Item[][] = [[]]
  for (const cluster of clusters) {
    const page = pages.at(-1) ?? []
    if (fits([...page, ...cluster])) {
      page.push(...cluster)
    } else if (fits(cluster)) {
      pages.push([...cluster])
    } else {
      for (const item of cluster) {
        const current = pages.at(-1) ?? []
        if (fits([...current, item])) current.push(item)
        else pages.push([item])
      }
    }
  }
  const shown = pages.filter((page) => page.some((item) => item.kind !== 'divider'))
  return shown.length > 0 ? shown : [[{ kind: 'text', markdown: '-# There is nothing to show.' }]]
}

function fits(items: readonly Item[]): boolean {
  // In words, and with room for what a picture parts: so that its fate moves nothing to another message.
  const components = componentsOf(items, () => null)
  const parted = items.filter(({ kind }) => kind === 'picture').length * 2
  const count = components.reduce((sum, child) => sum + 1 + (child.type === 1 ? child.components.length : 0), 1)
  const text = components.reduce((sum, child) => sum + (child.type === 10 ? child.content.length : 0), 0)
  return count + parted <= COMPONENTS_AT_MOST && text <= TEXT_AT_MOST
}

/** Neighbouring lines share a text display; dividers only where they divide something. */
function componentsOf(
  items: readonly Item[],
  show: (picture: Picture) => readonly ContainerChild[] | null,
): readonly ContainerChild[] {
  const children: ContainerChild[] = []
  let dividerDue = false
  for (const item of items) {
    if (item.kind === 'divider') {
      dividerDue = children.length > 0
      continue
    }
    if (dividerDue) children.push({ type: 14, divider: true })
    dividerDue = false
    const last = children.at(-1)
    const shown = item.kind === 'picture' ? show(item.picture) : null
    if (shown !== null) children.push(...shown)
    else if (item.kind === 'row') children.push(item.row)
    else if (last?.type === 10)
      children[children.length - 1] = {
        type: 10,
        content: `${last.content}${item.kind === 'text' && item.begins === true ? '\n\n' : '\n'}${item.markdown}`,
      }
    else children.push({ type: 10, content: item.markdown })
  }
  return children
}

/** The words of a picture: its title, and a line for each. */
function wordsOf(title: string | null, words: readonly string[]): string {
  const heads = title === null ? [] : texts('', markdownPieces([{ strong: title }], { oneLine: true }))
  const lines = [...heads, ...words.flatMap((line) => texts('- ', markdownPieces(line, { oneLine: true })))]
  return lines.flatMap((line) => ('markdown' in line ? [line.markdown] : [])).join('\n')
}

/** Shows pictures under names of ours, and says which names a message shows. */
function pictureGallery(painted: Painted) {
  const files = new Map<string, Uint8Array>()
  const show = (picture: Picture): readonly ContainerChild[] | null => {
    const png = painted.get(picture)
    if (png === undefined) return null
    const name = `picture-${files.size + 1}.png`
    files.set(name, png)
    const { alt, rest } = altText(picture, DESCRIPTION_CHARACTERS)
    const image = { type: 12, items: [{ media: { url: `attachment://${name}` }, description: alt }] } as const
    return rest.length === 0 ? [image] : [image, { type: 10, content: wordsOf(null, rest) }]
  }
  const attachmentsOf = (children: readonly ContainerChild[]) => {
    const items = children.flatMap((child) => (child.type === 12 ? child.items : []))
    if (items.length === 0) return {}
    const attachments = items.map(({ media, description }, id) => ({
      id: String(id),
      filename: media.url.slice('attachment://'.length),
      description,
    }))
    return { attachments }
  }
  return { files, show, attachmentsOf }
}

function cut(pages: readonly (readonly Item[])[]): readonly (readonly Item[])[] {
  const note: Item = { kind: 'text', markdown: CUT_NOTE }
  const last = [...(pages.at(-1) ?? [])]
  while (!fits([...last, note])) last.pop()
  return [...pages.slice(0, -1), [...last, note]]
}
