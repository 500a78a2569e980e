import { describe, expect, test } from 'vitest'
import { PUBLIC } from '../../src/base/scope.ts'
import { readBrief, writeBrief } from '../../src/brief/write-brief.ts'
import { readBook } from '../../src/position/book/read-book.ts'
import { stancesOf } from '../../src/position/read-positions.ts'
import { reasonStore } from '../../src/position/record/reason-store.ts'
import { replay } from '../../src/position/record/replay.ts'
import type { PropositionId } from '../../src/position/topics/proposition.ts'
import type { TopicId } from '../../src/position/topics/topic.ts'
import { BOOK, HAROUN, newsroom } from '../position/newsroom.ts'
import { databaseKinds, testDatabase } from '../support/database.ts'
import { team } from '../support/statements.ts'

const TAMAZIA = 'tamazia' as TopicId
const MILITIA = 'tamazia.militia' as TopicId

describe.each(databaseKinds)('positions and briefs on %s', (kind) => {
  test('are kept, compared, read as of a day, and forgotten', async () => {
    await using db = await testDatabase(undefined, kind)
    const room = await newsroom(db)
    await room.say('The militia of Tamazia must disarm by the end of the year.', '2026-01-25')
    const [change] = await room.say('The militia of Tamazia must disarm by 15 May.', '2026-02-25')
    if (change === undefined) throw new Error('nothing changed')
    const [brief] = await writeBrief(change, room)
    if (brief === undefined) throw new Error('no brief')
    const book = await room.topics.bookOf(PUBLIC)
    const labelsAsOf = async (asOf?: string) =>
      (
        await stancesOf({ team: PUBLIC, speaker: HAROUN, topic: TAMAZIA, asOf }, { positions: room.positions, book })
      ).map(({ stance, since, history }) => [stance, since, history.map(({ label }) => label)])

    expect(await labelsAsOf()).toEqual([['supports', '2026-02-25', ['hardened', 'new']]])
    expect(await labelsAsOf('2026-02-01')).toEqual([['supports', '2026-01-25', ['new']]])
    expect((await readBrief(PUBLIC, brief, room))?.items[0]?.change.label).toBe('hardened')
    expect(await writeBrief(change, room)).toEqual([brief])

    await room.positions.forget({ speaker: HAROUN })
    await room.briefs.forget({ speaker: HAROUN })

    expect(await labelsAsOf()).toEqual([])
    expect(await readBrief(PUBLIC, brief, room)).toBeNull()
  })

  test('what was known on a day stays known, also where a finding was given up and came to hold again', async () => {
    await using db = await testDatabase(undefined, kind)
    const room = await newsroom(db)
    const book = await room.topics.bookOf(PUBLIC)
    const known = async (knownAt?: Date) =>
      (
        await stancesOf({ team: PUBLIC, speaker: HAROUN, topic: TAMAZIA, knownAt }, { positions: room.positions, book })
      ).map(({ stance, history }) => [stance, history.map(({ label }) => label)])
    await room.say('The militia of Tamazia must disarm by 15 May.', '2026-02-25')
    const first = room.clock.now()
    room.clock.advance({ days: 1 })
    await room.say('The militia of Tamazia must disarm by the end of the year.', '2026-01-25')
    const second = room.clock.now()
    room.clock.advance({ days: 1 })

    expect(await known()).toEqual([['supports', ['hardened', 'new']]])
    expect(await known(first)).toEqual([['supports', ['new']]])
    expect(await known(new Date(first.getTime() - 1))).toEqual([])

    // As after a correction: the late words do not count any more.
    const thread = { speaker: HAROUN, topic: MILITIA, proposition: 'tamazia.disarm' as PropositionId }
    await room.positions.recompute(PUBLIC, thread, room.clock.now(), (facets) =>
      replay(
        thread,
        facets.filter(({ saidOn }) => saidOn !== '2026-01-25'),
      ),
    )

    expect(await known()).toEqual([['supports', ['new']]])
    expect(await known(second)).toEqual([['supports', ['hardened', 'new']]])
  })

  test('a brief has one code, which is its own, stays, and opens nothing for another team', async () => {
    await using db = await testDatabase(undefined, kind)
    const room = await newsroom(db)
    const write = async (words: string, more: Parameters<typeof room.say>[2]) => {
      const [change] = await room.say(words, '2026-01-25', more)
      const [id] = change === undefined ? [] : await writeBrief(change, room)
      if (change === undefined || id === undefined) throw new Error('no brief')
      return { change, id }
    }
    const red = await write('The militia of Tamazia must disarm.', { team: team(7) })
    const blue = await write('The militia of Tamazia must disarm.', { team: team(8) })
    const [mine, theirs] = [await room.briefs.get(team(7), red.id), await room.briefs.get(team(8), blue.id)]
    if (mine === null || theirs === null) throw new Error('no brief')

    expect(mine.code).toMatch(/^B-[0-9A-Z]{4,}$/)
    expect(mine.code).not.toBe(theirs.code)
    expect(await room.briefs.byCode(team(7), mine.code)).toEqual(mine)
    expect(await room.briefs.byCode(team(8), mine.code)).toBeNull()

    await writeBrief(red.change, room)

    expect(await room.briefs.get(team(7), red.id)).toEqual(mine)
  })

  test('what a label rests on is read back: both facets, and what was said of that day before', async () => {
    await using db = await testDatabase(undefined, kind)
    const room = await newsroom(db)
    const reasons = reasonStore(db)
    const [first] = await room.say('The militia of Tamazia must disarm by 15 May.', '2026-02-25')
    await room.say('The militia of Tamazia must disarm by the end of the year.', '2026-01-25')
    const then = first === undefined ? null : await room.positions.get(PUBLIC, first)
    if (then === null) throw new Error('nothing changed')

    const versions = await reasons.versionsOf(then)
    const [today] = versions.filter(({ supersededAt }) => supersededAt === null)
    const facets =
      today === undefined
        ? new Map()
        : await reasons.facetsOf(today, [today.statement, today.earlier ?? today.statement])

    expect(versions.map(({ label, supersededAt }) => [label, supersededAt === null]).sort()).toEqual([
      ['hardened', true],
      ['new', false],
    ])
    expect([...facets.values()].map(({ deadline }) => deadline?.words).sort()).toEqual([
      'by 15 May',
      'by the end of the year',
    ])
    expect(await reasons.facetsOf(then, [])).toEqual(new Map())
  })

  test('a private brief is not there for another team', async () => {
    await using db = await testDatabase(undefined, kind)
    const room = await newsroom(db)
    const [change] = await room.say('The militia of Tamazia must disarm.', '2026-01-25', { team: team(7) })
    const [brief] = change === undefined ? [] : await writeBrief(change, room)
    if (brief === undefined) throw new Error('no brief')

    expect(await readBrief(team(7), brief, room)).not.toBeNull()
    expect(await readBrief(team(8), brief, room)).toBeNull()
    expect(await readBrief(PUBLIC, brief, room)).toBeNull()
    expect(change === undefined ? null : await room.positions.get(team(8), change)).toBeNull()
  })

  test('a team’s book is its own, and the same book twice changes nothing', async () => {
    await using db = await testDatabase(undefined, kind)
    const { topics, clock } = await newsroom(db)
    const own = readBook(`${BOOK}\n- { id: tamazia.fish, label: Fish, parent: tamazia, keywords: [herring] }`)

    expect(await topics.importBook(team(7), own, clock.now())).toEqual({
      added: ['tamazia.fish'],
      changed: [],
      removed: [],
    })
    expect(await topics.importBook(team(7), own, clock.now())).toEqual({ added: [], changed: [], removed: [] })

    expect((await topics.bookOf(team(7))).find('fish')?.id).toBe('tamazia.fish')
    expect((await topics.bookOf(team(8))).find('fish')).toBeNull()
  })
})
