import { createHash } from 'node:crypto'
import { absoluteAddress, cleanMarkup, textOfMarkup } from './clean-markup.ts'
import { cleanLine, withoutInvisible } from './clean-text.ts'
import type { RawFeed, RawItem } from './raw-feed.ts'
import { readDate } from './read-date.ts'

/** A feed as the service stores it and as `parse-feed` prints it. */
export type ParsedFeed = {
  readonly title: string | null
  readonly link: string | null
  readonly language: string | null
  readonly items: readonly ParsedItem[]
  /** What the publisher asks of whoever polls; `null` where nothing was said. */
  readonly ttlMinutes: number | null
  readonly hub: string | null
}

export type ParsedItem = {
  /** Unique in the feed, and the same at every poll. */
  readonly id: string
  readonly title: string
  /** Absolute, http or https. */
  readonly link: string | null
  /** ISO 8601 in UTC; `null` if the publisher gave no usable date. */
  readonly published: string | null
  /** Clean markup. */
  readonly summary?: string
  /** Clean markup; often the whole article. */
  readonly content?: string
  readonly author?: string
}

const TITLE_AT_MOST = 500
const AUTHOR_AT_MOST = 200
/** Longer ids are hashed: they become part of a key. */
const ID_AT_MOST = 500
const MARKUP_AT_MOST = 500_000
/** More than any publisher lists; a flood is cut here, and the poller takes fewer still. */
const ITEMS_AT_MOST = 2_000

/** Addresses may hold a publisher's campaign marks; the article behind them is the same. */
const TRACKING =
  /^(?:utm_\w+|fbclid|gclid|dclid|mc_cid|mc_eid|igshid|ns_(?:mchannel|source|campaign|linkname|fee)|at_(?:medium|campaign|custom\d)|xtor|cmpid|ocid|ref_src|guccounter)$/i

/** Makes text, absolute addresses, instants and ids of what a reader found. */
export function normaliseFeed(raw: RawFeed, { url = null }: { readonly url?: string | null }): ParsedFeed {
  const base = joinBases([url, raw.base]) ?? joinBases([raw.self]) ?? joinBases([raw.link])
  const seen = new Map<string, string>()
  const read = raw.items
    .slice(0, ITEMS_AT_MOST)
    .map((item) => ({ item: normaliseItem(item, base, { url, hasBase: raw.base !== null }), hasId: item.id !== null }))
  const items = withOwnIds(read).flatMap((item) => withUniqueId(item, seen) ?? [])
  return {
    title: emptyToNull(lineOf(raw.title, TITLE_AT_MOST)),
    link: raw.link === null ? null : absoluteAddress(raw.link, base),
    language: raw.language === null ? null : cleanLine(raw.language, 35),
    items,
    ttlMinutes: raw.ttlMinutes !== null && raw.ttlMinutes > 0 ? raw.ttlMinutes : null,
    hub: raw.hub === null ? null : absoluteAddress(raw.hub, base),
  }
}

function normaliseItem(
  raw: RawItem,
  feedBase: string | null,
  feed: { readonly url: string | null; readonly hasBase: boolean },
): ParsedItem {
  const base = joinBases([feedBase, raw.base])
  const textBase = joinBases([base, raw.textBase])
  const link = linkOf(raw, base, feed.url)
  const summary = markupOf(raw.summary, textBase ?? link)
  const content = markupOf(raw.content, textBase ?? link)
  const title = lineOf(raw.title, TITLE_AT_MOST)
  const author = lineOf(raw.author, AUTHOR_AT_MOST)
  const published =
    raw.dates
      .map((date) => readDate(date))
      .find((date) => date !== null)
      ?.toISOString() ?? null
  return {
    id: idOf(raw, {
      base,
      hasBase: feed.hasBase || raw.base !== null,
      link,
      title,
      published,
      words: summary || content,
    }),
    title,
    link,
    published,
    ...(summary === '' ? {} : { summary }),
    ...(content === '' ? {} : { content }),
    ...(author === '' ? {} : { author }),
  }
}

/** Its link; else its id, where that is an address; else what comes with it. */
function linkOf(raw: RawItem, base: string | null, feedUrl: string | null): string | null {
  const id = raw.idIsLink && raw.id !== null && /^\s{0,20}(?:https?:\/\/|\/[^/])/i.test(raw.id) ? raw.id : null
  const link = [raw.link, id, raw.enclosure]
    .map((address) => (address === null ? null : absoluteAddress(mended(address), base)))
    .find((address) => address !== null)
  return link === undefined || (leadsInside(link) && feedUrl !== null && !leadsInside(feedUrl)) ? null : link
}

/** What programs print where they have no address. */
const NO_ADDRESS = /^(?:null|undefined|none|nil|nan|false|about:blank)$/i

