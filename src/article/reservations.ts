import type { Clock } from '../base/clock.ts'
import { AppError } from '../base/errors.ts'
import { decodeText } from '../base/web/decode-text.ts'
import type { WebAnswer, WebFetch } from '../base/web/open-web.ts'
import { isAllowed, PRODUCT, readRobots } from '../base/web/robots.ts'
import { attributeOf } from '../feed/discover-feeds.ts'
import { scanMarkup } from '../feed/scan-markup.ts'

/** What a publisher says about mining one page: kept from us, by which sign, or open to us. */
export type Reservation = 'x-robots-tag' | 'reserved' | 'open'

const META_WITHIN_BYTES = 100_000

/**
 * Whether a page is kept from machines though people may read it, by its headers or its head;
 * `null` where it says nothing, and what its site says counts.
 *
 * @see W3C Community Group, TDM Reservation Protocol
 */
export function reservationOf({ headers, body }: Pick<WebAnswer, 'headers' | 'body'>): Reservation | null {
  if (isKeptFromRobots(headers['x-robots-tag'] ?? '')) return 'x-robots-tag'
  const said = metaReservation(body, headers['content-type'] ?? null) ?? headers['tdm-reservation']?.trim()
  if (said === '1') return 'reserved'
  return said === '0' ? 'open' : null
}

/** A directive after another robot's name is for that robot alone; `max-image-preview: none` is no `none`. */
function isKeptFromRobots(header: string): boolean {
  return header
    .slice(0, 2_000)
    .toLowerCase()
    .split(',')
    .some((part) => {
      const [first = '', second] = part.split(':', 2).map((piece) => piece.trim())
      const isForUs = second === undefined || first === '*' || first === PRODUCT.toLowerCase()
      return isForUs && /^(?:none|noindex|noai)$/.test(second ?? first)
    })
}

/** The page's own word is nearer than that of its server. */
function metaReservation(body: Uint8Array, contentType: string | null): string | null {
  const bytes = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, META_WITHIN_BYTES))
  // Most pages say nothing, and need no second decoding.
  if (!bytes.toString('latin1').toLowerCase().includes('tdm-reservation')) return null
  const html = decodeText(bytes, { contentType })
  for (const piece of scanMarkup(html, new Set(['script', 'style', 'title']))) {
    if (piece.kind !== 'tag' || piece.name !== 'meta') continue
    const tag = html.slice(piece.start, piece.end)
    if (attributeOf(tag, 'name')?.toLowerCase() === 'tdm-reservation')
      return attributeOf(tag, 'content')?.trim() ?? null
  }
  return null
}

const CACHE_MS = 24 * 3_600_000
const SITES_AT_MOST = 20_000
const FILE_BYTES = 200_000
const RULES_AT_MOST = 1_000

/**
 * Asks a site once a day which of its pages it reserves against mining, in the file that the
 * protocol names. A site that gives no such file reserves nothing there.
 */
export function siteReservations({ fetch, clock }: { readonly fetch: WebFetch; readonly clock: Clock }) {
  const known = new Map<string, { readonly file: Promise<string>; readonly untilMs: number }>()

  return async (address: string): Promise<boolean> => {
    const { origin, pathname, search } = new URL(address)
    const now = clock.now().getTime()
    let site = known.get(origin)
    if (site === undefined || site.untilMs <= now) {
      if (known.size >= SITES_AT_MOST) known.clear()
      site = { file: fetchFile(origin, fetch), untilMs: now + CACHE_MS }
      known.set(origin, site)
    }
    return !isAllowed(readRobots(await site.file, PRODUCT), `${pathname}${search}`)
  }
}

/** The file's patterns are those of robots.txt, so it is read as one. */
async function fetchFile(origin: string, fetch: WebFetch): Promise<string> {
  try {
    const { status, body } = await fetch(`${origin}/.well-known/tdmrep.json`, { maxBytes: FILE_BYTES })
    return status === 200 ? rulesIn(JSON.parse(decodeText(body))) : ''
  } catch (error) {
    // No answer, or no JSON: nothing was reserved in a form that we can read.
    if (error instanceof AppError || error instanceof SyntaxError) return ''
    throw error
  }
}

function rulesIn(file: unknown): string {
  const rules = (Array.isArray(file) ? file : []).slice(0, RULES_AT_MOST).flatMap((rule: unknown) => {
    const { location, 'tdm-reservation': reserved } = (rule ?? {}) as Readonly<Record<string, unknown>>
    if (typeof location !== 'string' || !/^[/*][^\s#]{0,2000}$/.test(location)) return []
    return [`${Number(reserved) === 1 ? 'Disallow' : 'Allow'}: ${location}`]
  })
  return ['User-agent: *', ...rules].join('\n')
}
