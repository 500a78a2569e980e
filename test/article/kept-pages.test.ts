import { describe, expect, test } from 'vitest'
import { keptPages } from '../../src/article/kept-pages.ts'
import { PUBLIC } from '../../src/base/scope.ts'
import type { FeedId } from '../../src/feed/feed.ts'
import { feedStore } from '../../src/feed/feed-store.ts'
import { databaseKinds, testDatabase } from '../support/database.ts'

const now = new Date('2026-11-20T08:00:00Z')
const words = 'Its publisher keeps the pages behind it from robots (robots.txt).'

describe.each(databaseKinds)('what is noted about the pages behind a feed on %s', (kind) => {
  test('is known once, changes with its publisher, and goes with the feed', async () => {
    await using db = await testDatabase(undefined, kind)
    const [feeds, kept] = [feedStore(db), keptPages(db)]
    const wish = { url: 'https://ledger.example/rss.xml', team: PUBLIC, addedBy: null, title: null }
    const { id } = await feeds.add(wish, now)

    await kept.note(id, words)
    await kept.note(id, words)
    expect([...(await kept.wordsOf([id]))]).toEqual([[id, words]])
    await kept.note(id, null)
    expect((await kept.wordsOf([id])).size).toBe(0)
    await kept.note(id, words)
    await feeds.remove(PUBLIC, id)
    expect((await kept.wordsOf([id])).size).toBe(0)
  })

  test('about a feed that was removed meanwhile is not written down', async () => {
    await using db = await testDatabase(undefined, kind)
    const kept = keptPages(db)

    await kept.note('nobody' as FeedId, words)

    expect((await kept.wordsOf(['nobody' as FeedId])).size).toBe(0)
    expect((await kept.wordsOf([])).size).toBe(0)
  })
})
