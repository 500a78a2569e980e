import { decodeText } from '../base/web/decode-text.ts'
import type { WebAnswer } from '../base/web/open-web.ts'
import { absoluteAddress } from './clean-markup.ts'
import { attributeOf } from './discover-feeds.ts'
import type { ParsedFeed } from './normalise-feed.ts'
import { scanMarkup } from './scan-markup.ts'

/** A hub that tells of changes, and the name under which it knows the feed. */
export type HubOffer = { readonly hub: string; readonly topic: string }

/** A feed speaks of itself before its first item; what comes later was written by others. */
const WITHIN_BYTES = 20_000

type Found = { readonly hub: string | null; readonly topic: string | null }

/**
 * The hub that a publisher offers for a feed, by the headers of the answer or else by the feed
 * itself; `null` unless it names both a hub and the feed's own address, which is the topic.
 *
 * @see W3C WebSub, section 4 (discovery)
 */
export function hubOffer(
  answer: Pick<WebAnswer, 'headers' | 'body' | 'url'>,
  parsed: Pick<ParsedFeed, 'hub'>,
): HubOffer | null {
  const header = linksOf(answer.headers.link ?? '', answer.url)
  const hasBoth = header.hub !== null && header.topic !== null
  const own = hasBoth ? null : ownWords(answer)
  const hub = header.hub ?? parsed.hub ?? own?.hub ?? null
  const topic = header.topic ?? own?.topic ?? null
  return hub === null || topic === null ? null : { hub, topic }
}

/** @see RFC 8288, section 3 */
function linksOf(header: string, base: string): Found {
  let [hub, topic]: [string | null, string | null] = [null, null]
  for (const [, address = '', rest = ''] of header.matchAll(/<([^<>]{1,4000})>([^<]{0,1000})/g)) {
    const [, quoted, plain] = /;\s{0,9}rel\s{0,9}=\s{0,9}(?:"([^"]{0,300})"|([^\s;,"]{1,100}))/i.exec(rest) ?? []
    const relations = relationsIn(quoted ?? plain ?? '')
    if (relations.includes('hub')) hub ??= absoluteAddress(address, base)
    if (relations.includes('self')) topic ??= absoluteAddress(address, base)
  }
  return { hub, topic }
}

function ownWords({ body, headers, url }: Pick<WebAnswer, 'headers' | 'body' | 'url'>): Found {
  const text = decodeText(body.subarray(0, WITHIN_BYTES), { contentType: headers['content-type'] ?? null })
  return text.trimStart().startsWith('{') ? ofJson(text, url) : ofMarkup(text, url)
}

function ofMarkup(text: string, url: string): Found {
  let [hub, topic]: [string | null, string | null] = [null, null]
  for (const piece of scanMarkup(text, new Set())) {
    if (piece.kind !== 'tag' || piece.isEnd) continue
    const name = piece.name.replace(/^[^:]{0,50}:/, '')
    if (name === 'item' || name === 'entry') break
    if (name !== 'link') continue
    const tag = text.slice(piece.start, piece.end)
    const relations = relationsIn(attributeOf(tag, 'rel') ?? '')
    const address = absoluteAddress(attributeOf(tag, 'href') ?? '', url)
    if (relations.includes('hub')) hub ??= address
    if (relations.includes('self')) topic ??= address
  }
  return { hub, topic }
}

/** Only the beginning is looked at, so it cannot be parsed as a whole; the hub comes from the feed's reader. */
function ofJson(text: string, url: string): Found {
  const own = /"feed_url"\s{0,9}:\s{0,9}("(?:[^"\\]|\\.){1,4000}")/.exec(text)?.[1]
  try {
    return { hub: null, topic: own === undefined ? null : absoluteAddress(String(JSON.parse(own)), url) }
  } catch {
    // An address with a broken escape is none.
    return { hub: null, topic: null }
  }
}

function relationsIn(text: string): readonly string[] {
  return text.toLowerCase().split(/\s+/)
}
