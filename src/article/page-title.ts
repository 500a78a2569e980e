import { decodeHTML } from 'entities'
import { cleanLine } from '../feed/clean-text.ts'
import type { PageDocument, PageElement } from './page.ts'
import type { Meta } from './page-metadata.ts'

const TITLE_AT_MOST = 500

/** Half of the words in common: the same headline, shortened or dressed up for search engines. */
const ALIKE = 0.5

/** The headline as readers see it, else as the page's tags have it, without the publisher's name. */
export function findTitle(
  document: PageDocument,
  {
    headline,
    meta,
    publisher,
  }: { readonly headline: string | null; readonly meta: Meta; readonly publisher: string | null },
): string | null {
  const page = cleanLine(decodeHTML(document.querySelector('title')?.textContent ?? ''), TITLE_AT_MOST)
  const tagged = [meta('og:title'), headline, meta('twitter:title'), meta('dc.title'), meta('parsely-title'), page]
    .map((title) => withoutSite(cleanLine(decodeHTML(title ?? ''), TITLE_AT_MOST), publisher))
    .filter((title) => title !== '')
  const seen = [...document.querySelectorAll('h1, [itemprop~="headline"], .entry-title, .post-title')]
    .slice(0, 20)
    .filter((heading) => heading.closest('nav, footer, aside, [class*="logo"]') === null && !isLinkToFront(heading))
    .map((heading) => cleanLine(heading.textContent, TITLE_AT_MOST))
    .filter((title) => title.length > 3)
  const alike = seen
    .map((title) => ({ title, likeness: Math.max(0, ...tagged.map((tag) => closeness(title, tag))) }))
    .filter((candidate) => candidate.likeness >= ALIKE)
  const [shown] = alike.toSorted((a, b) => b.likeness - a.likeness)
  return (
    shown?.title ?? partShown(document, page, tagged[0] ?? '') ?? tagged[0] ?? seen[0] ?? (page === '' ? null : page)
  )
}

/** What a headline is set in where there is no h1. */
export const HEADLINES = 'h2, h3, h4, b, strong'
const HEADLINES_LOOKED_AT = 200

/** The part of the page's title that stands on the page by itself: the other part names the site. */
function partShown(document: PageDocument, page: string, tagged: string): string | null {
  const parts = page.split(SEPARATOR).filter((part) => wordsOf(part).size > FEW_WORDS)
  if (tagged !== page || !SEPARATOR.test(page)) return null
  const shown = new Set(
    [...document.querySelectorAll(HEADLINES)]
      .slice(0, HEADLINES_LOOKED_AT)
      .map((heading) => cleanLine(heading.textContent, TITLE_AT_MOST)),
  )
  return parts.find((part) => shown.has(part)) ?? null
}

/** A heading that leads to the front page is the site's name. */
function isLinkToFront(heading: PageElement): boolean {
  const link = heading.querySelector('a[href]') ?? heading.closest('a[href]')
  return link !== null && /^(?:https?:\/\/[^/]{1,200})?\/?$/.test(link.getAttribute('href') ?? '')
}

const SEPARATOR = / [|–—:·•»«-]{1,3} | ?[|»] ?/

/** Cuts a part off the end or the beginning that names the site rather than the article. */
function withoutSite(title: string, publisher: string | null): string {
  const parts = title.split(new RegExp(`(${SEPARATOR.source})`))
  if (parts.length < 3) return title
  const last = parts.at(-1) ?? ''
  const first = parts[0] ?? ''
  if (isSite(last, publisher) || (publisher === null && isShort(last, title) && /[|»]/.test(parts.at(-2) ?? ''))) {
    return withoutSite(parts.slice(0, -2).join(''), publisher)
  }
  return isSite(first, publisher) ? withoutSite(parts.slice(2).join(''), publisher) : title
}

function isSite(part: string, publisher: string | null): boolean {
  if (/^(?:www\.)?[\w-]+\.(?:com|org|net|co\.uk|de|fr|ru|eu|info|news|io|tv)$/i.test(part)) return true
  if (publisher === null) return false
  const [a, b] = [squeeze(part), squeeze(publisher)]
  return a !== '' && b !== '' && (a === b || a.includes(b) || (b.includes(a) && a.length > 2))
}

function isShort(part: string, title: string): boolean {
  return part.length <= 40 && part.length < title.length / 2
}

function squeeze(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/^the/, '')
}

/** One or two words that a headline happens to hold are the name of its section. */
const FEW_WORDS = 2

function closeness(title: string, tag: string): number {
  const isPart = wordsOf(title).size <= FEW_WORDS && wordsOf(tag).size > FEW_WORDS + 1
  return isPart ? 0 : likeness(title, tag)
}

/** The share of the shorter title's words that the other has too. */
export function likeness(a: string, b: string): number {
  const [shorter, longer] = [wordsOf(a), wordsOf(b)].toSorted((one, other) => one.size - other.size) as [
    Set<string>,
    Set<string>,
  ]
  if (shorter.size === 0) return 0
  return shorter.intersection(longer).size / shorter.size
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
}
