/**
 * A month of a service with many subscriptions, in seconds: crashes at any write and any request, clocks that are
 * moved, outages of hours, lost answers, closed channels, and people who change their minds. Is what was posted what
 * was promised, each statement in exactly one digest of each subscription that it matches?
 *
 *     npm run bench:promises [-- DAYS [SUBSCRIPTIONS [SEED [SHRINK_MINUTES]]]]      default: 30 200 20261128 5
 */
import { historyOf } from './history.ts'
import { liveThrough } from './live-through.ts'
import { shortestHistory } from './shorten.ts'

/** A longer history is none that anybody reads. */
const SHOWN = 60

const say = (line: string) => void process.stdout.write(`${line}\n`)

const [days = 30, subscriptions = 200, seed = 20_261_128, shrinkMinutes = 5] = process.argv.slice(2).map(Number)
const began = performance.now()
const seconds = () => `${Math.round((performance.now() - began) / 1000)} s`
const history = historyOf({ days, subscriptions, seed })
say(`${days} days, ${subscriptions} subscriptions, ${history.length} events, seed ${seed}`)
const lived = await liveThrough(history, { days, seed, onDay: (day) => say(`  day ${day}, ${seconds()}`) })

const count = (of: readonly string[]) =>
  [...Map.groupBy(of, (one) => one)]
    .map(([what, all]) => `${what} ${all.length}`)
    .sort()
    .join(', ')
say(`slots: ${count(lived.slots.map(({ fate }) => fate))}`)
say(`messages: ${count(lived.posts.map(({ kind, state }) => `${kind} ${state}`))}`)
say(`statements in digests: ${lived.slots.reduce((sum, { told }) => sum + told.length, 0)}`)
say(
  [...lived.met]
    .map(([what, times]) => `${what} ${times}`)
    .sort()
    .join(', '),
)
say(`${lived.complaints.length} complaints, ${seconds()}`)
for (const { words } of lived.complaints.slice(0, 20)) say(`  ${words}`)

const [first] = lived.complaints
if (first !== undefined) {
  process.exitCode = 1
  const short = await shortestHistory(history, first, { days, seed, minutes: shrinkMinutes, say })
  say(`seed ${seed}: the shortest history found that brings about one of its kind (${short.words}):`)
  for (const event of short.events.slice(0, SHOWN)) say(`  ${JSON.stringify(event)}`)
  if (short.events.length > SHOWN) say(`  and ${short.events.length - SHOWN} more`)
}
