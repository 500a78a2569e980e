import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import type { PositionStore } from '../../src/position/record/position-store.ts'
import type { TopicId } from '../../src/position/topics/topic.ts'
import { updatePosition } from '../../src/position/update-position.ts'
import { SPEAKS_FROM } from '../../src/statement/confidence.ts'
import { testDatabase } from '../support/database.ts'
import { team } from '../support/statements.ts'
import { HAROUN, newsroom } from './newsroom.ts'

const TOPICS = ['tamazia', 'tamazia.foreign-forces', 'tamazia.militia'] as unknown as readonly TopicId[]

async function labels(positions: PositionStore, as: TeamId = PUBLIC) {
  const history = await positions.history({ team: as, speaker: HAROUN, topics: TOPICS, limit: 100 })
  return history.map((change) => `${change.saidOn} ${change.proposition ?? change.topic} ${change.label}`)
}

test('the first word of a minister on a proposition is new, the same again reaffirmed', async () => {
  await using db = await testDatabase()
  const { say, positions } = await newsroom(db)

  await say('Foreign troops must leave Tamazia in stages.', '2026-01-10')
  await say('The withdrawal of foreign forces from Tamazia must be gradual.', '2026-02-10')

  expect(await labels(positions)).toEqual(['2026-02-10 tamazia.withdraw reaffirmed', '2026-01-10 tamazia.withdraw new'])
})

test('an earlier deadline hardens a demand, and both statements stand beside the label', async () => {
  await using db = await testDatabase()
  const { say, positions } = await newsroom(db)

  await say('The militia of Tamazia must disarm by the end of the year.', '2026-01-25')
  const [id] = await say('The militia of Tamazia must disarm by 15 May.', '2026-02-25')
  const change = id === undefined ? null : await positions.get(PUBLIC, id)

  expect(change).toMatchObject({ label: 'hardened', rule: 'R8', saidOn: '2026-02-25' })
  expect(change?.delta[0]).toMatchObject({ slot: 'deadline', old: 'by the end of the year', new: 'by 15 May' })
  expect(change?.earlier).not.toBeNull()
})

test('without a proposition the first word on a topic is new and another one unclear', async () => {
  await using db = await testDatabase()
  const { say, positions } = await newsroom(db)

  await say('Tamazia has many friends in the region.', '2026-01-10')
  await say('The Tamazian harvest was poor, and winter is near.', '2026-02-10')

  expect(await labels(positions)).toEqual(['2026-02-10 tamazia unclear', '2026-01-10 tamazia new'])
})

test('a step that runs twice changes nothing and names the same changes', async () => {
  await using db = await testDatabase()
  const room = await newsroom(db)
  const [statement] = await room.publish('Foreign troops must leave Tamazia.', '2026-01-10')
  if (statement === undefined) throw new Error('nothing published')

  const first = await updatePosition(statement, room)
  const again = await updatePosition(statement, room)

  expect(again).toEqual(first)
  expect(await labels(room.positions)).toHaveLength(1)
})

test('people outside the roster move no position, and neither do views that are not the speaker’s own', async () => {
  await using db = await testDatabase()
  const { say, positions } = await newsroom(db)

  expect(await say('Foreign troops must leave Tamazia.', '2026-01-10', { speaker: null })).toEqual([])
  await say('Foreign troops must stay in Tamazia.', '2026-01-11', { holder: 'quoted' })
  await say('Foreign troops must leave Tamazia.', '2026-01-12')

  expect(await labels(positions)).toEqual([
    '2026-01-12 tamazia.withdraw new',
    '2026-01-11 tamazia.withdraw not comparable',
  ])
})

test('what is not sure enough to speak of stays on record and moves no position, also beside what is', async () => {
  await using db = await testDatabase()
  const { say, positions } = await newsroom(db)

  const unsure = await say('Foreign troops must stay in Tamazia.', '2026-01-10', { confidence: SPEAKS_FROM - 0.01 })
  await say('Foreign troops must leave Tamazia.', '2026-01-12', { confidence: SPEAKS_FROM })

  expect(unsure).toEqual([])
  expect(await labels(positions)).toEqual(['2026-01-12 tamazia.withdraw new'])
})

test('two outlets with the same words are one event with two pieces of evidence', async () => {
  await using db = await testDatabase()
  const { say, positions } = await newsroom(db)
  const words = 'Foreign troops must leave Tamazia.'

  const [id] = await say(words, '2026-01-10')
  const others = await say(words, '2026-01-11', { url: 'https://courier.example/1', publisher: 'Courier' })

  expect(others).toEqual([])
  expect(await labels(positions)).toEqual(['2026-01-10 tamazia.withdraw new'])
  expect(id === undefined ? null : (await positions.get(PUBLIC, id))?.evidence).toHaveLength(2)
})

test('a late article is put in at its date, and later labels follow from it', async () => {
  await using db = await testDatabase()
  const { say, positions } = await newsroom(db)

  const [before] = await say('Foreign troops must leave Tamazia.', '2026-03-10')
  await say('Foreign troops must stay in Tamazia.', '2026-01-10')

  expect(await labels(positions)).toEqual(['2026-03-10 tamazia.withdraw reversed', '2026-01-10 tamazia.withdraw new'])
  // What we believed before stays on record, with the time at which we knew better.
  expect(before === undefined ? null : (await positions.get(PUBLIC, before))?.supersededAt).not.toBeNull()
})

test('a private statement moves the position that its team sees and nobody else’s', async () => {
  await using db = await testDatabase()
  const { say, positions } = await newsroom(db)
  const a = team(7)
  const b = team(8)

  await say('Foreign troops must leave Tamazia.', '2026-01-10')
  await say('Foreign troops must stay in Tamazia.', '2026-02-10', { team: a })
  await say('Foreign troops must leave Tamazia.', '2026-03-10')

  const seenByAll = ['2026-03-10 tamazia.withdraw reaffirmed', '2026-01-10 tamazia.withdraw new']
  expect(await labels(positions)).toEqual(seenByAll)
  expect(await labels(positions, b)).toEqual(seenByAll)
  expect(await labels(positions, a)).toEqual([
    '2026-03-10 tamazia.withdraw reversed',
    '2026-02-10 tamazia.withdraw reversed',
    '2026-01-10 tamazia.withdraw new',
  ])
})

test('in whatever order articles arrive, the record ends up the same', async () => {
  const said = [
    ['Foreign troops must leave Tamazia in stages.', '2026-01-10'],
    ['Foreign troops must leave Tamazia by the end of the year.', '2026-02-10'],
    ['Foreign troops must stay in Tamazia.', '2026-03-10'],
    ['Foreign troops must leave Tamazia by 15 May.', '2026-03-10'],
    ['Foreign troops must leave Tamazia if the militia disarms first.', '2026-04-10'],
    ['Tamazia has many friends in the region.', '2026-04-10'],
  ] as const

  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([...said], { minLength: said.length }), async (order) => {
      await using inOrder = await testDatabase()
      await using shuffled = await testDatabase()
      const first = await newsroom(inOrder)
      const second = await newsroom(shuffled)

      for (const [words, on] of said) await first.say(words, on)
      for (const [words, on] of order) await second.say(words, on)

      expect(await labels(second.positions)).toEqual(await labels(first.positions))
    }),
    { numRuns: 6 },
  )
})
