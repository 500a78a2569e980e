/** A piece of markup: what stands between tags, or one tag. Offsets count into the markup. */
export type MarkupPiece =
  | { readonly kind: 'text'; readonly start: number; readonly end: number }
  | {
      readonly kind: 'tag'
      readonly start: number
      readonly end: number
      /** Lower case, its namespace prefix kept. Empty for comments, declarations and instructions. */
      readonly name: string
      readonly isEnd: boolean
      readonly isEmpty: boolean
    }

/** Elements whose content is no text for readers. */
const OPAQUE = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'iframe',
  'object',
  'svg',
  'math',
  'textarea',
  'select',
  'title',
  'head',
])

/**
 * Cuts markup of any quality into its pieces in one linear pass; never throws. The content of
 * scripts and their like comes as no piece at all.
 */
export function* scanMarkup(markup: string, opaque: ReadonlySet<string> = OPAQUE): Generator<MarkupPiece> {
  let textFrom = 0
  let at = markup.indexOf('<')
  const find = onceMissing(markup)
  while (at !== -1) {
    const tag = readTag(markup, at, find)
    if (tag === null) {
      at = markup.indexOf('<', at + 1)
      continue
    }
    if (at > textFrom) yield { kind: 'text', start: textFrom, end: at }
    yield tag
    textFrom = tag.end
    if (tag.kind === 'tag' && !tag.isEnd && !tag.isEmpty && opaque.has(tag.name))
      textFrom = endOfOpaque(markup, tag.name, tag.end, find)
    at = markup.indexOf('<', textFrom)
  }
  if (textFrom < markup.length) yield { kind: 'text', start: textFrom, end: markup.length }
}

type Find = (needle: string, from: number) => number

/** `indexOf` that remembers its last answer, so that a flood of openings is searched once and not once each. */
function onceMissing(text: string): Find {
  const last = new Map<string, { readonly from: number; readonly found: number }>()
  return (needle, from) => {
    const known = last.get(needle)
    if (known !== undefined && from >= known.from && (known.found === -1 || from <= known.found)) return known.found
    const found = text.indexOf(needle, from)
    last.set(needle, { from, found })
    return found
  }
}

function readTag(markup: string, at: number, find: Find): MarkupPiece | null {
  const next = markup.charCodeAt(at + 1)
  if (markup.startsWith('<!--', at)) return piece(at, find('-->', at + 4), 3)
  if (markup.startsWith('<![CDATA[', at)) return piece(at, find(']]>', at + 9), 3)
  if (next === 0x21 || next === 0x3f) return piece(at, find('>', at + 2), 1)
  const isEnd = next === 0x2f
  const name = /[A-Za-z][\w:.-]{0,60}/y
  name.lastIndex = at + (isEnd ? 2 : 1)
  const found = name.exec(markup)
  if (found === null) return null
  const end = endOfTag(markup, name.lastIndex, find)
  if (end === -1) return null
  return {
    kind: 'tag',
    start: at,
    end,
    name: found[0].toLowerCase(),
    isEnd,
    isEmpty: markup.charCodeAt(end - 2) === 0x2f,
  }
}

function piece(start: number, close: number, length: number): MarkupPiece | null {
  return close === -1 ? null : { kind: 'tag', start, end: close + length, name: '', isEnd: false, isEmpty: true }
}

/** A `>` inside quotation marks ends nothing; a quotation mark that is never closed quotes nothing. */
function endOfTag(markup: string, from: number, find: Find): number {
  const limit = Math.min(markup.length, from + LONGEST_TAG)
  const plain = find('>', from)
  if (plain === -1 || plain >= limit) return -1
  for (let at = from; at < limit; at += 1) {
    const code = markup.charCodeAt(at)
    if (code === 0x3e) return at + 1
    if ((code === 0x22 || code === 0x27) && markup.charCodeAt(at - 1) === 0x3d) {
      const close = find(code === 0x22 ? '"' : "'", at + 1)
      if (close !== -1 && close < limit) at = close
    }
  }
  return plain + 1
}

/** A tag with an image inside its address is the longest that is honest. */
const LONGEST_TAG = 100_000

function endOfOpaque(markup: string, name: string, from: number, find: Find): number {
  let at = find('</', from)
  while (at !== -1) {
    if (markup.slice(at + 2, at + 2 + name.length).toLowerCase() === name) return at
    at = find('</', at + 2)
  }
  return markup.length
}

/** Names of HTML's elements, as far as feeds put them into titles and texts. */
const HTML_NAMES = new Set(
  (
    'a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br button canvas caption center cite code col ' +
    'colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form ' +
    'frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map mark marquee math menu ' +
    'meta meter nav noembed noframes nobr noscript object ol optgroup option output p param picture plaintext pre progress q rp rt ruby s samp script section select slot ' +
    'small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var ' +
    'video wbr xmp'
  ).split(' '),
)

/** Whether HTML knows an element of this name: `<b>` is markup, `<Enter>` is what somebody wrote. */
export function isHtmlName(name: string): boolean {
  return HTML_NAMES.has(name)
}
