import type { LinkedData } from './linked-data.ts'
import type { PageDocument } from './page.ts'
import type { Meta } from './page-metadata.ts'
import { type PageDate, usableDate } from './usable-date.ts'
import { dateAtHeadline, markedTime, timeElement, visibleDate } from './visible-date.ts'

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

type Clues = {
  readonly data: LinkedData
  readonly meta: Meta
  /** The page's own. */
  readonly address: string | null
  readonly language: string | null
  readonly title: string | null
}

/** When the article was published, as the page says: in its data first, then where everybody can see it. */
export function findDate(document: PageDocument, { data, meta, address, language, title }: Clues): PageDate | null {
  for (const candidate of [data.datePublished, ...DATE_TAGS.map(meta)]) {
    const date = usableDate(candidate)
    if (date !== null) return date
  }
  const inAddress = dateInAddress(address)
  const shown =
    markedTime(document) ??
    dateAtHeadline(document, language, title) ??
    timeElement(document) ??
    dateInScripts(document) ??
    visibleDate(document)
  // What stands on the page may be the day of an update, or today; an address keeps the first day.
  if (shown !== null && inAddress !== null && Math.abs(shown.at.getTime() - inAddress.at.getTime()) > NEAR_MS)
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
function dateInScripts(document: PageDocument): PageDate | null {
  const found: PageDate[] = []
  for (const script of [...document.querySelectorAll('script:not([src])')].slice(0, SCRIPTS_AT_MOST)) {
    for (const [, text = ''] of script.textContent.slice(0, SCRIPT_AT_MOST).matchAll(DATE_IN_SCRIPT)) {
      const date = usableDate(text)
      if (date !== null) found.push(date)
      if (found.length >= DATES_AT_MOST) return null
    }
  }
  const days = new Set(found.map(({ at }) => at.toISOString().slice(0, 10)))
  return days.size === 1 ? (found[0] ?? null) : null
}

function dateInAddress(address: string | null): PageDate | null {
  const match = /[/_=-](20\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?=[/_.&-]|$)/.exec(address ?? '')
  return match === null ? null : usableDate(`${match[1]}-${match[2]}-${match[3]}`)
}
