import { describe, expect, test } from 'vitest'
import { readConfig } from '../../src/base/config.ts'
import { keepHouse } from '../../src/service/keep-house.ts'
import { ALL, amendingHouse } from '../support/amending-house.ts'
import { databaseKinds } from '../support/database.ts'

const SAID = '"The bridge must stay free of toll," Foreign Minister Ilse Mora said.'

describe.each(databaseKinds)('what became of digests and alerts, on %s', (kind) => {
  test('is kept for as long as the operator says, and /why says that it was kept no longer', async () => {
    await using at = await amendingHouse(kind)
    const daily = () => keepHouse(at.house(), readConfig({ RETAIN_DELIVERIES_DAYS: '62' }), at.clock)
    const kept = async () => (await at.house().outbox.recent(at.red, 50)).map(({ kind: of }) => of)
    const told = async () => (await at.db.reads.selectFrom('toldStatement').select('delivery').execute()).length
    const why = () => at.read('/why digest:2.2026-11-02.09:00')
    await at.wantsAlerts(ALL, [at.red])
    await at.wantsDigest(at.red)
    await at.publish(SAID, { minutes: 1 })
    await at.send()
    at.clock.set('2026-11-02T08:00:10Z')
    await at.tick()
    await at.send()

    at.clock.advance({ days: 31 })
    await daily()
    const afterAMonth = [await kept(), await told(), await why()]
    at.clock.advance({ days: 31 })
    await at.tick()
    at.clock.advance({ days: 1 })
    await at.tick()
    await daily()

    expect(afterAMonth).toEqual([['digest', 'alert'], 0, expect.stringContaining('Posted')])
    expect(await kept()).toEqual([])
    expect(await why()).toContain('Nothing is kept of it any more, if anything came')
    expect(await at.read('/digest show:2.2026-11-02.09:00')).toContain('I have nothing of digest 2 on 2026-11-02')
  })
})

test('what corrections and the digests of a month look back on cannot be set to be kept for less', () => {
  expect(() => readConfig({ RETAIN_DELIVERIES_DAYS: '61' })).toThrow('RETAIN_DELIVERIES_DAYS')
  expect(readConfig({}).RETAIN_DELIVERIES_DAYS).toBe(400)
})
