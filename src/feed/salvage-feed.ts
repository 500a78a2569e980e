import { decodeHTML } from 'entities'
import { enclosureLink, type FeedLink, nearestLink, pageLink } from './choose-link.ts'
import type { RawFeed, RawItem } from './raw-feed.ts'
import { isHtmlName, type MarkupPiece, scanMarkup } from './scan-markup.ts'

/** Nothing is opaque in a feed: its readers decide what a text is. */
const NOTHING: ReadonlySet<string> = new Set()

const ITEMS = new Set(['item', 'entry'])
const FEEDS = new Set(['rss', 'feed', 'rdf', 'channel'])

/** Their children count as the item's own. */
const CONTAINERS = new Set(['author', 'group', 'channel'])

/** An item of more tags than this is a flood, and its first ones say what it is. */
const TAGS_AT_MOST = 50_000

/** Enough to find one that says something. */
const REPEATED_AT_MOST = 5

/** More than any reader of ours takes. */
const ITEMS_AT_MOST = 10_000

type Tag = Extract<MarkupPiece, { kind: 'tag' }>

/**
 * The last reader: takes from a broken or cut feed the items that are whole, tag by tag and
 * without asking whether they fit together. `null` if there is nothing in it that a feed has.
 *
 * Item and entry, RSS, RDF, Atom and CDF are all the same to it.
 */
export function salvageFeed(xml: string): RawFeed | null {
  const items: RawItem[] = []
  const head: Part = newPart()
  const bases: string[] = []
  let item: Part | null = null
  let isFeed = false
  for (const piece of scanMarkup(xml, NOTHING)) {
    if (piece.kind === 'text' || piece.name === '') continue
    if (items.length >= ITEMS_AT_MOST) break
    const local = localName(piece.name)
    if (ITEMS.has(local) && (item === null || isOfSameKind(piece.name, item.name))) {
      // An item that begins inside another one ends it: its own end was lost.
      if (item !== null && (!piece.isEnd || item.name === piece.name)) items.push(itemOf(xml, item, piece.start))
      item = piece.isEnd ? null : newPart(piece.name, attributesOf(xml, piece))
      if (item !== null && piece.isEmpty) {
        items.push(itemOf(xml, item, piece.end))
        item = null
      }
    } else if (item === null && FEEDS.has(local)) {
      isFeed = true
      const attributes = piece.isEnd ? {} : attributesOf(xml, piece)
      const base = attributes['xml:base'] ?? attributes.base
      if (base !== undefined) bases.push(base)
      Object.assign(head.attributes, attributes, head.attributes)
    } else if (item !== null) {
      if (item.tags.length < TAGS_AT_MOST) item.tags.push(piece)
    } else if (isFeed && head.tags.length < TAGS_AT_MOST) head.tags.push(piece)
  }
  return isFeed || items.length > 0 ? feedOf(xml, head, bases, items) : null
}

/** The tags inside an item, or those of the feed outside its items. */
type Part = {
  readonly name: string
  readonly attributes: Record<string, string>
  readonly tags: Tag[]
}

function newPart(name = '', attributes: Record<string, string> = {}): Part {
  return { name, attributes, tags: [] }
}

/** Other vocabularies have items too; the item of a feed carries the prefix of the others, or another of the two names. */
function isOfSameKind(name: string, open: string): boolean {
  return name.slice(0, -localName(name).length) === open.slice(0, -localName(open).length)
}

function feedOf(xml: string, part: Part, bases: readonly string[], items: readonly RawItem[]): RawFeed {
  const head = readChildren(xml, part.tags, xml.length)
  return {
    title: field(head, 'title') ?? field(head, 'dc:title'),
    link: pageLink(linksOf(head)) ?? part.attributes.href ?? null,
    base: bases.reduce<string | null>((outer, base) => URL.parse(base, outer ?? undefined)?.href ?? outer, null),
    self: head.links.find(({ rel }) => rel === 'self')?.href ?? null,
    ttlMinutes: null,
    hub: null,
    language: field(head, 'language') ?? part.attributes['xml:lang'] ?? null,
    items,
  }
}

function itemOf(xml: string, part: Part, end: number): RawItem {
  const children = readChildren(xml, part.tags, end)
  const get = (...names: readonly string[]) =>
    names.map((name) => field(children, name)).find((value) => value !== null) ?? null
  const own = part.attributes
  const links = linksOf(children)
  return {
    id: get('guid', 'id', 'dc:identifier') ?? own['rdf:about'] ?? own.about ?? null,
    idIsLink: !children.isIdOnly,
    title: get('title', 'dc:title', 'media:title', 'itunes:title'),
    link: pageLink(links) ?? own.href ?? nearestLink(links),
    originalLink: get('feedburner:origlink', 'pheedo:origlink'),
    enclosure: enclosureLink(links),
    dates: [
      ...['pubdate', 'published', 'issued', 'dc:date', 'date', 'created', 'updated', 'modified'].map((name) =>
        get(name),
      ),
      own.lastmod,
    ],
    summary: get('description', 'summary', 'abstract', 'dc:description', 'media:description', 'itunes:summary'),
    content: get('content:encoded', 'encoded', 'content', 'xhtml:body', 'body', 'fullitem'),
    author: get('name', 'dc:creator', 'itunes:author'),
    base: own['xml:base'] ?? null,
    textBase: children.textBase,
  }
}

