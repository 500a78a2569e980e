import { expect, test } from 'vitest'
import { postgresSchema } from '../support/postgres-schema.ts'
import { killService, STEPS } from './kill-service.ts'
import { type Storage, serverStorage } from './promised.ts'

/** Every step once; the full run is `npm run test:faults`. */
const KILLS = STEPS.length
const SEED = 7

async function expectPromisesKept(storage?: Storage) {
  const { counts, killed } = await killService({
    kills: KILLS,
    seed: SEED,
    ...(storage === undefined ? {} : { storage }),
  })

  expect(Object.fromEntries(killed)).toEqual(Object.fromEntries(STEPS.map((step) => [step, 1])))
  for (const count of Object.values(counts)) {
    expect(count.owed).toBeGreaterThan(KILLS)
    expect(count).toMatchObject({ lost: [], doubled: [], outOfOrder: [], notAmended: [] })
    expect(count.unknown).toBeLessThanOrEqual(1)
  }
}

test('killed at each step of a message’s way, with lost answers, failures and refusals, it loses and doubles nothing', async () => {
  await expectPromisesKept()
}, 600_000)

const SERVER = process.env.TEST_DATABASE_URL ?? ''

// Processes cannot share the PostgreSQL within a process: this needs a server, and runs wherever one is named.
test.skipIf(SERVER === '')(
  'nor does it on a PostgreSQL server',
  async () => {
    await using schema = await postgresSchema(SERVER)
    await expectPromisesKept(serverStorage(schema?.url ?? ''))
  },
  600_000,
)
