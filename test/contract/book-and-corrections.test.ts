import { describe, expect, test } from 'vitest'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import type { BookEntry } from '../../src/position/book/book-change.ts'
import { rereadAll } from '../../src/position/book/reread-book.ts'
import { tagForTeams } from '../../src/position/book/tag-for-teams.ts'
import type { Corrected } from '../../src/position/corrections/correction.ts'
import { correctionDesk } from '../../src/position/corrections/correction-desk.ts'
import type { PropositionId } from '../../src/position/topics/proposition.ts'
import type { TopicId } from '../../src/position/topics/topic.ts'
import { updatePosition } from '../../src/position/update-position.ts'
import type { SpeakerId } from '../../src/speaker/speaker.ts'
import { speakerStore } from '../../src/speaker/speaker-store.ts'
import { statementStore } from '../../src/statement/statement-store.ts'
import { HAROUN, newsroom, ORSK } from '../position/newsroom.ts'
import { databaseKinds, testDatabase } from '../support/database.ts'
import { team } from '../support/statements.ts'

const [red, blue] = [team(1), team(2)]
const ANA = { platform: 'slack', id: 'U1', name: 'Ana' } as const
const FERRY = 'tamazia.ferry' as TopicId
const MILITIA = 'tamazia.militia' as TopicId
const RUNS = 'tamazia.ferry-runs' as PropositionId
const ferry: BookEntry = {
  topic: {
    ...{ id: FERRY, label: 'The ferry', parent: 'tamazia' as TopicId },
    ...{ aliases: [], keywords: ['ferry'], excludes: [] },
  },
  propositions: [{ id: RUNS, topic: FERRY, sentence: 'The ferry runs in winter', scales: [] }],
}

