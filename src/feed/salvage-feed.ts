import { decodeHTML } from 'entities'
import type { RawFeed, RawItem } from './raw-feed.ts'
import { type MarkupPiece, scanMarkup } from './scan-markup.ts'

/** Nothing is opaque in a feed: its readers decide what a text is. */
const NOTHING: ReadonlySet<string> = new Set()

const ITEMS = new Set(['item', 'entry'])
const FEEDS = new Set(['rss', 'feed', 'rdf', 'channel'])

/**
 * The last reader: takes from a broken or cut feed the items that are whole, tag by tag and
 * without asking whether they fit together. `null` if there is nothing in it that a feed has.
 *
 * Item and entry, RSS, RDF, Atom and CDF are all the same to it.
 */
export function salvageFeed(xml: string): RawFeed | null {
  let feed: Element | null = null
  let item: Element | null = null
  const items: RawItem[] = []
  const head = newElement()
  for (const piece of scanMarkup(xml, NOTHING)) {
    const local = piece.kind === 'tag' ? localName(piece.name) : ''
    if (piece.kind === 'tag' && ITEMS.has(local)) {
      // An item that begins inside another one ends it: its own end was lost.
      if (item !== null && (!piece.isEnd || item.local === local)) items.push(itemOf(item))
      item = piece.isEnd ? null : newElement(local, attributesOf(xml, piece))
      if (item !== null && piece.isEmpty) {
        items.push(itemOf(item))
        item = null
      }
    } else if (item !== null) {
      collect(item, xml, piece, local)
    } else if (piece.kind === 'tag' && FEEDS.has(local)) {
      feed ??= head
      if (!piece.isEnd) Object.assign(head.attributes, attributesOf(xml, piece), head.attributes)
    } else if (feed !== null) {
      collect(head, xml, piece, local)
    }
  }
  if (feed === null && items.length === 0) return null
  return {
    title: field(head, 'title'),
    link: field(head, 'link') ?? head.links[0]?.href ?? head.attributes.href ?? null,
    base: head.attributes['xml:base'] ?? null,
    ttlMinutes: null,
    hub: null,
    language: field(head, 'language'),
    items,
  }
}

type Element = {
  readonly local: string
  readonly attributes: Record<string, string>
  /** The direct children's text by full name, first come first kept. */
  readonly fields: Map<string, string>
  readonly links: { readonly href: string; readonly rel: string }[]
  /** The child that is open, where its text began, and how many of its own name are open inside it. */
  open: { readonly name: string; readonly start: number; depth: number } | null
}

function newElement(local = '', attributes: Record<string, string> = {}): Element {
  return { local, attributes, fields: new Map(), links: [], open: null }
}

function collect(element: Element, xml: string, piece: MarkupPiece, local: string): void {
  if (piece.kind === 'text' || piece.name === '') return
  const { open } = element
  if (open === null) {
    if (piece.isEnd) return
    if (local === 'link') {
      const { href, rel = 'alternate' } = attributesOf(xml, piece)
      if (href !== undefined) element.links.push({ href, rel })
    }
    if (!piece.isEmpty && !CONTAINERS.has(local)) element.open = { name: piece.name, start: piece.end, depth: 0 }
    return
  }
  if (piece.name !== open.name) return
  if (!piece.isEnd) {
    if (!piece.isEmpty) open.depth += 1
  } else if (open.depth > 0) {
    open.depth -= 1
  } else {
    if (!element.fields.has(open.name)) element.fields.set(open.name, textIn(xml.slice(open.start, piece.start)))
    element.open = null
  }
}

/** Their children count as the item's own. */
const CONTAINERS = new Set(['author', 'group', 'channel', 'image'])

function itemOf(element: Element): RawItem {
  const get = (...names: readonly string[]) =>
    names.map((name) => field(element, name)).find((value) => value !== null) ?? null
  const alternate = element.links.find(({ rel }) => rel === 'alternate' || rel === '') ?? element.links[0]
  return {
    id: get('guid', 'id', 'dc:identifier') ?? element.attributes['rdf:about'] ?? null,
    idIsLink: true,
    title: get('title', 'dc:title', 'media:title'),
    link: get('link') ?? alternate?.href ?? element.attributes.href ?? null,
    dates: [get('pubdate'), get('published', 'issued'), get('dc:date'), get('updated', 'modified', 'created')],
    summary: get('description', 'summary', 'abstract', 'media:description'),
    content: get('content:encoded', 'content', 'xhtml:body', 'body', 'fullitem'),
    author: get('name', 'dc:creator', 'itunes:author'),
    base: element.attributes['xml:base'] ?? null,
    textBase: null,
  }
}

/** By full name, else whatever prefix it has. */
function field(element: Element, name: string): string | null {
  const exact = element.fields.get(name)
  if (exact !== undefined && exact !== '') return exact
  if (name.includes(':')) return null
  for (const [full, value] of element.fields) {
    if (full.endsWith(`:${name}`) && !/^(?:media|itunes|dc|image):/.test(full) && value !== '') return value
  }
  return null
}

function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1)
}

function textIn(xml: string): string {
  let value = ''
  let at = 0
  for (;;) {
    const open = xml.indexOf('<![CDATA[', at)
    const close = open === -1 ? -1 : xml.indexOf(']]>', open)
    if (close === -1) return (value + decodeHTML(xml.slice(at))).trim()
    value += decodeHTML(xml.slice(at, open)) + xml.slice(open + 9, close)
    at = close + 3
  }
}

function attributesOf(xml: string, { start, end }: { start: number; end: number }): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (const [, name = '', double, single] of xml
    .slice(start, Math.min(end, start + 5_000))
    .matchAll(/([A-Za-z][\w:-]{0,40})\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)')/g)) {
    attributes[name.toLowerCase()] ??= decodeHTML(double ?? single ?? '')
  }
  return attributes
}
