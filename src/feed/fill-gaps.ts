import type { RawFeed, RawItem } from './raw-feed.ts'

/** Texts under names that only some readers of feeds know, and what changes where a link leads. */
const OTHER_TEXTS = /<(?:(?!media:)[\w-]{1,20}:)?(?:body|fullitem|content)[\s>]/i
const OTHER_LINKS = /xml:base|:origLink/

/** Whether a reader left something open that the salvage might still find: an odd name, an element given twice, a base. */
export function hasGaps(feed: RawFeed, text: string): boolean {
  if (feed.title === null || feed.items.some(isLacking) || OTHER_LINKS.test(text)) return true
  return feed.items.some(({ content }) => content === null) && OTHER_TEXTS.test(text)
}

function isLacking(item: RawItem): boolean {
  return (
    item.title === null ||
    item.link === null ||
    !item.dates.some(isGiven) ||
    (item.summary === null && item.content === null)
  )
}

/**
 * The feed with what a second look at the same text found for its empty fields. Nothing that is
 * there is replaced, but for links that lead over somebody else. Where the two do not see the same items, the first look stays as it is.
 */
export function fillGaps(feed: RawFeed, second: RawFeed | null): RawFeed {
  if (second === null || second.items.length !== feed.items.length) return feed
  return {
    ...feed,
    title: feed.title ?? second.title,
    link: feed.link ?? second.link,
    base: feed.base ?? second.base,
    self: feed.self ?? second.self,
    language: feed.language ?? second.language,
    items: feed.items.map((item, index) => fillItem(item, second.items[index])),
  }
}

function fillItem(item: RawItem, other: RawItem | undefined): RawItem {
  if (other === undefined || !isSame(item.id, other.id) || !isSame(item.title, other.title)) return item
  return {
    ...item,
    id: item.id ?? other.id,
    title: item.title ?? other.title,
    link: other.originalLink ?? item.link ?? other.link,
    enclosure: item.enclosure ?? other.enclosure,
    dates: item.dates.some(isGiven) ? item.dates : other.dates,
    summary: item.summary ?? other.summary,
    content: item.content ?? (other.content === item.summary ? null : other.content),
    base: item.base ?? other.base,
    textBase: item.textBase ?? other.textBase,
  }
}

/** Two readers may treat entities and blanks a little differently; what begins with the same letters is the same. */
function isSame(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return true
  const start = (text: string) => /[\p{L}\p{N}]{1,8}/u.exec(text)?.[0]
  return start(a) === start(b)
}

function isGiven(date: string | null | undefined): boolean {
  return date !== null && date !== undefined && date !== ''
}
