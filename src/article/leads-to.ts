import { decodeHTML } from 'entities'
import { absoluteAddress } from '../feed/clean-markup.ts'
import { scanMarkup } from '../feed/scan-markup.ts'

/** A page says in its head whose it is. */
const WITHIN = 100_000

/** A page that sends its reader on says so within some seconds; one that reloads itself waits for minutes. */
const SENT_ON_WITHIN_S = 10

const OPAQUE: ReadonlySet<string> = new Set(['script', 'style', 'noscript', 'title', 'svg'])

/**
 * Where the article of this page really stands, if the page says that it is elsewhere: an AMP page
 * names its publisher's own, an aggregator sends on, a reprint names its original. `null` for a
 * page that stands for itself.
 *
 * @see RFC 6596 (the canonical link relation)
 */
export function leadsTo(html: string, url: string): string | null {
  const head = html.slice(0, WITHIN)
  let isAmp = false
  let canonical: string | null = null
  for (const piece of scanMarkup(head, OPAQUE)) {
    if (piece.kind === 'text' || piece.isEnd) continue
    if (piece.name === 'body') break
    const tag = head.slice(piece.start, Math.min(piece.end, piece.start + 5_000))
    if (piece.name === 'html') isAmp = /\s(?:amp|⚡)(?=[\s=>])/iu.test(tag)
    if (piece.name === 'meta' && /^refresh$/i.test(attributeOf(tag, 'http-equiv'))) {
      const sentTo = refreshOf(attributeOf(tag, 'content'))
      const target = sentTo === null ? null : absoluteAddress(sentTo, url)
      if (target !== null && isElsewhere(target, url)) return target
    }
    if (piece.name === 'link' && /(?:^|\s)canonical(?:\s|$)/i.test(attributeOf(tag, 'rel'))) {
      canonical ??= absoluteAddress(attributeOf(tag, 'href'), url)
    }
  }
  if (canonical === null || !isElsewhere(canonical, url)) return null
  return isAmp || siteOf(canonical) !== siteOf(url) ? canonical : null
}

function refreshOf(content: string): string | null {
  const [, seconds, address] =
    /^\s{0,9}(\d{1,6})(?:\.\d{0,9})?\s{0,9}[;,]\s{0,9}(?:url\s{0,9}=\s{0,9})?["']?([^"']{1,4000})/i.exec(content) ?? []
  return address !== undefined && Number(seconds) <= SENT_ON_WITHIN_S ? address.trim() : null
}

/** A front page is nobody's article. */
function isElsewhere(target: string, url: string): boolean {
  const [there, here] = [new URL(target), new URL(url)]
  if (there.pathname === '/' && there.search === '') return false
  return `${there.host}${there.pathname}${there.search}` !== `${here.host}${here.pathname}${here.search}`
}

/** `www.news.example.co.uk` and `m.example.co.uk` are one site; a guess good enough to tell strangers apart. */
export function siteOf(address: string): string {
  const labels = new URL(address).hostname.split('.')
  const isDouble = /^(?:co|com|org|net|gov|ac|edu)$/.test(labels.at(-2) ?? '') && (labels.at(-1) ?? '').length === 2
  return labels.slice(isDouble ? -3 : -2).join('.')
}

function attributeOf(tag: string, name: string): string {
  const match = new RegExp(
    `\\s${name}\\s{0,9}=\\s{0,9}(?:"([^"]{0,4000})"|'([^']{0,4000})'|([^\\s"'>]{1,2000}))`,
    'i',
  ).exec(tag)
  return match === null ? '' : decodeHTML(match[1] ?? match[2] ?? match[3] ?? '')
}
