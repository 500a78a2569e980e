import { expect, test } from 'vitest'
import { chatMigrations } from '../../src/chat/chat-migrations.ts'
import { memberStore } from '../../src/chat/member-store.ts'
import { teamStore } from '../../src/chat/team-store.ts'
import { handClock } from '../support/clock.ts'
import { databaseKinds, testDatabase } from '../support/database.ts'
import { request } from '../support/requests.ts'

for (const kind of databaseKinds) {
  test(`a workspace is one team, however often and from wherever it is met (${kind})`, async () => {
    await using db = await testDatabase(chatMigrations, kind)
    const clock = handClock()

    const first = await teamStore(db, { clock }).teamOf('slack', 'T1', 'News desk')
    const again = await Promise.all([1, 2, 3].map(() => teamStore(db, { clock }).teamOf('slack', 'T1', 'Another name')))
    const other = await teamStore(db, { clock }).teamOf('discord', 'T1', 'News desk')

    expect(first).toBeGreaterThan(0)
    expect(again).toEqual([first, first, first])
    expect(other).not.toBe(first)
  })

  test(`a team that was forgotten and comes back is a new one (${kind})`, async () => {
    await using db = await testDatabase(chatMigrations, kind)
    const teams = teamStore(db, { clock: handClock() })
    const before = await teams.teamOf('slack', 'T1', 'News desk')

    await db.transaction((tx) => teams.forget(tx, before))

    expect(await teams.teamOf('slack', 'T1', 'News desk')).not.toBe(before)
  })

  test(`a person's time zone is remembered until it is forgotten (${kind})`, async () => {
    await using db = await testDatabase(chatMigrations, kind)
    const members = memberStore(db)

    await members.setZone(request(), 'Asia/Tokyo')
    await members.setZone(request(), 'Africa/Tripoli')
    const remembered = await members.zoneOf(request())
    await db.transaction((tx) => members.forget(tx, 'U1'))

    expect(remembered).toBe('Africa/Tripoli')
    expect(await members.zoneOf(request())).toBeNull()
  })
}
