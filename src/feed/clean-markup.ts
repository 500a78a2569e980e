import { decodeHTML } from 'entities'
import { withoutInvisible } from './clean-text.ts'
import { isHtmlName, type MarkupPiece, scanMarkup } from './scan-markup.ts'

/** Elements that end a line of text. */
const BREAKS = new Set(
  'address article aside blockquote br dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table td th tr ul'.split(
    ' ',
  ),
)

/** Elements that say something about their text and load or run nothing. */
const KEPT = new Set(
  (
    'a abbr acronym address article aside b bdo big blockquote br caption center cite code dd del details dfn div dl dt em figcaption figure font footer ' +
    'h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var'
  ).split(' '),
)

const KEPT_ATTRIBUTES = new Set([
  'href',
  'src',
  'alt',
  'title',
  'cite',
  'datetime',
  'lang',
  'dir',
  'class',
  'itemprop',
  'rel',
  'colspan',
  'rowspan',
])
const ADDRESSES = new Set(['href', 'src', 'cite'])

/** The words of a piece of markup, its entities decoded, its blocks parted by line feeds. */
export function textOfMarkup(markup: string): string {
  const text = strip(markup)
  // Escaped once too often, or meant to do harm: no title is about these.
  return /<(?:script|iframe|object|embed|img|svg|style|link|meta)\b/i.test(text) ? strip(text) : text
}

function strip(markup: string): string {
  let text = ''
  for (const piece of scanMarkup(markup)) {
    if (piece.kind === 'text' || isProse(markup, piece)) text += markup.slice(piece.start, piece.end)
    else if (BREAKS.has(piece.name)) text += '\n'
  }
  return decodeHTML(text)
}

/** `<Enter>`, or the words between two signs, as in `a<b and c>d`: more words than HTML's attributes without a value. */
function isProse(markup: string, { name, start, end, isEnd }: Extract<MarkupPiece, { kind: 'tag' }>): boolean {
  if (name === '' || isEnd) return false
  return !isHtmlName(name) || /^(?:\s{1,5}[\p{L}\p{N}]{1,30}){2}/u.test(markup.slice(start + name.length + 1, end))
}

/**
 * The same markup with nothing in it that runs, loads or leads into a private corner: only plain
 * elements and a few attributes stay, and their addresses are absolute. Made for storing a
 * feed's own words; what is shown to people is made from text, never from this.
 */
export function cleanMarkup(markup: string, base: string | null): string {
  let clean = ''
  for (const piece of scanMarkup(markup)) {
    if (piece.kind === 'text') clean += withLetters(markup.slice(piece.start, piece.end))
    else if (KEPT.has(piece.name)) clean += rebuild(markup.slice(piece.start, piece.end), piece, base) + closing(piece)
    else if (piece.name !== '' && !isHtmlName(piece.name)) clean += escapeAngles(markup.slice(piece.start, piece.end))
  }
  return clean.trim()
}

const VOID = new Set(['br', 'hr', 'img'])

/** XML closes an empty element in its own tag, which HTML does not know. */
function closing({ name, isEmpty, isEnd }: Extract<MarkupPiece, { kind: 'tag' }>): string {
  return isEmpty && !isEnd && !VOID.has(name) ? `</${name}>` : ''
}

/** The same words with their letters written out: of entities only those stay that mean something in markup. */
function withLetters(text: string): string {
  if (!text.includes('&')) return escapeAngles(text)
  return escapeAngles(text.replace(/&(?!(?:amp|lt|gt);)#?[A-Za-z0-9]{1,32};/g, letterOf))
}

function letterOf(entity: string): string {
  const letter = decodeHTML(entity)
  return letter === entity || /[&<>]/.test(letter) ? entity : withoutInvisible(letter)
}

function escapeAngles(text: string): string {
  return text.replaceAll('<', '&lt;')
}

const ATTRIBUTE = /([A-Za-z][\w:-]{0,40})\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\s"'>]{1,2000}))/g

function rebuild(tag: string, { name, isEnd }: { name: string; isEnd: boolean }, base: string | null): string {
  if (isEnd) return `</${name}>`
  let attributes = ''
  for (const [, rawName = '', double, single, bare] of tag.slice(name.length + 1).matchAll(ATTRIBUTE)) {
    const attribute = rawName.toLowerCase()
    if (!KEPT_ATTRIBUTES.has(attribute)) continue
    const value = decodeHTML(double ?? single ?? bare ?? '')
    const safe = ADDRESSES.has(attribute) ? absoluteAddress(value, base) : value
    if (safe !== null)
      attributes += ` ${attribute}="${safe.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')}"`
  }
  return `<${name}${attributes}>`
}

/**
 * What `address` means seen from `base`: absolute, http or https, without user name. `null` for
 * everything else, so that no `javascript:` and no `file:` gets further.
 */
export function absoluteAddress(address: string, base: string | null): string | null {
  const trimmed = address.trim()
  if (trimmed === '' || trimmed.length > 4_000) return null
  const url = URL.parse(trimmed, base ?? undefined)
  if (
    url === null ||
    (url.protocol !== 'http:' && url.protocol !== 'https:') ||
    url.username !== '' ||
    url.password !== ''
  )
    return null
  return url.href
}
