import { describe, expect, test } from 'vitest'
import { articleStore } from '../../src/article/article-store.ts'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import { readBook } from '../../src/position/book/read-book.ts'
import { topicStore } from '../../src/position/book/topic-store.ts'
import { buildRoster } from '../../src/speaker/build-roster.ts'
import { speakerStore } from '../../src/speaker/speaker-store.ts'
import { type StatementId, statementStore } from '../../src/statement/statement-store.ts'
import { HAROUN, newsroom } from '../position/newsroom.ts'
import { handClock } from '../support/clock.ts'
import { databaseKinds, testDatabase } from '../support/database.ts'
import { articleOf, foundIn, rosterOf, speakerId, team } from '../support/statements.ts'

/** Red and blue follow private feeds, green follows nothing; the numbers are those of the scenarios. */
const [red, blue, green] = [team(1), team(2), team(3)]
const mora = speakerId('ilse-mora')

describe.each(databaseKinds)('between teams, on %s', (kind) => {
  async function threeStatements() {
    const db = await testDatabase(undefined, kind)
    const statements = statementStore(db, { clock: handClock(), roster: rosterOf({ 'ilse-mora': 'Ilse Mora' }) })
    const say = async (of: TeamId, words: string) => {
      const article = articleOf(`Ilse Mora said ${words}.`, { team: of })
      const found = foundIn(article, words, { by: 'Ilse Mora', speaker: mora })
      return (await statements.save(article, [found], () => ['customs']))[0] as StatementId
    }
    const ofRed = await say(red, 'the customs of the harbour stay marmalade')
    await say(blue, 'the customs of the bridge rise')
    await say(PUBLIC, 'the customs of the road fall')
    const seenBy = async (asker: TeamId, words?: string) => {
      const question = { team: asker, speaker: mora, topic: 'customs', words, limit: 10 }
      return (await statements.find(question)).map((one) => /harbour|bridge|road/.exec(one.content)?.[0])
    }
    return { db, statements, ofRed, seenBy, [Symbol.asyncDispose]: () => db[Symbol.asyncDispose]() }
  }

  test('x01, x02: a look-up gives a team its own statements and the public ones, a third team the public ones', async () => {
    await using house = await threeStatements()

    for (const words of [undefined, 'customs', '"the customs of"']) {
      expect(new Set(await house.seenBy(red, words))).toEqual(new Set(['harbour', 'road']))
      expect(new Set(await house.seenBy(blue, words))).toEqual(new Set(['bridge', 'road']))
      expect(await house.seenBy(green, words)).toEqual(['road'])
    }
  })

  test('x03: a word that only another team’s statement holds finds what a word that does not exist finds', async () => {
    await using house = await threeStatements()
    const { find } = house.statements

    for (const words of ['marmalade', 'xyzzy']) expect(await find({ team: blue, words, limit: 10 })).toEqual([])
    expect(await find({ team: red, words: 'marmalade', limit: 10 })).toHaveLength(1)
  })

  test('x04: counts and timelines leave other teams’ statements out', async () => {
    await using house = await threeStatements()
    const count = async (asker: TeamId, more = {}) =>
      (await house.statements.countByMonth({ team: asker, topic: 'customs', ...more })).map((month) => month.count)

    expect(await count(red)).toEqual([2])
    expect(await count(blue, { speaker: mora })).toEqual([2])
    expect(await count(green)).toEqual([1])
  })

  test('x05: a private statement has no effect on where others see the speaker stand, nor on its evidence', async () => {
    await using db = await testDatabase(undefined, kind)
    const room = await newsroom(db)
    await room.say('All foreign troops must leave Tamazia', '2026-10-01', { team: red })
    const history = async (asker: TeamId) => {
      const topics = (await room.topics.bookOf(asker)).topics.map(({ id }) => id)
      return await room.positions.history({ team: asker, speaker: HAROUN, topics, limit: 20 })
    }

    expect((await history(red)).length).toBeGreaterThan(0)
    expect(await history(blue)).toEqual([])
    const before = await history(red)

    await room.say('All foreign forces must leave Tamazia by spring', '2026-10-05')
    const teams = new Set((await history(blue)).map((change) => change.team))
    expect(teams).toEqual(new Set([PUBLIC]))
    const evidence = (await history(blue)).flatMap((change) => change.evidence)
    expect(evidence).not.toContain(before[0]?.statement)
    expect((await history(blue)).every((change) => change.earlier !== before[0]?.statement)).toBe(true)
  })

  test('x06: a speaker whom one team added is not offered to another', async () => {
    await using db = await testDatabase(undefined, kind)
    const speakers = speakerStore(db, buildRoster([]))
    const zed = { name: 'Zed Council', kind: 'body', country: null, gender: null, aliases: [], offices: [] } as const
    await speakers.addSpeaker(zed, { team: red, member: 'U1', at: new Date('2026-11-20T08:00:00Z') })

    const offered = async (asker: TeamId) => (await speakers.rosterFor(asker)).search('ze', 5).map(({ name }) => name)
    expect(await offered(red)).toEqual(['Zed Council'])
    expect(await offered(blue)).toEqual([])
  })

  test('x09: an article that is private to one team and public too is shown to others from its public source', async () => {
    await using db = await testDatabase(undefined, kind)
    const articles = articleStore(db)
    const statements = statementStore(db, { clock: handClock(), roster: rosterOf() })
    const read = async (of: TeamId, publisher: string) => {
      const { id: _, ...words } = articleOf('Ilse Mora said the tolls fall.', { team: of, publisher })
      const id = await articles.add({ ...words, url: 'https://ledger.example/tolls' })
      const article = await articles.get(id)
      if (article === null) throw new Error('not stored')
      await statements.save(article, [foundIn(article, 'the tolls fall', { speaker: mora })], () => [])
    }
    await read(red, 'Letter to subscribers')
    await read(PUBLIC, 'The Daily Ledger')

    const seen = await statements.find({ team: blue, speaker: mora, limit: 10 })
    expect(seen.map((one) => one.publisher)).toEqual(['The Daily Ledger'])
    expect((await articles.byUrl(blue, 'https://ledger.example/tolls'))?.publisher).toBe('The Daily Ledger')
  })

  test('x13: what one team asked a moment ago is not what another gets', async () => {
    await using house = await threeStatements()
    const topics = topicStore(house.db)
    await topics.importBook(red, readBook('- { id: tolls, label: Tolls, keywords: [toll] }'), new Date(0))

    expect(await house.seenBy(red)).toContain('harbour')
    expect(await house.seenBy(blue)).not.toContain('harbour')
    expect((await topics.bookOf(red)).topics.map(({ id }) => id)).toEqual(['tolls'])
    expect((await topics.bookOf(blue)).topics.map(({ id }) => id)).not.toContain('tolls')
  })

  test('x14: the id of another team’s statement is not found, as if there were none', async () => {
    await using house = await threeStatements()
    const { get, getAll, retag, statementsOfArticle } = house.statements
    const own = await get(red, house.ofRed)

    expect(own?.team).toBe(red)
    expect(await get(blue, house.ofRed)).toBeNull()
    expect(await get(PUBLIC, house.ofRed)).toBeNull()
    expect(await getAll(blue, [house.ofRed])).toEqual([])
    expect(own === null ? null : await statementsOfArticle(blue, own.article)).toEqual([])
    await retag([{ id: house.ofRed, team: blue, topics: ['mine'] }])
    expect(await house.statements.find({ team: blue, topic: 'mine', limit: 5 })).toEqual([])
    expect((await get(red, house.ofRed))?.topics).toEqual(['customs'])
  })
})
