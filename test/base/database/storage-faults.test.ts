import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { type Migrations, migrate } from '../../../src/base/database/migrations.ts'
import { openSqlite } from '../../../src/base/database/open-sqlite.ts'

const cities: Migrations = {
  '2026-11-25-city-1': { up: async (db) => void (await sql`create table city (name text)`.execute(db)) },
}

async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'onrecord-faults-'))
  return {
    in: (name: string) => join(path, name),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  }
}

test('a disk that is full is named in one sentence, nothing is half-written, and work goes on once there is room', async () => {
  await using place = await folder()
  await using db = await openSqlite(place.in('full.db'))
  await migrate(db, cities)
  const add = (count: number) =>
    db.transaction(async (tx) => {
      for (let i = 0; i < count; i++) await sql`insert into city values (${'x'.repeat(3000)})`.execute(tx)
    })
  const limit = (pages: number) => db.transaction((tx) => sql.raw(`pragma max_page_count = ${pages}`).execute(tx))
  await limit(10)

  await expect(add(20)).rejects.toMatchObject({
    code: 'database/unusable',
    retry: 'later',
    explanation: expect.stringMatching(/^The disk that holds .*full\.db is full: make room.* Nothing was changed\.$/),
  })

  expect((await sql`select count(*) as count from city`.execute(db.reads)).rows).toEqual([{ count: 0 }])
  await limit(1000)
  await add(20)
  expect((await sql`select count(*) as count from city`.execute(db.reads)).rows).toEqual([{ count: 20 }])
})

test('a file that is no database, and a folder that is not there, are named in one sentence', async () => {
  await using place = await folder()
  await writeFile(place.in('letter.db'), 'Dear colleague, this is a letter and nothing that a database could read.')

  await expect(openSqlite(place.in('letter.db'))).rejects.toMatchObject({
    explanation: expect.stringMatching(/is not an Onrecord database, or it is damaged: restore a backup/),
  })
  await expect(openSqlite(place.in('nowhere/onrecord.db'))).rejects.toMatchObject({
    explanation: expect.stringMatching(/cannot be opened: check that its folder exists/),
  })
})

test.skipIf(process.getuid?.() === 0)(
  'a file that may not be written is named in one sentence (not as root)',
  async () => {
    await using place = await folder()
    await (await openSqlite(place.in('mine.db')))[Symbol.asyncDispose]()
    await chmod(place.in('mine.db'), 0o444)

    const attempt = openSqlite(place.in('mine.db')).then((db) => migrate(db, cities))

    await expect(attempt).rejects.toMatchObject({ explanation: expect.stringMatching(/may not be written|unchanged/) })
  },
)
