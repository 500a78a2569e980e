import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import type { BookEntry } from '../../src/position/book/book-change.ts'
import { rereadAll, rereadBook } from '../../src/position/book/reread-book.ts'
import { tagForTeams } from '../../src/position/book/tag-for-teams.ts'
import type { Topic, TopicId } from '../../src/position/topics/topic.ts'
import { updatePosition } from '../../src/position/update-position.ts'
import type { StatementId } from '../../src/statement/statement-store.ts'
import { statementStore } from '../../src/statement/statement-store.ts'
import { HAROUN, newsroom, ORSK } from '../position/newsroom.ts'
import { databaseKinds, testDatabase } from '../support/database.ts'
import { team } from '../support/statements.ts'

const [red, blue] = [team(1), team(2)]
const BY = { id: 'U1', name: 'Ana' }

const ferry: BookEntry = {
  topic: {
    ...{ id: 'tamazia.ferry' as TopicId, label: 'The ferry', parent: 'tamazia' as TopicId },
    ...{ aliases: [], keywords: ['ferry'], excludes: [] },
  },
  propositions: [],
}
const runs = {
  id: 'tamazia.ferry-runs' as never,
  topic: ferry.topic.id,
  sentence: 'The ferry runs in winter',
  scales: [],
}

async function desk(kind: (typeof databaseKinds)[number]) {
  const db = await testDatabase(undefined, kind)
  const room = await newsroom(db)
  const statements = statementStore(db, { clock: room.clock, roster: room.roster })
  const deps = { ...room, statements }
  await rereadAll(PUBLIC, deps)
  const change = async (owner: TeamId, id: TopicId, after: BookEntry | null | undefined, base?: number) =>
    await room.topics.change({
      ...{ team: owner, edits: [{ id, after }], by: BY, words: 'Changed', at: room.clock.now() },
      base: base ?? (await room.topics.newest(owner)),
    })
  /** All that a team sees: topics of statements, and what its record says of each speaker. */
  const view = async (asker: TeamId) => {
    const topics = ['tamazia', 'tamazia.foreign-forces', 'tamazia.militia', 'tamazia.ferry'] as TopicId[]
    const found = await statements.find({ team: asker, limit: 200 })
    const record = await Promise.all(
      [HAROUN, ORSK].map((speaker) => room.positions.history({ team: asker, speaker, topics, limit: 200 })),
    )
    const counts = await Promise.all(topics.map((topic) => statements.countByMonth({ team: asker, topic })))
    return JSON.stringify({
      said: found.map((one) => [one.id, [...one.topics].sort()]),
      record: record
        .flat()
        .map(({ topic, proposition, label, stance, statement, earlier, evidence }) => [
          ...[topic, proposition, label, stance, statement, earlier, evidence],
        ]),
      counts,
      byTopic: await Promise.all(
        topics.map(async (topic) => (await statements.find({ team: asker, topic, limit: 200 })).map(({ id }) => id)),
      ),
    })
  }
  return { ...room, room, db, deps, statements, change, view, [Symbol.asyncDispose]: () => db[Symbol.asyncDispose]() }
}

const FERRY = 'The ferry of Tamazia must run in winter'

