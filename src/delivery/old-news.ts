/** What was said, or published, longer ago than this when we came to know it is on record, and news to nobody. */
export const NEWS_DAYS = 7

const DAY_MS = 86_400_000

type Dated = {
  /** The own day of the words, `YYYY-MM-DD`. */
  readonly on: string
  readonly publishedAt: Date | null
  /** When we came to know it. */
  readonly readAt: Date
}

/**
 * Whether something is too old to alert anybody: an archive that a feed lists again, words of last spring in an
 * article of today. Digests tell it, with its day.
 */
export function isOldNews({ on, publishedAt, readAt }: Dated): boolean {
  const since = readAt.getTime() - NEWS_DAYS * DAY_MS
  // A day is over everywhere half a day after it is over in UTC.
  const saidBefore = Date.parse(on) + 1.5 * DAY_MS
  return saidBefore < since || (publishedAt !== null && publishedAt.getTime() < since)
}
