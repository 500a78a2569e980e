import { describe, expect, test } from 'vitest'
import type { DatabaseKind } from '../../src/base/database/database.ts'
import { directMessageTo } from '../../src/chat/messenger.ts'
import { type Filter, weekdays } from '../../src/delivery/subscription.ts'
import type { Wish } from '../../src/delivery/subscription-store.ts'
import { forget } from '../../src/service/forget.ts'
import { allRows } from '../support/all-rows.ts'
import { ALL, amendingHouse } from '../support/amending-house.ts'
import { databaseKinds } from '../support/database.ts'

const MORA_SAYS = '"The bridge must stay free of toll," Foreign Minister Ilse Mora said.'
const TOLVAJ_SAYS = '"The bridge must not stay free of toll," Jan Tolvaj said.'
const MORA: Filter = { speakers: ['ilse-mora'], topics: [] }
const TOLVAJ: Filter = { speakers: ['jan-tolvaj'], topics: [] }

/** Ana is about to be forgotten, Bo is not. */
async function newsroom(kind: DatabaseKind) {
  const at = await amendingHouse(kind)
  const { red } = at
  const add = async (createdBy: string, channel: string, wish: Pick<Wish, 'filter'>, more: object) =>
    await at
      .house()
      .subscriptions.add({ team: red, platform: 'slack', channel, createdBy, ...wish, ...more } as Wish, at.clock.now())
  return {
    ...at,
    alerts: (createdBy: string, filter: Filter, { channel = 'C1', gatherMinutes = 15 } = {}) =>
      add(createdBy, channel, { filter }, { kind: 'alerts', withOld: true, gatherMinutes }),
    digest: (createdBy: string, channel: string) =>
      add(
        createdBy,
        channel,
        { filter: ALL },
        {
          ...{ kind: 'digest', digest: 'morning', whenEmpty: 'say so' },
          schedule: { times: ['09:00'], days: [...weekdays], zone: 'UTC' },
        },
      ),
    forgetAna: () => forget(at.house(), { kind: 'member', value: 'U-ana' }),
    /** What is to come comes. */
    goOn: async () => {
      at.clock.advance({ minutes: 20 })
      await at.tick()
      await at.send()
    },
    [Symbol.asyncDispose]: () => at[Symbol.asyncDispose](),
  }
}

describe.each(databaseKinds)('after a member is forgotten, on %s', (kind) => {
  test('no digest of theirs leaves that was owed, nor one that was begun and may be missing; those of others do', async () => {
    await using at = await newsroom(kind)
    await at.digest('U-ana', 'C1')
    await at.digest('U-ana', 'C2')
    await at.digest('U-bo', 'C3')
    at.clock.advance({ hours: 1, minutes: 1 })
    await at.tick()
    const begun = (await at.house().outbox.recent(at.red, 9)).find(({ channel }) => channel === 'C2')
    if (begun === undefined) throw new Error('nothing is owed')
    await at.house().outbox.begin(begun, { at: at.clock.now(), lookAt: at.clock.now() })

    await at.forgetAna()
    await at.goOn()

    expect(at.slack.posted.map(({ channel }) => channel)).toEqual(['C3'])
  })

  test('nothing leaves that they alone wanted, by itself or with what others want, and what others want does', async () => {
    await using at = await newsroom(kind)
    await at.alerts('U-ana', MORA)
    await at.alerts('U-bo', TOLVAJ)
    await at.alerts('U-ana', MORA, { channel: 'C2', gatherMinutes: 0 })
    await at.publish(MORA_SAYS, { minutes: 1 })
    await at.publish(TOLVAJ_SAYS, { minutes: 1 })
    at.clock.advance({ minutes: 20 })
    await at.tick()
    const owed = (await at.house().outbox.recent(at.red, 9)).filter(({ state }) => state === 'due')

    await at.forgetAna()
    await at.goOn()

    expect(owed.map(({ channel, subscription }) => `${channel} ${subscription === null}`).sort()).toEqual([
      'C1 true',
      'C2 false',
    ])
    expect(at.posted(at.red)).toEqual([expect.stringMatching(/^Jan Tolvaj on Sund Bridge/)])
    expect(at.posted(at.red)[0]).not.toContain('Mora')
  })

  test('an alert that was begun and may be missing is sent again only where somebody else wants it', async () => {
    await using at = await newsroom(kind)
    await at.alerts('U-ana', MORA, { gatherMinutes: 0 })
    await at.alerts('U-ana', MORA, { channel: 'C2', gatherMinutes: 0 })
    await at.alerts('U-bo', ALL, { channel: 'C2', gatherMinutes: 0 })
    await at.publish(MORA_SAYS, { minutes: 1 })
    for (const one of await at.house().outbox.recent(at.red, 9))
      await at.house().outbox.begin(one, { at: at.clock.now(), lookAt: at.clock.now() })

    await at.forgetAna()
    await at.goOn()

    expect(at.slack.posted.map(({ channel }) => channel)).toEqual(['C2'])
  })

  test('what they wanted together with somebody comes, where their subscription has moved away, too', async () => {
    await using at = await newsroom(kind)
    const { id } = await at.alerts('U-ana', ALL)
    await at.alerts('U-bo', MORA)
    await at.publish(MORA_SAYS, { minutes: 1 })
    const moved = { team: at.red, platform: 'slack', channel: 'C2', createdBy: 'U-ana', filter: ALL } as const
    await at.house().subscriptions.edit(id, { ...moved, kind: 'alerts', withOld: true }, at.clock.now())

    await at.forgetAna()
    await at.goOn()

    expect(at.slack.posted.map(({ channel }) => channel)).toEqual(['C1'])
  })

  test('nothing is written to them in private, and nothing is kept of what was', async () => {
    await using at = await newsroom(kind)
    const [ana, bo] = [directMessageTo('U-ana'), directMessageTo('U-bo')]
    await at.alerts('U-ana', MORA, { channel: ana, gatherMinutes: 0 })
    await at.publish(MORA_SAYS, { minutes: 1 })
    await at.send()
    await at.alerts('U-ana', ALL, { channel: ana })
    await at.digest('U-ana', ana)
    await at.digest('U-bo', bo)
    await at.publish(TOLVAJ_SAYS, { minutes: 1 })
    at.clock.advance({ hours: 1, minutes: 1 })
    await at.tick()
    const before = at.slack.posted.length

    const removed = await at.forgetAna()
    await at.goOn()

    expect(removed).toMatchObject({ subscriptions: 3, 'private messages': 3 })
    expect(at.slack.posted.slice(before).map(({ channel }) => channel)).toEqual([bo])
    expect(await allRows(at.db)).not.toContain('U-ana')
  })
})
