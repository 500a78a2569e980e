import { expect, test } from 'vitest'
import { PUBLIC } from '../../src/base/scope.ts'
import { type OpinionDraft, opinionStore } from '../../src/opinion/opinion-store.ts'
import type { PositionChangeId } from '../../src/position/judging/change.ts'
import type { StatementId } from '../../src/statement/statement-id.ts'
import { databaseKinds, testDatabase } from '../support/database.ts'
import { speakerId, team } from '../support/statements.ts'

const AT = new Date('2026-11-20T08:00:00Z')
const CHANGE = 'c1' as PositionChangeId

const draft = (more: Partial<OpinionDraft> = {}): OpinionDraft => ({
  ...{ id: 'o1', team: team(7), kind: 'label', change: CHANGE, statement: 1 as StatementId, earlier: 2 as StatementId },
  ...{ speaker: speakerId('ana'), said: { kind: 'disagrees', model: 'm' }, model: 'm', fault: null, tokens: 10 },
  ...more,
})

test.each(databaseKinds)('on %s an opinion is kept once, seen by its team alone, and counted', async (kind) => {
  await using db = await testDatabase(undefined, kind)
  const store = opinionStore(db)

  await store.save(draft(), AT)
  await store.save(draft({ said: null }), AT)
  await store.save(draft({ id: 'o2', said: null, fault: 'span out of range' }), AT)

  expect((await store.ofChanges(team(7), [CHANGE])).get(CHANGE)).toEqual([{ kind: 'disagrees', model: 'm' }])
  expect((await store.ofChanges(team(8), [CHANGE])).size).toBe(0)
  expect((await store.ofChanges(PUBLIC, [CHANGE])).size).toBe(0)
  expect(Object.fromEntries(await store.outcomes())).toEqual({ kept: 1, 'span out of range': 1 })
})

test.each(databaseKinds)('on %s each team has its own tokens a day', async (kind) => {
  await using db = await testDatabase(undefined, kind)
  const store = opinionStore(db)

  await store.spend(team(7), AT, { tokens: 300, refused: false })
  await store.spend(team(7), AT, { tokens: 20, refused: false })
  await store.spend(team(8), AT, { tokens: 0, refused: true })

  expect(await store.spentOn(team(7), AT)).toBe(320)
  expect(await store.spentOn(team(8), AT)).toBe(0)
  expect(await store.spentOn(team(7), new Date('2026-11-21T00:00:00Z'))).toBe(0)
  expect(await store.useOn(AT)).toEqual({ tokens: 320, refused: 1 })
})

test.each(databaseKinds)('on %s what is forgotten is gone: by team, by speaker, by either statement', async (kind) => {
  await using db = await testDatabase(undefined, kind)
  const store = opinionStore(db)
  const fill = async () => {
    await store.save(draft(), AT)
    await store.spend(team(7), AT, { tokens: 1, refused: false })
  }

  for (const what of [{ team: team(7) }, { speaker: speakerId('ana') }, { statements: [2 as StatementId] }]) {
    await fill()
    await store.forget(what)
    expect(await store.isKnown('o1')).toBe(false)
  }
  await store.forget({ team: team(7) })
  expect(await store.spentOn(team(7), AT)).toBe(0)
})
