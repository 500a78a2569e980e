import { expect, test } from 'vitest'
import { PUBLIC } from '../../src/base/scope.ts'
import { defineDigest } from '../../src/brief/define-digest.ts'
import { digestBlocks } from '../../src/brief/digest-blocks.ts'
import {
  changedPositions,
  newPositions,
  newStatements,
  reaffirmedPositions,
  unclearPositions,
} from '../../src/brief/sections.ts'
import { readItems } from '../../src/brief/write-brief.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { newsroom } from '../position/newsroom.ts'
import { testDatabase } from '../support/database.ts'

const digest = defineDigest({
  name: 'morning',
  title: 'Since yesterday',
  covers: 'since the last one',
  sections: [
    changedPositions(),
    newPositions(),
    unclearPositions(),
    reaffirmedPositions(),
    newStatements({ atMost: 5 }),
  ],
})
const window = { from: new Date('2026-11-19T08:00:00Z'), until: new Date('2026-11-20T08:00:00Z') }

test('a digest opens with what changed, then what is new, and counts what stayed', async () => {
  await using db = await testDatabase()
  const room = await newsroom(db)
  await room.say('Foreign troops must leave Tamazia.', '2026-01-10')
  await room.say('Foreign troops must leave Tamazia.', '2026-02-10')
  await room.say('The militia of Tamazia must disarm by the end of the year.', '2026-01-25')
  await room.say('The militia of Tamazia must disarm by 15 May.', '2026-02-25')

  const changes = await room.positions.changesSince({ team: PUBLIC, since: new Date(0) })
  const items = await readItems(PUBLIC, changes, room)
  const text = plainText(digestBlocks(digest, { window, items, statements: [], zone: 'UTC' }) ?? [])

  const order = ['One position moved', 'Hardened', 'New on record', 'Reaffirmed'].map((words) => text.indexOf(words))
  expect(order).toEqual(order.toSorted((a, b) => a - b))
  expect(order).not.toContain(-1)
  expect(text).toContain('19 November 2026, 08:00 to 20 November 2026, 08:00 UTC')
})

test('a digest with nothing to say is none', () => {
  expect(digestBlocks(digest, { window, items: [], statements: [], zone: 'UTC' })).toBeNull()
})
