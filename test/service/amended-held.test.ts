import { describe, expect, test } from 'vitest'
import type { DatabaseKind } from '../../src/base/database/database.ts'
import { silentLog } from '../../src/base/log.ts'
import { amendPosts } from '../../src/delivery/amend-posts.ts'
import { releaseHeld } from '../../src/delivery/release-held.ts'
import type { Filter } from '../../src/delivery/subscription.ts'
import { amendDeps } from '../../src/service/open-rewriting.ts'
import { ALL, amendingHouse } from '../support/amending-house.ts'
import { databaseKinds } from '../support/database.ts'

const MORA_ON_TOLL = '"The bridge must stay free of toll," Foreign Minister Ilse Mora said.'
const MORA_ON_FERRY = '"The night ferry stays," Foreign Minister Ilse Mora said.'

const GONE = { kind: 'refused', code: 'is_archived', why: 'gone', explanation: 'That channel is archived.' } as const

/** Two alerts are held for red, which may leave now; the first is not Mora's. */
async function held(kind: DatabaseKind, wantedToo?: Filter) {
  const at = await amendingHouse(kind)
  const { red, db, clock } = at
  await at.wantsAlerts(ALL, [red])
  if (wantedToo !== undefined) await at.wantsAlerts(wantedToo, [red])
  await at.ask('/quiet for:1h')
  const [first = 0] = await at.publish(MORA_ON_TOLL, { minutes: 1 })
  await at.publish(MORA_ON_FERRY, { minutes: 1 })
  const amend = () => amendPosts(amendDeps(at.house(), silentLog), clock.now())
  return {
    ...at,
    amend,
    correct: () => at.read(`/correct wrong-speaker statement:${first} speaker:Tolvaj`),
    /** `between`: what happens after the list of what is held was read. */
    release: (between: () => Promise<unknown>) => {
      const { outbox, quiets } = at.house()
      const heldUntil = async (until: Date) => {
        const rows = await outbox.heldUntil(until)
        await between()
        return rows
      }
      return releaseHeld({ db, quiets, outbox: { heldUntil } }, clock.now())
    },
    [Symbol.asyncDispose]: () => at[Symbol.asyncDispose](),
  }
}

describe.each(databaseKinds)('what a correction finds held, on %s', (kind) => {
  test('leaves as it reads then, where it was put right while its message was being made', async () => {
    await using at = await held(kind)
    at.clock.advance({ hours: 2 })

    await at.release(async () => {
      await at.correct()
      at.clock.advance({ seconds: 70 })
      await at.amend()
    })
    await at.send()

    expect(at.posted(at.red)).toEqual([expect.stringContaining('Jan Tolvaj on Sund Bridge')])
    expect(at.posted(at.red)[0]).not.toContain('Ilse Mora on Sund Bridge')
  })

  test('waits until it is put right: nobody reads it as it was', async () => {
    await using at = await held(kind)
    at.clock.advance({ hours: 2 })

    await at.release(at.correct)
    await at.send()
    const early = at.posted(at.red)
    await at.settle()
    await at.tick()
    await at.send()

    expect(early.join()).not.toContain('Sund Bridge')
    expect(at.posted(at.red).join('\n')).toContain('Jan Tolvaj on Sund Bridge')
    expect(at.posted(at.red).join('\n')).toContain('Night ferry')
    expect(at.posted(at.red).join('\n')).not.toContain('Ilse Mora on Sund Bridge')
  })

  test('is edited, where its post was begun while it was being written anew', async () => {
    await using at = await held(kind)
    at.clock.advance({ hours: 2 })
    await at.tick()
    await at.correct()
    at.clock.advance({ seconds: 70 })
    const deps = amendDeps(at.house(), silentLog)
    const alert: typeof deps.rewriting.alert = async (...asked) => {
      await at.send()
      return await deps.rewriting.alert(...asked)
    }

    await amendPosts({ ...deps, rewriting: { ...deps.rewriting, alert } }, at.clock.now())
    await at.settle()

    expect(at.posted(at.red)).toEqual([expect.stringContaining('Ilse Mora on Sund Bridge')])
    expect(at.edited(at.red)).toEqual([expect.stringContaining('Jan Tolvaj on Sund Bridge')])
  })

  test.each(['long before', 'just before'])(
    'comes as it reads then, where the place had refused it, corrected %s it takes it',
    async (when) => {
      await using at = await amendingHouse(kind)
      await at.wantsAlerts(ALL, [at.red])
      at.slack.answerWith(GONE)
      const [first = 0] = await at.publish(MORA_ON_TOLL, { minutes: 1 })
      await at.send()
      const [stopped] = await at.house().subscriptions.list(at.red)
      if (stopped?.state !== 'stopped') throw new Error('the place was not refused')

      await at.read(`/correct wrong-speaker statement:${first} speaker:Tolvaj`)
      if (when === 'long before') await at.settle()
      await at.house().subscriptions.again(stopped.id, [], at.clock.now())
      await at.settle()
      await at.settle()

      const told = at.posted(at.red).join('\n')
      expect(told).toContain('Jan Tolvaj on Sund Bridge')
      expect(told).not.toContain('Ilse Mora on Sund Bridge')
    },
  )

  test('comes as it reads then, where it was unsubscribed from meanwhile and that is taken back', async () => {
    await using at = await held(kind)
    const [one] = await at.house().subscriptions.list(at.red)
    if (one === undefined) throw new Error('nobody is subscribed')

    await at.house().subscriptions.remove(at.red, one.number, at.clock.now())
    await at.correct()
    await at.settle()
    await at.house().subscriptions.revive(one.id, at.clock.now())
    at.clock.advance({ hours: 2 })
    await at.settle()

    const told = at.posted(at.red).join('\n')
    expect(told).toContain('Jan Tolvaj on Sund Bridge')
    expect(told).not.toContain('Ilse Mora on Sund Bridge')
  })

  test('comes as it reads then, where nobody knew whether it is there and a person says that it is missing', async () => {
    await using at = await amendingHouse(kind)
    await at.wantsAlerts(ALL, [at.red])
    const [first = 0] = await at.publish(MORA_ON_TOLL, { minutes: 1 })
    const { outbox } = at.house()
    const [alert] = await outbox.recent(at.red, 1)
    if (alert === undefined) throw new Error('nothing is owed')
    await outbox.begin(alert, { at: at.clock.now(), lookAt: at.clock.now() })
    await outbox.giveUp(alert.id, 'unknown', { code: 'unreadable' })

    await at.read(`/correct wrong-speaker statement:${first} speaker:Tolvaj`)
    await at.settle()
    await outbox.settle(alert.id, 'missing', at.clock.now())
    await at.send()

    expect(at.posted(at.red)).toEqual([expect.stringContaining('Jan Tolvaj on Sund Bridge')])
  })

  test('waits until it is put right also where the message it was in is taken apart', async () => {
    await using at = await held(kind, { ...ALL, topics: ['ferry'] })
    at.clock.advance({ hours: 2 })
    await at.tick()
    await at.correct()

    await at.house().subscriptions.remove(at.red, 2, at.clock.now())
    await at.tick()
    await at.send()
    const early = at.posted(at.red).join('\n')
    await at.settle()
    await at.settle()

    expect(early).not.toContain('Ilse Mora on Sund Bridge')
    expect(at.posted(at.red).join('\n')).toContain('Jan Tolvaj on Sund Bridge')
    expect(at.posted(at.red).join('\n')).not.toContain('Ilse Mora on Sund Bridge')
  })
})
