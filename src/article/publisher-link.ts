import { absoluteAddress } from '../feed/clean-markup.ts'

/** Addresses of aggregators that hold the publisher's in a parameter: host, path, names of the parameter. */
const HOLDERS: readonly (readonly [RegExp, RegExp, readonly string[]])[] = [
  [/^(?:www\.)?google\.(?:[a-z]{2,3}|com?\.[a-z]{2})$/, /^\/url$/, ['url', 'q']],
  [/^(?:www\.)?bing\.com$/, /^\/news\/apiclick\.aspx$/i, ['url']],
  [/^l[m]?\.facebook\.com$/, /^\/l\.php$/, ['u']],
  [/^(?:www\.)?duckduckgo\.com$/, /^\/l\/?$/, ['uddg']],
]

/** One aggregator may list another's link; nobody honest goes deeper. */
const DEPTH = 3

/**
 * The publisher's own address, where an aggregator's holds it; any other address as it is. Nothing
 * is asked: these aggregators keep robots from their redirects.
 */
export function publisherLink(address: string): string {
  let link = address
  for (let depth = 0; depth < DEPTH; depth += 1) {
    const held = heldIn(link)
    if (held === null) return link
    link = held
  }
  return link
}

function heldIn(address: string): string | null {
  const url = URL.parse(address)
  if (url === null) return null
  if (url.hostname === 'news.google.com') return heldInId(url.pathname)
  const holder = HOLDERS.find(([host, path]) => host.test(url.hostname) && path.test(url.pathname))
  for (const name of holder?.[2] ?? []) {
    const held = absoluteAddress(url.searchParams.get(name) ?? '', null)
    if (held !== null) return held
  }
  return null
}

/** How the ids of Google News begin that hold an address: field 1 is 19, field 4 a text. */
const ID_BEGINS = [0x08, 0x13, 0x22]

/**
 * Ids of Google News are a small protocol buffer, and some hold the address itself; of the others
 * only Google knows what they mean.
 */
function heldInId(path: string): string | null {
  const id = /^\/(?:rss\/)?(?:articles|read|__i\/rss\/rd\/articles)\/([\w-]{20,4000})$/.exec(path)?.[1]
  if (id === undefined) return null
  const bytes = Buffer.from(id, 'base64url')
  if (!ID_BEGINS.every((byte, index) => bytes[index] === byte)) return null
  const [low = 0, high = 0] = [bytes[3], bytes[4]]
  const isLong = low >= 0x80
  const length = isLong ? (low & 0x7f) | (high << 7) : low
  const start = isLong ? 5 : 4
  if (start + length > bytes.length) return null
  return absoluteAddress(bytes.subarray(start, start + length).toString('utf8'), null)
}
