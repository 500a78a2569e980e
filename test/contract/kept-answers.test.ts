import { describe, expect, test } from 'vitest'
import { more } from '../../commands/more.ts'
import { silentLog } from '../../src/base/log.ts'
import { type Block, plainText } from '../../src/chat/blocks.ts'
import { commandBook } from '../../src/chat/command-book.ts'
import { keptAnswers } from '../../src/chat/kept-answers.ts'
import type { Request } from '../../src/chat/request.ts'
import { handClock } from '../support/clock.ts'
import { commandsIn } from '../support/command-house.ts'
import { databaseKinds, testDatabase } from '../support/database.ts'
import { request } from '../support/requests.ts'
import { team } from '../support/statements.ts'

const [RED, BLUE] = [team(1), team(2)]
const ANA = { member: { id: 'U1', name: 'Ana' }, team: RED }
const BEA = { member: { id: 'U2', name: 'Bea' }, team: RED }
const CAI = { member: { id: 'U1', name: 'Cai' }, team: BLUE }
const long: readonly Block[] = Array.from({ length: 9 }, (_, i) => ({ kind: 'text', line: `word ${i}` }))

describe.each(databaseKinds)('the rest of a long answer on %s', (kind) => {
  async function desk() {
    const db = await testDatabase(undefined, kind)
    const clock = handClock()
    const kept = keptAnswers(db, { clock })
    const book = commandBook([more], { kept }, { log: silentLog, kept })
    /** The first part, and the command that shows the rest. */
    const cut = async (asker: Partial<Request>, seenBy: 'asker' | 'everybody' = 'asker') => {
      const fits = (blocks: readonly Block[]) => blocks.length <= 5
      const { blocks } = await book.fit({ blocks: long, seenBy }, request(asker), fits)
      return { first: plainText(blocks), button: commandsIn(blocks)[0] ?? '' }
    }
    const press = async (button: string, asker: typeof ANA) =>
      plainText((await book.answerLine(button, request(asker))).blocks)
    return { db, clock, kept, cut, press, [Symbol.asyncDispose]: () => db[Symbol.asyncDispose]() }
  }

  test('is shown to whoever asked, as often as they like, and to nobody else', async () => {
    await using at = await desk()
    const { first, button } = await at.cut(ANA)

    expect(first).toMatch(/^word 0\nword 1\nword 2\nThere is more/)
    for (const _ of [1, 2]) expect(await at.press(button, ANA)).toMatch(/^word 3\n[\s\S]*word 8$/)
    expect(await at.press(button, BEA)).toContain('for whoever asked')
    expect(await at.press(button, CAI)).toContain('for whoever asked')
  })

  test('of an answer that the whole team saw is shown to each of the team, and to no other team', async () => {
    await using at = await desk()
    const { button } = await at.cut(ANA, 'everybody')

    expect(await at.press(button, BEA)).toContain('word 8')
    expect(await at.press(button, CAI)).not.toContain('word')
  })

  test('of an answer in a direct message stays with the person of that message', async () => {
    await using at = await desk()
    const { button } = await at.cut({ ...ANA, isDirectMessage: true }, 'everybody')

    expect(await at.press(button, ANA)).toContain('word 8')
    expect(await at.press(button, BEA)).not.toContain('word')
  })

  test('is gone after a day, from the database too', async () => {
    await using at = await desk()
    const { button } = await at.cut(ANA)

    at.clock.advance({ hours: 23 })
    expect(await at.press(button, ANA)).toContain('word 8')
    at.clock.advance({ hours: 2 })
    expect(await at.press(button, ANA)).toContain('Send the question again')
    await at.kept.dropOld()
    expect(await at.db.reads.selectFrom('keptAnswer').selectAll().execute()).toEqual([])
  })

  test('goes with its team, with its asker, and with all others when words are forgotten', async () => {
    await using at = await desk()
    const keys = async () => (await at.db.reads.selectFrom('keptAnswer').select('team').execute()).length
    const refill = async () => {
      for (const asker of [ANA, BEA, CAI]) await at.cut(asker)
      return await keys()
    }

    expect(await refill()).toBe(3)
    expect(await at.db.transaction((tx) => at.kept.forget(tx, { team: RED }))).toBe(2)
    expect(await refill()).toBe(3)
    expect(await at.db.transaction((tx) => at.kept.forget(tx, { member: 'U2' }))).toBe(1)
    expect(await refill()).toBe(3)
    expect(await at.db.transaction((tx) => at.kept.forget(tx, 'anybody'))).toBe(3)
  })

  test('that cannot be kept does not take the first part with it', async () => {
    const kept = { keep: () => Promise.reject(new Error('disk full')) }
    const book = commandBook([], {}, { log: silentLog, kept })

    const { blocks } = await book.fit({ blocks: long }, request(ANA), (some) => some.length <= 5)

    expect(plainText(blocks)).toMatch(/^word 0\n[\s\S]*There is more than fits here\. Ask for less/)
    expect(commandsIn(blocks)).toEqual([])
  })
})