type Children = {
  /** What stands in them, by full name, as it stands there: it is read when somebody asks for it. */
  readonly fields: Map<string, string[]>
  readonly links: FeedLink[]
  /** Links whose address stands between their tags. */
  readonly textLinks: FeedLink[]
  textBase: string | null
  isIdOnly: boolean
}

/** The direct children, in one pass: a child whose end is nowhere ends at the next tag. */
function readChildren(xml: string, tags: readonly Tag[], end: number): Children {
  const children: Children = { fields: new Map(), links: [], textLinks: [], textBase: null, isIdOnly: false }
  const lastEnd = new Map<string, number>()
  for (const [index, tag] of tags.entries()) if (tag.isEnd) lastEnd.set(tag.name, index)
  let open: { readonly tag: Tag; readonly before: number; depth: number } | null = null
  for (const [index, tag] of tags.entries()) {
    if (open === null) {
      if (tag.isEnd) continue
      noteAttributes(children, xml, tag)
      if (tag.isEmpty || CONTAINERS.has(localName(tag.name))) continue
      const before = tags[index + 1]?.start ?? end
      if ((lastEnd.get(tag.name) ?? -1) > index) open = { tag, before, depth: 0 }
      else keep(children, xml, tag, before)
    } else if (tag.name === open.tag.name) {
      if (!tag.isEnd) open.depth += tag.isEmpty ? 0 : 1
      else if (open.depth > 0) open.depth -= 1
      else {
        keep(children, xml, open.tag, tag.start)
        open = null
      }
    }
  }
  if (open !== null) keep(children, xml, open.tag, open.before)
  return children
}

function keep({ fields, textLinks }: Children, xml: string, tag: Tag, end: number): void {
  const inner = xml.slice(tag.end, end)
  if (/^(?:[\w-]{1,20}:)?link$/.test(tag.name) && !/^(?:media|image):/.test(tag.name)) {
    const { rel, type, hreflang } = attributesOf(xml, tag)
    textLinks.push({ href: textIn(inner), rel, type, hreflang })
    return
  }
  const known = fields.get(tag.name)
  if (known === undefined) fields.set(tag.name, [inner])
  else if (known.length < REPEATED_AT_MOST) known.push(inner)
}

/** What stands between the tags comes first: it is RSS's own way. */
function linksOf({ links, textLinks }: Children): readonly FeedLink[] {
  return [...textLinks, ...links]
}

function noteAttributes(children: Children, xml: string, tag: Tag): void {
  const local = localName(tag.name)
  if (local === 'link') {
    const { href, rel, type, hreflang } = attributesOf(xml, tag)
    if (href !== undefined) children.links.push({ href, rel, type, hreflang })
  } else if (local === 'enclosure') {
    children.links.push({ href: attributesOf(xml, tag).url, rel: 'enclosure' })
  } else if (local === 'guid') {
    children.isIdOnly = attributesOf(xml, tag).ispermalink?.toLowerCase() === 'false'
  } else if (/^(?:description|summary|content|encoded|abstract|body)$/.test(local)) {
    children.textBase ??= attributesOf(xml, tag)['xml:base'] ?? null
  }
}

/** By full name, else whatever prefix it has; of several the first that says something. */
function field({ fields }: Children, name: string): string | null {
  const exact = firstText(fields.get(name))
  if (exact !== null || name.includes(':')) return exact
  for (const [full, inner] of fields) {
    if (full.endsWith(`:${name}`) && !/^(?:media|itunes|dc|image):/.test(full)) {
      const text = firstText(inner)
      if (text !== null) return text
    }
  }
  return null
}

function firstText(inner: readonly string[] | undefined): string | null {
  for (const one of inner ?? []) {
    const text = textIn(one)
    if (text !== '') return text
  }
  return null
}

function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1)
}

function textIn(xml: string): string {
  // Markup that stands there unescaped is markup already: its entities belong to it.
  if (/<\/?[A-Za-z]/.test(xml) && !xml.includes('<![CDATA[')) return withoutPrefixes(xml).trim()
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

/** `<xhtml:p>` is `<p>`. */
function withoutPrefixes(markup: string): string {
  return markup.replace(
    /<(\/?)[A-Za-z][\w-]{0,20}:([A-Za-z][A-Za-z0-9]{0,20})(?=[\s/>])/g,
    (whole, stroke: string, local: string) => (isHtmlName(local.toLowerCase()) ? `<${stroke}${local}` : whole),
  )
}

function attributesOf(xml: string, { start, end }: { start: number; end: number }): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (const [, name = '', double, single, bare] of xml
    .slice(start, Math.min(end, start + 5_000))
    .matchAll(/([A-Za-z][\w:-]{0,40})\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\s"'<>]{1,2000}))/g)) {
    attributes[name.toLowerCase()] ??= decodeHTML(double ?? single ?? bare ?? '')
  }
  return attributes
}