describe.each(databaseKinds)('a team’s own book and its corrections together on %s', (kind) => {
  async function desk() {
    const db = await testDatabase(undefined, kind)
    const room = await newsroom(db)
    const { positions, topics, clock } = room
    const statements = statementStore(db, { clock, roster: room.roster })
    const names = speakerStore(db, room.roster)
    const corrections = correctionDesk({ positions, statements, topics, names, clock })
    const deps = { ...room, statements }
    await rereadAll(PUBLIC, deps)
    const all = ['tamazia', 'tamazia.foreign-forces', MILITIA, FERRY] as TopicId[]
    return {
      ...{ room, positions, clock, corrections },
      say: async (words: string, on: string, given: { team?: TeamId; speaker?: SpeakerId } = {}) => {
        const [id] = await room.publish(words, on, given)
        if (id === undefined) throw new Error('nothing was recorded')
        const article = await room.articles.get((await statements.read(id))?.article ?? ('' as never))
        if (article !== null) await tagForTeams(article, [id], { statements, topics })
        return { id, changes: await updatePosition(id, room) }
      },
      change: async (id: TopicId, after: BookEntry | null | undefined) => {
        await topics.change({
          ...{ team: red, edits: [{ id, after }], by: ANA, words: 'Changed', at: clock.now() },
          base: await topics.newest(red),
        })
        await rereadAll(red, deps)
      },
      correct: async (what: Corrected) => {
        const outcome = await corrections.correct({ team: red, what, why: 'read again', by: ANA })
        if (outcome.kind !== 'corrected') throw new Error(outcome.because)
        return outcome.number
      },
      /** What a team's record says of a speaker, and the topics of what it sees. */
      record: async (asker: TeamId, speaker: SpeakerId = HAROUN) => {
        const history = await positions.history({ team: asker, speaker, topics: all, limit: 100 })
        const said = await statements.find({ team: asker, limit: 100 })
        return [
          ...history.map(({ saidOn, topic, proposition, label }) => `${saidOn} ${proposition ?? topic} ${label}`),
          ...said.map((one) => `${one.id}: ${[...one.topics].sort().join(' ')}`),
        ]
      },
      [Symbol.asyncDispose]: () => db[Symbol.asyncDispose](),
    }
  }
  const WORDS = 'The ferry of Tamazia must run in winter.'

  test('a topic of its own, a correction on it, an edit, and both undone in either order leave the record as it was', async () => {
    await using at = await desk()
    const { id } = await at.say(WORDS, '2026-10-01')
    await at.say('The militia of Tamazia must disarm.', '2026-10-02')
    const before = [await at.record(red), await at.record(blue)]
    const wrongTopic: Corrected = { kind: 'wrong topic', statement: id, from: FERRY, to: MILITIA }

    for (const isBookFirst of [true, false]) {
      await at.change(FERRY, ferry)
      const withBook = await at.record(red)
      expect(withBook.join()).toContain(`2026-10-01 ${RUNS} new`)
      const number = await at.correct(wrongTopic)
      const corrected = await at.record(red)
      expect(corrected.join()).not.toContain(FERRY)
      expect(corrected).toContain(`${id}: tamazia tamazia.militia`)
      await at.change(FERRY, { ...ferry, topic: { ...ferry.topic, keywords: ['ferry', 'boat'] } })
      expect(await at.record(red)).toEqual(corrected)

      const undoings = [
        async () => await at.change(FERRY, undefined),
        async () => await at.corrections.undo(red, number, ANA),
      ]
      for (const undo of isBookFirst ? undoings : undoings.toReversed()) await undo()

      expect([await at.record(red), await at.record(blue)]).toEqual(before)
    }
  })

  test('a statement that was put onto a topic comes off it with the topic, and is back when the topic is', async () => {
    await using at = await desk()
    const { id } = await at.say('The harbour of Tamazia must stay open.', '2026-10-01')
    await at.change(FERRY, ferry)
    await at.correct({ kind: 'wrong topic', statement: id, from: 'tamazia' as TopicId, to: FERRY })
    const corrected = await at.record(red)

    await at.change(FERRY, undefined)
    const without = await at.record(red)
    await at.change(FERRY, ferry)

    expect(corrected.join()).toContain(`${id}: tamazia tamazia.ferry`)
    expect(without.join()).not.toContain(FERRY)
    expect(await at.record(red)).toEqual(corrected)
  })

  test('a speaker that it put right speaks by its own book', async () => {
    await using at = await desk()
    const { id } = await at.say(WORDS, '2026-10-01')
    await at.correct({ kind: 'wrong speaker', statement: id, speaker: ORSK })

    await at.change(FERRY, ferry)

    expect((await at.record(red, ORSK)).join()).toContain(`2026-10-01 ${RUNS} new`)
    expect((await at.record(red, HAROUN)).join()).not.toContain(RUNS)
    expect((await at.record(blue, ORSK)).join()).not.toContain('2026-10-01')
  })

  test('propositions that it merged stay one when the book around them changes', async () => {
    await using at = await desk()
    await at.say(WORDS, '2026-10-01')
    await at.say('Foreign troops must leave Tamazia.', '2026-10-02')
    await at.change(FERRY, ferry)
    await at.correct({ kind: 'merge propositions', from: RUNS, into: 'tamazia.withdraw' as PropositionId })
    const merged = await at.record(red)
    expect(merged.join()).not.toContain(RUNS)

    await at.change(FERRY, undefined)
    await at.change(FERRY, ferry)

    expect(await at.record(red)).toEqual(merged)
  })

  test('a new public statement gives the team a change of its own, and a correction never gives one', async () => {
    await using at = await desk()
    const first = await at.say('Foreign troops must leave Tamazia.', '2026-10-01')
    expect(first.changes).toHaveLength(1)
    const since = at.clock.now()
    at.clock.advance({ minutes: 1 })
    await at
      .correct({
        ...{ kind: 'confirm', label: 'new', statement: first.id, speaker: HAROUN },
        ...{ topic: 'tamazia.foreign-forces' as TopicId, proposition: 'tamazia.withdraw' as PropositionId },
      })
      .catch(() => undefined)
    await at.correct({ kind: 'wrong speaker', statement: first.id, speaker: ORSK })
    at.clock.advance({ minutes: 1 })

    const second = await at.say('Foreign troops must stay in Tamazia.', '2026-10-05')

    const teams = await Promise.all(second.changes.map((change) => at.positions.teamOf(change)))
    expect(teams.toSorted()).toEqual([PUBLIC, red])
    const own = await at.positions.ofStatement(red, second.id)
    // Haroun's earlier words are Orsk's for this team: nothing is reversed.
    expect(own.map(({ label }) => label)).toEqual(['new'])
    expect((await at.positions.ofStatement(PUBLIC, second.id)).map(({ label }) => label)).toEqual(['reversed'])
    expect(await updatePosition(second.id, at.room)).toEqual(second.changes)
    const told = await at.positions.changesSince({ team: blue, since })
    expect(told.map(({ statement }) => statement)).toEqual([second.id])
  })
})
