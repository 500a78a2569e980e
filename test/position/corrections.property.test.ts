import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import type { Corrected } from '../../src/position/corrections/correction.ts'
import { correctionDesk } from '../../src/position/corrections/correction-desk.ts'
import type { PropositionId } from '../../src/position/topics/proposition.ts'
import type { TopicId } from '../../src/position/topics/topic.ts'
import { speakerStore } from '../../src/speaker/speaker-store.ts'
import { statementStore } from '../../src/statement/statement-store.ts'
import { testDatabase } from '../support/database.ts'
import { team } from '../support/statements.ts'
import { HAROUN, newsroom, ORSK } from './newsroom.ts'

const [RED, BLUE] = [team(1), team(2)]
const BY = { platform: 'slack', id: 'U1', name: 'Ana' } as const

const SAID = [
  ['Foreign troops must leave Tamazia in stages.', '2026-01-10', HAROUN],
  ['Foreign troops must stay in Tamazia.', '2026-02-10', HAROUN],
  ['The militia of Tamazia must disarm by 15 May.', '2026-02-10', ORSK],
  ['Foreign troops must leave Tamazia by the end of the year.', '2026-03-10', ORSK],
  ['Foreign troops must leave Tamazia at once.', '2026-04-10', HAROUN],
] as const

type Step =
  | { readonly kind: 'say'; readonly at: number }
  | { readonly kind: 'correct'; readonly what: (id: number) => Corrected; readonly of: number }
  | { readonly kind: 'undo'; readonly number: number }

const topics = ['tamazia.foreign-forces', 'tamazia.militia'] as unknown as readonly TopicId[]
const propositions = ['tamazia.withdraw', 'tamazia.disarm'] as unknown as readonly PropositionId[]
const index = fc.nat({ max: SAID.length - 1 })
const speaker = fc.constantFrom(HAROUN, ORSK)
const place = fc.record({ speaker, at: fc.nat({ max: 1 }) })

/** Whatever a desk may say, sensible or not. */
const what: fc.Arbitrary<(statement: number) => Corrected> = fc.oneof(
  fc
    .option(speaker)
    .map((to) => (id: number) => ({ kind: 'wrong speaker', statement: id, speaker: to }) as unknown as Corrected),
  fc.tuple(fc.constantFrom(...topics), fc.option(fc.constantFrom(...topics))).map(
    ([from, to]) =>
      (id: number) =>
        ({ kind: 'wrong topic', statement: id, from, to }) as unknown as Corrected,
  ),
  place.map(
    ({ speaker, at }) =>
      (id: number) =>
        ({
          ...{ kind: 'not a change', statement: id, speaker, topic: topics[at], proposition: propositions[at] },
        }) as unknown as Corrected,
  ),
  place.map(
    ({ speaker, at }) =>
      (id: number) =>
        ({
          ...{ kind: 'confirm', label: 'reversed', statement: id, speaker },
          ...{ topic: topics[at], proposition: propositions[at] },
        }) as unknown as Corrected,
  ),
  fc.tuple(fc.constantFrom(...propositions), fc.constantFrom(...propositions)).map(
    ([from, into]) =>
      (): Corrected => ({ kind: 'merge propositions', from, into }),
  ),
  fc.tuple(speaker, speaker).map(
    ([from, into]) =>
      (): Corrected => ({ kind: 'merge speakers', from, into }),
  ),
)

const step: fc.Arbitrary<Step> = fc.oneof(
  index.map((at) => ({ kind: 'say' as const, at })),
  fc.record({ kind: fc.constant('correct' as const), what, of: index }),
  fc.nat({ max: 6 }).map((number) => ({ kind: 'undo' as const, number: number + 1 })),
)

