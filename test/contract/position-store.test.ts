import { describe, expect, test } from 'vitest'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import { updatePosition } from '../../src/position/update-position.ts'
import { HAROUN, newsroom } from '../position/newsroom.ts'
import { databaseKinds, testDatabase } from '../support/database.ts'
import { team } from '../support/statements.ts'

const [red, blue] = [team(1), team(2)]

describe.each(databaseKinds)('positions and briefs on %s', (kind) => {
  async function rooms() {
    const db = await testDatabase(undefined, kind)
    const room = await newsroom(db)
    const history = async (asker: TeamId) => {
      const topics = (await room.topics.bookOf(asker)).topics.map(({ id }) => id)
      return await room.positions.history({ team: asker, speaker: HAROUN, topics, limit: 50 })
    }
    return { db, ...room, history, [Symbol.asyncDispose]: () => db[Symbol.asyncDispose]() }
  }

  test('a statement that is set against the record twice changes it once', async () => {
    await using house = await rooms()
    const [id] = await house.publish('All foreign troops must leave Tamazia', '2026-10-01')
    if (id === undefined) throw new Error('nothing was recorded')

    const first = await updatePosition(id, house)
    const before = await house.history(PUBLIC)
    const again = await updatePosition(id, house)

    expect(first.length).toBeGreaterThan(0)
    expect(again).toEqual(first)
    expect(await house.history(PUBLIC)).toEqual(before)
  })

  test('a change of one team’s record is not found by another', async () => {
    await using house = await rooms()
    const [change] = await house.say('All foreign troops must leave Tamazia', '2026-10-01', { team: red })
    if (change === undefined) throw new Error('nothing changed')

    expect(await house.positions.get(red, change)).toMatchObject({ team: red, speaker: HAROUN })
    expect(await house.positions.get(blue, change)).toBeNull()
    expect(await house.positions.changesSince({ team: blue, since: new Date(0) })).toEqual([])
  })

  test('a brief is kept once for an event, and shown to the team whose it is', async () => {
    await using house = await rooms()
    const [id] = await house.say('All foreign troops must leave Tamazia', '2026-10-01', { team: red })
    const change = id === undefined ? null : await house.positions.get(red, id)
    if (change === null) throw new Error('nothing changed')

    const brief = await house.briefs.save(change, new Date('2026-10-01T10:00:00Z'))

    expect(await house.briefs.save(change, new Date('2026-10-02T10:00:00Z'))).toBe(brief)
    expect((await house.briefs.get(red, brief))?.writtenAt).toEqual(new Date('2026-10-01T10:00:00Z'))
    expect(await house.briefs.get(blue, brief)).toBeNull()
  })

  test('forgetting a team or a speaker leaves nothing of their record', async () => {
    await using house = await rooms()
    await house.say('All foreign troops must leave Tamazia', '2026-10-01', { team: red })
    await house.say('The militia must disarm in Tamazia', '2026-10-02')

    await house.positions.forget({ team: red })
    expect((await house.history(red)).every((change) => change.team === PUBLIC)).toBe(true)
    expect((await house.history(red)).length).toBeGreaterThan(0)
    await house.positions.forget({ speaker: HAROUN })
    expect(await house.history(red)).toEqual([])
  })
})
