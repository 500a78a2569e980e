import { describe, expect, test } from 'vitest'
import { silentLog } from '../../src/base/log.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { fateReader } from '../../src/delivery/fate-reader.ts'
import { scheduleDigests } from '../../src/delivery/schedule-digests.ts'
import { type DigestSubscription, type Filter, weekdays } from '../../src/delivery/subscription.ts'
import { digestShower } from '../../src/service/show-digest.ts'
import type { StatementId } from '../../src/statement/statement-store.ts'
import { databaseKinds } from '../support/database.ts'
import { BRIDGE, MORA } from '../support/mora.ts'
import { houseOfTeams } from '../support/reading-house.ts'

const said = (words: string) => `"${words}," Foreign Minister Ilse Mora said.`
const FREE = said('The bridge must stay free of toll')
const NOT = said('The bridge must not stay free of toll')
const FREE_LONGER = said('The bridge must stay free of toll, today and tomorrow')
const NOT_AT_NIGHT = said('The bridge must not stay free of toll at night')
const DAY_MS = 86_400_000

async function deskOf(kind: (typeof databaseKinds)[number]) {
  const at = await houseOfTeams({ begins: '2026-11-02T05:00:00Z', speakers: [MORA], book: BRIDGE, kind })
  const { db, clock, house, steps, red } = at
  const box = house.outbox

  return {
    clock,
    house,
    red,
    /** Reads an article; its labels come later. */
    read: (text: string, { dated = clock.now(), isBackfill = false } = {}): Promise<readonly StatementId[]> =>
      at.read(text, { publishedAt: dated, isBackfill }),
    label: async (ids: readonly StatementId[]) => {
      for (const id of ids) await steps.updatePosition(id)
    },
    subscribe: (
      filter: Partial<Filter> = {},
      channel = 'C',
      more: Partial<Pick<DigestSubscription, 'digest' | 'schedule'>> = {},
    ) =>
      house.subscriptions.add(
        {
          ...{ team: red, platform: 'slack', channel, createdBy: 'U', kind: 'digest', digest: 'morning' },
          schedule: { times: ['09:00'], days: [...weekdays], zone: 'UTC' },
          filter: { speakers: [], topics: [], ...filter },
          whenEmpty: 'silent',
          ...more,
        },
        clock.now(),
      ),
    /** The digests of that day are written and posted. */
    nine: async (day: string) => {
      clock.set(`${day}T09:00:10Z`)
      const { subscriptions, writeDigest } = house
      const given = { db, subscriptions, writeDigest, clock, log: silentLog, graceMs: 7_200_000 }
      await scheduleDigests({ ...given, isQuiet: async () => false })
      for (const one of await box.recent(red, 20)) {
        if (one.state !== 'due') continue
        await box.begin(one, { at: clock.now(), lookAt: clock.now() })
        await box.sent(one.id, 'receipt', clock.now())
      }
    },
    digests: async () => (await box.recent(red, 20)).map(({ blocks }) => plainText(blocks)).reverse(),
    fates: fateReader(db),
    show: digestShower({
      ...house.newsroom,
      ...{ rosterFor: house.names.rosterFor, heldBack: house.heldBack, log: silentLog },
    }),
    [Symbol.asyncDispose]: () => at[Symbol.asyncDispose](),
  }
}

