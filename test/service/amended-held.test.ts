import { describe, expect, test } from 'vitest'
import type { DatabaseKind } from '../../src/base/database/database.ts'
import { silentLog } from '../../src/base/log.ts'
import { amendPosts } from '../../src/delivery/amend-posts.ts'
import { releaseHeld } from '../../src/delivery/release-held.ts'
import { amendDeps } from '../../src/service/open-rewriting.ts'
import { ALL, amendingHouse } from '../support/amending-house.ts'
import { databaseKinds } from '../support/database.ts'

const MORA_ON_TOLL = '"The bridge must stay free of toll," Foreign Minister Ilse Mora said.'
const MORA_ON_FERRY = '"The night ferry stays," Foreign Minister Ilse Mora said.'

/** Two alerts are held for red, which may leave now; the first is not Mora's. */
async function held(kind: DatabaseKind) {
  const at = await amendingHouse(kind)
  const { red, db, clock } = at
  await at.wantsAlerts(ALL, [red])
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
})
