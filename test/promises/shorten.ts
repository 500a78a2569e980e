import type { Event } from './history.ts'
import type { Complaint } from './judge.ts'
import { liveThrough } from './live-through.ts'

type Options = {
  readonly days: number
  readonly seed: number
  /** So long it is tried. */
  readonly minutes: number
  readonly say: (line: string) => void
}

/** Leaves out of a history whatever a complaint of the same kind does not need: first what is of other places, then piece by piece. */
export async function shortestHistory(
  history: readonly Event[],
  complaint: Complaint,
  { days, seed, minutes, say }: Options,
): Promise<{ readonly events: readonly Event[]; readonly words: string }> {
  const until = performance.now() + minutes * 60_000
  let best = { events: history, words: complaint.words }
  const tryIt = async (events: readonly Event[]): Promise<boolean> => {
    const { complaints } = await liveThrough(events, { days, seed })
    const same = complaints.find(({ about }) => about === complaint.about)
    if (same === undefined) return false
    best = { events, words: same.words }
    say(`  ${events.length} events: ${same.words}`)
    return true
  }
  const near = history.filter((event) => isNear(event, complaint))
  if (near.length < history.length) await tryIt(near)
  for (let pieces = 4; pieces <= best.events.length * 2 && performance.now() < until; pieces *= 2) {
    const length = Math.max(1, Math.ceil(best.events.length / pieces))
    for (let from = best.events.length - length; from > -length && performance.now() < until; from -= length) {
      const { events } = best
      await tryIt([...events.slice(0, Math.max(0, from)), ...events.slice(from + length)])
    }
    if (length === 1) break
  }
  return best
}

function isNear(event: Event, { ref, place }: Complaint): boolean {
  if ('ref' in event && ref !== null) return event.ref === ref
  const where = event.kind === 'subscribe' ? event.wish : 'place' in event ? event.place : null
  if (where !== null && place !== null) return where.team === place.team && where.channel === place.channel
  return true
}