describe.each(databaseKinds)('on %s', (kind) => {
  test('a label that comes after the window closed reaches the next digest that follows labels, once', async () => {
    await using desk = await deskOf(kind)
    await desk.subscribe({ labels: ['new'] })
    desk.clock.set('2026-11-02T08:50:00Z')
    const ids = await desk.read(FREE)
    await desk.nine('2026-11-02')
    desk.clock.set('2026-11-02T09:05:00Z')
    await desk.label(ids)

    for (const day of ['2026-11-03', '2026-11-04']) await desk.nine(day)

    const told = (await desk.digests()).filter((text) => text.includes('stay free of toll'))
    expect(told).toHaveLength(1)
  })

  test('words that a desk files under a topic after the digest reach the next one of that topic, and no other twice', async () => {
    await using desk = await deskOf(kind)
    await desk.subscribe({ topics: ['harbour'] })
    await desk.subscribe({}, 'ALL')
    desk.clock.set('2026-11-02T06:00:00Z')
    const ids = await desk.read(FREE)
    await desk.label(ids)
    await desk.nine('2026-11-02')
    await desk.house.statements.retag([{ id: ids[0] as StatementId, team: desk.red, topics: ['harbour'] }])

    for (const day of ['2026-11-03', '2026-11-04']) await desk.nine(day)

    const all = await desk.house.outbox.recent(desk.red, 20)
    expect(all.filter(({ channel }) => channel === 'C')).toHaveLength(1)
    expect(all.filter(({ channel }) => channel === 'ALL')).toHaveLength(1)
  })

  test('a reversal that was told is no news again after a late article', async () => {
    await using desk = await deskOf(kind)
    await desk.subscribe()
    const say = async (now: string, text: string, dated: string) => {
      desk.clock.set(now)
      await desk.label(await desk.read(text, { dated: new Date(dated) }))
    }
    await say('2026-11-02T06:00:00Z', FREE, '2026-11-02T05:30:00Z')
    await desk.nine('2026-11-02')
    await say('2026-11-05T06:00:00Z', NOT, '2026-11-05T05:30:00Z')
    await desk.nine('2026-11-05')
    await say('2026-11-06T06:00:00Z', FREE_LONGER, '2026-11-04T05:30:00Z')

    await desk.nine('2026-11-06')

    const all = await desk.digests()
    expect(all.filter((text) => text.includes('must not stay free'))).toHaveLength(1)
    expect(all.filter((text) => text.includes('One position moved'))).toHaveLength(1)
    expect(all[2]).toContain('today and tomorrow')
  })

  test('a label that a late article makes another one is told in one line, once, with what was told', async () => {
    await using desk = await deskOf(kind)
    await desk.subscribe()
    const say = async (now: string, text: string, dated: string) => {
      desk.clock.set(now)
      await desk.label(await desk.read(text, { dated: new Date(dated) }))
    }
    await say('2026-11-02T06:00:00Z', FREE, '2026-11-02T05:30:00Z')
    await desk.nine('2026-11-02')
    await say('2026-11-05T06:00:00Z', NOT, '2026-11-05T05:30:00Z')
    await desk.nine('2026-11-05')
    await say('2026-11-06T06:00:00Z', NOT_AT_NIGHT, '2026-11-04T05:30:00Z')

    for (const day of ['2026-11-06', '2026-11-07']) await desk.nine(day)

    const lines = (await desk.digests()).flatMap((text) => text.split('\n').filter((line) => line.includes('told on')))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/Ilse Mora on Sund Bridge, .*: told on 5 November 2026 as Reversed, now /)
  })

  test('what a new feed listed already is counted in one line that leads to it; today’s news of it is told', async () => {
    await using desk = await deskOf(kind)
    await desk.subscribe()
    desk.clock.set('2026-11-02T08:00:00Z')
    for (let day = 1; day <= 6; day += 1)
      await desk.read(said(`The bridge needs paint number ${day}`), {
        ...{ dated: new Date(desk.clock.now().getTime() - day * 3 * DAY_MS), isBackfill: true },
      })
    await desk.read(said('The bridge is open today'), { isBackfill: true })

    await desk.nine('2026-11-02')

    const [text = ''] = await desk.digests()
    expect(text).toContain('And 6 older statements from feeds added since: /digest show:1.2026-11-02.09:00')
    expect(text).toContain('The bridge is open today')
    expect(text).not.toContain('paint')
    const [subscription] = (await desk.house.subscriptions.list(desk.red)) as readonly DigestSubscription[]
    if (subscription === undefined) return expect.fail('it is subscribed to')
    const slot = await desk.fates.slot(subscription.id, '2026-11-02', '09:00')
    if (slot === null) return expect.fail('its slot is settled')
    const shown = await desk.show({ subscription, window: slot.window, only: new Set(slot.told) }, 1)
    expect(shown).toMatchObject({ statements: 7, left: 0 })
    expect(plainText(shown.blocks)).toContain('paint number 6')
  })

  test('a monthly digest tells what came on the first day of a long month, and in the month before it was asked for', async () => {
    await using desk = await deskOf(kind)
    await desk.label(await desk.read(FREE))
    desk.clock.set('2026-11-28T08:00:00Z')
    const schedule = { times: ['09:00'], days: [...weekdays], zone: 'UTC', ofMonth: 1 }
    await desk.subscribe({}, 'C', { digest: 'monthly', schedule })

    await desk.nine('2026-12-01')
    // Older than thirty days when its window closes.
    desk.clock.set('2026-12-01T10:00:00Z')
    await desk.label(await desk.read(NOT))
    for (const day of ['2026-12-15', '2027-01-01', '2027-02-01']) await desk.nine(day)

    const all = await desk.digests()
    expect(all).toHaveLength(2)
    expect(all[0]).toContain('The bridge must stay free of toll')
    expect(all[0]).toContain('No position moved.')
    expect(all[1]).toContain('The bridge must not stay free of toll')
    expect(all[1]).toMatch(/Reversed 1 December 2026, from supports to opposes/)
  })

  test('words of long ago that are read today are counted as added late', async () => {
    await using desk = await deskOf(kind)
    await desk.subscribe()
    desk.clock.set('2026-11-02T08:00:00Z')
    await desk.read(FREE, { dated: new Date('2026-09-01T08:00:00Z') })

    for (const day of ['2026-11-02', '2026-11-03']) await desk.nine(day)

    const all = await desk.digests()
    expect(all).toHaveLength(1)
    expect(all[0]).toContain('And 1 statement from before 19 October 2026, added late: /digest show:1.2026-11-02.09:00')
  })
})
