/** What a reader found in a feed, word for word; addresses may be relative, dates are anything. */
export type RawFeed = {
  readonly title: string | null
  readonly link: string | null
  /** `xml:base` of the whole feed. */
  readonly base: string | null
  /** Where the feed says that it lives itself. */
  readonly self: string | null
  readonly ttlMinutes: number | null
  /** WebSub: who tells of changes at once. */
  readonly hub: string | null
  readonly language: string | null
  readonly items: readonly RawItem[]
}

export type RawItem = {
  readonly id: string | null
  /** The id is also the address, if there is no other. */
  readonly idIsLink: boolean
  readonly title: string | null
  readonly link: string | null
  /** The publisher's own address, where `link` leads over somebody who passes the feed on and counts. */
  readonly originalLink?: string | null
  /** A recording or picture: the address where there is neither a link nor an id that is one. */
  readonly enclosure: string | null
  /** In the order in which they are believed. */
  readonly dates: readonly (string | null | undefined)[]
  readonly summary: string | null
  readonly content: string | null
  readonly author: string | null
  /** `xml:base` of the item, and of its summary or content. */
  readonly base: string | null
  readonly textBase: string | null
}
