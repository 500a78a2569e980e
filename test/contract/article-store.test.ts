import { describe, expect, test } from 'vitest'
import { articleStore } from '../../src/article/article-store.ts'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import { databaseKinds, testDatabase } from '../support/database.ts'
import { articleOf, team } from '../support/statements.ts'

const [red, blue] = [team(1), team(2)]
const url = 'https://ledger.example/tolls'

describe.each(databaseKinds)('articles on %s', (kind) => {
  async function articles() {
    const db = await testDatabase(undefined, kind)
    return { db, store: articleStore(db), [Symbol.asyncDispose]: () => db[Symbol.asyncDispose]() }
  }
  const words = (of: TeamId, text: string) => {
    const { id: _, ...article } = articleOf(text, { team: of, url })
    return { ...article, dateline: { place: 'Port Talvia', on: '2026-10-04', agency: null } }
  }

  test('the same text at the same address in the same scope is one article, and its text never changes', async () => {
    await using house = await articles()

    const id = await house.store.add(words(PUBLIC, 'The tolls fall.'))
    const again = await house.store.add(words(PUBLIC, 'The tolls fall.'))
    await house.store.add(words(PUBLIC, 'The tolls rise.'))

    expect(again).toBe(id)
    expect(await house.store.get(id)).toMatchObject({ ...words(PUBLIC, 'The tolls fall.'), id })
  })

  test('a team’s article is its own; what is public already is not stored again for a team', async () => {
    await using house = await articles()

    const mine = await house.store.add(words(red, 'For subscribers.'))
    expect(await house.store.byUrl(blue, url)).toBeNull()
    const shared = await house.store.add(words(PUBLIC, 'For all.'))

    expect(await house.store.add(words(blue, 'For subscribers.'))).toBe(shared)
    expect((await house.store.byUrl(red, url))?.id).toBe(mine)
    expect((await house.store.byUrl(blue, url))?.id).toBe(shared)
  })

  test('old texts are let go, and the articles stay', async () => {
    await using house = await articles()
    const id = await house.store.add(words(PUBLIC, 'The tolls fall.'))

    await house.store.dropTextsBefore(new Date('2026-10-04T10:00:00Z'))
    expect((await house.store.get(id))?.text).toBe('The tolls fall.')
    await house.store.dropTextsBefore(new Date('2026-10-04T10:00:01Z'))

    expect(await house.store.get(id)).toMatchObject({ text: '', title: 'News from Talvia', url })
  })

  test('forgetting a team or an address takes those articles and no others', async () => {
    await using house = await articles()
    const mine = await house.store.add(words(red, 'For subscribers.'))
    const shared = await house.store.add(words(PUBLIC, 'For all.'))

    expect(await house.db.transaction((tx) => house.store.forget(tx, { team: red }))).toBe(1)
    expect(await house.store.get(mine)).toBeNull()
    expect(await house.store.get(shared)).not.toBeNull()
    expect(await house.db.transaction((tx) => house.store.forget(tx, { url }))).toBe(1)
    expect(await house.store.get(shared)).toBeNull()
  })
})
