import { dayBefore, firstInstant, localDay, nextDay } from './local-time.ts'
import { type Filter, matches, type Said } from './subscription.ts'

/** A time in which a place wants nothing, or nothing of some kind. */
export type Quiet =
  /** Until an instant, for what the filter matches; `null`: for everything, digests too. */
  | { readonly kind: 'for a time'; readonly until: Date; readonly filter: Filter | null }
  /** Every day from one local time to another, also over midnight: no alerts. */
  | { readonly kind: 'hours'; readonly from: string; readonly to: string; readonly zone: string }

/**
 * Until when a quiet lasts at `at`; `null` if it does not. Hours of a day are one time without a break: where the
 * clock goes back into them, they go on; once they are over, an hour that comes twice does not begin them again.
 */
export function quietUntil(quiet: Quiet, at: Date): Date | null {
  if (quiet.kind === 'for a time') return quiet.until > at ? quiet.until : null
  const { from, to, zone } = quiet
  const today = localDay(at, zone)
  const days = from >= to ? [dayBefore(today), today] : [today]
  const ends = days.flatMap((day) => {
    const end = firstInstant(from >= to ? nextDay(day) : day, to, zone)
    return firstInstant(day, from, zone) <= at && at < end ? [end] : []
  })
  return ends[0] ?? null
}

/** Until when something that was said has to wait; `null` if it may come now. `said` of a notice is `null`. */
export function waitsUntil(quiets: readonly Quiet[], said: Said | null, at: Date): Date | null {
  const ends = quiets
    .filter(
      (quiet) => quiet.kind === 'hours' || quiet.filter === null || (said !== null && matches(quiet.filter, said)),
    )
    .map((quiet) => quietUntil(quiet, at))
    .filter((end) => end !== null)
  return ends.length === 0 ? null : new Date(Math.max(...ends.map((end) => end.getTime())))
}

/** The same of several things that stand in one message: none of them comes before its time. */
export function allWaitUntil(quiets: readonly Quiet[], said: readonly Said[], at: Date): Date | null {
  const ends = (said.length === 0 ? [null] : said)
    .map((one) => waitsUntil(quiets, one, at))
    .filter((end) => end !== null)
  return ends.length === 0 ? null : new Date(Math.max(...ends.map((end) => end.getTime())))
}
