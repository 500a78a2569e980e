import { AppError } from '../base/errors.ts'
import { decodeText } from '../base/web/decode-text.ts'
import { fillGaps, hasGaps } from './fill-gaps.ts'
import { mendJsonFeed } from './mend-json-feed.ts'
import { normaliseFeed, type ParsedFeed } from './normalise-feed.ts'
import type { RawFeed } from './raw-feed.ts'
import { readWithFeedsmith } from './read-with-feedsmith.ts'
import { salvageFeed } from './salvage-feed.ts'
import type { SecondReader } from './second-reader.ts'

/** What came from that address lists no entries in any format that we know. */
export class NotAFeedError extends AppError {
  override readonly name = 'NotAFeedError'
  readonly code = 'feed/not-a-feed'
  readonly explanation: string
  readonly retry = 'never'
  readonly isPage: boolean

  constructor(isPage: boolean, options?: ErrorOptions) {
    super(isPage ? 'a page, not a feed' : 'not a feed', options)
    this.isPage = isPage
    this.explanation = isPage
      ? 'That is a web page, not a feed. Give me the address of its RSS or Atom feed, often linked at the foot of the page.'
      : 'That is not a feed: I read RSS, RDF, Atom and JSON Feed. Check the address.'
  }
}

export type FeedHints = {
  /** The feed's own address: what its relative links start from. */
  readonly url?: string | null
  readonly contentType?: string | null
}

type ParseDeps = {
  /** Where not given, feeds that the first reader refuses go straight to the salvage. */
  readonly secondReader?: SecondReader
}

/**
 * Reads the bytes of a feed: feedsmith first, rss-parser where it refuses or finds nothing, and
 * in the end whatever items can be saved. Never fetches, expands or runs anything in it.
 *
 * @throws {NotAFeedError} if it is none.
 */
export async function parseFeed(
  bytes: Uint8Array,
  hints: FeedHints,
  { secondReader }: ParseDeps = {},
): Promise<ParsedFeed> {
  const decoded = withoutProlog(decodeText(bytes, { contentType: hints.contentType ?? null }))
  const text = decoded.startsWith('{') ? (mendJsonFeed(decoded) ?? decoded) : withoutBase64(withRealCdata(decoded))
  const first = readWithFeedsmith(text)
  if (first !== null && first.items.length >= countItems(text)) return normaliseFeed(completed(first, text), hints)
  if (!looksLikeXmlFeed(text)) {
    if (first !== null) return normaliseFeed(first, hints)
    throw new NotAFeedError(/<html[\s>]|<!doctype html|<body[\s>]/i.test(text.slice(0, 5_000)))
  }
  const second = first === null || first.items.length === 0 ? await secondReader?.(text) : null
  const best = mostItems([first, second ?? null, salvageFeed(text)])
  if (best === null) throw new NotAFeedError(false)
  return normaliseFeed(best, hints)
}

/** Many items lack something for good; only an XML text may hold it under another name. */
function completed(feed: RawFeed, text: string): RawFeed {
  return text.startsWith('<') && hasGaps(feed, text) ? fillGaps(feed, salvageFeed(text)) : feed
}

/** Of equals the earlier reader is believed. */
function mostItems(feeds: readonly (RawFeed | null)[]): RawFeed | null {
  return feeds.reduce(
    (best, feed) => (feed !== null && (best === null || feed.items.length > best.items.length) ? feed : best),
    null,
  )
}

