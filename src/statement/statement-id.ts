import type { Brand } from '../base/id.ts'
import type { FoundStatement } from './statement.ts'

/**
 * Grows with the statement's own date: minutes since 2005, times 1024, plus a number within the minute.
 * Newest first is then a backward walk in every index (STORAGE.md, rule 1). An id never changes;
 * before 2005 it is negative.
 */
export type StatementId = Brand<number, 'StatementId'>

const EPOCH_MS = Date.UTC(2005, 0, 1)
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** Statements that fit into one minute; the next ones spill into the minutes after it. */
export const IDS_A_MINUTE = 1024

export type Minute = Brand<number, 'Minute'>

export function minuteOf(at: Date): Minute {
  return Math.floor((at.getTime() - EPOCH_MS) / MINUTE_MS) as Minute
}

/** The first id of a minute. */
export function firstIdOf(minute: Minute): StatementId {
  return (minute * IDS_A_MINUTE) as StatementId
}

/**
 * Where a statement stands in time: the day it was said, else the day it was published, else the day it came to us.
 * `minute` decides its id. A day alone counts as noon; a date that lies ahead counts as now,
 * so that a wrong one pins nothing to the top.
 */
export function ownDate(
  saidOn: FoundStatement['saidOn'],
  publishedAt: Date | null,
  recordedAt: Date,
): { readonly on: string; readonly minute: Minute } {
  const published = publishedAt === null || publishedAt > recordedAt ? recordedAt : publishedAt
  const said = saidOn === null ? null : new Date(`${saidOn.on}T12:00:00Z`)
  const isUsable = said !== null && !Number.isNaN(said.getTime()) && said.getTime() - DAY_MS < recordedAt.getTime()
  if (!isUsable || dayOf(said) === dayOf(published)) return { on: dayOf(published), minute: minuteOf(published) }
  return { on: dayOf(said), minute: minuteOf(said) }
}

/** Ids whose own date may lie in the days from `since` to `until`, both included: `[from, before)`. */
export function idsWithin(
  since: string | undefined,
  until: string | undefined,
): { readonly from: number | undefined; readonly before: number | undefined } {
  return {
    from: since === undefined ? undefined : firstIdOf(minuteOf(new Date(`${since}T00:00:00Z`))),
    // A full last minute spills over midnight: a day's room; the date itself decides.
    before:
      until === undefined ? undefined : firstIdOf(minuteOf(new Date(Date.parse(`${until}T00:00:00Z`) + 2 * DAY_MS))),
  }
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10)
}
