import type { Brand } from '../base/id.ts'
import type { TeamId } from '../base/scope.ts'

export type ArticleId = Brand<string, 'ArticleId'>

/** "MOSCOW, October 4. /TASS/.": where and when a report was filed, and by whom. */
export type Dateline = {
  readonly place: string | null
  /** `YYYY-MM-DD`; the year is that of publication. */
  readonly on: string | null
  readonly agency: string | null
}

/** The clean text behind an entry, with its canonical address. The same address in the same scope is one article. */
export type Article = {
  readonly id: ArticleId
  readonly team: TeamId
  /** Canonical. */
  readonly url: string
  readonly title: string
  /**
   * Paragraphs parted by empty lines, without caption, credit, byline, dateline or footer.
   * Every span of a statement counts UTF-16 units of this very text, so it never changes.
   */
  readonly text: string
  readonly publisher: string | null
  readonly author: string | null
  /** BCP 47, as the page says or as its words show; `null` if neither does. */
  readonly language: string | null
  readonly publishedAt: Date | null
  readonly fetchedAt: Date
  /** Taken out of `text`. */
  readonly dateline: Dateline | null
  /** The whole text is this person's own words (a speech); `null` for news. */
  readonly ownWordsOf: string | null
  /** It came with the first poll of its feed: on record, but nobody is alerted about it. */
  readonly isBackfill: boolean
}
