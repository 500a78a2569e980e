import { describe, expect, test } from 'vitest'
import type { DatabaseKind } from '../../src/base/database/database.ts'
import type { TeamId } from '../../src/base/scope.ts'
import { leaveTeam, restoreTeam } from '../../src/service/leave-team.ts'
import { ALL, amendingHouse } from '../support/amending-house.ts'
import { databaseKinds } from '../support/database.ts'

const FREE = '"The bridge must stay free of toll," Foreign Minister Ilse Mora said.'
const NOT = '"The bridge must not stay free of toll," Foreign Minister Ilse Mora said.'

/** Red removes the bot and invites it again; an owner brings back what it had. */
async function comingBack(kind: DatabaseKind) {
  const at = await amendingHouse(kind)
  const leave = (team: TeamId = at.red) => leaveTeam(at.house(), team, { explanation: 'Removed.', clock: at.clock })
  const restore = async () => {
    const again = await at.house().teams.teamOf('slack', 'T-red', 'red')
    await restoreTeam(at.house(), again, at.clock.now())
  }
  const checkAgain = async () => {
    for (const { id } of await at.house().subscriptions.list(at.red)) await at.read(`/subscriptions again:${id}`)
  }
  return { ...at, leave, restore, checkAgain, [Symbol.asyncDispose]: () => at[Symbol.asyncDispose]() }
}

describe.each(databaseKinds)('a team that removed the bot, on %s', (kind) => {
  test('gets nothing that was held for it by then, invited again or not, and /why says so', async () => {
    await using at = await comingBack(kind)
    await at.wantsAlerts(ALL)
    await at.ask('/quiet for:2h')
    await at.publish(FREE, { minutes: 1 })
    const [held] = await at.house().outbox.recent(at.red, 1)

    await at.leave()
    at.clock.advance({ hours: 3 })
    await at.tick()
    await at.send()
    await at.restore()
    await at.tick()
    await at.send()
    await at.checkAgain()
    await at.tick()
    await at.send()

    expect(held).toMatchObject({ state: 'held', code: 'quiet' })
    expect(at.posted(at.red).filter((text) => text.includes('Sund Bridge'))).toEqual([])
    expect(at.posted(at.blue)).toHaveLength(1)
    expect(await at.read(`/why post:${held?.id}`)).toContain('Not posted: I was removed from here before it left.')
  })

  test('is told in its next digest what one that had not left would have told', async () => {
    await using at = await comingBack(kind)
    await at.wantsDigest(at.red)
    await at.publish(NOT, { minutes: 30 })
    at.clock.advance({ days: 1 })
    await at.tick()

    await at.leave()
    at.clock.advance({ days: 2 })
    await at.restore()
    await at.send()
    const atOnce = at.posted(at.red)
    await at.checkAgain()
    at.clock.advance({ days: 1 })
    await at.tick()
    await at.send()

    expect(atOnce).toEqual([])
    expect(at.posted(at.red).filter((text) => text.includes('must not stay free of toll'))).toHaveLength(1)
  })

  test('finds nothing waiting that was left open when it went', async () => {
    await using at = await comingBack(kind)
    await at.wantsAlerts(ALL)
    await at.ask('/quiet for:2h')
    await at.publish(FREE, { minutes: 1 })
    await at.house().teams.leave(at.red, at.clock.now())

    await at.restore()
    at.clock.advance({ hours: 3 })
    await at.tick()
    await at.send()

    expect(at.posted(at.red)).toEqual([])
  })

  test('finds what was wrong in its posts put right', async () => {
    await using at = await comingBack(kind)
    await at.wantsAlerts(ALL)
    const [said = 0] = await at.publish(FREE, { minutes: 1 })
    await at.send()
    await at.read(`/correct wrong-speaker statement:${said} speaker:Tolvaj`)
    at.clock.advance({ seconds: 70 })
    await at.tick()
    await at.leave()

    await at.restore()
    await at.send()

    expect(at.edited(at.red)).toEqual([expect.stringContaining('Jan Tolvaj on Sund Bridge')])
  })
})