describe.each(databaseKinds)('a change of a team’s book on %s', (kind) => {
  test('puts old public statements on the team’s topic, for that team alone, and twice is once', async () => {
    await using at = await desk(kind)
    await at.say(FERRY, '2026-10-01')
    await at.say('All foreign troops must leave Tamazia', '2026-10-02')
    const others = await at.view(blue)

    await at.change(red, ferry.topic.id, { ...ferry, propositions: [runs] })
    await rereadAll(red, at.deps)
    const once = await at.view(red)
    await at.change(red, ferry.topic.id, { ...ferry, propositions: [runs] })
    await rereadAll(red, at.deps)

    expect(
      (await at.statements.find({ team: red, topic: ferry.topic.id, limit: 9 })).map(({ content }) => content),
    ).toEqual([`“${FERRY}”`])
    expect(
      await at.positions.history({ team: red, speaker: HAROUN, topics: [ferry.topic.id], limit: 9 }),
    ).toMatchObject([{ team: red, label: 'new', proposition: runs.id, stance: 'supports' }])
    expect(await at.view(red)).toBe(once)
    expect(await at.view(blue)).toBe(others)
    expect(await at.view(PUBLIC)).toBe(others)
  })

  test('taken back, the record is as it was before', async () => {
    await using at = await desk(kind)
    await at.say(FERRY, '2026-10-01')
    await at.say('The militia of Tamazia must disarm', '2026-10-02')
    await at.say('The militia of Tamazia must disarm by 15 May', '2026-10-03', { team: red })
    const before = await at.view(red)

    await at.change(red, ferry.topic.id, ferry)
    await at.change(red, 'tamazia.militia' as TopicId, null)
    await rereadAll(red, at.deps)
    const changed = await at.view(red)
    await at.change(red, 'tamazia.militia' as TopicId, undefined)
    await at.change(red, ferry.topic.id, undefined)
    await rereadAll(red, at.deps)

    expect(changed).not.toBe(before)
    expect(await at.view(red)).toBe(before)
  })

  test('killed in the middle it goes on, and two that go on at once do no more than one', async () => {
    await using at = await desk(kind)
    for (let day = 10; day < 24; day += 1) await at.say(`${FERRY}, they were told on day ${day}`, `2026-10-${day}`)
    await at.change(red, ferry.topic.id, ferry)
    await rereadAll(red, at.deps)
    const whole = await at.view(red)
    await at.change(red, ferry.topic.id, undefined)
    await rereadAll(red, at.deps)

    await at.change(red, ferry.topic.id, ferry)
    const broken = { ...at.deps, positions: { ...at.positions, refacet: () => Promise.reject(new Error('killed')) } }
    await expect(rereadBook(red, broken)).rejects.toThrow('killed')
    await Promise.all([rereadAll(red, at.deps), rereadAll(red, at.deps)])

    expect(await at.view(red)).toBe(whole)
  })

  test('what comes of it is old: no digest tells it', async () => {
    await using at = await desk(kind)
    await at.say(FERRY, '2026-10-01')
    await at.say('The ferry of Tamazia must not run in winter', '2026-10-09')
    at.clock.set('2026-11-25T12:00:00Z')

    await at.change(red, ferry.topic.id, { ...ferry, propositions: [runs] })
    await rereadAll(red, at.deps)

    const since = new Date('2026-11-21T00:00:00Z')
    expect(await at.positions.changesSince({ team: red, since })).toEqual([])
    expect(
      (await at.positions.history({ team: red, speaker: HAROUN, topics: [ferry.topic.id], limit: 50 })).length,
    ).toBeGreaterThan(1)
  })

  test('new public statements come onto the team’s topic too, and its own changes are told to it', async () => {
    await using at = await desk(kind)
    await at.change(red, ferry.topic.id, { ...ferry, propositions: [runs] })
    await rereadAll(red, at.deps)
    const ids = await at.publish(FERRY, '2026-10-01')
    const [statement] = await at.statements.getAll(PUBLIC, ids)
    if (statement === undefined) throw new Error('nothing recorded')
    const { article: id, articleTitle: title, articleUrl: url } = statement
    const article = { ...{ id, title, url, team: PUBLIC, text: '', publisher: null, author: null, language: 'en' } }
    const more = { publishedAt: null, fetchedAt: new Date(0), dateline: null, ownWordsOf: null, isBackfill: false }
    await tagForTeams({ ...article, ...more }, ids, at.deps)

    const changes = await updatePosition(ids[0] as StatementId, at.room)
    const teams = await Promise.all(changes.map((change) => at.positions.teamOf(change)))

    expect(teams.toSorted()).toEqual([PUBLIC, red])
    expect(await at.statements.find({ team: red, topic: ferry.topic.id, limit: 9 })).toHaveLength(1)
    expect(await at.statements.find({ team: blue, topic: ferry.topic.id, limit: 9 })).toHaveLength(0)
    expect(await updatePosition(ids[0] as StatementId, at.room)).toEqual(changes)
  })

  test('of everybody’s book reaches everybody, but for teams that say otherwise', async () => {
    await using at = await desk(kind)
    await at.say(FERRY, '2026-10-01')
    await at.change(red, ferry.topic.id, null)
    await rereadAll(red, at.deps)

    await at.change(PUBLIC, ferry.topic.id, ferry)
    await rereadAll(PUBLIC, at.deps)

    const seen = async (asker: TeamId) => await at.statements.find({ team: asker, topic: ferry.topic.id, limit: 9 })
    expect([await seen(PUBLIC), await seen(blue), await seen(red)].map(({ length }) => length)).toEqual([1, 1, 0])
    expect(await at.positions.history({ team: red, speaker: HAROUN, topics: [ferry.topic.id], limit: 9 })).toEqual([])
  })

  test('is refused when it rests on an older state of the same topic', async () => {
    await using at = await desk(kind)
    await at.change(red, ferry.topic.id, ferry)

    expect(await at.change(red, ferry.topic.id, null, 0)).toMatchObject({
      kind: 'overtaken',
      by: [{ number: 1, by: 'Ana' }],
    })
    expect(await at.change(red, 'tamazia.militia' as TopicId, null, 0)).toMatchObject({ kind: 'changed', number: 2 })
    expect(await at.change(blue, ferry.topic.id, ferry, 0)).toMatchObject({ kind: 'changed', number: 1 })
  })

  test('keeps no name of a member who is forgotten, and nothing of a team', async () => {
    await using at = await desk(kind)
    await at.say(FERRY, '2026-10-01')
    await at.change(red, ferry.topic.id, ferry)
    await rereadAll(red, at.deps)

    await at.db.transaction((tx) => at.topics.forgetMember(tx, 'U1'))
    expect((await at.topics.history(red, { limit: 9 })).map(({ by }) => by)).toEqual([''])

    await at.topics.forgetTeam(red)
    await at.positions.forget({ team: red })
    await at.statements.forget({ team: red })
    expect(await at.topics.history(red, { limit: 9 })).toEqual([])
    expect(await at.view(red)).toBe(await at.view(PUBLIC))
  })
})

