/**
 * Is a promise kept though the service is killed at every step of a message's way, and both platforms lose answers,
 * fail, reset and ask for patience? Subscriptions, slots and alerts are real, and so is the process; the platforms
 * are servers here, and the clock runs 25 times faster. Prints what was lost and what was doubled, also when it is
 * stopped before its end.
 *
 *     npm run test:faults [-- KILLS [SEED]]      default: 400 kills, every step in its turn, on both platforms
 *     TEST_DATABASE_URL=postgres://… npm run test:faults        the same on that server, in a schema of its own
 */

import { postgresSchema } from '../support/postgres-schema.ts'
import type { Count } from './count-posts.ts'
import { killService } from './kill-service.ts'
import { serverStorage } from './promised.ts'

const say = (line: string) => void process.stdout.write(`${line}\n`)

const [kills = '400', seed = '20261125'] = process.argv.slice(2)
/** The one that was in flight. */
const UNKNOWN_AT_MOST = 1

const began = performance.now()
const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    say(`${signal}: no further kill; what is owed is counted. Once more ends it at once.`)
    stopping.abort()
  })
}
await using server = await postgresSchema(process.env.TEST_DATABASE_URL)
const storage = server === null ? {} : { storage: serverStorage(server.url) }
say(server === null ? 'on a file of SQLite' : 'on PostgreSQL')
const options = { kills: Number(kills), seed: Number(seed), say, stop: stopping.signal, ...storage }
const { counts, killed, met } = await killService(options)
for (const [platform, count] of Object.entries(counts)) {
  const { owed, lost, doubled, outOfOrder, notAmended, unknown } = count
  say(
    `${platform}: ${owed} owed, ${lost.length} lost, ${doubled.length} doubled, ${outOfOrder.length} out of order, ${notAmended.length} not put right, ${unknown} unknown`,
  )
  for (const [what, names] of Object.entries({
    lost,
    doubled,
    'out of order': outOfOrder,
    'not put right': notAmended,
  }))
    if (names.length > 0) say(`  ${what}: ${names.join(', ')}`)
}
const listed = (all: ReadonlyMap<string, number>) => [...all].map(([what, times]) => `${what} ${times}`).join(', ')
say(`killed: ${listed(killed)}`)
say(`met: ${listed(met)}`)
const sum = [...killed.values()].reduce((all, times) => all + times, 0)
say(`${sum} kills of ${kills}, seed ${seed}, ${Math.round((performance.now() - began) / 1000)} s`)
if (Object.values(counts).some(isBroken)) process.exitCode = 1

function isBroken({ lost, doubled, outOfOrder, notAmended, unknown }: Count): boolean {
  return lost.length + doubled.length + outOfOrder.length + notAmended.length > 0 || unknown > UNKNOWN_AT_MOST
}
