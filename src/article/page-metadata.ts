import { absoluteAddress } from '../feed/clean-markup.ts'
import { cleanLine } from '../feed/clean-text.ts'
import { readDate } from '../feed/read-date.ts'
import { siteOf } from './leads-to.ts'
import { type LinkedData, readLinkedData } from './linked-data.ts'
import type { PageDocument, PageElement } from './page.ts'
import { findTitle } from './page-title.ts'

export type PageMetadata = {
  readonly title: string | null
  readonly publishedAt: Date | null
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
  return {
    title: findTitle(document, { headline: linkedData.headline, meta, publisher }),
    publishedAt: findDate(document, linkedData, meta, url),
    byline: findByline(document, linkedData, meta),
    publisher,
    canonicalUrl: findCanonical(document, meta, url),
    language:
      firstLine([
        document.documentElement?.getAttribute('lang'),
        document.documentElement?.getAttribute('xml:lang'),
        meta('og:locale')?.replace('_', '-'),
        linkedData.language,
        meta('content-language'),
        meta('language'),
      ])?.slice(0, 35) ?? null,
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

/** Each publishing system has a tag of its own; these are the ones seen in the news. */
const DATE_TAGS = [
  'article:published_time',
  'article:published',
  'og:article:published_time',
  'og:published_time',
  'datepublished',
  'date.published',
  'parsely-pub-date',
  'sailthru.date',
  'dc.date.issued',
  'dcterms.issued',
  'dcterms.created',
  'dc.date.created',
  'dc.date',
  'dcterms.date',
  'dc.created',
  'cxenseparse:recs:publishtime',
  'publish-date',
  'publish_date',
  'publishdate',
  'publicationdate',
  'pubdate',
  'publication_date',
  'article.published',
  'article_date_original',
  'originalpublicationdate',
  'article:post_date',
  'cse_document_timestamp',
  'ptime',
  'pdate',
  'bt:pubdate',
  'rnews:datepublished',
  'sort_date',
  'release_date',
  'date_published',
  'displaydate',
  'citation_publication_date',
  'citation_date',
  'datecreated',
  'date',
]

/** A publication lies between the first newspapers online and a day from any clock. */
const EARLIEST_YEAR = 1990

function findDate(document: PageDocument, data: LinkedData, meta: Meta, url: string | null): Date | null {
  for (const candidate of [data.datePublished, ...DATE_TAGS.map(meta)]) {
    const date = usableDate(candidate)
    if (date !== null) return date
  }
  const inAddress = dateInAddress(findCanonical(document, meta, url) ?? url)
  const shown = timeElement(document) ?? dateInScripts(document) ?? visibleDate(document)
  // What stands on the page may be the day of an update, or today; an address keeps the first day.
  if (shown !== null && inAddress !== null && Math.abs(shown.getTime() - inAddress.getTime()) > NEAR_MS)
    return inAddress
  return shown ?? inAddress ?? usableDate(data.dateCreated)
}

/** An address may have the day of another time zone, or that of the printed edition. */
const NEAR_MS = 3 * 86_400_000

/** The names under which publishing systems keep the day in the data of their scripts. */
const DATE_IN_SCRIPT =
  /["'](?:date_?published|published_?date|publish_?date|published_?at|first_?published(?:_?at)?|publication_?date|pub_?date|date_?first_?published|published_?time)["']\s{0,3}:\s{0,3}["']([^"']{8,40})["']/gi
const SCRIPTS_AT_MOST = 60
const SCRIPT_AT_MOST = 200_000
const DATES_AT_MOST = 20

/** The only day that the page's scripts give; where they give several, other stories are among them. */
function dateInScripts(document: PageDocument): Date | null {
  const found: Date[] = []
  for (const script of [...document.querySelectorAll('script:not([src])')].slice(0, SCRIPTS_AT_MOST)) {
    for (const [, text = ''] of script.textContent.slice(0, SCRIPT_AT_MOST).matchAll(DATE_IN_SCRIPT)) {
      const date = usableDate(text)
      if (date !== null) found.push(date)
      if (found.length >= DATES_AT_MOST) return null
    }
  }
  const days = new Set(found.map((date) => date.toISOString().slice(0, 10)))
  return days.size === 1 ? (found[0] ?? null) : null
}

function usableDate(text: string | null): Date | null {
  const date = readDate(text)
  return date !== null && date.getUTCFullYear() >= EARLIEST_YEAR ? date : null
}

/** The article's own time stands among the first on its page. */
const TIMES_LOOKED_AT = 50

function timeElement(document: PageDocument): Date | null {
  const marked = [
    ...document.querySelectorAll(
      '[itemprop~="datePublished"], time[pubdate], time.published, time.entry-date, abbr.published',
    ),
  ]
  // Outside the article a time is that of another story, or the clock.
  const near = [
    ...document.querySelectorAll(
      'article time, main time, header time, [class*="article"] time, [class*="post"] time, [class*="story"] time',
    ),
  ]
    .slice(0, TIMES_LOOKED_AT)
    .filter((time) => !isAboutOthers(time))
  const only = [...document.querySelectorAll('time')]
  for (const time of [...marked.slice(0, 5), ...near.slice(0, 5), ...(only.length === 1 ? only : [])]) {
    if (isUpdate(time)) continue
    const date =
      usableDate(time.getAttribute('datetime') ?? time.getAttribute('content') ?? time.getAttribute('title')) ??
      usableDate(withoutLabel(time.textContent))
    if (date !== null) return date
  }
  return null
}

/** The day of a change, or of today. */
const UPDATE = /updat|modif|current|today|clock|weather|copyright/i

function isUpdate(element: PageElement): boolean {
  const names = `${element.className} ${element.id} ${element.getAttribute('itemprop') ?? ''} ${element.parentElement?.className ?? ''}`
  return UPDATE.test(names.slice(0, 500)) && !/publi|posted|created/i.test(names)
}

function isAboutOthers(element: PageElement): boolean {
  return (
    element.closest(
      'aside, footer, nav, [class*="related"], [class*="comment"], [class*="sidebar"], [class*="latest"], [class*="popular"]',
    ) !== null
  )
}

const DATE_CLASSES =
  '[class*="date"], [class*="time"], [class*="publish"], [class*="posted"], [class*="byline"], [class*="meta"], [class*="dateline"], [id*="date"], [class*="created"]'

/** A short element that says in its class that it holds the date. */
function visibleDate(document: PageDocument): Date | null {
  let looked = 0
  for (const element of document.querySelectorAll(DATE_CLASSES)) {
    looked += 1
    if (looked > 60) return null
    const text = element.textContent.replace(/\s+/g, ' ').trim()
    if (text.length < 6 || text.length > 200 || !/\d{4}/.test(text) || isUpdate(element) || isAboutOthers(element))
      continue
    const date = usableDate(withoutLabel(text)) ?? usableDate(datePart(text))
    if (date !== null) return date
  }
  return null
}

function withoutLabel(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/^[^\d]{0,30}?(?:published|posted|updated|first published|date|on|created)[ :]{1,3}(?:on |at )?/i, '')
    .trim()
}

const DATE_PART =
  /(?:\d{1,2}(?:st|nd|rd|th)?\.? (?:of )?\p{L}{3,12}\.?,? \d{4}|\p{L}{3,12}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})(?:[T ,|•–-]{1,3}(?:at )?\d{1,2}:\d{2}(?: ?[ap]\.?m\.?)?(?: ?(?:GMT|UTC|E[SD]T|CES?T|BST|MSK|Z))?)?/u

function datePart(text: string): string | null {
  return DATE_PART.exec(text)?.[0].replace(/[|•]/g, ' ').replace(/ of /, ' ') ?? null
}

function dateInAddress(address: string | null): Date | null {
  const match = /[/_-](20\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)/.exec(address ?? '')
  return match === null ? null : usableDate(`${match[1]}-${match[2]}-${match[3]}`)
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
      '[itemprop~="author"] [itemprop~="name"], [itemprop~="author"], [rel~="author"], .byline, .author-name, .byline__name, .author, [class*="byline"], [class*="author-name"], [class*="authorName"], [class*="author_name"], [class*="AuthorName"], [class*="Byline"]',
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
