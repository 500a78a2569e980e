import { expect, test } from 'vitest'
import { PUBLIC } from '../../src/base/scope.ts'
import type { Brief } from '../../src/brief/brief.ts'
import { briefBlocks } from '../../src/brief/brief-blocks.ts'
import { meaningWords } from '../../src/brief/label-words.ts'
import { readBrief, writeBrief } from '../../src/brief/write-brief.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { newsroom } from '../position/newsroom.ts'
import { testDatabase } from '../support/database.ts'

/** The brief of an article in which somebody says the first words, and on another day the others. */
async function briefOfTwoDays(first: string, ...others: readonly string[]): Promise<Brief> {
  await using db = await testDatabase()
  const room = await newsroom(db)
  const [change] = await room.say(first, '2026-03-02', { also: others })
  const [id] = change === undefined ? [] : await writeBrief(change, room)
  const brief = id === undefined ? null : await readBrief(PUBLIC, id, room)
  if (brief === null) throw new Error('no brief')
  const dayBefore = { on: '2026-02-20', precision: 'day', basis: 'text' } as const
  const items = brief.items.map((item) =>
    item.statement.content.includes(first)
      ? item
      : { ...item, statement: { ...item.statement, on: dayBefore.on, saidOn: dayBefore } },
  )
  return { ...brief, items }
}

test('what is wanted is supported or opposed, a thesis is affirmed or rejected', async () => {
  const brief = await briefOfTwoDays('Foreign forces must withdraw from Tamazia.')
  const thesis = { ...brief, items: brief.items.map((item) => ({ ...item, isThesis: true })) }
  const turned = brief.items.map((item) => ({ ...item, isThesis: true, stood: 'opposes' as const }))

  expect(plainText(briefBlocks(brief))).toContain('New on record · supports: Foreign forces withdraw from Tamazia')
  expect(plainText(briefBlocks(thesis))).toContain('New on record · affirms: Foreign forces withdraw from Tamazia')
  expect(
    turned.map((item) => meaningWords({ ...item, change: { ...item.change, label: 'reversed', delta: [] } })),
  ).toEqual(['Was: rejects. Now: affirms.'])
})

test('words of another day than the one at the top tell theirs', async () => {
  const claims = await briefOfTwoDays(
    'Foreign forces must withdraw from Tamazia.',
    'The militia of Tamazia must disarm.',
  )
  const lines = await briefOfTwoDays('Foreign forces must withdraw from Tamazia.', 'The militia has two commanders.')

  expect(plainText(briefBlocks(claims))).toMatch(
    /said 2 March 2026[\s\S]*must disarm.”\nsaid 20 February 2026 · direct/,
  )
  expect(plainText(briefBlocks(lines))).toContain('• The militia of Tamazia, 20 February 2026: “The militia has two')
})
