import { existsSync } from 'node:fs'
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { backupDatabase } from '../../../src/base/database/backup.ts'
import type { Database } from '../../../src/base/database/database.ts'
import { type Migrations, migrate } from '../../../src/base/database/migrations.ts'
import { openSqlite } from '../../../src/base/database/open-sqlite.ts'
import { restoreDatabase } from '../../../src/base/database/restore.ts'
import { textIndex } from '../../../src/base/database/text-index.ts'
import { upgradeDatabase } from '../../../src/base/database/upgrade.ts'

const cities: Migrations = {
  '2026-11-25-city-1': {
    up: async (db, kind) => {
      await sql`create table city (id integer primary key, name text)`.execute(db)
      await textIndex(kind, 'cityText').create(db)
    },
  },
}
const now = new Date('2026-11-25T03:04:05Z')

/** A folder with a database in it that knows one city. */
async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'onrecord-copies-'))
  const file = join(path, 'onrecord.db')
  const db = await openSqlite(file)
  await migrate(db, cities)
  await addCity(db, 1, 'Port Talvia')
  return {
    path,
    file,
    db,
    in: (name: string) => join(path, name),
    [Symbol.asyncDispose]: async () => {
      await db[Symbol.asyncDispose]()
      await rm(path, { recursive: true, force: true })
    },
  }
}

const addCity = (db: Database, id: number, name: string) =>
  db.transaction(async (tx) => {
    await sql`insert into city (id, name) values (${id}, ${name})`.execute(tx)
    await textIndex('sqlite', 'cityText').add(tx, [{ id, words: [name.toLowerCase()], tags: ['all'] }])
  })

async function citiesIn(file: string): Promise<unknown> {
  await using db = await openSqlite(file)
  const { rows } = await sql<{ name: string }>`select name from city order by id`.execute(db.reads)
  const found = await textIndex('sqlite', 'cityText').find(db.reads, { words: [], tags: ['all'], limit: 1000 })
  expect(found).toHaveLength(rows.length)
  return rows.map((row) => row.name)
}

test('a copy made while the service writes is whole, and holds what was committed before it', async () => {
  await using house = await folder()
  const writing = (async () => {
    for (let id = 2; id <= 300; id++) await addCity(house.db, id, `town${id}`)
  })()

  await backupDatabase({ file: house.file }, house.in('copy.db'))
  await writing

  const copied = (await citiesIn(house.in('copy.db'))) as string[]
  expect(copied[0]).toBe('Port Talvia')
  expect(await citiesIn(house.file)).toHaveLength(300)
  expect((await readdir(house.path)).filter((name) => name.includes('unfinished'))).toEqual([])
})

test('a copy is never written over a file that is there, nor into a folder that is not', async () => {
  await using house = await folder()
  await writeFile(house.in('precious'), 'mine')

  await expect(backupDatabase({ file: house.file }, house.in('precious'))).rejects.toMatchObject({
    explanation: expect.stringMatching(/exists already/),
  })
  await expect(backupDatabase({ file: house.file }, house.in('nowhere/copy.db'))).rejects.toMatchObject({
    explanation: expect.stringMatching(/cannot be written: choose a folder/),
  })

  expect(await readFile(house.in('precious'), 'utf8')).toBe('mine')
})

test('there is nothing to copy where there is no database', async () => {
  await using house = await folder()

  await expect(backupDatabase({ file: house.in('none.db') }, house.in('copy.db'))).rejects.toMatchObject({
    code: 'database/unusable',
  })
  expect(existsSync(house.in('none.db'))).toBe(false)
})

test('a copy is put back in the place of the database, which is kept under another name', async () => {
  await using house = await folder()
  await backupDatabase({ file: house.file }, house.in('copy.db'))
  await addCity(house.db, 2, 'Ostrava')
  await house.db[Symbol.asyncDispose]()

  const { kept } = await restoreDatabase({ file: house.file }, house.in('copy.db'), { migrations: cities, now })

  expect(kept).toBe(`${house.file}.before-restore-20261125T030405`)
  expect(await citiesIn(house.file)).toEqual(['Port Talvia'])
  expect(await citiesIn(kept ?? '')).toEqual(['Port Talvia', 'Ostrava'])
})