test('in whatever order a book is changed and taken back, the record is that of the book', async () => {
  const words = ['ferry', 'militia', 'harbour', 'foreign troops']
  const step = fc.record({
    id: fc.constantFrom('tamazia.ferry', 'tamazia.militia', 'tamazia.port'),
    keywords: fc.option(fc.uniqueArray(fc.constantFrom(...words), { minLength: 1, maxLength: 3 })),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), fc.boolean(), async (steps, isAtOnce) => {
      await using at = await desk('sqlite')
      for (const [day, word] of words.entries()) await at.say(`The ${word} of Tamazia must go`, `2026-10-1${day}`)
      await at.say('The ferry and the militia of Tamazia must go', '2026-10-20')
      const before = await at.view(red)
      for (const { id, keywords } of steps) {
        const topic: Topic = { ...ferry.topic, id: id as TopicId, label: id, keywords: keywords ?? [] }
        await at.change(red, topic.id, keywords === null ? undefined : { topic, propositions: [] })
        if (!isAtOnce) await rereadAll(red, at.deps)
      }
      await rereadAll(red, at.deps)
      const book = await at.topics.bookOf(red)
      for (const { content, articleTitle, topics } of await at.statements.find({ team: red, limit: 50 })) {
        const wanted = book.withWider(book.assign(content, { title: articleTitle }).map(({ topic }) => topic))
        expect([...topics].sort()).toEqual([...wanted].sort())
      }

      for (const { number, edits } of await at.topics.history(red, { limit: 50 })) {
        if (number > 0) for (const { id, before: was } of edits) await at.change(red, id, was)
      }
      await rereadAll(red, at.deps)

      expect(await at.view(red)).toBe(before)
    }),
    { numRuns: 12 },
  )
}, 60_000)

test('a book of two layers that disagree still has no circle and no loose end', async () => {
  await using at = await desk('sqlite')
  const entry = (id: string, parent: string | null): BookEntry => ({
    topic: { ...ferry.topic, id: id as TopicId, label: id, parent: parent as TopicId | null },
    propositions: [],
  })
  await at.change(PUBLIC, 'a' as TopicId, entry('a', null))
  await at.change(PUBLIC, 'b' as TopicId, entry('b', null))
  await at.change(red, 'a' as TopicId, entry('a', 'b'))
  await at.change(PUBLIC, 'b' as TopicId, entry('b', 'a'))
  await at.change(red, 'tamazia' as TopicId, null)

  const book = await at.topics.bookOf(red)

  expect(book.family('a' as TopicId).length).toBeLessThanOrEqual(2)
  expect(book.byId('tamazia.militia' as TopicId)?.parent).toBeNull()
})
