import type { types } from '@slack/bolt'
import { type Inline, type Line, plainLine } from '../chat/blocks.ts'
import { cleanName, cutText, shownName, shownWords } from '../chat/clean-text.ts'

/**
 * Foreign text goes out in `rich_text` and `plain_text` objects only: Slack parses no markup,
 * mention or address in them, so nothing has to be escaped, and nothing can fire.
 */
export type TextElement = types.RichTextText | types.RichTextLink | types.RichTextChannelMention

/** Longer ones would fill a message by themselves; they are printed as text. */
const ADDRESS_AT_MOST = 2_000

/** A line as elements, white space on one line unless `breaks` are kept. Empty for a line without anything to see. */
export function elementsOf(line: Line, breaks: 'kept' | 'flat' = 'flat'): readonly TextElement[] {
  const pieces = typeof line === 'string' ? [line] : line
  const elements = pieces.map((piece) => elementOf(piece, breaks)).filter((element) => textIn(element) !== '')
  return elements.some((element) => textIn(element).trim() !== '') ? elements : []
}

/** The words of an element; of a channel its id, since Slack alone knows what it is called. */
export function textIn(element: TextElement): string {
  return element.type === 'channel' ? `#${element.channel_id}` : (element.text ?? '')
}

/** Elements in runs that weigh at most `atMost` each; texts are cut between words, else between letters. Nothing is lost. */
export function splitElements(elements: readonly TextElement[], atMost: number): readonly (readonly TextElement[])[] {
  const runs: TextElement[][] = [[]]
  let used = 0
  const waiting = elements.toReversed()

  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    const room = atMost - used
    const [head, tail] = weigh(element) <= room ? [element, null] : divide(element, room, used === 0)
    if (head !== null) runs.at(-1)?.push(head)
    used += head === null ? 0 : weigh(head)
    if (tail !== null) {
      waiting.push(tail)
      runs.push([])
      used = 0
    }
  }
  return runs.filter((run) => run.length > 0)
}

/** In bytes as sent; Slack limits characters of text and, undocumented, the size of the whole. */
export function weigh(part: object): number {
  return Buffer.byteLength(JSON.stringify(part))
}

/**
 * Breaks the shape of Slack's control sequences (`<!channel>`, `<@U1>`, `<https://…|…>`) with a
 * character of no width. Plain text objects should not fire them anyway: this does not rest on it.
 */
export function withoutControls(text: string): string {
  return text.replace(/<(?=[@#!]|https?:|mailto:|tel:)/gi, '<\u2060')
}

function elementOf(piece: Inline, breaks: 'kept' | 'flat'): TextElement {
  const clean = (text: string) => withoutControls(breaks === 'kept' ? tidyBreaks(text) : flat(text))
  if (typeof piece === 'string') return { type: 'text', text: clean(piece) }
  if ('strong' in piece) return { type: 'text', text: clean(piece.strong), style: { bold: true } }
  if ('faint' in piece) return { type: 'text', text: clean(piece.faint) }
  if ('place' in piece) return placeElement(piece)

  const url = liveAddress(piece.to)
  if (url === null) return { type: 'text', text: clean(`${piece.link} (${cutText(cleanName(piece.to), 200)})`) }
  return { type: 'link', url, text: withoutControls(shownName(piece.link)) || new URL(url).host }
}

/** Slack shows its name to those who may see it. A direct message has none; the bot is in those with one person alone. */
function placeElement(piece: { readonly place: string }): TextElement {
  if (/^[CG][A-Z0-9]{1,20}$/.test(piece.place)) return { type: 'channel', channel_id: piece.place }
  const isDirect = /^D[A-Z0-9]{1,20}$/.test(piece.place)
  return { type: 'text', text: isDirect ? 'our conversation' : withoutControls(cleanName(plainLine([piece]))) }
}

/** An address that may be live: http(s), of bounded length, and not made to look like another host. */
function liveAddress(to: string): string | null {
  if (!URL.canParse(to)) return null
  const url = new URL(to)
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:'
  return isWeb && url.username === '' && url.password === '' && url.href.length <= ADDRESS_AT_MOST ? url.href : null
}

function flat(text: string): string {
  return shownWords(text).replace(/[\s\v\f]/g, ' ')
}

function tidyBreaks(text: string): string {
  return shownWords(text).replace(/\n{3,}/g, '\n\n')
}

/** What fits into `room`, and the rest. An element that cannot be divided goes whole where nothing stands yet. */
function divide(
  element: TextElement,
  room: number,
  isAlone: boolean,
): readonly [TextElement | null, TextElement | null] {
  // A channel is named whole.
  if (element.type === 'channel') return isAlone ? [element, null] : [null, element]
  const text = element.text ?? ''
  let end = Math.max(0, Math.min(text.length, room))
  while (end > 0 && weigh({ ...element, text: text.slice(0, end) }) > room) end = Math.floor(end * 0.7)
  end = borderBefore(text, end)
  if (end < 1 || end >= text.length) return isAlone ? [element, null] : [null, element]
  return [
    { ...element, text: text.slice(0, end) },
    { ...element, text: text.slice(end) },
  ]
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** The best place to cut at or before `end`: behind a space if one is near, else between two letters as readers see them. */
function borderBefore(text: string, end: number): number {
  if (end >= text.length || end < 1) return end
  const space = text.lastIndexOf(' ', end - 1)
  if (space > end * 0.8) return space + 1
  const from = Math.max(0, end - 200)
  const border = graphemes.segment(text.slice(from, end + 1)).containing(end - from)?.index ?? 0
  return border > 0 ? from + border : end
}

/** `emoji: false`, or `:smile:` in a title would become a picture. */
export function plain(text: string): types.PlainTextElement {
  return { type: 'plain_text', text, emoji: false }
}
