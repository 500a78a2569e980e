import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  MigrationError,
  type Migrations,
  migrate,
  NewerDatabaseError,
  pendingMigrations,
} from '../../../src/base/database/migrations.ts'
import { writeAll } from '../../../src/base/database/write-all.ts'
import { databaseKinds, testDatabase } from '../../support/database.ts'

const cities: Migrations = {
  '2026-11-25-city-1': {
    up: async (db) => {
      await db.schema
        .createTable('city')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('foundedAt', 'bigint')
        .execute()
    },
  },
}

for (const kind of databaseKinds) {
  test(`what a transaction wrote is read back, instants as numbers (${kind})`, async () => {
    await using db = await testDatabase(cities, kind)

    await db.transaction((tx) => sql`insert into city (id, "foundedAt") values ('a', ${1_790_000_000_000})`.execute(tx))

    const { rows } = await sql`select id, "foundedAt" from city`.execute(db.reads)
    expect(rows).toEqual([{ id: 'a', foundedAt: 1_790_000_000_000 }])
  })

  test(`a transaction that fails leaves nothing behind, and the next one works (${kind})`, async () => {
    await using db = await testDatabase(cities, kind)

    const failing = db.transaction(async (tx) => {
      await sql`insert into city (id) values ('a')`.execute(tx)
      await sql`insert into city (id) values ('a')`.execute(tx)
    })
    const next = db.transaction((tx) => sql`insert into city (id) values ('b')`.execute(tx))

    await expect(failing).rejects.toThrow()
    await next
    expect((await sql`select id from city`.execute(db.reads)).rows).toEqual([{ id: 'b' }])
  })

  test(`queries that are written all at once are written in their order, or none of them (${kind})`, async () => {
    await using db = await testDatabase(cities, kind)
    const found = (id: string) => sql`insert into city (id) values (${id})`
    const write = (...queries: readonly ReturnType<typeof found>[]) =>
      db.transaction((tx) =>
        writeAll(
          tx,
          queries.map((query) => ({ compile: () => query.compile(tx) })),
        ),
      )

    await write(found('a'), sql`update city set "foundedAt" = 1`, found('b'))
    await expect(write(found('c'), found('a'), found('d'))).rejects.toThrow()
    await write()

    const { rows } = await sql`select id, "foundedAt" from city order by id`.execute(db.reads)
    expect(rows).toEqual([
      { id: 'a', foundedAt: 1 },
      { id: 'b', foundedAt: null },
    ])
  })

  test(`a schema is brought up to date once, and says beforehand what it would do (${kind})`, async () => {
    await using db = await testDatabase({}, kind)

    expect(await pendingMigrations(db, cities)).toEqual(['2026-11-25-city-1'])
    expect(await migrate(db, cities)).toEqual(['2026-11-25-city-1'])
    expect(await migrate(db, cities)).toEqual([])
  })

  test(`a step that fails takes the steps before it back (${kind})`, async () => {
    await using db = await testDatabase({}, kind)
    const broken = { ...cities, '2026-11-26-city-2': { up: async () => Promise.reject(new Error('no')) } }

    await expect(migrate(db, broken)).rejects.toThrow(MigrationError)

    expect(await migrate(db, cities)).toEqual(['2026-11-25-city-1'])
  })

  test(`a database that a newer version wrote is refused (${kind})`, async () => {
    await using db = await testDatabase(cities, kind)

    await expect(migrate(db, {})).rejects.toThrow(NewerDatabaseError)
  })
}