async function desk() {
  const db = await testDatabase()
  const room = await newsroom(db)
  const statements = statementStore(db, { clock: room.clock, roster: room.roster })
  const names = speakerStore(db, room.roster)
  const { positions, topics: books, clock } = room
  const corrections = correctionDesk({ positions, statements, topics: books, names, clock })
  const ids = new Map<number, number>()

  const say = async (at: number) => {
    const [words, on, by] = SAID[at] as (typeof SAID)[number]
    await room.say(words, on, { speaker: by })
    const all = await statements.find({ team: PUBLIC, limit: 50 })
    for (const [place, [said]] of SAID.entries()) {
      const id = all.find(({ content }) => content === said)?.id
      if (id !== undefined) ids.set(place, id)
    }
  }
  const record = async (asker: TeamId) => {
    const found = []
    for (const one of [HAROUN, ORSK]) {
      const all = (await books.bookOf(PUBLIC)).topics.map(({ id }) => id)
      found.push(...(await positions.history({ team: asker, speaker: one, topics: all, limit: 100 })))
    }
    return found.map((change) => {
      const at = [...ids].find(([, id]) => id === change.statement)?.[0]
      const { speaker, topic, proposition, label, stance, method, status, why } = change
      return { at, speaker, topic, proposition, label, stance, method, status, why }
    })
  }
  /** Who said what, as `/said` has it. */
  const said = async (asker: TeamId) => {
    const lines: string[] = []
    for (const one of [HAROUN, ORSK]) {
      const found = await statements.find({ team: asker, speaker: one, limit: 50 })
      lines.push(...found.map(({ content, speaker, topics }) => `${one}: ${speaker} ${content} ${[...topics].sort()}`))
    }
    return lines
  }
  return { ...room, corrections, names, ids, say, record, said, [Symbol.asyncDispose]: () => db[Symbol.asyncDispose]() }
}

type Desk = Awaited<ReturnType<typeof desk>>

async function take(house: Desk, one: Step): Promise<void> {
  if (one.kind === 'say') return await house.say(one.at)
  if (one.kind === 'undo') return void (await house.corrections.undo(RED, one.number, BY))
  const id = house.ids.get(one.of)
  if (id === undefined) return
  await house.corrections.correct({ team: RED, what: one.what(id), why: '', by: BY })
}

const everything = SAID.map((_, at): Step => ({ kind: 'say', at }))

test('statements, corrections and undoings in any order leave the record that a desk has which knew all from the first', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      await using lived = await desk()
      await using fresh = await desk()
      for (const one of [...steps, ...everything]) await take(lived, one)

      for (const one of everything) await take(fresh, one)
      const idOf = (id: number) => fresh.ids.get([...lived.ids].find(([, own]) => own === id)?.[0] ?? -1) ?? -1
      const kept = (await lived.corrections.list(RED, { limit: 50 }))
        .toReversed()
        .filter(({ undone }) => undone === null)
      for (const { what } of kept) {
        const here = 'statement' in what ? { ...what, statement: idOf(what.statement) } : what
        await fresh.positions.corrections.add(RED, { what: here as Corrected, why: '', by: BY, at: fresh.clock.now() })
      }
      // The desk lets the record follow what is not settled before it does anything else.
      await fresh.corrections.undo(RED, 999, BY)

      expect(await lived.record(RED)).toEqual(await fresh.record(RED))
      expect(await lived.said(RED)).toEqual(await fresh.said(RED))
    }),
    { numRuns: 25 },
  )
}, 120_000)

test('undoing everything, in any order, leaves the record as if nothing had ever been corrected', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 4, maxLength: 12 }),
      fc.infiniteStream(fc.nat()),
      async (steps, chance) => {
        await using house = await desk()
        await using other = await desk()
        for (const one of [...everything.slice(0, 3), ...steps, ...everything]) await take(house, one)
        for (const one of everything) await take(other, one)
        const numbers = (await house.corrections.list(RED, { limit: 50 })).map(({ number }) => number)
        const order = numbers.map((number) => [chance.next().value, number]).sort(([a = 0], [b = 0]) => a - b)

        for (const [, number = 0] of order) await house.corrections.undo(RED, number, BY)

        expect(await house.record(RED)).toEqual(await other.record(PUBLIC))
        expect(await house.said(RED)).toEqual(await other.said(PUBLIC))
        expect((await house.names.rosterFor(RED)).speakers).toEqual((await other.names.rosterFor(RED)).speakers)
      },
    ),
    { numRuns: 15 },
  )
}, 120_000)

test('whatever one team corrects, nobody else’s record moves', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
      await using house = await desk()
      await using other = await desk()
      for (const one of [...everything.slice(0, 3), ...steps, ...everything]) await take(house, one)
      for (const one of everything) await take(other, one)

      const untouched = await other.record(PUBLIC)
      expect(await house.record(BLUE)).toEqual(untouched)
      expect(await house.record(PUBLIC)).toEqual(untouched)
      expect(await house.said(BLUE)).toEqual(await other.said(PUBLIC))
      expect(await house.corrections.list(BLUE, { limit: 5 })).toEqual([])
    }),
    { numRuns: 10 },
  )
}, 120_000)
