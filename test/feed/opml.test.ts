import { expect, test } from 'vitest'
import { readOpml, writeOpml } from '../../src/feed/opml.ts'

const FEEDS = [
  { url: 'https://wire.example/rss.xml?a=1&b=2', title: 'Wire & Sons "daily"' },
  { url: 'https://ledger.example/feed', title: 'The Ledger' },
]

test('feeds that were written out are read back the same', () => {
  expect(readOpml(writeOpml(FEEDS))).toEqual(FEEDS)
})

test('folders are opened, each address is taken once, and what is no web address is left out', () => {
  const opml = `<?xml version="1.0"?><opml version="2.0"><head><title>x</title></head><body>
    <outline text="News"><outline text="A" type="rss" xmlUrl="https://a.example/feed"/><outline text="Deep"><outline text="B" xmlUrl="https://b.example/feed"/></outline></outline>
    <outline text="A again" xmlUrl="https://a.example/feed"/><outline text="Bad" xmlUrl="file:///etc/passwd"/></body></opml>`

  expect(readOpml(opml)).toEqual([
    { url: 'https://a.example/feed', title: 'A' },
    { url: 'https://b.example/feed', title: 'B' },
  ])
})

test.each(['', 'not xml', '<opml version="2.0"><body></body></opml>', '<rss version="2.0"><channel/></rss>'])(
  'a file without feeds is refused in words: %j',
  (text) => {
    expect(() => readOpml(text)).toThrow(expect.objectContaining({ code: 'feed/not-opml' }))
  },
)
