import { expect, test } from 'vitest'
import { articleStore } from '../../src/article/article-store.ts'
import type { Database } from '../../src/base/database/database.ts'
import { PUBLIC } from '../../src/base/scope.ts'
import { defineDigest } from '../../src/brief/define-digest.ts'
import { digestBlocks } from '../../src/brief/digest-blocks.ts'
import { isNamed } from '../../src/brief/is-named.ts'
import {
  changedPositions,
  newPositions,
  newStatements,
  reaffirmedPositions,
  unclearPositions,
} from '../../src/brief/sections.ts'
import { verifyDigest } from '../../src/brief/verify-digest.ts'
import { readItems } from '../../src/brief/write-brief.ts'
import { plainText } from '../../src/chat/blocks.ts'
import type { StatementId } from '../../src/statement/statement-id.ts'
import { statementStore } from '../../src/statement/statement-store.ts'
import { newsroom } from '../position/newsroom.ts'
import { handClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'
import { articleOf, foundIn, rosterOf } from '../support/statements.ts'

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

test('words that many outlets carry stand once, with the others named; other words of the day stand by themselves', async () => {
  await using db = await testDatabase()
  const house = await recordedHouse(db)
  const day = (on: string) => new Date(`${on}T08:00:00Z`)
  for (const outlet of ['One', 'Two', 'Three', 'Four', 'Two'])
    await house.record('The harvest was better than anybody had hoped.', outlet, day('2026-11-19'))
  await house.record('The harvest was better than anybody had hoped.', 'Five', day('2026-09-01'))
  await house.record('The boats stay in port.', 'Two', day('2026-11-19'))

  const statements = await house.statements()
  const blocks = digestBlocks(digest, { window, items: [], statements, zone: 'UTC' }) ?? []

  const text = plainText(blocks)
  expect(text.match(/better than anybody/g)).toHaveLength(2)
  expect(text).toMatch(/Also reported by Two \S+, Three \S+, Four \S+$/m)
  expect(text.match(/boats stay/g)).toHaveLength(1)
  expect(await verifyDigest(blocks, { window, items: [], statements, zone: 'UTC' }, house)).toEqual([])
})

test('words of nobody with a name are counted in a digest, and shown with the whole', async () => {
  await using db = await testDatabase()
  const house = await recordedHouse(db)
  const today = new Date('2026-11-19T08:00:00Z')
  await house.record('The boats stay in port.', 'One', today, 'She')
  await house.record('The harbour is full.', 'One', today, 'Many captains')
  await house.record('The nets are torn.', 'One', today, 'the Harbour Guild')

  const matter = { window, items: [], statements: await house.statements(), zone: 'UTC' }
  const [short, whole] = [false, true].map((isPage) => plainText(digestBlocks(digest, { ...matter, isPage }) ?? []))

  expect(short).toContain('nets are torn')
  expect(short).not.toMatch(/boats|harbour is full/)
  expect(short).toContain('And 2 more.')
  for (const words of ['nets are torn', 'boats stay', 'harbour is full']) expect(whole).toContain(words)
})

test.each([
  ['Ana Petrov', true],
  ['the Harbour Guild', true],
  ['A YouGov poll of voters', true],
  ['Лавров', true],
  ['وزير الخارجية', true],
  ['WHO', true],
  ['al-Shabaab', true],
  ['She', false],
  ['I', false],
  ['The narrator', false],
  ['This phony fact check', false],
  ['', false],
])('%s is a name: %s', (label, expected) => {
  expect(isNamed(label)).toBe(expected)
})

/** Articles of several outlets, each with words of the same farmer, or of somebody else. */
async function recordedHouse(db: Database) {
  const [articles, statements] = [
    articleStore(db),
    statementStore(db, { clock: handClock('2026-11-20T07:00:00Z'), roster: rosterOf() }),
  ]
  let count = 0
  const recorded: StatementId[] = []
  return {
    articles,
    record: async (words: string, publisher: string, publishedAt: Date, by = 'Pavel Onty') => {
      count += 1
      const { id: _, ...article } = articleOf(`${by} said: ${words}`, {
        ...{ publisher, publishedAt, url: `https://outlet-${count}.example/a` },
      })
      const id = await articles.add(article)
      const found = foundIn({ ...article, id }, words, { by })
      recorded.push(...(await statements.save({ ...article, id }, [found], () => [])))
    },
    statements: async () => await statements.getAll(PUBLIC, recorded),
  }
}