/** CDATA in small letters, or without its first bracket, would hide what it holds. */
function withRealCdata(xml: string): string {
  return xml.replace(/<!(?:\[(?:cdata|Cdata|CData)|CDATA|cdata)\[/g, '<![CDATA[')
}

/** Atom 0.3 may pack its texts; they become plain escaped text, which every reader knows. */
function withoutBase64(xml: string): string {
  if (!/base64|octet-stream/.test(xml)) return xml
  return xml.replace(
    /(<(?:\w{1,20}:)?(?:title|summary|content|subtitle|tagline)\b[^<>]{0,300}?)\s(?:mode|encoding|type)=["'](?:base64|application\/octet-stream)["']([^<>]{0,300}>)([A-Za-z0-9+/=\s]{4,2000000})(?=<\/)/g,
    (_, before: string, after: string, packed: string) =>
      `${before}${after}${Buffer.from(packed, 'base64').toString('utf8').replaceAll('&', '&amp;').replaceAll('<', '&lt;')}`,
  )
}

/** How many items the text opens; what CDATA and comments hold does not count, nor JSON, nor other vocabularies' items. */
function countItems(text: string): number {
  if (!text.startsWith('<')) return 0
  const opened = withoutCdata(text).match(/<(?:[A-Za-z][\w-]{0,20}:)?(?:item|entry)(?=[\s/>])/gi) ?? []
  const own = opened[0]?.toLowerCase()
  return opened.filter((name) => name.toLowerCase() === own).length
}

function withoutCdata(text: string): string {
  if (!text.includes('<!')) return text
  let bare = ''
  let at = 0
  while (at < text.length) {
    const cdata = text.indexOf('<!', at)
    if (cdata === -1) return bare + text.slice(at)
    const closing = text.startsWith('<![CDATA[', cdata) ? ']]>' : text.startsWith('<!--', cdata) ? '-->' : '>'
    const end = text.indexOf(closing, cdata)
    if (end === -1) return bare + text.slice(at, cdata)
    bare += text.slice(at, cdata)
    at = end + closing.length
  }
  return bare
}

function looksLikeXmlFeed(text: string): boolean {
  const root = /<(?:[A-Za-z][\w-]{0,20}:)?(rss|feed|rdf|channel|item|entry|html|body)[\s/>]/i.exec(
    text.slice(0, 200_000),
  )
  return root !== null && !/^(?:html|body)$/i.test(root[1] as string)
}

/**
 * The document without what stands before its root: blanks, a server's warning, the declaration,
 * and a DOCTYPE with all it declares. So no entity is ever declared, and none can be expanded.
 */
function withoutProlog(text: string): string {
  // XML 1.0 allows no NUL; whoever sends some means nothing by them.
  let rest = text.replaceAll('\u0000', '').trimStart()
  if (/^[[{]/.test(rest)) return rest
  const declared = rest
    .slice(0, 20_000)
    .search(/<(?:\?xml[\s?]|!DOCTYPE|(?:[A-Za-z][\w-]{0,20}:)?(?:rss|feed|rdf|channel)[\s>])/i)
  if (declared > 0) rest = rest.slice(declared)
  for (let skipped = 0; skipped < 1_000; skipped += 1) {
    const end = endOfPrologPiece(rest)
    if (end === null) return rest
    rest = rest.slice(end).trimStart()
  }
  return rest
}

function endOfPrologPiece(text: string): number | null {
  if (text.startsWith('<?')) return after(text, '?>', 2)
  if (text.startsWith('<!--')) return after(text, '-->', 4)
  if (/^<!doctype/i.test(text.slice(0, 9))) return endOfDoctype(text)
  return null
}

function after(text: string, closing: string, from: number): number {
  const at = text.indexOf(closing, from)
  return at === -1 ? text.length : at + closing.length
}

/** Quoted values and the part in square brackets may hold any `>`. */
function endOfDoctype(text: string): number {
  let depth = 0
  for (let at = 9; at < text.length; at += 1) {
    const character = text[at]
    if (character === '"' || character === "'") {
      const close = text.indexOf(character, at + 1)
      if (close === -1) return after(text, '>', 9)
      at = close
    } else if (character === '[') depth += 1
    else if (character === ']') depth -= 1
    else if (character === '<' && text.startsWith('<!--', at)) at = after(text, '-->', at) - 1
    else if (character === '>' && depth <= 0) return at + 1
    else if (character === '>' && !text.includes(']', at)) return at + 1
  }
  return text.length
}
