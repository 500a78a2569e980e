import { decodeHTML } from 'entities'
import { absoluteAddress } from './clean-markup.ts'
import { scanMarkup } from './scan-markup.ts'

/** A page lists its feeds in its head; what comes after this much of it is text. */
const WITHIN = 300_000
const FEEDS_AT_MOST = 5

const FEED_TYPE =
  /^(?:application\/(?:rss|atom|rdf)\+xml|application\/(?:feed\+)?json|text\/xml|application\/xml)(?:\s{0,5};|\s{0,5}$)/i

/** Feeds of comments are no news; what a site puts first is its main feed. */
const NO_NEWS = /comment/i

/** Many pages that name no feed to machines link one for people, with a word for it in its address. */
const LOOKS_LIKE_FEED = /(?:^|[/._-])(?:rss|atom|feeds?)(?:[/._-]|\d?$)/i

type FoundFeed = { readonly url: string; readonly title: string }

/** The addresses of the feeds that a web page names in its head, or else links; the site's main one first. */
export function discoverFeeds(html: string, pageUrl: string): readonly string[] {
  const page = html.slice(0, WITHIN)
  let base = pageUrl
  const named: FoundFeed[] = []
  const linked: FoundFeed[] = []
  for (const piece of scanMarkup(page, new Set(['script', 'style', 'title']))) {
    if (piece.kind !== 'tag' || piece.isEnd || !/^(?:base|link|a)$/.test(piece.name)) continue
    const tag = page.slice(piece.start, piece.end)
    const url = absoluteAddress(attributeOf(tag, 'href') ?? '', piece.name === 'base' ? pageUrl : base)
    if (url === null) continue
    if (piece.name === 'base') base = url
    if (piece.name === 'link' && namesFeed(tag)) named.push({ url, title: attributeOf(tag, 'title') ?? '' })
    if (piece.name === 'a' && linksFeed(url, pageUrl)) linked.push({ url, title: '' })
  }
  const isNews = ({ url, title }: FoundFeed) => !NO_NEWS.test(`${title} ${url}`)
  const sorted = (named.length > 0 ? named : linked).toSorted((a, b) => Number(isNews(b)) - Number(isNews(a)))
  return [...new Set(sorted.map(({ url }) => url))].slice(0, FEEDS_AT_MOST)
}

function namesFeed(tag: string): boolean {
  return /\balternate\b/i.test(attributeOf(tag, 'rel') ?? '') && FEED_TYPE.test(attributeOf(tag, 'type') ?? '')
}

/** Of another site's feeds it is not known whether they are this one's. */
function linksFeed(url: string, pageUrl: string): boolean {
  const { host, pathname } = new URL(url)
  return host === new URL(pageUrl).host && LOOKS_LIKE_FEED.test(pathname)
}

/** The value of a tag's attribute, its entities resolved; `null` if it has none. */
export function attributeOf(tag: string, name: string): string | null {
  const match = new RegExp(`\\s${name}\\s{0,20}=\\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\\s"'>]{1,2000}))`, 'i').exec(tag)
  return match === null ? null : decodeHTML(match[1] ?? match[2] ?? match[3] ?? '')
}