test('what a crashed service had not yet moved out of its journal is kept too, and not played into the copy', async () => {
  await using house = await folder()
  await backupDatabase({ file: house.file }, house.in('copy.db'))
  await addCity(house.db, 2, 'Ostrava')
  const crashed = house.in('crashed.db')
  for (const end of ['', '-wal']) await copyFile(house.file + end, crashed + end)

  const { kept } = await restoreDatabase({ file: crashed }, house.in('copy.db'), { migrations: cities, now })

  expect(await citiesIn(crashed)).toEqual(['Port Talvia'])
  expect(await citiesIn(kept ?? '')).toEqual(['Port Talvia', 'Ostrava'])
})

test('a damaged database gives way to a copy, and is kept as it is', async () => {
  await using house = await folder()
  await backupDatabase({ file: house.file }, house.in('copy.db'))
  await writeFile(house.in('bad.db'), 'not a database at all')

  const { kept } = await restoreDatabase({ file: house.in('bad.db') }, house.in('copy.db'), { migrations: cities, now })

  expect(await citiesIn(house.in('bad.db'))).toEqual(['Port Talvia'])
  expect(await readFile(kept ?? '', 'utf8')).toBe('not a database at all')
})

test('nothing is put back that is missing, damaged, another program’s or of a newer version', async () => {
  await using house = await folder()
  await backupDatabase({ file: house.file }, house.in('newer.db'))
  await writeFile(house.in('text.db'), 'not a database at all')
  const bytes = await readFile(house.in('newer.db'))
  await writeFile(house.in('cut.db'), bytes.subarray(0, bytes.length - 5_000))
  new DatabaseSync(house.in('other.db')).exec('create table thing (id)')
  const target = { file: house.in('target.db') }
  const attempt = (name: string, migrations = cities) => restoreDatabase(target, house.in(name), { migrations, now })

  await expect(attempt('missing.db')).rejects.toMatchObject({ explanation: expect.stringMatching(/There is no file/) })
  await expect(attempt('text.db')).rejects.toMatchObject({ explanation: expect.stringMatching(/is damaged/) })
  await expect(attempt('cut.db')).rejects.toMatchObject({ explanation: expect.stringMatching(/is damaged/) })
  await expect(attempt('other.db')).rejects.toMatchObject({
    explanation: expect.stringMatching(/not a copy of an Onrecord/),
  })
  await expect(attempt('newer.db', {})).rejects.toMatchObject({ code: 'database/newer' })
  expect(existsSync(target.file)).toBe(false)
})

test('PostgreSQL is copied and restored by its own tools, and the answer names them without the address', async () => {
  const place = { url: 'postgres://user:secret@localhost/onrecord' }

  const backup = await backupDatabase(place, 'copy.dump').catch((error: unknown) => error)
  const restore = await restoreDatabase(place, 'copy.dump', { migrations: {}, now }).catch((error: unknown) => error)

  expect(backup).toMatchObject({ explanation: expect.stringMatching(/pg_dump .*copy\.dump "\$DATABASE_URL"/) })
  expect(restore).toMatchObject({ explanation: expect.stringMatching(/pg_restore .*"\$DATABASE_URL" copy\.dump/) })
  expect(JSON.stringify([backup, restore])).not.toContain('secret')
})

test('a copy is kept before the schema changes; a change that fails leaves the database as it was', async () => {
  await using house = await folder()
  const place = { file: house.file }
  const rivers: Migrations = {
    ...cities,
    '2026-12-01-river-1': { up: async (db) => void (await sql`create table river (id text)`.execute(db)) },
  }
  const broken: Migrations = {
    ...rivers,
    '2026-12-02-sea-1': {
      up: async (db) => {
        await sql`drop table city`.execute(db)
        throw new Error('no')
      },
    },
  }

  await expect(upgradeDatabase(house.db, place, broken)).rejects.toMatchObject({ code: 'database/migration' })
  expect(await citiesIn(house.file)).toEqual(['Port Talvia'])
  expect(await citiesIn(`${house.file}.before-2026-12-02-sea-1`)).toEqual(['Port Talvia'])

  const { ran, kept } = await upgradeDatabase(house.db, place, rivers)
  expect(ran).toEqual(['2026-12-01-river-1'])
  expect(await citiesIn(kept ?? '')).toEqual(['Port Talvia'])
  expect(await upgradeDatabase(house.db, place, rivers)).toEqual({ ran: [], kept: null })
})

test('a new database is made without keeping a copy of nothing', async () => {
  await using house = await folder()
  await using db = await openSqlite(house.in('new.db'))

  expect(await upgradeDatabase(db, { file: house.in('new.db') }, cities)).toEqual({
    ran: ['2026-11-25-city-1'],
    kept: null,
  })
})
