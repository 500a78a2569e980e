import { describe, expect, test } from 'vitest'
import { chatMigrations } from '../../src/chat/chat-migrations.ts'
import { teamStore } from '../../src/chat/team-store.ts'
import { handClock } from '../support/clock.ts'
import { databaseKinds, testDatabase } from '../support/database.ts'

describe.each(databaseKinds)('teams, on %s', (kind) => {
  async function twoTeams() {
    const db = await testDatabase(chatMigrations, kind)
    const clock = handClock()
    const teams = teamStore(db, { clock })
    const red = await teams.teamOf('slack', 'T-red', 'Red')
    const blue = await teams.teamOf('slack', 'T-blue', 'Blue')
    return { db, clock, teams, red, blue, [Symbol.asyncDispose]: () => db[Symbol.asyncDispose]() }
  }

  test('one that left is a new one when it comes back, and others stay what they are', async () => {
    await using at = await twoTeams()

    const first = await at.teams.leave(at.red, at.clock.now())
    const second = await at.teams.leave(at.red, at.clock.now())

    expect([first, second]).toEqual([true, false])
    expect(await at.teams.platformIdOf(at.red)).toBeNull()
    expect(await at.teams.teamOf('slack', 'T-red', 'Red')).not.toBe(at.red)
    expect(await at.teams.teamOf('slack', 'T-blue', 'Blue')).toBe(at.blue)
    expect(await at.teams.platformIdOf(at.blue)).toBe('T-blue')
  })

  test('one of the same id on another platform is another team, also when it comes back', async () => {
    await using at = await twoTeams()
    await at.teams.leave(at.red, at.clock.now())

    const elsewhere = await at.teams.teamOf('discord', 'T-red', 'Red')

    expect(await at.teams.formerOf(elsewhere)).toBeNull()
    expect(await at.teams.restore(elsewhere, at.clock.now())).toBeNull()
  })

  test('one that came back can go back to what it was, and forth again; the last time it left counts', async () => {
    await using at = await twoTeams()
    await at.teams.leave(at.red, at.clock.now())
    const second = await at.teams.teamOf('slack', 'T-red', 'Red')
    at.clock.advance({ days: 1 })
    await at.teams.leave(second, at.clock.now())
    const third = await at.teams.teamOf('slack', 'T-red', 'Red')
    at.clock.advance({ days: 1 })

    expect((await at.teams.formerOf(third))?.team).toBe(second)
    expect(await at.teams.restore(third, at.clock.now())).toBe(second)
    expect(await at.teams.teamOf('slack', 'T-red', 'Red')).toBe(second)
    expect(await at.teams.restore(second, at.clock.now())).toBe(third)
    expect(await at.teams.teamOf('slack', 'T-red', 'Red')).toBe(third)
  })

  test('one that never left has nothing to go back to', async () => {
    await using at = await twoTeams()

    expect(await at.teams.restore(at.blue, at.clock.now())).toBeNull()
    expect(await at.teams.teamOf('slack', 'T-blue', 'Blue')).toBe(at.blue)
  })

  test('those that left long enough ago are named, and not after they were forgotten', async () => {
    await using at = await twoTeams()
    await at.teams.leave(at.red, at.clock.now())
    at.clock.advance({ days: 3 })
    await at.teams.leave(at.blue, at.clock.now())
    const aDayAgo = new Date(at.clock.now().getTime() - 86_400_000)

    expect(await at.teams.leftBefore(aDayAgo)).toEqual([at.red])
    await at.db.transaction((tx) => at.teams.forget(tx, at.red))
    expect(await at.teams.leftBefore(aDayAgo)).toEqual([])
    expect(await at.teams.formerOf(await at.teams.teamOf('slack', 'T-red', 'Red'))).toBeNull()
  })
})
