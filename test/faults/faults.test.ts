import { expect, test } from 'vitest'
import { killService } from './kill-service.ts'

/** The full run is `npm run test:faults`. */
const KILLS = 6
const SEED = 7

test('killed at random moments of posting, with lost answers, failures and refusals for a while, it loses and doubles nothing', async () => {
  const { counts } = await killService({ kills: KILLS, seed: SEED })

  for (const count of Object.values(counts)) {
    expect(count).toMatchObject({ owed: 2 * KILLS, lost: [], doubled: [], outOfOrder: [] })
    expect(count.unknown).toBeLessThanOrEqual(1)
  }
}, 120_000)
