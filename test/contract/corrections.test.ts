import { describe, expect, test } from 'vitest'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import { readBrief, writeBrief } from '../../src/brief/write-brief.ts'
import { editorStore } from '../../src/chat/editor-store.ts'
import type { Corrected } from '../../src/position/corrections/correction.ts'
import { correctionDesk } from '../../src/position/corrections/correction-desk.ts'
import { forgetStatements } from '../../src/position/record/forget-statements.ts'
import type { PropositionId } from '../../src/position/topics/proposition.ts'
import type { TopicId } from '../../src/position/topics/topic.ts'
import { updatePosition } from '../../src/position/update-position.ts'
import type { SpeakerId } from '../../src/speaker/speaker.ts'
import { speakerStore } from '../../src/speaker/speaker-store.ts'
import type { StatementId } from '../../src/statement/statement-id.ts'
import { statementStore } from '../../src/statement/statement-store.ts'
import { HAROUN, newsroom, ORSK } from '../position/newsroom.ts'
import { databaseKinds, testDatabase } from '../support/database.ts'
import { team } from '../support/statements.ts'

const [RED, BLUE] = [team(1), team(2)]
const ANA = { platform: 'slack', id: 'U1', name: 'Ana' } as const
const BEA = { platform: 'slack', id: 'U2', name: 'Bea' } as const
const FORCES = 'tamazia.foreign-forces' as TopicId
const WITHDRAW = 'tamazia.withdraw' as PropositionId

