import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Migrations } from '../../../src/base/database/migrations.ts'
import { splitWords, type TextQuestion, textIndex } from '../../../src/base/database/text-index.ts'
import { databaseKinds, testDatabase } from '../../support/database.ts'

const library: Migrations = {
  '2026-11-25-library-1': { up: (db, kind) => textIndex(kind, 'library').create(db) },
}

describe.each(databaseKinds)('the text index on %s', (kind) => {
  async function filled() {
    const db = await testDatabase(library, kind)
    const index = textIndex(kind, 'library')
    const texts: readonly (readonly [number, string, readonly string[]])[] = [
      [-5, 'the border before our time', ['by:mora']],
      [1, 'the border is open', ['by:mora']],
      [2, 'the border is closed', ['by:tarn', 'private', '@1']],
      [3, 'граница открыта', ['by:mora', 'private', '@2']],
    ]
    await db.transaction((tx) =>
      index.add(
        tx,
        texts.map(([id, text, tags]) => ({ id, words: splitWords(text), tags })),
      ),
    )
    const find = (question: Partial<TextQuestion>) =>
      index.find(db.reads, { words: [], tags: [], limit: 10, ...question })
    return { db, index, find, [Symbol.asyncDispose]: () => db[Symbol.asyncDispose]() }
  }

  test('gives the newest first, those with every word and tag, within bounds', async () => {
    await using shelf = await filled()
    const { find } = shelf

    expect(await find({ words: ['border'] })).toEqual([2, 1, -5])
    expect(await find({ words: ['border'], limit: 2 })).toEqual([2, 1])
    expect(await find({ words: ['border'], before: 2 })).toEqual([1, -5])
    expect(await find({ words: ['border'], from: 1, before: 2 })).toEqual([1])
    expect(await find({ words: ['border', 'is'], tags: ['by:mora'] })).toEqual([1])
    expect(await find({ tags: ['by:mora'] })).toEqual([3, 1, -5])
    expect(await find({ words: splitWords('ОТКРЫТА граница') })).toEqual([3])
  })

  test('leaves out what has one tag without another', async () => {
    await using shelf = await filled()
    const { find } = shelf
    const without = (unless: string) => ({ without: { tag: 'private', unless } })

    expect(await find({ words: ['border'], ...without('@1') })).toEqual([2, 1, -5])
    expect(await find({ words: ['border'], ...without('@2') })).toEqual([1, -5])
    expect(await find({ tags: ['by:mora'], ...without('@2') })).toEqual([3, 1, -5])
    expect(await find({ tags: ['by:mora'], ...without('@0') })).toEqual([1, -5])
  })

  test('forgets a row and takes it again in another form', async () => {
    await using shelf = await filled()
    const { db, index, find } = shelf

    await db.transaction((tx) => index.remove(tx, [1, 2, 99]))
    expect(await find({ words: ['border'] })).toEqual([-5])
    await db.transaction((tx) => index.add(tx, [{ id: 1, words: ['border', 'shut'], tags: [] }]))
    await db.transaction((tx) => index.tidy(tx))

    expect(await find({ words: ['border'] })).toEqual([1, -5])
    expect(await find({ words: ['open'] })).toEqual([])
  })

  test('finds a row by its own words and tags, whatever they are, and never by the words of a tag', async () => {
    await using shelf = await filled()
    const { db, index, find } = shelf
    let id = 100

    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', maxLength: 80 }),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
        async (text, tag) => {
          fc.pre(tag.isWellFormed() && !tag.includes('\0'))
          const words = splitWords(text)
          id += 1
          await db.transaction((tx) => index.add(tx, [{ id, words: [...new Set(words)], tags: [tag, 'odd'] }]))

          expect(await find({ words: words.slice(0, 8), tags: [tag, 'odd'], limit: 1 })).toEqual([id])
          const typed = splitWords(`${tag} odd #odd tags:odd 6f6464`).filter((word) => !words.includes(word))
          if (typed.length > 0) expect(await find({ words: typed, from: id })).toEqual([])
        },
      ),
      { numRuns: 60 },
    )
  })
})
