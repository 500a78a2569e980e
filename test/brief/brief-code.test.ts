import fc from 'fast-check'
import { expect, test } from 'vitest'
import { migrate } from '../../src/base/database/migrations.ts'
import type { BriefId } from '../../src/brief/brief.ts'
import { codesOf, readCode } from '../../src/brief/brief-code.ts'
import { briefMigrations } from '../../src/brief/brief-migrations.ts'
import { databaseKinds, testDatabase } from '../support/database.ts'

test('a code is read as it was typed: in any case, without its mark, with letters for numbers', () => {
  expect(['B-7K3Q', 'b-7k3q', ' 7K3Q ', 'B7K3Q'].map(readCode)).toEqual(['B-7K3Q', 'B-7K3Q', 'B-7K3Q', 'B-7K3Q'])
  expect(readCode('B-O1IL')).toBe('B-0111')
  expect(['', 'B-', '7K3', 'B-7K3Q!', '1200 OR 1=1', 'x'.repeat(5000)].map(readCode)).toEqual(Array(6).fill(null))
})

test('every code of every brief is read back as itself, and is the same each time', () => {
  fc.assert(
    fc.property(fc.string(), (id) => {
      const codes = codesOf(id as BriefId)

      expect(codes.map(readCode)).toEqual(codes)
      expect(codesOf(id as BriefId)).toEqual(codes)
    }),
  )
})

test.each(databaseKinds)(
  'briefs that were written before there were codes get theirs, each its own, on %s',
  async (kind) => {
    const [[first, table]] = Object.entries(briefMigrations) as [[string, (typeof briefMigrations)[string]]]
    await using db = await testDatabase({ [first]: table }, kind)
    await db.transaction(async (tx) => {
      for (const id of ['one', 'two', 'three']) {
        const row = { id, team: 0, article: 'a', speaker: 's', saidOn: '2026-01-01', writtenAt: 1 }
        await tx
          .insertInto('brief')
          .values(row as never)
          .execute()
      }
    })

    await migrate(db, briefMigrations)

    const rows = await db.reads.selectFrom('brief').select(['id', 'code']).execute()
    expect(new Map(rows.map(({ id, code }) => [id, code]))).toEqual(
      new Map(['one', 'two', 'three'].map((id) => [id, codesOf(id as BriefId)[0]])),
    )
  },
)
