import { describe, expect, test } from 'vitest'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import { shippedRoster } from '../../src/speaker/shipped-roster.ts'
import type { Office, Speaker, SpeakerId } from '../../src/speaker/speaker.ts'
import { speakerMigrations } from '../../src/speaker/speaker-migrations.ts'
import { speakerStore } from '../../src/speaker/speaker-store.ts'
import { databaseKinds, testDatabase } from '../support/database.ts'

const red = 1 as TeamId
const blue = 2 as TeamId
const lavrov = 'sergey-lavrov' as SpeakerId
const office: Office = {
  ...{
    role: 'foreign minister',
    title: 'Foreign Minister',
    country: 'XN',
    from: '2025-02-01',
    to: null,
    asOf: '2026-11',
  },
}
const minister: Omit<Speaker, 'id'> = {
  ...{ name: 'Ilka Maren', kind: 'person', country: 'XN', gender: 'f', aliases: [], offices: [office] },
}
const by = (team: TeamId) => ({ team, member: 'U1', at: new Date('2026-11-25T08:00:00Z') })

describe.each(databaseKinds)('what teams add to the roster, on %s', (kind) => {
  test('a team that added nothing shares the shipped roster', async () => {
    await using db = await testDatabase(speakerMigrations, kind)

    expect(await speakerStore(db, shippedRoster()).rosterFor(red)).toBe(shippedRoster())
  })

  test('a further name finds the speaker in its own team and in no other', async () => {
    await using db = await testDatabase(speakerMigrations, kind)
    const speakers = speakerStore(db, shippedRoster())

    expect(await speakers.addAlias(lavrov, ' Minister No ', by(red))).toEqual({ kind: 'added', id: lavrov })
    await speakers.addAlias(lavrov, 'minister no', by(red))

    expect((await speakers.rosterFor(red)).find('minister NO').map(({ id }) => id)).toEqual([lavrov])
    expect((await speakers.rosterFor(red)).byId(lavrov)?.aliases.filter((name) => /no/i.test(name))).toHaveLength(1)
    expect((await speakers.rosterFor(blue)).find('Minister No')).toEqual([])
  })

  test('a public name is seen by every team, and a name taken away by none', async () => {
    await using db = await testDatabase(speakerMigrations, kind)
    const speakers = speakerStore(db, shippedRoster())
    await speakers.addAlias(lavrov, 'Minister No', by(PUBLIC))

    expect((await speakers.rosterFor(blue)).find('Minister No')).toHaveLength(1)
    expect(await speakers.removeAlias(blue, lavrov, 'Minister No')).toBe(false)
    expect(await speakers.removeAlias(PUBLIC, lavrov, 'Minister No')).toBe(true)
    expect((await speakers.rosterFor(blue)).find('Minister No')).toEqual([])
  })

  test('a speaker that the roster lacks is found by name and surname in its own team alone', async () => {
    await using db = await testDatabase(speakerMigrations, kind)
    const speakers = speakerStore(db, shippedRoster())

    const added = await speakers.addSpeaker(minister, by(red))
    await speakers.addSpeaker(minister, by(red))

    const [found, ...others] = (await speakers.rosterFor(red)).find('Maren')
    expect(others).toEqual([])
    expect(found).toMatchObject({ name: 'Ilka Maren', gender: 'f', offices: [office] })
    expect(added).toEqual({ kind: 'added', id: found?.id })
    expect((await speakers.rosterFor(blue)).find('Maren')).toEqual([])
  })

  test('private persons, empty names and unknown speakers are refused with a reason', async () => {
    await using db = await testDatabase(speakerMigrations, kind)
    const speakers = speakerStore(db, shippedRoster())

    const refusals = [
      await speakers.addSpeaker({ ...minister, offices: [] }, by(red)),
      await speakers.addSpeaker({ ...minister, name: '…' }, by(red)),
      await speakers.addAlias(lavrov, 'x'.repeat(121), by(red)),
      await speakers.addAlias('nobody' as SpeakerId, 'Nobody', by(red)),
    ]

    expect(refusals.map((outcome) => outcome.kind)).toEqual(['refused', 'refused', 'refused', 'refused'])
    expect(await speakers.rosterFor(red)).toBe(shippedRoster())
  })

  test('a team that is forgotten leaves nothing behind, and takes nothing of others', async () => {
    await using db = await testDatabase(speakerMigrations, kind)
    const speakers = speakerStore(db, shippedRoster())
    await speakers.addSpeaker(minister, by(red))
    await speakers.addAlias(lavrov, 'Minister No', by(red))
    await speakers.addAlias(lavrov, 'Minister No', by(blue))

    expect(await db.transaction((tx) => speakers.forget(tx, red))).toBe(2)

    expect(await speakers.rosterFor(red)).toBe(shippedRoster())
    expect((await speakers.rosterFor(blue)).find('Minister No')).toHaveLength(1)
  })
})
