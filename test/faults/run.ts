/**
 * Is a promise kept though the service is killed at every step of sending, and both platforms lose
 * answers, fail, reset and ask for patience? Prints what was lost and what was doubled.
 *
 *     npm run test:faults [-- KILLS [SEED]]      default: 400 kills, every other one in a post to Slack
 */
import { type Count, killService } from './kill-service.ts'

const say = (line: string) => void process.stdout.write(`${line}\n`)

const [kills = '400', seed = '20261125'] = process.argv.slice(2)
const began = performance.now()
const { counts, met } = await killService({ kills: Number(kills), seed: Number(seed), say })
for (const [platform, { owed, lost, doubled, outOfOrder, unknown }] of Object.entries(counts)) {
  say(
    `${platform}: ${owed} owed, ${lost.length} lost, ${doubled.length} doubled, ${outOfOrder.length} out of order, ${unknown} unknown`,
  )
  for (const [what, ids] of Object.entries({ lost, doubled, 'out of order': outOfOrder })) {
    if (ids.length > 0) say(`  ${what}: ${ids.join(', ')}`)
  }
}
say(
  [...met]
    .map(([what, times]) => `${what} ${times}`)
    .sort()
    .join(', '),
)
say(`${kills} kills, seed ${seed}, ${Math.round((performance.now() - began) / 1000)} s`)
if (Object.values(counts).some(isBroken)) process.exitCode = 1

function isBroken({ lost, doubled, outOfOrder }: Count): boolean {
  return lost.length + doubled.length + outOfOrder.length > 0
}
