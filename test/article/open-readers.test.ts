import { expect, test } from 'vitest'
import { openReaders } from '../../src/article/open-readers.ts'
import { page, rss } from '../support/publisher.ts'

const WORDS = [
  'Valdoran Foreign Minister Ilka Brandt said on Monday that the border crossings would open before the winter.',
]

test('feeds, pages and the words of entries are read in other threads as they are in this one', async () => {
  await using readers = openReaders({ threads: 2 })

  const [feed, article, words] = await Promise.all([
    readers.parseFeed(Buffer.from(rss([{ title: 'Talks', guid: 'a' }])), { url: 'https://wire.example/rss.xml' }),
    readers.readPage(Buffer.from(page('Talks', WORDS)), { url: 'https://wire.example/1' }),
    readers.readFeedWords({ title: 'Talks', summary: `<p>${WORDS[0]}</p>`, content: null }),
  ])

  expect(feed.items.map((item) => item.id)).toEqual(['a'])
  expect(article.text).toBe(WORDS[0])
  expect(words.paragraphs).toEqual(WORDS)
})

test('a refusal comes out of the thread with its words', async () => {
  await using readers = openReaders({ threads: 1 })

  await expect(readers.parseFeed(Buffer.from('<html><body>x</body></html>'), {})).rejects.toMatchObject({
    code: 'feed/not-a-feed',
    explanation: expect.stringContaining('a web page'),
  })
  await expect(readers.readPage(Buffer.from(''), {})).rejects.toMatchObject({ code: 'article/no-text' })
})

test('a feed that only the second reader or the salvage can read comes out of the thread too', async () => {
  await using readers = openReaders({ threads: 1 })
  const cut = rss([
    { title: 'One', guid: 'a' },
    { title: 'Two', guid: 'b' },
  ])

  const feed = await readers.parseFeed(Buffer.from(cut.slice(0, cut.indexOf('Two'))), {})

  expect(feed.items.map((item) => item.title)).toEqual(['One'])
})
