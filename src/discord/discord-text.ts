import { type Inline, type Line, plainLine } from '../chat/blocks.ts'
import { cleanName, shownName, shownWords } from '../chat/clean-text.ts'

/** Longer addresses are of no use to a reader, and four of them would fill a message. */
const ADDRESS_CHARACTERS = 1_000

/** Pieces of text are never longer than this before they are escaped, so that any two fit one message. */
const CHUNK_CHARACTERS = 500
/** How far back from the end of a chunk we look for a space to part the words at. */
const SPACE_WITHIN = 60

/**
 * Plain text as Discord's markdown that shows just that text: nothing is bold, a list, a heading, a
 * live link, a mention, an emoji or an invitation. Discord takes a backslash before any punctuation.
 *
 * @see https://discord.com/developers/docs/reference#message-formatting
 */
export function escapeMarkdown(text: string): string {
  return (
    text
      .replace(/[\\*_~`|<>[\]#@]/g, '\\$&')
      // Bare addresses of any scheme, and :emoji:
      .replace(/:(?=\/\/|[\w+-]{1,64}:)/g, '\\:')
      .replace(/(discord(?:app)?\.(?:gg|com|me|io))\//gi, '$1\\/')
      // What is a list only at the beginning of a line
      .replace(/^([^\S\n]*)([-+])(?=\s)/gm, '$1\\$2')
      .replace(/^([^\S\n]*-)(?=\\#)/gm, '\\$1')
      .replace(/^([^\S\n]*\d{1,9})([.)])(?=\s)/gm, '$1\\$2')
  )
}

/**
 * A line as markdown in pieces of at most 2,100 characters: joined they are the line, and each may
 * stand at the end of one message or the beginning of the next.
 *
 * @param oneLine whether line breaks become spaces: a title from outside must not begin lines of its own.
 */
export function markdownPieces(line: Line, { oneLine }: { readonly oneLine: boolean }): readonly string[] {
  const inline = typeof line === 'string' ? [line] : line
  return inline.flatMap((piece, at) => {
    const between = isWeighted(piece) && isWeighted(inline[at - 1]) ? [NOTHING_TO_SEE] : []
    return [...between, ...piecesOf(piece, oneLine)]
  })
}

/** Between two weights: `**one***two*` would be read as neither. */
const NOTHING_TO_SEE = '\u2060'

function isWeighted(piece: Inline | undefined): boolean {
  return typeof piece === 'object' && ('strong' in piece || 'faint' in piece)
}

function piecesOf(piece: Inline, oneLine: boolean): readonly string[] {
  if (typeof piece === 'string') return escapedChunks(oneLine ? spaced(piece) : shownWords(piece))
  if ('strong' in piece) return chunksOf(spaced(piece.strong)).map((text) => wrapped('**', text))
  if ('faint' in piece) return chunksOf(spaced(piece.faint)).map((text) => wrapped('*', text))
  if ('place' in piece) return [channelPiece(piece)]
  return [linkPiece(piece.link, piece.to)]
}

/** A channel that leads there and calls nobody; whoever may not see it is not told its name. */
function channelPiece(piece: { readonly place: string }): string {
  return /^\d{1,20}$/.test(piece.place) ? `<#${piece.place}>` : escapeMarkdown(cleanName(plainLine([piece])))
}

/** What is live only as a whole (an address, an invitation, an emoji) may be cut in two and joined again: every part is escaped. */
function escapedChunks(text: string): readonly string[] {
  const chunks = chunksOf(text)
  if (chunks.length === 1) return chunks.map(escapeMarkdown)
  return chunks.map((chunk) =>
    escapeMarkdown(chunk)
      .replace(/(?<!\\):/g, '\\:')
      .replace(/^\S+/, (word) => word.replace(/(?<!\\)\//g, '\\/')),
  )
}

/** Without line breaks, but with the spaces at both ends: they part the pieces of a line. */
function spaced(text: string): string {
  return shownWords(text.replace(/[\r\n\u0085\u2028\u2029]+/g, ' '))
}

/** The marks hold on to the words only where no space is between. */
function wrapped(mark: string, text: string): string {
  const words = text.trim()
  if (words === '') return text
  const start = text.indexOf(words)
  return `${text.slice(0, start)}${mark}${escapeMarkdown(words)}${mark}${text.slice(start + words.length)}`
}

/**
 * A link of ours, with the host in plain sight. Angle brackets hold the preview back and keep the
 * address whole; what is no web address is text.
 */
function linkPiece(label: string, to: string): string {
  const text = shownName(label).slice(0, CHUNK_CHARACTERS)
  const url = webAddress(to)
  if (url === null) return escapeMarkdown(text === '' ? cleanName(to).slice(0, CHUNK_CHARACTERS) : text)
  const host = url.host.replace(/^www\./, '')
  const shown = text === '' ? host : text
  const named = shown.toLowerCase().includes(host) ? '' : ` (${escapeMarkdown(host)})`
  // A backslash stays in a query and would end the escape of the bracket behind it.
  return `[${escapeMarkdown(shown)}](<${url.href.replaceAll('\\', '%5C')}>)${named}`
}

function webAddress(to: string): URL | null {
  if (to.length > ADDRESS_CHARACTERS || !URL.canParse(to)) return null
  const url = new URL(to)
  const isPlain = /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
  return isPlain && url.href.length <= ADDRESS_CHARACTERS ? url : null
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** Parts text at a space if one is near, else between two letters as readers see them. */
function chunksOf(text: string): readonly string[] {
  const chunks: string[] = []
  let rest = text
  while (rest.length > CHUNK_CHARACTERS) {
    const end = chunkEnd(rest)
    chunks.push(rest.slice(0, end))
    rest = rest.slice(end)
  }
  return [...chunks, rest]
}

function chunkEnd(text: string): number {
  const space = text.slice(0, CHUNK_CHARACTERS).lastIndexOf(' ')
  if (space > CHUNK_CHARACTERS - SPACE_WITHIN) return space + 1
  const border = graphemes.segment(text.slice(0, CHUNK_CHARACTERS + 1)).containing(CHUNK_CHARACTERS)?.index ?? 0
  if (border > 0) return border
  // One endless letter: between two code points at least.
  const isInsidePair = /[\udc00-\udfff]/.test(text.charAt(CHUNK_CHARACTERS))
  return isInsidePair ? CHUNK_CHARACTERS - 1 : CHUNK_CHARACTERS
}
