/** A link of a feed or an entry, as Atom writes it. */
export type FeedLink = {
  readonly href?: string | undefined
  readonly rel?: string | undefined
  readonly type?: string | undefined
  readonly hreflang?: string | undefined
}

/** They lead to something else: other pages of the list, a form to write in, what readers said, a copy of the feed. */
const ELSEWHERE =
  /^(?:edit|edit-media|replies|comments|service|hub|license|next|prev|previous|first|last|current|up|collection|search|author|icon|shortlink|payment|next-archive|prev-archive|http:\/\/schemas\.google\.com\/.*)$/

const WEB_PAGE = /^(?:text\/html|application\/xhtml\+xml)$/
const LIST = /^(?:application|text)\/(?:atom\+xml|rss\+xml|rdf\+xml|feed\+json|xml)$/

/**
 * The page that a feed or an entry stands for: its `alternate`, a web page before other kinds of
 * document, and of pages in several languages the one in the feed's own.
 *
 * @see RFC 4287, section 4.2.7.2
 */
export function pageLink(links: readonly FeedLink[], language: string | null = null): string | null {
  const pages = links.filter((link) => relOf(link) === 'alternate' && hasAddress(link))
  const html = pages.filter((link) => WEB_PAGE.test(typeOf(link) || 'text/html'))
  const own = html.find((link) => language !== null && isSameLanguage(link.hreflang ?? '', language))
  return (own ?? html[0] ?? pages[0])?.href ?? null
}

/** Where there is no page: a link to the thing itself or to where it comes from. */
export function nearestLink(links: readonly FeedLink[]): string | null {
  const near = links.filter((link) => {
    const rel = relOf(link)
    return hasAddress(link) && rel !== 'enclosure' && !ELSEWHERE.test(rel) && !LIST.test(typeOf(link))
  })
  const first = (...rels: readonly string[]) => near.find((link) => rels.includes(relOf(link)))
  return (first('self') ?? first('via') ?? near[0])?.href ?? null
}

/** A recording or a picture that comes with an entry: better than no address. */
export function enclosureLink(links: readonly FeedLink[]): string | null {
  return links.find((link) => relOf(link) === 'enclosure' && hasAddress(link))?.href ?? null
}

/** Names are also written as addresses in the register of link relations; without one it is `alternate`. */
function relOf({ rel }: FeedLink): string {
  const name = (rel ?? '').trim().toLowerCase()
  const short = /^https?:\/\/www\.iana\.org\/assignments\/(?:link-)?relations?(?:hips)?\/([a-z-]{1,40})$/.exec(name)
  return short?.[1] ?? (name === '' ? 'alternate' : name)
}

function typeOf({ type }: FeedLink): string {
  return (type ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}

function hasAddress({ href }: FeedLink): boolean {
  return href !== undefined && href.trim() !== ''
}

function isSameLanguage(a: string, b: string): boolean {
  const main = (tag: string) => tag.trim().toLowerCase().split(/[-_]/, 1)[0]
  return a !== '' && main(a) === main(b)
}
