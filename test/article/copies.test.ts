import { expect, test } from 'vitest'
import type { ArticleId } from '../../src/article/article.ts'
import { articleMigrations } from '../../src/article/article-migrations.ts'
import { articleStore, type NewArticle } from '../../src/article/article-store.ts'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import type { EntryId } from '../../src/feed/feed.ts'
import { feedMigrations } from '../../src/feed/feed-migrations.ts'
import { testDatabase } from '../support/database.ts'

const TEXT = [
  'The four crossings between Valdora and Talvia will open before the winter, the foreign ministry announced after two days of talks in Ardenna.',
  '"We will open all of them by the first of December, together with our neighbours," Foreign Minister Ilka Brandt told reporters.',
  'Customs officers from both countries have been trained for six months, and the scanners were delivered in the spring.',
].join('\n\n')
const MORE = '"Nobody will be searched twice on the same bridge, whatever papers he carries," her colleague added.'
const DAY_MS = 86_400_000
const NOON = new Date('2026-11-16T12:00:00Z')
const [red, blue] = [11 as TeamId, 12 as TeamId]

async function articleRoom() {
  const db = await testDatabase({ ...feedMigrations, ...articleMigrations })
  const store = articleStore(db)
  let entries = 0
  const read = (host: string, text = TEXT, more: Partial<NewArticle> = {}): Promise<ArticleId | null> => {
    entries += 1
    const article: NewArticle = {
      ...{ team: PUBLIC, url: `https://${host}/crossings`, title: 'Crossings to open', text, publisher: host },
      ...{ author: null, language: 'en', dateline: null, ownWordsOf: null, isBackfill: false },
      ...{ publishedAt: NOON, fetchedAt: NOON },
      ...more,
    }
    return store.addForEntry(`entry ${entries}` as EntryId, article, NOON)
  }
  const outlets = async (team: TeamId, id: ArticleId | null) =>
    ((await store.copiesOf(team, [id ?? ('' as ArticleId)])).get(id ?? ('' as ArticleId)) ?? []).map(
      ({ publisher }) => publisher,
    )
  return { db, store, read, outlets, [Symbol.asyncDispose]: () => db[Symbol.asyncDispose]() }
}

test('the same text in three papers is one article that names all of them, and is read once', async () => {
  await using room = await articleRoom()

  const first = await room.read('wire.example')

  expect(await room.read('ledger.example')).toBeNull()
  expect(await room.read('courier.example', `Our desk reports.\n\n${TEXT}`)).toBeNull()
  expect(await room.outlets(PUBLIC, first)).toEqual(['ledger.example', 'courier.example'])
  expect((await room.store.byUrl(PUBLIC, 'https://wire.example/crossings'))?.id).toBe(first)
})

test('copies that arrive at the same moment are one article too', async () => {
  await using room = await articleRoom()

  const ids = await Promise.all(['wire', 'ledger', 'courier'].map((name) => room.read(`${name}.example`)))

  expect(ids.filter((id) => id !== null)).toHaveLength(1)
})

test('a copy with new quotations is read as an update, and names its outlet at the first one as well', async () => {
  await using room = await articleRoom()
  const first = await room.read('wire.example')

  const update = await room.read('ledger.example', `${TEXT}\n\n${MORE}`)

  expect(update).not.toBeNull()
  expect(update).not.toBe(first)
  expect(await room.store.earlierThan(update as ArticleId)).toEqual([first])
  expect(await room.outlets(PUBLIC, first)).toEqual(['ledger.example'])
})

test('what a team reads in private never shows to others: neither as an original nor as an outlet', async () => {
  await using room = await articleRoom()

  const mine = await room.read('members.example', TEXT, { team: red })
  const shared = await room.read('wire.example')
  const theirs = await room.read('club.example', TEXT, { team: blue })

  expect(shared).not.toBe(mine)
  expect(shared).not.toBeNull()
  expect(theirs).toBeNull()
  expect(await room.outlets(blue, shared)).toEqual(['club.example'])
  expect(await room.outlets(red, shared)).toEqual([])
  expect(await room.outlets(PUBLIC, shared)).toEqual([])
})

test('the same text four days later is no copy', async () => {
  await using room = await articleRoom()
  await room.read('wire.example')

  const later = new Date(NOON.getTime() + 4 * DAY_MS)

  expect(await room.read('ledger.example', TEXT, { publishedAt: later })).not.toBeNull()
})

test('a changed text at the same address is a new version; the old one stays as it was', async () => {
  await using room = await articleRoom()
  const first = (await room.read('wire.example')) as ArticleId

  const second = (await room.read('wire.example', TEXT.replace('four crossings', 'three crossings'))) as ArticleId

  expect(second).not.toBe(first)
  expect((await room.store.get(first))?.text).toBe(TEXT)
  expect(await room.store.earlierThan(second)).toEqual([first])
  expect((await room.store.byUrl(PUBLIC, 'https://wire.example/crossings'))?.id).toBe(second)
  expect(await room.read('wire.example', TEXT.replace('four crossings', 'three crossings'))).toBe(second)
})

test('an outlet that is forgotten is named no more', async () => {
  await using room = await articleRoom()
  const first = await room.read('wire.example')
  await room.read('ledger.example')

  await room.db.transaction((tx) => room.store.forget(tx, { url: 'https://ledger.example/crossings' }))

  expect(await room.outlets(PUBLIC, first)).toEqual([])
})
