/** We ask no feed more often, and none less often while it works. */
const SHORTEST_MS = 5 * 60_000
const LONGEST_MS = 6 * 3_600_000

/** Nobody makes us wait longer than a day, and no failure does. */
const LONGEST_WAIT_MS = 24 * 3_600_000

/** First guess for a feed whose rhythm is unknown. */
const UNKNOWN_MS = 15 * 60_000

/** How many of the newest entries show a feed's rhythm. */
const RHYTHM_OF = 12

/** Spreads what would otherwise fall on the same second, in both directions. */
const JITTER = 0.1

/**
 * How long until a working feed is asked again: half of the usual time between two of its
 * entries, raised by what the publisher asks for.
 */
export function learnInterval(
  published: readonly Date[],
  asked: { readonly ttlMinutes: number | null; readonly maxAgeMs: number | null },
): number {
  const newest = published
    .map((at) => at.getTime())
    .toSorted((a, b) => b - a)
    .slice(0, RHYTHM_OF)
  const gaps = newest
    .slice(1)
    .map((at, index) => (newest[index] ?? at) - at)
    .toSorted((a, b) => a - b)
  const usual = gaps[Math.floor(gaps.length / 2)]
  const own = usual === undefined ? UNKNOWN_MS : usual / 2
  const wanted = Math.max(own, (asked.ttlMinutes ?? 0) * 60_000, asked.maxAgeMs ?? 0)
  return Math.round(Math.min(LONGEST_MS, Math.max(SHORTEST_MS, wanted)))
}

/** While a hub tells of news, polls only make sure that it told of all. */
const WITH_PUSH = { times: 4, atLeastMs: 3_600_000 }

/** How long until a working feed is asked again whose hub tells us of news. */
export function intervalWithPush(intervalMs: number): number {
  return Math.min(LONGEST_MS, Math.max(WITH_PUSH.atLeastMs, intervalMs * WITH_PUSH.times))
}

/** How long until a failing feed is asked again: twice as long after each failure, at most a day. */
export function backOff(intervalMs: number, failures: number): number {
  return Math.min(LONGEST_WAIT_MS, intervalMs * 2 ** Math.min(failures, 20))
}

/** A wait that differs a little from every other. */
export function withJitter(waitMs: number, random: () => number): number {
  return Math.round(waitMs * (1 + JITTER * (2 * random() - 1)))
}

/**
 * The wait that a server asks for, in seconds or until a date; at most a day, `null` if it asks for none.
 *
 * @see RFC 9110, section 10.2.3
 */
export function retryAfterMs(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null
  const wait = /^\s*\d{1,15}\s*$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now.getTime()
  return Number.isFinite(wait) && wait > 0 ? Math.min(LONGEST_WAIT_MS, wait) : null
}

/** How long the answer stays fresh, by `Cache-Control` or else `Expires`. */
export function maxAgeMs(headers: Readonly<Record<string, string>>, now: Date): number | null {
  const seconds = /(?:^|[\s,])max-age\s{0,5}=\s{0,5}"?(\d{1,10})/i.exec(headers['cache-control'] ?? '')?.[1]
  if (seconds !== undefined) return Number(seconds) * 1_000
  const expires = headers.expires === undefined ? Number.NaN : Date.parse(headers.expires) - now.getTime()
  return Number.isFinite(expires) && expires > 0 ? expires : null
}

/** "in 2 hours": for people. */
export function waitInWords(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000))
  if (minutes < 90) return minutes === 1 ? 'in a minute' : `in ${minutes} minutes`
  const hours = Math.round(minutes / 60)
  return hours < 36 ? `in ${hours} hours` : `in ${Math.round(hours / 24)} days`
}
