import { firstInstant, localDay, localTime, nextDay } from './local-time.ts'
import { type Filter, matches, type Said } from './subscription.ts'

/** A time in which a place wants nothing, or nothing of some kind. */
export type Quiet =
  /** Until an instant, for what the filter matches; `null`: for everything, digests too. */
  | { readonly kind: 'for a time'; readonly until: Date; readonly filter: Filter | null }
  /** Every day from one local time to another, also over midnight: no alerts. */
  | { readonly kind: 'hours'; readonly from: string; readonly to: string; readonly zone: string }

/** Until when a quiet lasts at `at`; `null` if it does not. */
export function quietUntil(quiet: Quiet, at: Date): Date | null {
  if (quiet.kind === 'for a time') return quiet.until > at ? quiet.until : null
  const { from, to, zone } = quiet
  const time = localTime(at, zone)
  const isOverMidnight = from >= to
  const isIn = isOverMidnight ? time >= from || time < to : time >= from && time < to
  if (!isIn) return null
  const today = localDay(at, zone)
  const end = firstInstant(isOverMidnight && time >= from ? nextDay(today) : today, to, zone)
  // In an hour that comes twice the end may lie behind us: then it is the same time tomorrow at the latest.
  return end > at ? end : firstInstant(nextDay(today), to, zone)
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
