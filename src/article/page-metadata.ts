import { absoluteAddress } from '../feed/clean-markup.ts'
import { cleanLine } from '../feed/clean-text.ts'
import { readDate } from '../feed/read-date.ts'
import { siteOf } from './leads-to.ts'
import { type LinkedData, readLinkedData } from './linked-data.ts'
import type { PageDocument } from './page.ts'
import { findDate } from './page-date.ts'
import { findTitle } from './page-title.ts'
import type { PageDate } from './usable-date.ts'
import { isAboutOthers } from './visible-date.ts'

export type PageMetadata = {
  readonly title: string | null
  readonly published: PageDate | null
  readonly byline: string | null
  readonly publisher: string | null
  readonly canonicalUrl: string | null
  /** BCP 47, as the page says; it may be wrong. */
  readonly language: string | null
  readonly linkedData: LinkedData
}

const NAME_AT_MOST = 200

/** What a page says about itself: JSON-LD, `og:` and `article:` tags, then what stands on it for everybody to see. */
export function readMetadata(document: PageDocument, url: string | null): PageMetadata {
  const meta = readMetaTags(document)
  const linkedData = readLinkedData(document)
  const publisher = firstLine([
    linkedData.publisher,
    meta('og:site_name'),
    meta('application-name'),
    meta('dc.publisher'),
    meta('publisher'),
    meta('twitter:site')?.replace(/^@/, ''),
  ])
  const language =
    firstLine([
      document.documentElement?.getAttribute('lang'),
      document.documentElement?.getAttribute('xml:lang'),
      meta('og:locale')?.replace('_', '-'),
      linkedData.language,
      meta('content-language'),
      meta('language'),
    ])?.slice(0, 35) ?? null
  const canonicalUrl = findCanonical(document, meta, url)
  const title = findTitle(document, { headline: linkedData.headline, meta, publisher })
  return {
    title,
    published: findDate(document, { data: linkedData, meta, address: canonicalUrl ?? url, language, title }),
    byline: findByline(document, linkedData, meta),
    publisher,
    canonicalUrl,
    language,
    linkedData,
  }
}

export type Meta = (name: string) => string | null

/** The page's `<meta>` tags by name, property or itemprop; of repeated ones the first. */
function readMetaTags(document: PageDocument): Meta {
  const values = new Map<string, string>()
  for (const tag of document.querySelectorAll('meta')) {
    const content = tag.getAttribute('content')?.trim()
    if (content === undefined || content === '') continue
    for (const attribute of ['property', 'name', 'itemprop', 'http-equiv']) {
      const name = tag.getAttribute(attribute)?.trim().toLowerCase()
      if (name !== undefined && name !== '' && !values.has(name)) values.set(name, content.slice(0, 2_000))
    }
  }
  return (name) => values.get(name) ?? null
}

function findByline(document: PageDocument, data: LinkedData, meta: Meta): string | null {
  const named = firstName([
    data.author,
    meta('author'),
    meta('article:author'),
    meta('parsely-author'),
    meta('sailthru.author'),
    meta('dc.creator'),
    meta('byl'),
    meta('citation_author'),
  ])
  if (named !== null) return named
  for (const element of [
    ...document.querySelectorAll(
      '[itemprop~="author"] [itemprop~="name"], [itemprop~="author"], [rel~="author"], .byline, .author-name, .byline__name, .author, [class*="byline"], [class*="author-name"], [class*="authorName"], [class*="author_name"], [class*="AuthorName"], [class*="Byline"], [class*="author-link"], [class*="meta__author"], [class*="writer"], a[href*="/author/"], .submitted .username',
    ),
  ].slice(0, 6)) {
    const name = firstName([element.textContent])
    if (name !== null && !isAboutOthers(element)) return name
  }
  return null
}

/** What follows a name in a byline: its office, a date, the time of an update. */
const AFTER_NAME =
  /(?:[|•·]|\s(?:posted|published|updated|on)\s|\s[-–—]\s|,?\s(?=(?:mon|tues|wednes|thurs|fri|satur|sun)day\b)|\s(?=\d{1,2}[:.]\d{2})|\s(?=\d{1,2} \p{L}{3,9} \d{4})).{0,200}$/iu

function firstName(candidates: readonly (string | null)[]): string | null {
  for (const candidate of candidates) {
    const name = cleanLine(candidate ?? '', NAME_AT_MOST)
      .replace(/^(?:(?:written |posted |reported |story |words )?by|von|par|de|por)[: ]{1,2}/i, '')
      .replace(AFTER_NAME, '')
      .replace(/[\s–—-]{1,9}$|\s?\([^()]{0,80}\)$/, '')
      .trim()
    const isName =
      name.length > 2 && name.length <= 120 && /\p{L}{2}/u.test(name) && !/^https?:|facebook\.com|@|^\d/i.test(name)
    if (isName && readDate(name) === null) return name
  }
  return null
}

function firstLine(candidates: readonly (string | null | undefined)[]): string | null {
  for (const candidate of candidates) {
    const line = cleanLine(candidate ?? '', NAME_AT_MOST)
    if (line !== '') return line
  }
  return null
}

/** A page may name its own address, not that of somebody else's article. */
function findCanonical(document: PageDocument, meta: Meta, url: string | null): string | null {
  for (const candidate of [
    document.querySelector('link[rel~="canonical"]')?.getAttribute('href') ?? null,
    meta('og:url'),
  ]) {
    const address = candidate === null ? null : absoluteAddress(candidate, url)
    if (address === null) continue
    const { pathname, search } = new URL(address)
    if (url === null) return address
    const own = new URL(url)
    const isFront = pathname === '/' && search === '' && own.pathname !== '/'
    if (!isFront && siteOf(address) === siteOf(url)) return address
  }
  return null
}