/** Addresses are escaped once too often, written as people say them, packed in a link, or followed by a second one. */
function mended(address: string): string {
  const plain = withoutInvisible(address).trim().replaceAll('&amp;', '&')
  if (NO_ADDRESS.test(plain)) return ''
  if (plain.startsWith('<')) return /\shref=["']?([^"'\s<>]{1,2000})/i.exec(plain)?.[1] ?? ''
  const first = plain.split(/\s(?=https?:\/\/)/i, 1)[0]?.trim() ?? ''
  return /^www\.[\w-]{1,60}\./i.test(first) ? `https://${first}` : first
}

/** A public feed has no business with addresses of this machine or its network. */
function leadsInside(address: string): boolean {
  const host = URL.parse(address)?.hostname ?? ''
  return /^(?:localhost|.{1,250}\.(?:localhost|local|internal)|(?:127|10|0)(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|169\.254(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}|\[.{1,50}\])$/.test(
    host,
  )
}

function markupOf(raw: string | null, base: string | null): string {
  if (raw === null) return ''
  const clean = cleanMarkup(withoutInvisible(unwrapped(bounded(raw))), base)
  return isBlank(clean) ? '' : clean
}

/** Tags that hold neither words nor a picture. */
function isBlank(markup: string): boolean {
  return markup.length < 200 && !markup.includes('<img ') && textOfMarkup(markup).trim() === ''
}

function lineOf(raw: string | null, atMost: number): string {
  return raw === null ? '' : cleanLine(textOfMarkup(unwrapped(bounded(raw))), atMost)
}

/** CDATA that was escaped, or put into another CDATA, is still only a wrapping. */
function unwrapped(text: string): string {
  if (!text.includes('<![CDATA[')) return text
  return text.replaceAll('<![CDATA[', '').replaceAll(']]>', '').replace(/\]\]$/, '')
}

function bounded(text: string): string {
  return text.length > MARKUP_AT_MOST ? text.slice(0, MARKUP_AT_MOST) : text
}

type Identity = {
  /** For ids that are relative addresses. */
  readonly base: string | null
  /** The publisher gave an `xml:base`, so an id such as `a/b` is meant as an address. */
  readonly hasBase: boolean
  readonly link: string | null
  readonly title: string
  readonly published: string | null
  readonly words: string
}

/** Its own id; else its address without campaign marks; else its title and day; else its words. */
function idOf(raw: RawItem, { base, hasBase, link, title, published, words }: Identity): string {
  const own = absoluteId(withoutInvisible(raw.id ?? '').trim(), { base, hasBase })
  if (own !== '') return own.length > ID_AT_MOST ? `sha256:${hash(own)}` : own
  if (link !== null) return withoutTracking(link)
  if (title !== '') return `title:${hash(`${title}\n${published?.slice(0, 10) ?? ''}`)}`
  return `text:${hash(`${words}\n${published}`)}`
}

function absoluteId(id: string, { base, hasBase }: Pick<Identity, 'base' | 'hasBase'>): string {
  const isPath = /^\/[\w.~-][\w./~-]{0,300}$/.test(id) || (hasBase && /^[\w.-]{1,200}\/[\w./-]{0,300}$/.test(id))
  return isPath ? (absoluteAddress(id, base) ?? id) : id
}

/** The same address without the marks of campaigns and without a place inside the page. */
export function withoutTracking(address: string): string {
  const url = URL.parse(address)
  if (url === null) return address
  url.hash = ''
  for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name)
  return url.href
}

/** Items without id that share one page, as those of a running report do, are told apart by their titles. */
function withOwnIds(read: readonly { readonly item: ParsedItem; readonly hasId: boolean }[]): readonly ParsedItem[] {
  const titles = new Map<string, Set<string>>()
  for (const { item, hasId } of read) {
    if (hasId || item.link === null) continue
    titles.set(item.id, (titles.get(item.id) ?? new Set()).add(item.title))
  }
  return read.map(({ item, hasId }) =>
    !hasId && (titles.get(item.id)?.size ?? 0) > 1
      ? { ...item, id: `${item.id.slice(0, ID_AT_MOST - 50)}#${hash(item.title)}` }
      : item,
  )
}

/**
 * The same item listed twice is one. Different items under one id are a publisher's mistake:
 * each keeps its own address, or else its title, as its id.
 */
function withUniqueId(item: ParsedItem, seen: Map<string, string>): ParsedItem | null {
  const self = `${item.link ?? ''}\n${item.link === null ? item.title : ''}`
  const known = seen.get(item.id)
  if (known === undefined) {
    seen.set(item.id, self)
    return item
  }
  if (known === self) return null
  const id =
    item.link === null
      ? `${item.id.slice(0, 100)}#${hash(item.title)}`
      : `${item.id.slice(0, 100)}#${withoutTracking(item.link)}`
  if (seen.has(id)) return null
  seen.set(id, self)
  return { ...item, id }
}

function joinBases(bases: readonly (string | null)[]): string | null {
  return bases.reduce<string | null>(
    (outer, inner) => (inner === null ? outer : (absoluteAddress(inner, outer) ?? outer)),
    null,
  )
}

function emptyToNull(text: string): string | null {
  return text === '' ? null : text
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 32)
}
