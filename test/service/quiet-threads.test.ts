import { describe, expect, test } from 'vitest'
import type { DatabaseKind } from '../../src/base/database/database.ts'
import { threadIn } from '../../src/chat/messenger.ts'
import { ALL, amendingHouse } from '../support/amending-house.ts'
import { databaseKinds } from '../support/database.ts'

const CHANNEL = 'C1'
const THREAD = threadIn(CHANNEL, '1700000000.000100')
const OTHER = threadIn('C10', '1700000000.000100')
const SAID = '"The bridge must stay free of toll," Foreign Minister Ilse Mora said.'

/** Red wants alerts in a thread of its channel, and in one of another channel. */
async function threads(kind: DatabaseKind) {
  const at = await amendingHouse(kind)
  for (const channel of [THREAD, OTHER]) await at.wantsAlerts(ALL, [at.red], channel)
  return {
    ...at,
    quiet: (line: string) => at.read(line, { channel: CHANNEL }),
    posted: async () => {
      await at.tick()
      await at.send()
      return at.slack.posted.map(({ channel }) => channel)
    },
    [Symbol.asyncDispose]: () => at[Symbol.asyncDispose](),
  }
}

describe.each(databaseKinds)('a quiet time of a channel on Slack, on %s', (kind) => {
  test('holds what is owed to its threads, and to no other channel’s, until it is over', async () => {
    await using at = await threads(kind)
    await at.quiet('/quiet for:2h')
    await at.publish(SAID, { minutes: 1 })

    const during = await at.posted()
    at.clock.advance({ hours: 2 })

    expect(during).toEqual([OTHER])
    expect(await at.posted()).toEqual([OTHER, THREAD])
  })

  test('lets go of what it held there once it is ended', async () => {
    await using at = await threads(kind)
    await at.quiet('/quiet for:2h')
    await at.publish(SAID, { minutes: 1 })
    await at.posted()

    await at.quiet('/quiet end')

    expect(await at.posted()).toEqual([OTHER, THREAD])
  })

  test('skips the digests of its threads, and /why says so', async () => {
    await using at = await threads(kind)
    const { quiets, subscriptions } = at.house()
    const { id, ...wish } = await at.wantsDigest(at.red)
    await subscriptions.edit(id, { ...wish, channel: THREAD }, at.clock.now())
    at.clock.set('2026-11-02T07:00:00Z')
    await at.quiet('/quiet for:2h')
    at.clock.set('2026-11-02T08:00:10Z')
    await at.tick()

    const why = await at.read('/why digest:3', { channel: CHANNEL })

    expect(await quiets.wantsNoDigest({ ...wish, channel: THREAD }, at.clock.now())).toBe(true)
    expect(why).toMatch(/Nothing was posted: it was quiet here until/)
  })
})