describe.each(databaseKinds)('corrections on %s', (kind) => {
  async function desk() {
    const db = await testDatabase(undefined, kind)
    const room = await newsroom(db)
    const statements = statementStore(db, { clock: room.clock, roster: room.roster })
    const names = speakerStore(db, room.roster)
    const { positions, topics, clock } = room
    const corrections = correctionDesk({ positions, statements, topics, names, clock })
    const labels = async (asker: TeamId, speaker: SpeakerId = HAROUN) => {
      const all = (await topics.bookOf(PUBLIC)).topics.map(({ id }) => id)
      const history = await positions.history({ team: asker, speaker, topics: all, limit: 100 })
      return history.map(({ saidOn, proposition, topic, label }) => `${saidOn} ${proposition ?? topic} ${label}`)
    }
    const say = async (...given: Parameters<typeof room.publish>): Promise<StatementId> => {
      const [id] = await room.publish(...given)
      if (id === undefined) throw new Error('nothing was recorded')
      await updatePosition(id, room)
      return id
    }
    const correct = async (what: Corrected, asker: TeamId = RED) =>
      await corrections.correct({ team: asker, what, why: 'read again', by: ANA })
    return {
      ...room,
      db,
      say,
      names,
      full: statements,
      corrections,
      correct,
      labels,
      [Symbol.asyncDispose]: () => db[Symbol.asyncDispose](),
    }
  }

  const notAChange = (statement: StatementId): Corrected => ({
    ...{ kind: 'not a change', statement, speaker: HAROUN, topic: FORCES, proposition: WITHDRAW },
  })

  test('what a desk calls no change is none for its team, turns nothing, and comes back when that is undone', async () => {
    await using house = await desk()
    await house.say('Foreign troops must leave Tamazia.', '2026-01-10')
    const turn = await house.say('Foreign troops must stay in Tamazia.', '2026-02-10')
    await house.say('Foreign troops must leave Tamazia.', '2026-03-10')
    const before = [
      '2026-03-10 tamazia.withdraw reversed',
      '2026-02-10 tamazia.withdraw reversed',
      '2026-01-10 tamazia.withdraw new',
    ]
    expect(await house.labels(RED)).toEqual(before)
    const [was] = await house.positions.ofStatement(RED, turn)

    const outcome = await house.correct(notAChange(turn))

    expect(outcome).toEqual({ kind: 'corrected', number: 1, isNew: true })
    expect(await house.labels(RED)).toEqual([
      '2026-03-10 tamazia.withdraw reaffirmed',
      '2026-02-10 tamazia.withdraw reaffirmed',
      '2026-01-10 tamazia.withdraw new',
    ])
    const [change] = await house.positions.ofStatement(RED, turn)
    expect(change).toMatchObject({ method: 'correction', status: 'confirmed', stance: 'supports' })
    expect(change?.why).toBe('Corrected by your desk: not a change of course.')
    expect(await house.labels(BLUE)).toEqual(before)
    const [kept] = await house.corrections.list(RED, { limit: 5 })
    expect(kept).toMatchObject({ number: 1, why: 'read again', by: ANA, undone: null })
    expect(kept?.changes).toContain(was?.id)

    expect(await house.corrections.undo(RED, 1, BEA)).toBe('undone')
    expect(await house.corrections.undo(RED, 1, ANA)).toBe('undone before')
    expect(await house.corrections.undo(RED, 2, ANA)).toBe('unknown')
    expect(await house.labels(RED)).toEqual(before)
    expect((await house.corrections.list(RED, { limit: 5 }))[0]?.undone?.by).toEqual(BEA)
  })

  test('what somebody says who is taken for another is the other’s for that team, and not told under both names', async () => {
    await using house = await desk()
    await house.correct({ kind: 'merge speakers', from: HAROUN, into: ORSK })
    const since = house.clock.now()
    house.clock.advance({ minutes: 1 })

    await house.say('Foreign troops must leave Tamazia.', '2026-01-10')

    expect(await house.labels(RED, HAROUN)).toEqual([])
    expect(await house.labels(RED, ORSK)).toEqual(['2026-01-10 tamazia.withdraw new'])
    const told = async (asker: TeamId) =>
      (await house.positions.changesSince({ team: asker, since })).map(({ speaker }) => speaker)
    expect(await told(RED)).toEqual([ORSK])
    expect(await told(BLUE)).toEqual([HAROUN])
  })

  test('a correction holds when the statement is read again and when a late article comes in', async () => {
    await using house = await desk()
    await house.say('Foreign troops must leave Tamazia.', '2026-01-10')
    const turn = await house.say('Foreign troops must stay in Tamazia.', '2026-02-10')
    await house.correct(notAChange(turn))

    await updatePosition(turn, house)
    await house.say('Foreign troops must leave Tamazia at once.', '2026-01-05')

    expect((await house.labels(RED))[0]).toBe('2026-02-10 tamazia.withdraw reaffirmed')
    expect((await house.labels(BLUE))[0]).toBe('2026-02-10 tamazia.withdraw reversed')
  })

  test('a record of its own is no news to a team: what everybody knew keeps its time', async () => {
    await using house = await desk()
    await house.say('Foreign troops must leave Tamazia.', '2026-01-10')
    const turn = await house.say('Foreign troops must stay in Tamazia.', '2026-02-10')
    house.clock.advance({ days: 1 })
    const since = house.clock.now()
    house.clock.advance({ minutes: 1 })

    await house.correct({ ...notAChange(turn), kind: 'confirm', label: 'reversed' } as Corrected)

    expect(await house.positions.changesSince({ team: RED, since })).toEqual([])
    expect((await house.positions.ofStatement(RED, turn))[0]).toMatchObject({ label: 'reversed', status: 'confirmed' })
    expect((await house.positions.ofStatement(BLUE, turn))[0]).toMatchObject({ label: 'reversed', status: 'proposed' })
  })

  test('a wrong speaker is put right wherever the team looks, and nowhere else', async () => {
    await using house = await desk()
    const id = await house.say('Foreign troops must stay in Tamazia.', '2026-02-10')
    const [change] = await house.positions.ofStatement(PUBLIC, id)
    if (change === undefined) throw new Error('no change')
    const [brief] = await writeBrief(change.id, house)
    if (brief === undefined) throw new Error('no brief')

    await house.correct({ kind: 'wrong speaker', statement: id, speaker: ORSK })

    const who = async (asker: TeamId, speaker: SpeakerId) =>
      (await house.full.find({ team: asker, speaker, limit: 5 })).map((one) => one.speakerLabel)
    expect(await who(RED, ORSK)).toEqual(['Pavel Orsk'])
    expect(await who(RED, HAROUN)).toEqual([])
    expect(await who(BLUE, HAROUN)).toEqual(['Nadia Haroun'])
    expect(await house.full.find({ team: RED, speaker: ORSK, words: 'troops', topic: FORCES, limit: 5 })).toHaveLength(
      1,
    )
    expect(await house.full.find({ team: RED, speaker: ORSK, words: 'bananas', limit: 5 })).toEqual([])
    expect(await house.full.find({ team: RED, speaker: ORSK, topic: 'tamazia.militia', limit: 5 })).toEqual([])
    expect(await house.labels(RED, HAROUN)).toEqual([])
    expect(await house.labels(RED, ORSK)).toEqual(['2026-02-10 tamazia.withdraw new'])
    expect(await house.labels(BLUE, ORSK)).toEqual([])
    expect((await readBrief(RED, brief, house))?.items[0]?.speakerName).toBe('Pavel Orsk')
    expect((await readBrief(BLUE, brief, house))?.items[0]?.speakerName).toBe('Nadia Haroun')

    await house.correct({ kind: 'wrong speaker', statement: id, speaker: null })
    expect(await house.labels(RED, ORSK)).toEqual([])
    expect((await house.full.get(RED, id))?.speakerLabel).toBeNull()
    await house.corrections.undo(RED, 2, ANA)
    expect(await who(RED, ORSK)).toEqual(['Pavel Orsk'])
    await house.corrections.undo(RED, 1, ANA)
    expect(await who(RED, HAROUN)).toEqual(['Nadia Haroun'])
  })

  test('a wrong topic is left, and the text is read for the one it is put under, also in the team’s own news', async () => {
    await using house = await desk()
    const own = await house.say('The militia of Tamazia must disarm.', '2026-02-10', { team: RED })

    await house.correct({ kind: 'wrong topic', statement: own, from: 'tamazia.militia' as TopicId, to: FORCES })

    expect(await house.labels(RED)).toEqual(['2026-02-10 tamazia.foreign-forces new'])
    expect((await house.full.get(RED, own))?.topics.toSorted()).toEqual(['tamazia', FORCES])
    expect(await house.full.find({ team: RED, topic: 'tamazia.militia', limit: 5 })).toEqual([])
    await house.corrections.undo(RED, 1, ANA)
    expect(await house.labels(RED)).toEqual(['2026-02-10 tamazia.disarm new'])
    expect(await house.full.find({ team: RED, topic: 'tamazia.militia', limit: 5 })).toHaveLength(1)
  })

  test('merged speakers are one, also in what comes later, and are two again when it is undone', async () => {
    await using house = await desk()
    await house.say('Foreign troops must leave Tamazia.', '2026-01-10', { speaker: ORSK })
    await house.correct({ kind: 'merge speakers', from: ORSK, into: HAROUN })
    await house.say('Foreign troops must stay in Tamazia.', '2026-02-10', { speaker: HAROUN })
    await house.say('Foreign troops must leave Tamazia.', '2026-03-10', { speaker: ORSK })

    expect(await house.labels(RED, HAROUN)).toEqual([
      '2026-03-10 tamazia.withdraw reversed',
      '2026-02-10 tamazia.withdraw reversed',
      '2026-01-10 tamazia.withdraw new',
    ])
    expect(await house.labels(RED, ORSK)).toEqual([])
    expect(await house.full.find({ team: RED, speaker: HAROUN, limit: 9 })).toHaveLength(3)
    expect((await house.names.rosterFor(RED)).find('Pavel Orsk').map(({ id }) => id)).toEqual([HAROUN])
    expect((await house.names.rosterFor(BLUE)).find('Pavel Orsk').map(({ id }) => id)).toEqual([ORSK])

    await house.corrections.undo(RED, 1, ANA)
    expect(await house.labels(RED, HAROUN)).toEqual(await house.labels(PUBLIC, HAROUN))
    expect(await house.labels(RED, ORSK)).toEqual(await house.labels(PUBLIC, ORSK))
    expect(await house.full.find({ team: RED, speaker: ORSK, limit: 9 })).toHaveLength(2)
  })

  test('merged propositions share a thread', async () => {
    await using house = await desk()
    await house.say('The militia of Tamazia must disarm.', '2026-01-10')
    await house.correct({ kind: 'merge propositions', from: 'tamazia.disarm' as PropositionId, into: WITHDRAW })

    expect(await house.labels(RED)).toEqual(['2026-01-10 tamazia.withdraw new'])
    expect(await house.labels(BLUE)).toEqual(['2026-01-10 tamazia.disarm new'])
  })

  test('what cannot be is refused in a sentence, and changes nothing', async () => {
    await using house = await desk()
    const first = await house.say('Foreign troops must leave Tamazia.', '2026-01-10')
    const ofBlue = await house.say('Foreign troops must stay in Tamazia.', '2026-02-10', { team: BLUE })
    const refused = async (what: unknown, asker: TeamId = RED) => {
      const outcome = await house.correct(what as Corrected, asker)
      return outcome.kind === 'refused' ? outcome.because : 'taken'
    }

    expect(await refused(notAChange(first))).toBe('That is on record as "new", which claims no change of course.')
    expect(await refused({ kind: 'wrong speaker', statement: ofBlue, speaker: ORSK })).toContain('no such statement')
    expect(await refused({ kind: 'wrong speaker', statement: 12, speaker: ORSK })).toContain('no such statement')
    expect(await refused({ kind: 'wrong speaker', statement: first, speaker: HAROUN })).toContain('on record')
    expect(await refused({ kind: 'wrong speaker', statement: first, speaker: 'nobody-known' })).toContain(
      'no such speaker',
    )
    expect(await refused({ kind: 'wrong topic', statement: first, from: 'tamazia.militia', to: null })).toContain(
      'not on that topic',
    )
    expect(await refused({ kind: 'wrong topic', statement: first, from: FORCES, to: 'moon' })).toContain(
      'no such topic',
    )
    expect(await refused({ kind: 'merge speakers', from: HAROUN, into: HAROUN })).toContain('one speaker already')
    expect(await refused({ kind: 'merge speakers', from: HAROUN, into: 'state-of-velia' })).toContain('never one')
    expect(await refused({ kind: 'merge propositions', from: 'x', into: WITHDRAW })).toContain('no proposition')
    expect(await refused({ kind: 'merge speakers', from: HAROUN, into: ORSK }, PUBLIC)).toContain('Only a team')
    await house.correct({ kind: 'merge speakers', from: HAROUN, into: ORSK })
    expect(await refused({ kind: 'merge speakers', from: ORSK, into: HAROUN })).toContain('for one already')
    expect(await house.corrections.list(RED, { limit: 9 })).toHaveLength(1)
  })

  test('the same correction twice is one, and one whose follow-up was cut short is followed up by the next', async () => {
    await using house = await desk()
    const id = await house.say('Foreign troops must leave Tamazia.', '2026-01-10', { event: null, saidOn: null })
    const what = { kind: 'wrong speaker', statement: id, speaker: ORSK } as const
    await house.positions.corrections.add(RED, { what, why: '', by: ANA, at: house.clock.now() })
    expect(await house.labels(RED, ORSK)).toEqual([])

    const again = await house.correct({ kind: 'wrong speaker', statement: id, speaker: null })

    expect(again).toMatchObject({ number: 2, isNew: true })
    await house.corrections.undo(RED, 2, ANA)
    expect(await house.labels(RED, ORSK)).toEqual(['2026-01-10 tamazia.withdraw new'])
    expect(await house.positions.corrections.add(RED, { what, why: '', by: BEA, at: house.clock.now() })).toEqual({
      number: 1,
      isNew: false,
    })
  })

  test('forgetting takes the corrections of a team, a statement or a speaker, and a member’s name off theirs', async () => {
    await using house = await desk()
    const id = await house.say('Foreign troops must leave Tamazia.', '2026-01-10')
    const other = await house.say('The militia of Tamazia must disarm.', '2026-01-12')
    await house.correct({ kind: 'wrong speaker', statement: id, speaker: ORSK })
    await house.correct({ kind: 'wrong topic', statement: other, from: 'tamazia.militia' as TopicId, to: null })
    await house.correct({ kind: 'wrong speaker', statement: other, speaker: null }, BLUE)
    const kept = async (asker: TeamId) =>
      (await house.corrections.list(asker, { limit: 9 })).map(({ number }) => number)

    await house.db.transaction((tx) => house.positions.corrections.forgetMember(tx, 'U1'))
    expect((await house.corrections.list(RED, { limit: 9 })).map(({ by }) => by.name)).toEqual(['', ''])
    await house.corrections.forgetSpeaker(ORSK)
    await house.positions.forget({ speaker: ORSK })
    expect(await kept(RED)).toEqual([2])
    await forgetStatements([other], house)
    expect([await kept(RED), await kept(BLUE)]).toEqual([[], []])
    expect(await house.labels(RED)).toEqual(await house.labels(PUBLIC))
  })

  test('editors are named once, taken off once, and remembered with who did it', async () => {
    await using db = await testDatabase(undefined, kind)
    const editors = editorStore(db)
    const at = new Date('2026-11-20T12:00:00Z')

    expect(await editors.add(RED, 'U7', ANA, at)).toBe(true)
    expect(await editors.add(RED, 'U7', ANA, at)).toBe(false)
    expect([await editors.isEditor(RED, 'U7'), await editors.isEditor(BLUE, 'U7')]).toEqual([true, false])
    expect(await editors.remove(RED, 'U7', BEA, at)).toBe(true)
    expect(await editors.remove(RED, 'U7', BEA, at)).toBe(false)
    expect(await editors.add(RED, 'U7', BEA, at)).toBe(true)
    expect((await editors.list(RED, 9)).map(({ added, removed }) => [added.by.name, removed?.by.name])).toEqual([
      ['Bea', undefined],
      ['Ana', 'Bea'],
    ])
    await db.transaction((tx) => editors.forgetMember(tx, 'U2'))
    expect((await editors.list(RED, 9)).map(({ added, removed }) => [added.by.name, removed?.by.name])).toEqual([
      ['', undefined],
      ['Ana', ''],
    ])
    await db.transaction((tx) => editors.forget(tx, RED))
    expect(await editors.list(RED, 9)).toEqual([])
  })
})
