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

/** The addresses of the feeds that a web page offers, the site's main one first. */
export function discoverFeeds(html: string, pageUrl: string): readonly string[] {
  const head = html.slice(0, WITHIN)
  let base = pageUrl
  const found: { readonly url: string; readonly isNews: boolean }[] = []
  for (const piece of scanMarkup(head, new Set(['script', 'style', 'title']))) {
    if (piece.kind !== 'tag' || piece.isEnd) continue
    const tag = head.slice(piece.start, piece.end)
    if (piece.name === 'base') base = absoluteAddress(attribute(tag, 'href') ?? '', pageUrl) ?? base
    if (
      piece.name !== 'link' ||
      !/\balternate\b/i.test(attribute(tag, 'rel') ?? '') ||
      !FEED_TYPE.test(attribute(tag, 'type') ?? '')
    )
      continue
    const url = absoluteAddress(attribute(tag, 'href') ?? '', base)
    if (url !== null) found.push({ url, isNews: !NO_NEWS.test(`${attribute(tag, 'title') ?? ''} ${url}`) })
  }
  const sorted = found.toSorted((a, b) => Number(b.isNews) - Number(a.isNews))
  return [...new Set(sorted.map(({ url }) => url))].slice(0, FEEDS_AT_MOST)
}

function attribute(tag: string, name: string): string | null {
  const match = new RegExp(`\\s${name}\\s{0,20}=\\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\\s"'>]{1,2000}))`, 'i').exec(tag)
  return match === null ? null : decodeHTML(match[1] ?? match[2] ?? match[3] ?? '')
}
